"""Importing again: nothing twice, a later export brings what is new, and all or nothing."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import text

from dayline.messages.models import Message
from dayline.timers.models import EndReason
from dayline.transfer.entering import ImportFault
from dayline.transfer.events import ImportFinished
from dayline.transfer.slack.importing import ImportResult
from tests.feed.steps import say
from tests.live import snapshot_of
from tests.recorded import head, recorded
from tests.team import Team
from tests.transfer.slack.archives import Archive, stamp, team
from tests.transfer.slack.desk import Desk
from tests.transfer.slack.test_asks import a_busy_team

ASKED, ANSWERED = "2026-05-15T09:00:00Z", "2026-05-15T12:00:00Z"


async def test_the_same_export_again_changes_nothing(desk: Desk) -> None:
    await desk.bring(a_busy_team())
    before = await desk.everything()
    desk.team.clock.advance(days=1)
    assert (await desk.bring(a_busy_team())).is_nothing
    assert await desk.everything() == before


async def test_a_dry_run_says_the_same_and_changes_nothing(desk: Desk) -> None:
    before = await desk.everything()
    said = await desk.bring(a_busy_team(), dry_run=True)
    assert await desk.everything() == before
    assert await desk.bring(a_busy_team()) == said


async def test_one_event_tells_how_much_came(desk: Desk) -> None:
    before = await head(desk.team)
    brought = await desk.bring(a_busy_team())
    (event,) = await recorded(desk.team, before)
    assert event.kind == ImportFinished.kind
    assert event.actor_id is None
    assert event.data == {
        "source": "slack",
        "members": brought.members,
        "projects": 1,
        "topics": brought.topics,
        "messages": 120,
        "asks": brought.asks,
        "answers": 0,
        "decisions": 0,
    }


async def test_open_clients_read_afresh(desk: Desk) -> None:
    old = await snapshot_of(desk.team.owner)
    await desk.bring(team())
    query = {"since": old["seq"], "epoch": old["epoch"]}
    answer = await desk.team.owner.get("/events", **query)
    assert (answer.status_code, answer.json()["reason"]) == (409, "epoch")


def later(begin: Callable[[], Archive], *more: tuple[str, str, str]) -> Archive:
    archive = begin()
    for user, at, said in more:
        archive.say(user, at, said)
    return archive


def an_ask() -> Archive:
    return later(team, ("UAIKO", ASKED, "When, <@USAM>?"))


async def test_a_later_export_brings_what_is_new(desk: Desk) -> None:
    await desk.bring(an_ask())
    archive = later(an_ask, ("UOLENA", "2026-05-15T10:00:00Z", "Hm"))
    archive.channel("C2", "new-one")
    archive.user("UNEW")
    archive.say("UNEW", "2026-05-15T10:00:00Z", "Hello", folder="new-one")
    brought = await desk.bring(archive)
    assert brought == ImportResult(
        members=1,
        matched=0,
        hours={"zone": 1},
        projects=1,
        topics=0,
        messages=2,
        asks=0,
        answers=0,
    )
    discussion = await desk.topic("Discussion")
    assert discussion.message_count == len(await desk.said(discussion.id))


async def test_a_later_export_answers_what_was_open(desk: Desk) -> None:
    await desk.bring(an_ask())
    (before,) = await desk.timers()
    brought = await desk.bring(later(an_ask, ("USAM", ANSWERED, "Now")))
    assert (brought.asks, brought.answers) == (0, 1)
    (timer,) = await desk.timers()
    assert timer.id == before.id
    assert timer.first_response_at == timer.ended_at == datetime.fromisoformat(ANSWERED)
    assert (timer.end_reason, timer.cancel_reason) == (EndReason.RESPONDED, None)
    assert timer.breached_at is None


async def test_a_later_export_answers_late_what_was_lost(desk: Desk) -> None:
    asked_and_gone = later(an_ask, ("UOLENA", "2026-05-15T15:00:00Z", "Bye"))
    await desk.bring(asked_and_gone)
    archive = later(lambda: asked_and_gone, ("USAM", "2026-05-15T16:00:00Z", "Oh"))
    await desk.bring(archive)
    (timer,) = await desk.timers()
    assert timer.breached_at == timer.due_at
    assert timer.end_reason is EndReason.RESPONDED


async def test_what_was_answered_here_stays_answered(desk: Desk) -> None:
    sam = await desk.joined("sam")
    archive = Archive()
    archive.channel("C1", "general")
    archive.user("UAIKO")
    archive.user("USAM", profile={"email": desk.address("sam")})
    archive.say("UAIKO", "2026-05-15T16:00:00Z", "When, <@USAM>?")
    await desk.bring(archive)
    await say(sam, (await desk.topic("Discussion")).id, "Here and now")
    archive.say("USAM", "2026-05-17T16:00:00Z", "There and then")
    assert (await desk.bring(archive)).answers == 0
    (timer,) = await desk.timers()
    assert timer.first_response_at == desk.team.clock.now


async def test_a_message_that_became_a_thread_moves_into_its_topic(desk: Desk) -> None:
    await desk.bring(an_ask())
    archive = team()
    archive.say("UAIKO", ASKED, "When, <@USAM>?", thread_ts=stamp(ASKED))
    archive.say("USAM", ANSWERED, "Now", thread=stamp(ASKED))
    await desk.bring(archive)
    thread, discussion = await desk.topic("When, @usam?"), await desk.topic("Discussion")
    assert await desk.said(thread.id) == ["When, @usam?", "Now"]
    assert (thread.message_count, discussion.message_count) == (2, 0)
    assert discussion.last_message_at is None
    (timer,) = await desk.timers()
    assert (timer.topic_id, timer.end_reason) == (thread.id, EndReason.RESPONDED)


async def test_what_was_withdrawn_here_stays_so(desk: Desk) -> None:
    await desk.bring(an_ask())
    (message,) = await desk.rows(Message)
    withdrawn = await desk.team.owner.put(f"/messages/{message.id}/withdrawal")
    assert withdrawn.status_code == 200
    assert (await desk.bring(an_ask())).is_nothing
    assert [row.body for row in await desk.rows(Message)] == [""]


async def test_a_workspace_that_is_not_there_is_named(desk: Desk) -> None:
    desk.team.slug = "nowhere"
    with pytest.raises(ImportFault, match=r"^There’s no workspace nowhere\.$"):
        await desk.bring(team())


async def test_of_two_imports_at_once_the_second_is_refused(desk: Desk) -> None:
    key = f"import:{desk.team.workspace_id}"
    async with desk.sessions() as session, session.begin():
        await session.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": key}
        )
        with pytest.raises(ImportFault, match=r"^Another import into .* is running"):
            await desk.bring(team())
    assert (await desk.bring(team())).members == 3


async def test_other_workspaces_are_not_touched(desk: Desk) -> None:
    other = await Team.create(desk.team.app, desk.team.clock)
    theirs = Desk(other, desk.folder)
    before = await theirs.everything()
    await desk.bring(a_busy_team())
    assert await theirs.everything() == before
    brought = await theirs.bring(a_busy_team())
    assert (brought.messages, brought.projects) == (120, 1)
    await other.close()
