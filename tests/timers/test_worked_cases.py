"""The worked cases of the rules, through the API, on a clock that moves."""

from dataclasses import dataclass

import pytest

from tests.agreements.desk import clauses, publish
from tests.calendars.desk import path_of
from tests.clock import MovableClock
from tests.recorded import recorded
from tests.team import Team
from tests.timers.desk import (
    CALENDARS,
    Json,
    ask,
    at,
    direct_topic,
    done,
    instant,
    member,
    task_topic,
    timer,
)


@dataclass(frozen=True)
class Case:
    """A message, and when its answer is due; walls are the recipient's, except `sent`."""

    number: str
    sent: str
    calendar: str
    due: str
    kind: str = "task"
    sent_zone: str = "Europe/Kyiv"
    first_check: str | None = None
    warn: str | None = None
    country: str | None = None


TASK, DIRECT, URGENT = "task", "direct", "urgent"
FRIDAY, KOLKATA = "2026-05-22 17:30", "Asia/Kolkata"
CASES = [
    Case("1", FRIDAY, "N", "2026-05-22 14:30", TASK, warn="2026-05-22 13:30"),
    Case("1", FRIDAY, "N", "2026-05-22 12:30", DIRECT),
    Case("1", FRIDAY, "N", "2026-05-22 11:30", URGENT),
    Case("2", "2026-05-22 18:00", "K", "2026-05-25 13:00", TASK, first_check="2026-05-25 10:00"),
    Case("2", "2026-05-22 18:00", "K", "2026-05-25 11:00", DIRECT, first_check="2026-05-25 10:00"),
    Case("2", "2026-05-22 18:00", "K", "2026-05-25 10:00", URGENT, first_check="2026-05-25 10:00"),
    Case("3", "2026-03-13 17:30", "N", "2026-03-13 15:30"),
    Case("4", "2026-03-27 16:00", "K", "2026-03-30 11:00"),
    Case("5", "2026-10-23 16:00", "K", "2026-10-26 11:00"),
    Case("6", "2026-10-31 23:00", "night", "2026-11-01 02:00", sent_zone="America/New_York"),
    Case("6", "2026-03-07 23:00", "night", "2026-03-08 04:00", sent_zone="America/New_York"),
    Case("7", "2026-04-04 23:00", "howe", "2026-04-05 02:30", sent_zone="Australia/Lord_Howe"),
    Case("8", "2026-05-22 22:00", "N", "2026-05-26 11:00", country="US"),
    Case("9", "2026-05-21 16:00", "L", "2026-05-24 10:00", DIRECT, sent_zone="Asia/Riyadh"),
    Case("10", "2026-05-20 12:30", "R", "2026-05-20 15:30", DIRECT, sent_zone=KOLKATA),
    Case("10", "2026-05-20 13:20", "R", "2026-05-20 16:00", DIRECT, sent_zone=KOLKATA),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.number}-{case.kind}-{case.due}")
async def test_an_answer_is_due_when_the_table_says(
    team: Team, clock: MovableClock, case: Case
) -> None:
    sam = await member(team, "sam", case.calendar)
    zone = CALENDARS[case.calendar][0]
    if case.country is not None:
        calendar = path_of(sam, "calendar")
        rev = (await done(sam.get(calendar)))["rev"]
        await done(sam.patch(calendar, {"country": case.country}, rev))
    clock.now = at(case.sent, case.sent_zone)
    if case.kind == DIRECT:
        topic = await direct_topic(team.owner, sam)
    else:
        topic = await task_topic(team.owner)
    urgent: Json = {"urgent": True, "urgent_reason": "The site is down"}
    found = await ask(team.owner, topic, sam, **(urgent if case.kind == URGENT else {}))
    assert instant(found["due_at"]) == at(case.due, zone)
    assert found["zone"] == zone
    assert found["local"]["due_at"].startswith(case.due.replace(" ", "T"))
    if case.first_check is None:
        assert found["first_check_at"] is None
    else:
        assert instant(found["first_check_at"]) == at(case.first_check, zone)
    if case.warn is not None:
        assert instant(found["warn_at"]) == at(case.warn, zone)


@pytest.mark.parametrize(
    ("until", "due"), [("15:00", "2026-05-19 18:00"), ("16:30", "2026-05-20 10:30")]
)
async def test_11_paused_time_does_not_count(
    team: Team, clock: MovableClock, until: str, due: str
) -> None:
    sam = await member(team, "sam")
    clock.now = at("2026-05-19 10:00")
    asked = await ask(team.owner, await task_topic(team.owner), sam)
    path = f"/timers/{asked['id']}/pause"
    clock.now = at("2026-05-19 11:00")
    paused = await done(sam.put(path, {"reason": "Waiting on the client"}))
    assert (paused["state"], paused["pause_reason"]) == ("paused", "Waiting on the client")
    clock.now = at(f"2026-05-19 {until}")
    resumed = await done(team.owner.delete(path))
    assert instant(resumed["due_at"]) == at(due)
    assert (resumed["state"], resumed["pause_reason"]) == ("open", None)


async def test_12_time_off_moves_what_runs_and_an_event_says_from_when_to_when(
    team: Team, clock: MovableClock
) -> None:
    new_york = "America/New_York"
    sam = await member(team, "sam", "N")
    clock.now = at("2026-05-18 15:00", new_york)
    asked = await ask(team.owner, await task_topic(team.owner), sam)
    assert instant(asked["due_at"]) == at("2026-05-19 11:00", new_york)
    clock.advance(hours=1)
    off = {"starts_on": "2026-05-19", "ends_on": "2026-05-19", "reason": "Surgery"}
    await done(sam.post(path_of(sam, "time-off"), off))
    moved = await timer(sam, asked["id"])
    assert instant(moved["due_at"]) == at("2026-05-20 11:00", new_york)
    (told,) = [row for row in await recorded(team) if row.kind == "timer.moved"]
    assert told.data == {
        "timer": moved,
        "old": {name: asked[name] for name in ("first_check_at", "warn_at", "due_at")},
        "new": {name: moved[name] for name in ("first_check_at", "warn_at", "due_at")},
    }
    assert "Surgery" not in str(told.data)


async def test_14_a_new_version_of_the_agreement_moves_nothing_that_runs(
    team: Team, clock: MovableClock
) -> None:
    sam = await member(team, "sam")
    topic = await task_topic(team.owner)
    await publish(team.owner, at("2026-06-01 00:00"), clauses=clauses(task_comment=3 * 3600))
    clock.now = at("2026-05-29 17:00")
    asked = await ask(team.owner, topic, sam)
    assert (asked["agreement_version"], asked["allowance_s"]) == (1, 4 * 3600)
    assert instant(asked["due_at"]) == at("2026-06-01 12:00")
    clock.now = at("2026-06-01 09:00")
    await done(sam.put(path_of(sam, "overrides/2026-06-10"), {"intervals": []}))
    assert instant((await timer(sam, asked["id"]))["due_at"]) == at("2026-06-01 12:00")
    later = await ask(team.owner, topic, sam)
    assert (later["agreement_version"], later["allowance_s"]) == (2, 3 * 3600)
    assert instant(later["due_at"]) == at("2026-06-01 12:00")
