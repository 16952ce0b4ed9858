"""Members from before there were calendars get theirs by the upgrade."""

import asyncio
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from dayline.calendars.queries import calendar_documents, get_defaults
from dayline.calendars.times import OFFICE_HOURS
from dayline.kernel.db.clock import DatabaseClock, transaction_now
from dayline.kernel.db.database import Scope, create_engine, create_sessions, enter_workspace
from dayline.kernel.ops.migrate import alembic_config
from tests.servers import Servers

DATABASE = "dayline_before_calendars"

OLD_WORKSPACE = """
    INSERT INTO accounts (id, email, name, password_hash, created_at, rev)
    VALUES ('{id}', '{id}@example.org', 'Old', '-', now(), 1);
    INSERT INTO workspaces (id, slug, name, reference_zone, created_at, rev)
    VALUES ('{id}', '{slug}', 'Old', 'Asia/Tokyo', now(), 1);
    INSERT INTO workspace_feed (workspace_id, epoch, head, access_rev)
    VALUES ('{id}', '{id}', 7, 1);
    INSERT INTO members (workspace_id, id, account_id, handle, name, role, joined_at, rev)
    VALUES ('{id}', '{id}', '{id}', 'old', 'Old', 'owner', '2025-03-04T05:06Z', 1)
"""


@pytest.fixture
def old_url(servers: Servers) -> Iterator[str]:
    """A database as it was before there were calendars."""
    url = servers.create_database(DATABASE)
    command.upgrade(alembic_config(url), "0002")
    yield url
    servers.drop_database(DATABASE)


async def make_workspace(url: str, id_: UUID) -> None:
    seeing_all = {"server_settings": {"app.all_workspaces": "on"}}
    engine = create_async_engine(url, connect_args=seeing_all)
    async with engine.begin() as connection:
        for statement in OLD_WORKSPACE.format(id=id_, slug=f"old-{id_.hex[:8]}").split(";"):
            await connection.execute(text(statement))
    await engine.dispose()


async def check_workspace(url: str, id_: UUID) -> None:
    engine = create_engine(url, pool_size=1)
    async with create_sessions(engine)() as session, session.begin():
        now = await transaction_now(session, DatabaseClock())
        await enter_workspace(session, Scope(id_, now, None))
        (calendar,) = await calendar_documents(session, id_)
        assert (calendar.id, calendar.zone, calendar.rev) == (id_, "Asia/Tokyo", 1)
        (hours,) = calendar.hours
        assert hours.effective_from.isoformat() == "2025-03-04"
        assert hours.weekly.mon[0].end == "17:00"
        defaults = await get_defaults(session, id_)
        assert defaults is not None
        assert (defaults.weekly, defaults.zone) == (OFFICE_HOURS, None)
        epoch = await session.scalar(text("SELECT epoch FROM workspace_feed"))
        assert epoch != id_, "clients read afresh"
    await engine.dispose()


def test_every_member_gets_a_calendar(old_url: str) -> None:
    ids = [uuid4(), uuid4()]
    for id_ in ids:
        asyncio.run(make_workspace(old_url, id_))
    command.upgrade(alembic_config(old_url), "0003")
    for id_ in ids:
        asyncio.run(check_workspace(old_url, id_))
