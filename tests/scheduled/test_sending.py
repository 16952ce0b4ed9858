"""What is due is sent once, however many send; and the loop wakes for it."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from dayline.app import create_app
from dayline.identity.models import Role
from dayline.kernel.db.clock import DatabaseClock
from dayline.kernel.db.database import Scope, enter_workspace
from dayline.kernel.jobs import alarm
from dayline.kernel.ops.settings import Settings
from dayline.scheduled import sending
from dayline.scheduled.sending import DUE_QUEUE
from tests.clock import MovableClock
from tests.messages.talk import project
from tests.scheduled.desk import later, said, send, send_next, waiting
from tests.team import Team
from tests.timers.desk import ask, at, direct_topic, done, ids, member, refused, task_topic, timer

SOON = at("2026-05-18 11:00")
PATIENCE_S = 20.0


async def test_of_many_who_send_each_message_is_sent_by_one(
    team: Team, clock: MovableClock
) -> None:
    topic = await task_topic(team.owner)
    for number in range(10):
        await later(team.owner, topic, SOON, body=f"Number {number}")
    clock.now = SOON
    counts = await asyncio.gather(*(send(team) for _ in range(4)))
    assert sum(counts) == 10
    assert len(await said(team.owner, topic)) == 10


async def test_a_message_that_somebody_changes_is_passed_over(
    team: Team, clock: MovableClock
) -> None:
    topic = await task_topic(team.owner)
    await later(team.owner, topic, SOON)
    clock.now = SOON
    sessions = team.app.state.sessions
    async with sessions() as session, session.begin():
        await enter_workspace(session, Scope(team.workspace_id, SOON, None))
        await session.execute(text("SELECT FROM scheduled_messages FOR UPDATE"))
        assert await send_next(team) is None
    assert await send_next(team) is True


async def test_a_fault_sends_nothing_and_is_tried_again(
    team: Team, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = await task_topic(team.owner)
    await later(team.owner, topic, SOON)
    clock.now = SOON

    async def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("broken")

    with monkeypatch.context() as patched:
        patched.setattr(sending, "post_message", broken)
        assert await send_next(team) is False
        assert await send_next(team) is None
    assert await waiting(team.owner) == ["Later"]
    clock.advance(seconds=6)
    assert await send_next(team) is True


@pytest.fixture
async def alone(fresh_settings: Settings) -> Team:
    """A team in an installation of its own."""
    return await Team.create(create_app(fresh_settings, MovableClock()), MovableClock())


async def test_one_workspace_s_fault_keeps_no_other_from_theirs(alone: Team) -> None:
    clock, app = alone.app.state.clock, alone.app
    other = await Team.create(app, clock)
    for team in (alone, other):
        await later(team.owner, await task_topic(team.owner), SOON)
    sessions = app.state.sessions
    assert await DUE_QUEUE.next_in(sessions, clock) == SOON - clock.now
    clock.now = SOON

    (handler,) = DUE_QUEUE.handlers

    async def half(session: AsyncSession, workspace_id: UUID, now: datetime) -> UUID | None:
        if workspace_id == alone.workspace_id:
            raise ConnectionError("broken")
        return await handler.claim(session, workspace_id, now)

    announced: list[UUID] = []
    agenda = replace(DUE_QUEUE, handlers=(replace(handler, claim=half),))
    with pytest.raises(ExceptionGroup):
        await agenda.do_due(sessions, clock, announced.append)
    assert announced == [other.workspace_id]
    assert await DUE_QUEUE.do_due(sessions, clock, announced.append) == 1
    assert await DUE_QUEUE.next_in(sessions, clock) is None
    for team in (alone, other):
        await team.close()
    await app.state.engine.dispose()


async def test_the_loop_wakes_for_what_was_scheduled(
    fresh_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alarm, "LONGEST_SLEEP_S", 3600.0)
    app = create_app(fresh_settings, DatabaseClock())
    team = await Team.create(app, MovableClock())
    woken, announced = asyncio.Event(), asyncio.Queue[UUID]()
    running = asyncio.create_task(
        DUE_QUEUE.run(
            app.state.sessions, DatabaseClock(), woken=woken, announce=announced.put_nowait
        )
    )
    topic = await task_topic(team.owner)
    async with app.state.sessions() as session, session.begin():
        now = await session.scalar(text("SELECT now()"))
    await later(team.owner, topic, now + timedelta(seconds=1))
    woken.set()
    assert await asyncio.wait_for(announced.get(), PATIENCE_S) == team.workspace_id
    assert await said(team.owner, topic) == ["olena: Later"]
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    await team.close()
    await app.state.engine.dispose()


async def test_what_it_names_and_is_still_open_is_answered(team: Team, clock: MovableClock) -> None:
    sam = await member(team, "sam")
    topic = await direct_topic(team.owner, sam)
    asked = [await ask(team.owner, topic, sam) for _ in range(3)]
    first, second, third = (each["id"] for each in asked)
    made = await later(sam, topic, SOON, answers=[first, second])
    assert made["answers"] == [first, second]
    await done(team.owner.put(f"/messages/{asked[1]['message_id']}/withdrawal"))
    clock.now = SOON
    assert await send_next(team) is True
    states = [(await timer(sam, each))["state"] for each in (first, second, third)]
    assert states == ["responded", "cancelled", "open"]


async def test_an_answer_to_what_has_ended_is_sent_and_asks_nobody(
    team: Team, clock: MovableClock
) -> None:
    sam = await member(team, "sam")
    topic = await direct_topic(team.owner, sam)
    running = await ask(team.owner, topic, sam)
    made = await later(sam, topic, SOON, answers=[running["id"]])
    await done(team.owner.put(f"/messages/{running['message_id']}/withdrawal"))
    changed = await done(
        sam.patch(f"/scheduled-messages/{made['id']}", {"body": "Yes"}, made["rev"])
    )
    assert changed["answers"] == [running["id"]]
    clock.now = SOON
    assert await send_next(team) is True
    assert (await done(team.owner.get("/timers", recipient="me"))) == []


async def test_only_open_asks_of_the_author_can_be_named(team: Team, clock: MovableClock) -> None:
    sam = await member(team, "sam")
    topic = await task_topic(team.owner)
    running = await ask(team.owner, topic, sam)
    new = {"body": "Later", "send_at": SOON.isoformat(), "answers": [running["id"]]}
    answer = await team.owner.post(f"/topics/{topic}/scheduled-messages", new)
    assert refused(answer).keys() == {"answers.0"}
    made = await later(sam, topic, SOON)
    path = f"/scheduled-messages/{made['id']}"
    wrong = await sam.patch(path, {"answers": ids(sam)}, made["rev"])
    assert refused(wrong).keys() == {"answers.0"}


async def test_whoever_cannot_see_the_place_any_more_keeps_a_message_from_being_sent(
    team: Team, clock: MovableClock
) -> None:
    gil = await team.add("gil", Role.GUEST)
    await project(team.owner, guests=(gil,))
    topic = await task_topic(team.owner)
    made = await later(team.owner, topic, SOON, body="@gil will help")
    await done(team.owner.delete(f"/projects/ABC/people/{gil.member_id}"))
    clock.now = SOON
    await send(team)
    found = await done(team.owner.get(f"/scheduled-messages/{made['id']}"))
    assert found["failure"].startswith("@gil can’t see this.")
