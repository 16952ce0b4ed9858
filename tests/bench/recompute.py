"""500 calendars change and 10,000 timers follow, beside one statement that writes as many rows."""

import json
import time
from datetime import datetime
from itertools import cycle
from uuid import UUID

from dayline.calendars.times import WEEKDAYS
from dayline.kernel.db.clock import DatabaseClock, transaction_now
from dayline.kernel.db.database import Scope, enter_workspace
from dayline.timers.documents import document_of
from dayline.timers.recalculation import follow_calendars
from tests.bench.table import Bench, Row, Sample, at_most
from tests.bench.timers import Crowd, crowd

RECOMPUTE = "10,000 timers follow 500 calendars"
NAMES = (RECOMPUTE,)

TIMERS, CALENDARS = 10_000, 500

_CALENDARS = """
    WITH people AS (
        INSERT INTO members (workspace_id, id, handle, name, role, rev)
        SELECT $1, gen_random_uuid(), 'm' || n, 'Member', 'member', 1
        FROM generate_series(1, $2::integer) AS n
        RETURNING id
    ),
    kept AS (
        INSERT INTO calendars (workspace_id, id, zone, subdivision, stamp, rev)
        SELECT $1, id, 'Europe/Kyiv', '', gen_random_uuid(), 1 FROM people
    ),
    worked AS (
        INSERT INTO hours (workspace_id, id, member_id, effective_from, weekly)
        SELECT $1, gen_random_uuid(), id, '2026-01-01', '{}' FROM people
    )
    SELECT id FROM people
"""
_ASK_THEM = """
    WITH numbered AS (SELECT id, row_number() OVER () AS n FROM timers)
    UPDATE timers SET recipient_id = ($1::uuid[])[1 + n % cardinality($1)], sent_at = now()
    FROM numbered WHERE timers.id = numbered.id
"""
_CHANGE = "UPDATE hours SET weekly = $1::text::jsonb"
_STAMP = "UPDATE calendars SET stamp = gen_random_uuid()"

LIMIT = f"""
    WITH was AS (
        SELECT * FROM timers
        WHERE ended_at IS NULL AND breached_at IS NULL AND paused_at IS NULL FOR NO KEY UPDATE
    ),
    moved AS (
        UPDATE timers AS t SET due_at = t.due_at + $1::interval, warn_at = t.warn_at + $1::interval,
            first_check_at = t.first_check_at + $1::interval, local = t.local || '{{}}',
            counted = t.counted || '[]', zone = t.zone, tz_version = t.tz_version, rev = t.rev + 1
        FROM was WHERE t.workspace_id = was.workspace_id AND t.id = was.id
        RETURNING t.*
    ),
    head AS (
        UPDATE workspace_feed SET head = head + (SELECT count(*) FROM moved) RETURNING head
    )
    INSERT INTO events (workspace_id, seq, id, kind, at, audience, audience_id, data)
    SELECT moved.workspace_id, head.head - row_number() OVER (ORDER BY moved.id) + 1, uuidv7(),
        'timer.moved', now(), 'project', moved.project_id, jsonb_build_object(
            'timer', {document_of("moved")},
            'old', jsonb_build_object('first_check_at', was.first_check_at,
                'warn_at', was.warn_at, 'due_at', was.due_at),
            'new', jsonb_build_object('first_check_at', moved.first_check_at,
                'warn_at', moved.warn_at, 'due_at', moved.due_at))
    FROM moved JOIN was USING (id), head
"""  # noqa: S608 -- SQL of this benchmark


async def rows(bench: Bench) -> list[Row]:
    """Its one row: seconds, from the change to the commit of all events."""
    async with crowd(bench, "bench_follow", TIMERS, 1) as team:
        (workspace_id,) = team.workspaces
        found = await team.root.fetch(_CALENDARS, workspace_id, CALENDARS)
        member_ids = [row["id"] for row in found]
        await team.root.execute(_ASK_THEM, member_ids)
        hours = cycle((_weekly("09:00", "17:00"), _weekly("10:00", "18:00")))

        async def ours() -> Sample:
            await _prepare(team, next(hours))
            started = time.perf_counter()
            await _follow(team, workspace_id, member_ids)
            return await _took(team, started)

        async def limit() -> Sample:
            await _prepare(team, next(hours))
            started = time.perf_counter()
            hour = await team.root.fetchval("SELECT interval '1 hour'")
            await team.root.execute(LIMIT, hour)
            return await _took(team, started)

        await ours()  # computes what was furnished
        return [await bench.row(RECOMPUTE, "s", ours, limit, at_most("ours", 2))]


def _weekly(start: str, end: str) -> str:
    return json.dumps({day: [[start, end]] for day in WEEKDAYS[:5]})


async def _prepare(team: Crowd, weekly: str) -> None:
    await team.root.execute("TRUNCATE events CASCADE")
    await team.root.execute("UPDATE workspace_feed SET head = 0")
    await team.root.execute(_CHANGE, weekly)
    await team.root.execute(_STAMP)
    await team.settle()


async def _follow(team: Crowd, workspace_id: UUID, member_ids: list[UUID]) -> None:
    async with team.sessions() as session, session.begin():
        now: datetime = await transaction_now(session, DatabaseClock())
        await enter_workspace(session, Scope(workspace_id, now, None))
        await follow_calendars(session, member_ids)


async def _took(team: Crowd, started: float) -> Sample:
    took = time.perf_counter() - started
    told = await team.root.fetchval("SELECT count(*) FROM events WHERE kind = 'timer.moved'")
    if told != TIMERS:
        raise RuntimeError(f"{told} of {TIMERS} timers moved")
    return Sample(took)
