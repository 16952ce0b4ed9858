"""Statements that are compiled once, and rows that no session knows."""

import gc
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import bindparam, inspect, select
from sqlmodel import SQLModel, col

from dayline.conversations.models import Topic, TopicKind
from dayline.kernel.db.database import Sessions, create_engine
from dayline.kernel.db.prepared import Prepared, connected, fresh, store
from dayline.kernel.ops.settings import Settings
from dayline.messages.models import Mention, Message
from dayline.timers.models import Timer
from tests.races import acting
from tests.team import Team

NOW = datetime(2026, 5, 18, 7, 0, 0, 120, UTC)
TITLE = Prepared(select(col(Topic.title)).where(col(Topic.title) == bindparam("title")))


async def test_no_statement_runs_outside_a_transaction(app: FastAPI) -> None:
    sessions: Sessions = app.state.sessions
    async with sessions() as session, session.begin():
        await session.connection()
        with pytest.raises(RuntimeError, match="has not begun"):
            await TITLE.run(session, title="")


async def test_a_statement_sees_what_its_session_holds(team: Team) -> None:
    async with acting(team, team.owner) as caller:
        topic = Topic(
            workspace_id=caller.workspace_id,
            kind=TopicKind.DIRECT,
            title="Held",
            created_at=caller.now,
            created_by=caller.member_id,
        )
        caller.session.add(topic)
        assert [row["title"] for row in await TITLE.run(caller.session, title="Held")] == ["Held"]


async def test_a_statement_sees_no_other_workspace(team: Team) -> None:
    other = await Team.create(team.app, team.clock)
    await team.owner.post("/direct-topics", {"participants": [], "title": "Ours"})
    async with acting(other, other.owner) as caller:
        assert await TITLE.run(caller.session, title="Ours") == []
    await other.close()


@pytest.mark.parametrize("kind", [Message, Mention, Timer])
def test_a_fresh_row_is_the_one_that_its_constructor_makes(kind: type[SQLModel]) -> None:
    given = {"id": UUID(int=7)}
    made, free = kind(**given), fresh(kind, **given)
    optional = {name for name, field in kind.model_fields.items() if not field.is_required()}
    assert {name: getattr(free, name) for name in optional} == {
        name: getattr(made, name) for name in optional
    }
    assert fresh(kind).id != fresh(kind).id  # type: ignore[attr-defined]


async def test_stored_rows_are_read_as_they_were(team: Team) -> None:
    made: Any = await team.owner.post("/projects", {"key": "ABC", "name": "ABC"})
    assert made.status_code == 201
    async with acting(team, team.owner) as caller:
        topic = (await caller.session.scalars(select(Topic))).one()
        values = {
            "topic_id": topic.id,
            "author_id": caller.member_id,
            "body": "é\n",
            "sent_at": NOW,
        }
        row = fresh(Message, workspace_id=caller.workspace_id, body_html="", **values)
        await store(caller.session, [row])
        found = (await caller.session.scalars(select(Message))).one()
        assert {c.key: getattr(found, c.key) for c in inspect(Message).columns} == {
            c.key: getattr(row, c.key) for c in inspect(Message).columns
        }


async def test_a_connection_that_has_to_be_opened_again_leaves_nothing_unawaited(
    settings: Settings,
) -> None:
    engine = create_engine(settings.database_url or "", pool_size=1)
    async with engine.connect() as connection:
        await connection.invalidate()
    for _ in range(2):
        async with connected(engine) as driver:
            assert await driver.fetchval("SELECT 1") == 1
    await engine.dispose()
    gc.collect()  # warns of a coroutine that nobody awaited, and a warning is an error
