"""Many timers, furnished by SQL in seconds: they point to messages that nobody wrote."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg

from dayline.kernel.db.database import Sessions, create_engine, create_sessions
from dayline.kernel.ops.migrate import upgrade
from dayline.kernel.ops.settings import Settings
from dayline.kernel.text import zones
from dayline.local.postgres import OWNER, SUPERUSER
from dayline.timers.sweep import SIDE_BY_SIDE
from tests.bench.table import Bench

_WORKSPACES = """
    WITH made AS (
        INSERT INTO workspaces (id, slug, name, reference_zone, language, created_at, rev)
        SELECT gen_random_uuid(), 'bench-' || n, 'Bench', 'Europe/Kyiv', 'en', now(), 1
        FROM generate_series(1, $1::integer) AS n
        RETURNING id
    ),
    fed AS (
        INSERT INTO workspace_feed (workspace_id, epoch, head, access_rev)
        SELECT id, gen_random_uuid(), 0, 1 FROM made
    )
    SELECT id FROM made
"""
_TIMERS = """
    INSERT INTO timers (workspace_id, id, rev, message_id, topic_id, project_id, recipient_id,
        author_id, kind, urgent, agreement_version, allowance_s, warn_share, first_check_minutes,
        sent_at, warn_at, due_at, warned_at, paused_s, pauses, counted, local, zone, tz_version)
    SELECT ($1::uuid[])[1 + n % cardinality($1)], gen_random_uuid(), 1, gen_random_uuid(),
        gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),
        'task_comment', false, 1, 14400, 75, 60,
        due_at - interval '4 hours', due_at - interval '1 hour', due_at, due_at - interval '1 hour',
        0, '[]', '[[1779087600, 1779102000]]', $2::text::jsonb, 'Europe/Kyiv', $6
    FROM (
        SELECT n, $3::timestamptz + n * $4::interval AS due_at
        FROM generate_series(0, $5::integer - 1) AS n
    ) AS asked
"""
_LOCAL = json.dumps(
    {
        "sent_at": "2026-05-18T10:00:00+03:00",
        "first_check_at": None,
        "warn_at": "2026-05-18T13:00:00+03:00",
        "due_at": "2026-05-18T14:00:00+03:00",
    }
)


@dataclass
class Crowd:
    """An installation with many timers: the serving role's sessions, and a superuser."""

    url: str
    sessions: Sessions
    root: Any
    workspaces: list[UUID]

    async def ask(self, count: int, due: str, apart: str = "0") -> None:
        """So many more timers, spread over the workspaces: the first is due at `due`, each next
        one `apart` later; both as PostgreSQL reads them.
        """
        due_at = await self.root.fetchval("SELECT now() + $1::text::interval", due)
        gap = await self.root.fetchval("SELECT $1::text::interval", apart)
        await self.root.execute(_TIMERS, self.workspaces, _LOCAL, due_at, gap, count, zones.VERSION)

    async def fill(self, count: int) -> None:
        """So many that run for the next months; indices are made when all are there."""
        indices = await self.root.fetch(
            "SELECT indexname, indexdef FROM pg_indexes "
            "WHERE tablename = 'timers' AND indexname <> 'pk_timers'"
        )
        for index in indices:
            await self.root.execute(f'DROP INDEX "{index["indexname"]}"')
        await self.ask(count, "1 day", "10 seconds")
        for index in indices:
            await self.root.execute(index["indexdef"])
        await self.root.execute("ANALYZE timers")
        await self.settle()

    async def settle(self) -> None:
        """Let PostgreSQL do now what it would do sometime."""
        await self.root.execute("VACUUM timers, workspace_feed, events")
        await self.root.execute("CHECKPOINT")


def as_superuser(url: str) -> str:
    """The driver's address of the same database, which trusts whoever reaches its socket."""
    return url.replace("+asyncpg", "").replace(f"//{OWNER}@", f"//{SUPERUSER}@")


@asynccontextmanager
async def crowd(bench: Bench, name: str, timers: int, workspaces: int) -> AsyncIterator[Crowd]:
    """An installation with so many timers that run, in a database of its own, dropped at the end.

    No foreign key is asked for of what the superuser writes.
    """
    url = bench.servers.create_database(name)
    await asyncio.to_thread(upgrade, Settings(database_url=url))
    engine = create_engine(url, pool_size=SIDE_BY_SIDE + 1)
    root = await asyncpg.connect(
        as_superuser(url),
        server_settings={
            "session_replication_role": "replica",
            "maintenance_work_mem": "256MB",
            "timezone": "UTC",
        },
    )
    try:
        made = [row["id"] for row in await root.fetch(_WORKSPACES, workspaces)]
        found = Crowd(url, create_sessions(engine), root, made)
        await found.fill(timers)
        yield found
    finally:
        await root.close()
        await engine.dispose()
        bench.servers.drop_database(name)
