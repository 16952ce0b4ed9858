"""A workspace from before there were agreements gets one by the upgrade."""

import asyncio
from collections.abc import Iterator
from importlib import import_module
from uuid import UUID, uuid4

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from dayline.agreements import default
from dayline.agreements.queries import agreement_at, agreement_cards
from dayline.kernel.db.clock import DatabaseClock, transaction_now
from dayline.kernel.db.database import Scope, create_engine, create_sessions, enter_workspace
from dayline.kernel.ops.migrate import alembic_config
from dayline.kernel.text import markdown
from tests.servers import Servers

DATABASE = "dayline_before_agreements"
TEXT: str = import_module("dayline.migrations.versions.0004_agreements").TEXT
TITLE: str = import_module("dayline.migrations.versions.0004_agreements").TITLE
"""What the upgrade wrote. New workspaces may begin with another text."""


@pytest.fixture
def old_url(servers: Servers) -> Iterator[str]:
    """A database as it was before there were agreements."""
    url = servers.create_database(DATABASE)
    command.upgrade(alembic_config(url), "0003")
    yield url
    servers.drop_database(DATABASE)


async def make_workspaces(url: str, ids: list[UUID], epoch: UUID) -> None:
    seeing_all = {"server_settings": {"app.all_workspaces": "on"}}
    engine = create_async_engine(url, connect_args=seeing_all)
    async with engine.begin() as connection:
        for id_ in ids:
            await connection.execute(
                text(
                    "INSERT INTO workspaces (id, slug, name, reference_zone, created_at, rev) "
                    "VALUES (:id, :slug, 'Old', 'Europe/Kyiv', now() - interval '1 year', 1)"
                ),
                {"id": id_, "slug": f"old-{id_.hex[:8]}"},
            )
            await connection.execute(
                text(
                    "INSERT INTO workspace_feed (workspace_id, epoch, head, access_rev) "
                    "VALUES (:id, :epoch, 7, 1)"
                ),
                {"id": id_, "epoch": epoch},
            )
    await engine.dispose()


async def check_workspace(url: str, id_: UUID, epoch: UUID) -> None:
    engine = create_engine(url, pool_size=1)
    async with create_sessions(engine)() as session, session.begin():
        now = await transaction_now(session, DatabaseClock())
        await enter_workspace(session, Scope(id_, now, None))
        (card,) = await agreement_cards(session, id_)
        held = await agreement_at(session, id_, now)
        drafts = (await session.execute(text("SELECT * FROM agreement_drafts"))).mappings().all()
        texts = (
            await session.execute(text("SELECT text, text_html FROM agreement_versions"))
        ).all()
        feed = (await session.execute(text("SELECT epoch, head FROM workspace_feed"))).one()
        events = await session.scalar(text("SELECT count(*) FROM events"))
    await engine.dispose()
    assert (card.version, card.published_by) == (1, None)
    assert card.in_force_from == card.published_at <= now
    assert (held.version, dict(held.allowances)) == (1, default.ALLOWANCES)
    terms = (card.title, card.warn_share, card.first_check_minutes)
    assert terms == (TITLE, default.WARN_SHARE, default.FIRST_CHECK_MINUTES)
    assert [tuple(row) for row in texts] == [(TEXT, markdown.render(TEXT))]
    assert [dict(draft) for draft in drafts] == [
        {
            "workspace_id": id_,
            "title": TITLE,
            "text": TEXT,
            "text_html": markdown.render(TEXT),
            "allowances": default.ALLOWANCES,
            "warn_share": default.WARN_SHARE,
            "first_check_minutes": default.FIRST_CHECK_MINUTES,
            "rev": 1,
        }
    ]
    assert (feed.head, events) == (7, 0)
    assert feed.epoch != epoch, "clients must read afresh what no event told them"


def test_each_workspace_gets_version_1_without_an_event(old_url: str) -> None:
    workspaces, epoch = [uuid4(), uuid4()], uuid4()
    asyncio.run(make_workspaces(old_url, workspaces, epoch))
    command.upgrade(alembic_config(old_url), "head")
    for id_ in workspaces:
        asyncio.run(check_workspace(old_url, id_, epoch))
