"""From events to deliveries, apart from the sweep: one channel in every workspace hears of all."""

import time

from dayline.kernel.db.clock import DatabaseClock
from dayline.notify.relay import RELAY as SLACK
from tests.bench.sweep import DUE, LIMIT, WORKSPACES
from tests.bench.table import Bench, Row, Sample
from tests.bench.timers import Crowd, crowd

RELAY = "relay of breaches to deliveries"
NAMES = (RELAY,)

_SUBSCRIBE = """
    INSERT INTO subscriptions (workspace_id, id, rev, name, kinds, url_sealed, url_hash, url_shown,
        after_seq, free_at, created_at, created_by)
    SELECT id, gen_random_uuid(), 1, 'Late', '{breach}', '', '', '', 0, now(), now(),
        gen_random_uuid()
    FROM workspaces
"""
_CURSORS = """
    INSERT INTO relay_cursors (workspace_id, consumer, seq) SELECT id, 'slack', 0 FROM workspaces
"""
_LIMIT = """
    WITH told AS (
        INSERT INTO deliveries (workspace_id, id, subscription_id, event_seq, event_id, kind, state,
            attempts, created_at, next_attempt_at)
        SELECT e.workspace_id, uuidv7(), s.id, e.seq, e.id, 'breach', 'pending', 0, now(), now()
        FROM relay_cursors c JOIN events e USING (workspace_id)
            JOIN subscriptions s USING (workspace_id)
        WHERE c.consumer = 'slack' AND e.seq > c.seq AND e.seq > s.after_seq
            AND s.disabled_at IS NULL AND e.kind = 'timer.breached' AND s.kinds @> '{breach}'
            AND (s.project_ids IS NULL OR e.audience_id = ANY (s.project_ids))
    )
    UPDATE relay_cursors c SET seq = f.head FROM workspace_feed f
    WHERE f.workspace_id = c.workspace_id AND c.consumer = 'slack'
"""


async def rows(bench: Bench) -> list[Row]:
    """Its one row: deliveries a second."""
    async with crowd(bench, "bench_relay", DUE, WORKSPACES) as among:
        await among.root.execute("UPDATE timers SET due_at = now()")
        await among.root.execute(LIMIT)
        await among.root.execute(_SUBSCRIBE)
        await among.root.execute(_CURSORS)

        async def ours() -> Sample:
            await _prepare(among)
            started = time.perf_counter()
            clock = DatabaseClock()
            for workspace_id in await SLACK.workspaces(among.sessions, clock):
                while await SLACK.handle_next(among.sessions, clock, workspace_id):
                    pass
            return await _rate(among, started)

        async def limit() -> Sample:
            await _prepare(among)
            started = time.perf_counter()
            await among.root.execute(_LIMIT)
            return await _rate(among, started)

        return [await bench.row(RELAY, "/s", ours, limit)]


async def _prepare(among: Crowd) -> None:
    await among.root.execute("TRUNCATE deliveries")
    await among.root.execute("UPDATE relay_cursors SET seq = 0 WHERE consumer = 'slack'")
    await among.settle()


async def _rate(among: Crowd, started: float) -> Sample:
    took = time.perf_counter() - started
    waiting = await among.root.fetchval("SELECT count(*) FROM deliveries")
    if waiting != DUE:
        raise RuntimeError(f"{waiting} deliveries of {DUE} events")
    return Sample(DUE / took)
