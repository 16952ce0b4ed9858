"""What was asked: the same as a replay says, and nobody is bothered by it now."""

from datetime import UTC, datetime

import pytest

from dayline.agreements.default import ALLOWANCES
from dayline.calendars.times import OFFICE_HOURS, week_of
from dayline.core.worktime import epoch
from dayline.members.models import Member
from dayline.timers.models import CancelReason, EndReason, Timer
from dayline.transfer.replay import Outcome, verdicts
from dayline.transfer.slack.archive import read
from dayline.transfer.slack.hours import hours_of
from dayline.transfer.slack.past import past_of
from tests.recorded import head, kinds
from tests.transfer.slack.archives import Archive, team
from tests.transfer.slack.desk import Desk

# Friday 2026-05-15; everybody works 09:00 to 17:00 UTC, and the discussion's window is 4 hours.
ASKED = "2026-05-15T09:00:00Z"


def asked(archive: Archive, at: str = ASKED, whom: str = "USAM") -> None:
    archive.say("UAIKO", at, f"When, <@{whom}>?")


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


async def only(desk: Desk) -> Timer:
    (timer,) = await desk.timers()
    return timer


async def test_an_answer_in_time_is_kept(desk: Desk) -> None:
    archive = team()
    asked(archive)
    archive.say("USAM", "2026-05-15T12:00:00.5Z", "Now")
    await desk.bring(archive)
    timer = await only(desk)
    assert timer.sent_at == instant(ASKED)
    assert timer.warn_at == instant("2026-05-15T12:00:00Z")
    assert timer.due_at == instant("2026-05-15T13:00:00Z")
    assert timer.first_response_at == timer.ended_at == instant("2026-05-15T12:00:00.5Z")
    assert (timer.end_reason, timer.breached_at) == (EndReason.RESPONDED, None)
    assert (timer.kind, timer.agreement_version) == ("project_discussion", 1)


async def test_a_late_answer_breached_first(desk: Desk) -> None:
    archive = team()
    asked(archive)
    archive.say("USAM", "2026-05-15T14:00:00Z", "Now")
    await desk.bring(archive)
    timer = await only(desk)
    assert timer.breached_at == timer.due_at == instant("2026-05-15T13:00:00Z")
    assert timer.first_response_at == instant("2026-05-15T14:00:00Z")
    assert timer.end_reason is EndReason.RESPONDED


async def test_what_nobody_answered_breached_then_and_waits_for_nobody(desk: Desk) -> None:
    archive = team()
    asked(archive)
    archive.say("UOLENA", "2026-05-15T15:00:00Z", "Anybody?")
    await desk.bring(archive)
    timer = await only(desk)
    assert timer.breached_at == timer.due_at == instant("2026-05-15T13:00:00Z")
    assert timer.cancel_reason is CancelReason.IMPORTED
    assert timer.ended_at == desk.team.clock.now
    assert await desk.seen_by(desk.team.owner, "timers") == []


async def test_of_what_was_due_behind_the_export_nobody_knows(desk: Desk) -> None:
    archive = team()
    asked(archive)
    await desk.bring(archive)
    timer = await only(desk)
    assert (timer.breached_at, timer.cancel_reason) == (None, CancelReason.IMPORTED)


async def test_what_is_due_later_runs_on_and_can_be_answered(desk: Desk) -> None:
    archive = team()
    asked(archive, "2026-05-15T16:00:00Z")  # due on Monday at 12:00; it is Monday, 07:00
    await desk.bring(archive)
    timer = await only(desk)
    assert timer.due_at == instant("2026-05-18T12:00:00Z")
    assert (timer.ended_at, timer.breached_at, timer.warned_at) == (None, None, None)
    assert [one["id"] for one in await desk.seen_by(desk.team.owner, "timers")] == [str(timer.id)]
    desk.team.clock.advance(hours=5.5)
    assert await desk.sweep() == 1
    assert (await only(desk)).breached_at == timer.due_at


async def test_nobody_is_warned_of_what_was_asked_before(desk: Desk) -> None:
    archive = team()
    asked(archive, "2026-05-15T16:00:00Z")  # warns on Monday at 11:00
    desk.team.clock.advance(hours=4.5)
    await desk.bring(archive)
    assert (await only(desk)).warned_at == desk.team.clock.now
    assert await desk.sweep() == 0


async def test_who_has_left_owes_nothing_later(desk: Desk) -> None:
    archive = team()
    archive.user("UGONE", deleted=True)
    asked(archive, "2026-05-15T16:00:00Z", "UGONE")
    await desk.bring(archive)
    timer = await only(desk)
    assert (timer.cancel_reason, timer.breached_at) == (CancelReason.IMPORTED, None)


async def test_the_past_makes_one_event_and_breaches_nobody(desk: Desk) -> None:
    archive = team()
    for hour in (9, 10, 11):
        asked(archive, f"2026-05-14T{hour:02}:00:00Z")
    archive.say("USAM", "2026-05-15T16:00:00Z", "Sorry")
    before = await head(desk.team)
    await desk.bring(archive)
    assert await desk.sweep() == 0
    assert await kinds(desk.team, before) == ["import.finished"]


async def test_a_member_who_works_other_hours_here_is_measured_by_those(desk: Desk) -> None:
    sam = await desk.joined("sam")
    await sam.patch(f"/members/{sam.member_id}/calendar", {"zone": "America/New_York"}, 1)
    archive = team()
    archive.user("U9", profile={"email": desk.address("sam")})
    asked(archive, whom="U9")
    await desk.bring(archive)
    assert (await only(desk)).due_at == instant("2026-05-15T17:00:00Z")


async def test_why_it_was_due_can_be_asked(desk: Desk) -> None:
    archive = team()
    asked(archive)
    await desk.bring(archive)
    timer = await only(desk)
    answer = await desk.team.owner.get(f"/timers/{timer.id}/explanation")
    assert answer.status_code == 200
    assert answer.json()["counted_s"] == 4 * 3600


def a_busy_team() -> Archive:
    """Asks of every outcome, in threads, outside of them and in private, by several people."""
    archive = team()
    archive.user("UNIGHT", tz="America/Los_Angeles")
    archive.user("UGONE", deleted=True)
    archive.user("UBOT", is_bot=True)
    archive.channel("D1", "D1", "dms", members=["UOLENA", "USAM"])
    people = ["UOLENA", "USAM", "UAIKO", "UNIGHT", "UGONE", "UBOT"]
    roots: list[str] = []
    for number in range(120):
        author, whom = people[number % 5], people[(number * 7 + 3) % 6]
        at = f"2026-05-{4 + number // 10:02}T{8 + number % 10:02}:{number % 60:02}:07.25Z"
        thread = roots[number // 10 * 2 % len(roots)] if roots and number % 3 else None
        text = f"Number {number}, <@{whom}>{'?' if number % 2 else ''}"
        private = number % 11 == 0 and author in {"UOLENA", "USAM"}
        folder = "D1" if private else "general"
        ts = archive.say(author, at, text, folder=folder, thread=None if private else thread)
        if thread is None and not private and number % 2:
            roots.append(ts)
    return archive


@pytest.mark.parametrize("dated", [True, False])
async def test_figures_are_the_same_imported_or_replayed(desk: Desk, dated: bool) -> None:
    """Whether zones are known or not, each ask has the instants and the outcome of the replay."""
    archive = a_busy_team()
    if not dated:
        for user in archive.users:
            user["tz"] = None
    export = read(archive.write(desk.folder))
    past = past_of(export, hours_of(export, "Europe/Kyiv", week_of(OFFICE_HOURS)))
    replayed = sorted(
        (one.ask.post.at, one.ask.recipient, one.kind, one.due_at, one.working_s, one.outcome)
        for one in verdicts(past, ALLOWANCES)
    )
    await desk.bring(archive)
    assert await measured(desk) == replayed
    assert {outcome for *_, outcome in replayed} == set(Outcome)


async def measured(desk: Desk) -> list[tuple[object, ...]]:
    """What the rows of timers and calendars say of each ask, as a replay puts it."""
    handles = {member.id: member.handle for member in await desk.rows(Member)}
    working = await desk.calendars(handles)
    return sorted(
        (
            timer.sent_at,
            handles[timer.recipient_id].upper(),
            timer.kind,
            timer.due_at,
            timer.first_response_at
            and working[timer.recipient_id].between(
                epoch(timer.sent_at), epoch(timer.first_response_at)
            ),
            outcome_of(timer),
        )
        for timer in await desk.timers()
    )


def outcome_of(timer: Timer) -> Outcome:
    if timer.first_response_at is None:
        return Outcome.OPEN if timer.breached_at is None else Outcome.LOST
    return Outcome.KEPT if timer.breached_at is None else Outcome.LATE
