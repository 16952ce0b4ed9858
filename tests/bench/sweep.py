"""The sweep among a million timers, beside one statement that writes the same rows everywhere."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from dayline.kernel.db.clock import DatabaseClock
from dayline.kernel.db.database import Sessions, create_engine, create_sessions
from dayline.timers.documents import document_of
from dayline.timers.due_scanner import scanning
from dayline.timers.sweep import SIDE_BY_SIDE, sweep
from tests.bench.table import Bench, Row, Sample, Turn, at_least, at_most
from tests.bench.timers import Crowd, crowd

SWEEP = "sweep with its events"
BY_TWO = "sweep by two at once"
IDLE_FEW = "idle sweep, 10,000 timers"
IDLE_MANY = "idle sweep, 1,000,000 timers"
NAMES = (SWEEP, BY_TWO, IDLE_FEW, IDLE_MANY)

MANY, FEW, WORKSPACES, DUE = 1_000_000, 10_000, 100, 10_000
PASSES = 2000

LIMIT = f"""
    WITH due AS (
        SELECT workspace_id, id FROM timers
        WHERE due_at <= now() AND ended_at IS NULL AND breached_at IS NULL AND paused_at IS NULL
        FOR NO KEY UPDATE SKIP LOCKED
    ),
    fired AS (
        UPDATE timers AS t SET breached_at = due_at, rev = rev + 1 FROM due
        WHERE t.workspace_id = due.workspace_id AND t.id = due.id
        RETURNING t.*
    ),
    heads AS (
        UPDATE workspace_feed AS f SET head = head + n
        FROM (SELECT workspace_id, count(*) AS n FROM fired GROUP BY workspace_id) AS counted
        WHERE f.workspace_id = counted.workspace_id
        RETURNING f.workspace_id, head - n AS before
    )
    INSERT INTO events
        (workspace_id, seq, id, kind, at, audience, audience_id, data)
    SELECT workspace_id, before + row_number() OVER (PARTITION BY workspace_id ORDER BY due_at, id),
        uuidv7(), 'timer.breached', now(), 'project', project_id,
        jsonb_build_object('timer', {document_of("fired")})
    FROM fired JOIN heads USING (workspace_id)
"""  # noqa: S608 -- SQL of this benchmark
IDLE_LIMIT = """
    SELECT min(due_at) FROM timers
    WHERE ended_at IS NULL AND breached_at IS NULL AND paused_at IS NULL
"""


async def rows(bench: Bench) -> list[Row]:
    """Every row wanted."""
    found: list[Row] = []
    if bench.wants(IDLE_FEW):
        async with crowd(bench, "bench_few", FEW, WORKSPACES) as few:
            found.append(await _idle(bench, IDLE_FEW, few))
    if bench.wanted((SWEEP, BY_TWO, IDLE_MANY)):
        async with crowd(
            bench, "bench_many", MANY // 10 if bench.quick else MANY, WORKSPACES
        ) as many:
            found += await _among_many(bench, many)
    return found


async def _among_many(bench: Bench, many: Crowd) -> list[Row]:
    found: list[Row] = []
    if bench.wants(IDLE_MANY):
        found.append(await _idle(bench, IDLE_MANY, many))
    limit = _firing(many, _by_one_statement)
    if bench.wants(SWEEP):
        ours = _firing(many, _by_one_sweeper)
        found.append(await bench.row(SWEEP, "/s", ours, limit, at_least(0.5)))
    if bench.wants(BY_TWO):
        found.append(await bench.row(BY_TWO, "/s", _firing(many, _by_two), limit))
    return found


async def _idle(bench: Bench, name: str, among: Crowd) -> Row:
    async def ours() -> Sample:
        async with scanning(among.sessions, DatabaseClock()) as lookout:
            return await _each_of(lookout.until_next)

    async def limit() -> Sample:
        return await _each_of(lambda: among.root.fetchval(IDLE_LIMIT))

    return await bench.row(name, "ms", ours, limit, at_most("ours", 0.2))


async def _each_of(call: Callable[[], Awaitable[object]]) -> Sample:
    """The median in milliseconds, and the tail."""
    took = []
    for _ in range(PASSES):
        started = time.perf_counter()
        await call()
        took.append((time.perf_counter() - started) * 1000)
    took.sort()
    return Sample(took[len(took) // 2], took[len(took) * 99 // 100])


def _firing(among: Crowd, fire: Callable[[Crowd], Awaitable[object]]) -> Turn:
    """Timers a second, from when they are due until all their events are committed."""

    async def measured() -> Sample:
        await _prepare(among)
        started = time.perf_counter()
        await fire(among)
        took = time.perf_counter() - started
        await _check(among)
        return Sample(DUE / took)

    return measured


async def _prepare(among: Crowd) -> None:
    """As it was in the beginning, and what is due."""
    await among.root.execute("TRUNCATE events CASCADE")
    await among.root.execute("UPDATE workspace_feed SET head = 0")
    await among.root.execute("DELETE FROM timers WHERE breached_at IS NOT NULL")
    await among.ask(DUE, "-1 hour", "1 millisecond")
    await among.settle()


async def _check(among: Crowd) -> None:
    """Raise unless each timer that was due fired once, and events are numbered without gaps."""
    fired = await among.root.fetchrow(
        "SELECT count(*), count(DISTINCT data #>> '{timer,id}') AS timers FROM events"
    )
    gapless = await among.root.fetchval(
        "SELECT bool_and(head = (SELECT count(*) FROM events e "
        "WHERE e.workspace_id = f.workspace_id AND e.seq BETWEEN 1 AND f.head)) "
        "FROM workspace_feed f"
    )
    if (fired["count"], fired["timers"], gapless) != (DUE, DUE, True):
        raise RuntimeError(f"of {DUE} timers {fired} fired; gapless: {gapless}")


async def _by_one_statement(among: Crowd) -> None:
    await among.root.execute(LIMIT)


async def _by_one_sweeper(among: Crowd) -> None:
    await sweep(among.sessions, DatabaseClock())


async def _by_two(among: Crowd) -> None:
    async with _another(among) as other:
        clock = DatabaseClock()
        await asyncio.gather(sweep(among.sessions, clock), sweep(other, clock))


@asynccontextmanager
async def _another(among: Crowd) -> AsyncIterator[Sessions]:
    engine = create_engine(among.url, pool_size=SIDE_BY_SIDE)
    yield create_sessions(engine)
    await engine.dispose()
