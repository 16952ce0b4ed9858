"""The worker: arq runs as long as the process does, and housekeeping does not stop at a fault."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from arq import create_pool
from arq.connections import RedisSettings

from dayline import worker
from dayline.kernel.clock import Clock
from dayline.kernel.database import Sessions, create_engine, create_sessions
from dayline.kernel.settings import Settings
from tests.servers import Servers


@pytest.fixture
def settings(fresh_settings: Settings) -> Settings:
    """An installation of its own: a worker goes by PostgreSQL's time."""
    return fresh_settings


@pytest.fixture
async def sessions(settings: Settings) -> AsyncIterator[Sessions]:
    engine = create_engine(settings.database_url or "", pool_size=1)
    yield create_sessions(engine)
    await engine.dispose()


async def test_a_part_that_fails_keeps_no_other_from_its_work(
    sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = []

    async def breaks(_sessions: Sessions, _clock: Clock) -> int:
        raise RuntimeError("the table is gone")

    async def works(_sessions: Sessions, _clock: Clock) -> int:
        done.append("works")
        return 1

    monkeypatch.setattr(worker, "HOUSEKEEPING", (breaks, works))
    await worker.prune_expired({"sessions": sessions})
    assert done == ["works"]


async def enqueue(settings: Settings) -> None:
    pool = await create_pool(RedisSettings.from_dsn(settings.redis_url or ""))
    await pool.enqueue_job("cron:prune_expired")
    await pool.aclose(close_connection_pool=True)


async def test_jobs_go_on_after_valkey_dies(
    settings: Settings, sessions: Sessions, servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = asyncio.Queue[str]()
    announced: list[UUID] = []

    async def note(_sessions: Sessions, _clock: Clock) -> int:
        await ran.put("ran")
        return 0

    monkeypatch.setattr(worker, "HOUSEKEEPING", (note,))
    keeping = asyncio.create_task(worker.keep_jobs_running(settings, sessions, announced.append))
    try:
        await enqueue(settings)
        assert await asyncio.wait_for(ran.get(), 10) == "ran"
        servers.kill_valkey()
        await asyncio.sleep(1)
        servers.start_valkey()
        await enqueue(settings)
        assert await asyncio.wait_for(ran.get(), 10) == "ran"
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
