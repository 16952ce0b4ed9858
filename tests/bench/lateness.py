"""How late a real worker fires: from the due instant to the commit, as PostgreSQL notes it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial

import asyncpg

from dayline.kernel.jobs.cancel import cancel_and_wait
from dayline.kernel.ops.settings import Settings
from tests.bench.sweep import LIMIT
from tests.bench.table import Bench, Row, Sample, Turn, at_most
from tests.bench.timers import Crowd, as_superuser, crowd
from tests.processes import WorkerProcess

IDLE = "lateness, one due at a time"
AT_ONCE = "lateness, 10,000 due at once"
NAMES = (IDLE, AT_ONCE)

TIMERS, WORKSPACES = 100_000, 100
APART_MS, ONE_BY_ONE, TOGETHER = 100, 100, 10_000
AHEAD_S = 6
"""More than the loop ever sleeps: no hint is needed."""
PATIENCE_S = 60.0

_LATE = """
    SELECT extract(epoch FROM pg_xact_commit_timestamp(xmin) - due_at)::float8 * 1000
    FROM timers WHERE breached_at IS NOT NULL ORDER BY 1
"""
_WAITING = """
    SELECT count(*) FROM timers WHERE breached_at IS NULL AND due_at < now() + interval '1 hour'
"""
_NEXT_IN = """
    SELECT extract(epoch FROM min(due_at) - clock_timestamp())::float8 FROM timers
    WHERE ended_at IS NULL AND breached_at IS NULL AND paused_at IS NULL
"""

Firing = Callable[[], AbstractAsyncContextManager[None]]
"""Something fires timers during the block."""


async def rows(bench: Bench) -> list[Row]:
    """Both rows: the 50th and the 99th percentile in milliseconds."""
    _note_commits(bench)
    async with crowd(bench, "bench_late", TIMERS, WORKSPACES) as among:
        found = []
        for name, count, apart_ms, goal in (
            (IDLE, ONE_BY_ONE, APART_MS, 50),
            (AT_ONCE, TOGETHER, 0, 1000),
        ):
            if bench.wants(name):
                ours = _turn(among, count, apart_ms, partial(_worker, bench, among))
                limit = _turn(among, count, apart_ms, partial(_bare_loop, among))
                found.append(await bench.row(name, "ms", ours, limit, at_most("p99", goal)))
        return found


def _note_commits(bench: Bench) -> None:
    """Let PostgreSQL note when transactions were committed, from its next start on."""
    postgres = bench.servers.postgres
    postgres.psql("ALTER SYSTEM SET track_commit_timestamp = on")
    postgres.stop()
    postgres.start()


def _turn(among: Crowd, count: int, apart_ms: int, firing: Firing) -> Turn:
    async def measured() -> Sample:
        await among.root.execute("DELETE FROM timers WHERE breached_at IS NOT NULL")
        await among.settle()
        async with firing():
            await among.ask(count, f"{AHEAD_S} seconds", f"{apart_ms} milliseconds")
            await asyncio.sleep(AHEAD_S + count * apart_ms / 1000)
            async with asyncio.timeout(PATIENCE_S):
                while await among.root.fetchval(_WAITING):  # noqa: ASYNC110 -- it is PostgreSQL's
                    await asyncio.sleep(0.2)
        late = [row[0] for row in await among.root.fetch(_LATE)]
        if len(late) != count or late[0] < 0:
            raise RuntimeError(f"{len(late)} of {count} fired, the first {-late[0]} ms early")
        return Sample(late[count // 2], late[count * 99 // 100])

    return measured


@asynccontextmanager
async def _worker(bench: Bench, among: Crowd) -> AsyncIterator[None]:
    """`dayline worker`, a process of its own."""
    settings = Settings(database_url=among.url, redis_url=bench.servers.redis_url)
    worker = WorkerProcess(settings, bench.folder / "worker.log")
    await asyncio.to_thread(worker.start)
    try:
        yield
    finally:
        await asyncio.to_thread(worker.stop)


@asynccontextmanager
async def _bare_loop(among: Crowd) -> AsyncIterator[None]:
    """Sleeps until the next instant, and fires what is due everywhere by one statement."""
    connection = await asyncpg.connect(as_superuser(among.url))

    async def loop() -> None:
        while True:
            await asyncio.sleep(min(max(await connection.fetchval(_NEXT_IN), 0), AHEAD_S / 2))
            await connection.execute(LIMIT)

    firing = asyncio.create_task(loop())
    try:
        yield
    finally:
        await cancel_and_wait([firing])
        await connection.close()
