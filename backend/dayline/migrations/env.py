"""Runs the migrations over asyncpg, as the role that owns the tables."""

import asyncio
from typing import Any, Literal

import sqlmodel
from alembic import context
from sqlalchemy import Connection, pool
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from dayline.agreements import models as agreements
from dayline.attachments import models as attachments
from dayline.calendars import models as people
from dayline.conversations import models as topics
from dayline.decisions import models as decisions
from dayline.identity import models as accounts
from dayline.kernel.db import events
from dayline.kernel.http import idempotency
from dayline.kernel.jobs import failed_jobs
from dayline.kernel.ops.settings import Settings
from dayline.notify import models as notify
from dayline.projects import models as projects
from dayline.references import models as references
from dayline.scheduled import models as scheduled
from dayline.search import columns as search
from dayline.tasks import models as tasks
from dayline.timers import models as timers
from dayline.today import models as today
from dayline.transfer import models as transfer
from dayline.views import models as views

DECLARING = (
    accounts,
    agreements,
    attachments,
    decisions,
    events,
    failed_jobs,
    idempotency,
    notify,
    people,
    projects,
    references,
    scheduled,
    search,
    tasks,
    timers,
    today,
    topics,
    transfer,
    views,
)
LOCK = 0x6461796C696E65
"""Advisory lock ("dayline"): two servers that start together migrate one after the other."""


def plain_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write SQLModel's own types as the plain ones they are: migrations outlive libraries."""
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String({item.length})" if item.length else "sa.String()"
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=sqlmodel.SQLModel.metadata,
        compare_type=True,
        render_item=plain_type,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.execute(f"SELECT pg_advisory_xact_lock({LOCK})")
        # Data migrations must see all rows; a pooler may drop what is said on connecting.
        context.execute("SELECT set_config('app.all_workspaces', 'on', true)")
        context.run_migrations()


async def run_online(url: str) -> None:
    engine = create_async_engine(url, poolclass=pool.NullPool, connect_args={"timeout": 5})
    async with engine.connect() as connection:
        await connection.run_sync(run)
    await engine.dispose()


def database_url() -> str:
    url = context.config.attributes.get("url") or Settings().owner_database_url
    if url is None:
        raise SystemExit("Set DAYLINE_MIGRATE_DATABASE_URL or DAYLINE_DATABASE_URL.")
    return str(url)


given = context.config.attributes.get("connection")
if given is not None:
    run(given)  # the caller's transaction: a restore
else:
    asyncio.run(run_online(database_url()))
