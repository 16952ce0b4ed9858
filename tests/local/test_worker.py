"""The worker: arq runs as long as the process does, and housekeeping does not stop at a fault."""

import asyncio
import json
import pickle
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from arq import create_pool
from arq.connections import ArqRedis, RedisSettings
from arq.constants import default_queue_name, job_key_prefix

from dayline import worker
from dayline.kernel.db.clock import Clock
from dayline.kernel.db.database import Sessions, create_engine, create_sessions
from dayline.kernel.ops.settings import Settings
from tests.logs import written_log
from tests.servers import Servers


@pytest.fixture
def settings(fresh_settings: Settings) -> Settings:
    """An installation of its own: a worker goes by PostgreSQL's time."""
    return fresh_settings


@pytest.fixture
async def sessions(settings: Settings) -> AsyncIterator[Sessions]:
    engine = create_engine(settings.database_url or "", pool_size=5)
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

    monkeypatch.setattr(worker, "HOUSEKEEPING", {"one": breaks, "other": works})
    await worker.prune_expired({"sessions": sessions})
    assert done == ["works"]


@asynccontextmanager
async def queue(settings: Settings) -> AsyncIterator[ArqRedis]:
    pool = await create_pool(
        RedisSettings.from_dsn(settings.redis_url or ""),
        job_serializer=worker.as_json,
        job_deserializer=json.loads,
    )
    try:
        yield pool
    finally:
        await pool.aclose(close_connection_pool=True)


async def enqueue(settings: Settings) -> None:
    async with queue(settings) as pool:
        await pool.enqueue_job("cron:prune_expired")


async def do_every_job(pool: ArqRedis) -> None:
    """Let the worker run each of its jobs, and wait until it has."""
    names = ("sweep_timers", "prune_expired", "prune_files", "renew_holidays")
    for name in names:
        job = await pool.enqueue_job(f"cron:{name}")
        assert job is not None
        while await pool.zscore(default_queue_name, job.job_id) is not None:  # noqa: ASYNC110
            await asyncio.sleep(0.05)  # arq has no event for it


class Program:
    """An object that pickle makes by a call: it leaves a file where it was made."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> Any:
        return Path.touch, (self.trace,)


async def test_what_stands_in_valkey_is_never_run(
    settings: Settings, sessions: Sessions, tmp_path: Path
) -> None:
    trace = tmp_path / "it-ran"
    keeping = asyncio.create_task(worker.keep_jobs_running(settings, sessions, print))
    try:
        async with queue(settings) as pool, asyncio.timeout(60):
            await pool.set(f"{job_key_prefix}bad", pickle.dumps(Program(trace)), px=60_000)
            await pool.zadd(default_queue_name, {"bad": 1})
            while await pool.zscore(default_queue_name, "bad") is not None:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
            await do_every_job(pool)
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
    assert not trace.exists()


async def test_a_worker_that_finds_nothing_to_do_is_silent(
    settings: Settings, sessions: Sessions
) -> None:
    with written_log("info") as log:
        keeping = asyncio.create_task(worker.keep_jobs_running(settings, sessions, print))
        try:
            async with queue(settings) as pool, asyncio.timeout(60):
                await do_every_job(pool)
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)
    events = [json.loads(line)["event"] for line in log.getvalue().splitlines()]
    assert events == ["jobs started"]


async def test_a_job_that_did_something_says_so(
    sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def works(_sessions: Sessions, _clock: Clock) -> int:
        return 3

    monkeypatch.setattr(worker, "HOUSEKEEPING", {"work": works})
    with written_log("info") as log:
        await worker.prune_expired({"sessions": sessions})
    line = json.loads(log.getvalue())
    assert (line["event"], line["rows"], line["level"]) == ("pruned", 3, "info")


async def test_jobs_go_on_after_valkey_dies(
    settings: Settings, sessions: Sessions, servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = asyncio.Queue[str]()
    announced: list[UUID] = []

    async def note(_sessions: Sessions, _clock: Clock) -> int:
        await ran.put("ran")
        return 0

    monkeypatch.setattr(worker, "HOUSEKEEPING", {"one": note})
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
