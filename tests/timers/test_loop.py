"""The loop fires at the instant, hears of earlier ones, and goes on when servers do not."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, text
from sqlmodel import col

from dayline.app import create_app
from dayline.kernel.db.clock import DatabaseClock
from dayline.kernel.db.events import EventRow
from dayline.kernel.jobs import alarm
from dayline.kernel.ops.settings import Settings
from dayline.timers import loop
from tests.clock import MovableClock
from tests.servers import Servers
from tests.team import Team
from tests.timers.rows import Asked

PATIENCE_S = 20.0


@pytest.fixture
async def asked(fresh_settings: Settings) -> AsyncIterator[Asked]:
    """In an installation of its own, by PostgreSQL's time."""
    app = create_app(fresh_settings, DatabaseClock())
    team = await Team.create(app, MovableClock())
    yield await Asked.create(team)
    await team.close()
    await app.state.engine.dispose()


@asynccontextmanager
async def looping(asked: Asked) -> AsyncIterator[tuple[asyncio.Event, asyncio.Queue[UUID]]]:
    """The loop, with what wakes it and what it announced."""
    woken, announced = asyncio.Event(), asyncio.Queue[UUID]()
    work = loop.run(asked.sessions, DatabaseClock(), woken=woken, announce=announced.put_nowait)
    running = asyncio.create_task(work)
    try:
        yield woken, announced
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def now(asked: Asked) -> datetime:
    async with asked.inside() as session:
        return (await session.scalars(select(func.now()))).one()


async def lateness(asked: Asked) -> timedelta:
    """By how much the only breach was late."""
    async with asked.inside() as session:
        breach = select(EventRow).where(col(EventRow.kind) == "timer.breached")
        event = (await session.scalars(breach)).one()
    return event.at - datetime.fromisoformat(event.data["timer"]["due_at"])


async def heard(announced: asyncio.Queue[UUID]) -> UUID:
    return await asyncio.wait_for(announced.get(), PATIENCE_S)


async def asleep() -> None:
    """Until the loop has looked once and sleeps."""
    await asyncio.sleep(0.3)


async def test_it_sleeps_until_the_instant(asked: Asked) -> None:
    await asked.timers(1, await now(asked) + timedelta(seconds=1), warned=timedelta())
    async with looping(asked) as (_, announced):
        assert await heard(announced) == asked.team.workspace_id
    assert timedelta() <= await lateness(asked) < timedelta(seconds=alarm.LONGEST_SLEEP_S)


async def test_a_hint_wakes_it_for_an_earlier_instant(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alarm, "LONGEST_SLEEP_S", 3600.0)
    async with looping(asked) as (woken, announced):
        await asleep()
        await asked.timers(1, await now(asked) + timedelta(seconds=0.3))
        woken.set()
        await heard(announced)


async def test_without_a_hint_it_looks_all_the_same(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alarm, "LONGEST_SLEEP_S", 0.6)
    async with looping(asked) as (_, announced):
        await asleep()
        await asked.timers(1, await now(asked))
        await heard(announced)


async def test_it_comes_back_to_what_somebody_held(asked: Asked) -> None:
    [timer] = await asked.timers(1, await now(asked))
    async with looping(asked) as (_, announced):
        async with asked.inside() as session:
            held = text("SELECT FROM timers WHERE id = :id FOR UPDATE")
            await session.execute(held, {"id": timer})
            await asleep()
            assert announced.empty()
        await heard(announced)


async def test_it_goes_on_when_postgresql_was_away(
    asked: Asked, servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alarm, "PAUSE_S", 0.05)
    async with looping(asked) as (woken, announced):
        await asleep()
        cut = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'dayline_fresh'"
        )
        assert "t" in servers.postgres.psql(cut).split()
        await asked.team.app.state.engine.dispose()
        await asked.timers(1, await now(asked))
        woken.set()
        await heard(announced)
