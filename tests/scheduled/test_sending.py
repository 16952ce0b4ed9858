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
from dayline.kernel.db.clock import DatabaseClock
from dayline.kernel.db.database import Scope, enter_workspace
from dayline.kernel.jobs import alarm
from dayline.kernel.ops.settings import Settings
from dayline.scheduled import sending
from dayline.scheduled.sending import DUE_QUEUE
from tests.clock import MovableClock
from tests.scheduled.desk import later, said, send, send_next, waiting
from tests.team import Team
from tests.timers.desk import at, task_topic

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
