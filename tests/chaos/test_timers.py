"""Workers and servers die while timers fall due: each fires exactly once, and soon."""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlalchemy import func, select, text

from dayline.app import create_app
from dayline.feed.hints import TOPIC
from dayline.kernel.db.clock import DatabaseClock
from dayline.kernel.ops.settings import Settings
from dayline.worker import run
from tests.chaos.counts import LONG, Counts, counted
from tests.clock import MovableClock
from tests.processes import WorkerProcess
from tests.servers import Servers
from tests.team import Team
from tests.timers.rows import Asked

KILLS = 80 if LONG else 8
CRASHES = 6 if LONG else 2
VALKEY_FAULTS = 6 if LONG else 2
WORKSPACES = 3
PATIENCE_S = 30.0
PROMISED_S = 10.0
WRONG_CLOCK = Path(__file__).parent / "wrong_clock"

_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(["dayline.worker"])


_RUNNING = text("SELECT count(*) FROM timers WHERE breached_at IS NULL")


@dataclass
class Stream:
    """Timers of several workspaces that fall due one after the other, with short allowances."""

    asked: list[Asked]
    is_open: bool = True
    began_at: datetime | None = None

    async def begins(self) -> None:
        """Wait until somebody fires timers; what was late until then does not count."""
        for each in self.asked:
            await add(each, 1, timedelta())
            await asyncio.wait_for(_until_none(each, _RUNNING), PATIENCE_S)
        self.began_at = await scalar(self.asked[0], select(func.now()))

    async def flow(self) -> None:
        """Let timers fall due until the stream is closed."""
        while self.is_open:
            for each in self.asked:
                await self._insist(each)
            await asyncio.sleep(0.3)

    async def _insist(self, asked: Asked) -> None:
        """Until PostgreSQL takes them; what it took though it did not say so counts as well."""
        while True:
            try:
                await add(asked, 20, timedelta(seconds=0.8), apart=timedelta(milliseconds=20))
            except Exception:
                await asyncio.sleep(0.05)
            else:
                return

    async def ends(self) -> None:
        """Close it, and wait until everything has fired."""
        self.is_open = False
        for each in self.asked:
            await asyncio.wait_for(_until_none(each, _RUNNING), PATIENCE_S)


async def _until_none(asked: Asked, counted_by: Any) -> None:
    while await scalar(asked, counted_by):  # noqa: ASYNC110 -- what is awaited is in PostgreSQL
        await asyncio.sleep(0.05)


async def add(
    asked: Asked, count: int, ahead: timedelta, *, apart: timedelta = timedelta()
) -> None:
    """Timers, with the hint that a server gives after a commit."""
    at: datetime = await scalar(asked, select(func.now()))
    await asked.timers(count, at + ahead, apart=apart, warned=timedelta(seconds=0.4))
    with suppress(RedisError):
        async with Redis.from_url(asked.team.app.state.settings.redis_url) as valkey:
            await valkey.publish(TOPIC, f"server {asked.team.workspace_id}")


async def scalar(asked: Asked, statement: Any) -> Any:
    async with asked.inside() as session:
        return await session.scalar(statement)


@asynccontextmanager
async def streaming(settings: Settings) -> AsyncIterator[Stream]:
    """A stream that flows during the block, unless it ends before."""
    app = create_app(settings, DatabaseClock())
    teams = [await Team.create(app, MovableClock()) for _ in range(WORKSPACES)]
    stream = Stream([await Asked.create(team) for team in teams])
    await stream.begins()
    flowing = asyncio.create_task(stream.flow())
    try:
        yield stream
    finally:
        stream.is_open = False
        await flowing
        for team in teams:
            await team.close()
        await app.state.engine.dispose()


@dataclass
class Workers:
    """Worker processes, forked so that one that was killed is quickly replaced."""

    settings: Settings
    running: list[BaseProcess] = field(default_factory=list)

    def start(self) -> None:
        """Start one more."""
        worker = _FORKS.Process(target=run, args=(self.settings,), daemon=True)
        worker.start()
        self.running.append(worker)

    def kill(self) -> None:
        """SIGKILL for the oldest."""
        worker = self.running.pop(0)
        worker.kill()
        worker.join()


@contextmanager
def two_workers(settings: Settings) -> Iterator[Workers]:
    """Two running workers, and those that take their place."""
    workers = Workers(settings)
    try:
        workers.start()
        workers.start()
        yield workers
    finally:
        while workers.running:
            workers.kill()


_FIRED = text(
    """
    SELECT t.due_at, t.warn_at, t.warned_at, t.breached_at,
        array_agg(e.at) FILTER (WHERE e.kind = 'timer.breached') AS breaches,
        array_agg(e.at) FILTER (WHERE e.kind = 'timer.warned') AS warnings
    FROM timers t LEFT JOIN events e ON e.workspace_id = t.workspace_id
        AND e.kind IN ('timer.breached', 'timer.warned')
        AND CAST(e.data -> 'timer' ->> 'id' AS uuid) = t.id
    WHERE t.due_at >= :began_at
    GROUP BY t.workspace_id, t.id
    """
)
_GAPS = text(
    "SELECT f.head - count(e.seq) FROM workspace_feed f JOIN events e USING (workspace_id) "
    "GROUP BY f.head"
)


async def check(stream: Stream, fault: str, runs: int) -> None:
    """Each breached once and warned at most once, none early; the numbers have no gap."""
    await stream.ends()
    rows: list[Any] = []
    for each in stream.asked:
        assert await scalar(each, _GAPS) == 0
        async with each.inside() as session:
            rows += (await session.execute(_FIRED, {"began_at": stream.began_at})).all()
    late = [at - row.due_at for row in rows for at in row.breaches or ()]
    late += [at - row.warn_at for row in rows for at in row.warnings or ()]
    late.sort()
    counts = Counts(
        fault=fault,
        runs=runs,
        timers=len(rows),
        lost=sum(is_lost(row) for row in rows),
        doubled=sum(max(len(row.breaches or ()), len(row.warnings or ())) > 1 for row in rows),
        early=sum(by < timedelta() for by in late),
        lateness_p99_s=late[len(late) * 99 // 100].total_seconds(),
        lateness_max_s=late[-1].total_seconds(),
    )
    counted.append(counts)
    assert (counts.lost, counts.doubled, counts.early) == (0, 0, 0), counts
    assert counts.lateness_p99_s <= PROMISED_S, counts


def is_lost(row: Any) -> bool:
    """A warning may be missing only where none is noted: the breach came before it."""
    breached = row.breaches is not None and row.breached_at == row.due_at
    return not breached or (row.warned_at is None) != (row.warnings is None)


async def break_and_check(
    settings: Settings,
    fault: str,
    runs: int,
    break_it: Callable[[Workers], Awaitable[None]],
) -> None:
    """Let timers fall due while something breaks again and again; check what fired."""
    with two_workers(settings) as workers:
        async with streaming(settings) as stream:
            for _ in range(runs):
                await asyncio.sleep(random.uniform(0.3, 1.2))  # noqa: S311
                await break_it(workers)
            await check(stream, fault, runs)


async def test_a_killed_worker(settings: Settings) -> None:
    async def kill(workers: Workers) -> None:
        workers.kill()
        workers.start()

    await break_and_check(settings, "worker killed", KILLS, kill)


async def test_a_crash_of_postgresql(settings: Settings, own_servers: Servers) -> None:
    async def crash(_workers: Workers) -> None:
        await asyncio.to_thread(own_servers.kill_postgres)
        await asyncio.sleep(0.2)
        await asyncio.to_thread(own_servers.start_postgres)

    await break_and_check(settings, "PostgreSQL crashed", CRASHES, crash)


async def test_a_killed_and_flushed_valkey(settings: Settings, own_servers: Servers) -> None:
    async def forget(_workers: Workers) -> None:
        await asyncio.to_thread(own_servers.kill_valkey)
        await asyncio.sleep(0.5)
        await asyncio.to_thread(own_servers.start_valkey)
        await asyncio.sleep(0.3)
        await asyncio.to_thread(own_servers.flush_valkey)

    await break_and_check(settings, "Valkey killed, flushed", VALKEY_FAULTS, forget)


@pytest.mark.parametrize("off", [timedelta(hours=1), timedelta(hours=-1)], ids=["fast", "slow"])
async def test_a_wrong_clock(settings: Settings, tmp_path: Path, off: timedelta) -> None:
    seconds = int(off.total_seconds())
    worker = WorkerProcess(settings, tmp_path / "worker.log")
    try:
        await asyncio.to_thread(worker.start, PYTHONPATH=str(WRONG_CLOCK), CLOCK_OFF=str(seconds))
        lines = worker.log.read_text().splitlines()
        (working,) = (json.loads(line) for line in lines if '"working"' in line)
        ahead = datetime.fromisoformat(working["timestamp"]) - datetime.now(UTC)
        assert abs(ahead - off) < timedelta(minutes=1)
        async with streaming(settings) as stream:
            await asyncio.sleep(1)
            await check(stream, f"clock off by {seconds:+} s", 1)
    finally:
        worker.kill()
