"""What was told to guests before they were kept from it is theirs no longer after the upgrade."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from dayline.kernel.db.events import Audience
from dayline.kernel.ops.migrate import alembic_config
from tests.servers import Servers

DATABASE = "dayline_before_guests"
TOPIC, AUTHOR, PROJECT = str(uuid4()), str(uuid4()), str(uuid4())
ASKED = {"project_id": PROJECT, "author_id": AUTHOR}
ASKER = str(Audience.asker(UUID(PROJECT), UUID(AUTHOR)).id)

TOLD: dict[str, tuple[dict[str, Any], tuple[str, str | None]]] = {
    "decision.opened": ({"decision": {"topic_id": TOPIC}}, ("team", TOPIC)),
    "topic.opened": ({"topic": {"id": TOPIC, "kind": "decision"}}, ("team", TOPIC)),
    "timer.started": ({"timer": ASKED | {"kind": "direct"}}, ("team", ASKER)),
    "timer.warned": ({"timer": ASKED | {"kind": "decision_input"}}, ("team", None)),
    "message.posted": ({"topic": {"id": TOPIC, "kind": "task"}}, ("project", "project")),
    "task.created": ({"task": {"id": TOPIC}}, ("project", "project")),
}
"""What an event held, and whom it is told to now."""


@pytest.fixture
def url(servers: Servers) -> Iterator[str]:
    """A database as it was before."""
    url = servers.create_database(DATABASE)
    command.upgrade(alembic_config(url), "0023")
    yield url
    servers.drop_database(DATABASE)


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[AsyncConnection]:
    """The owner, who sees every workspace."""
    engine = create_async_engine(
        url, connect_args={"server_settings": {"app.all_workspaces": "on"}}
    )
    async with engine.begin() as connection:
        yield connection
    await engine.dispose()


async def fill(url: str, project: UUID) -> None:
    async with connected(url) as connection:
        workspace = {"id": uuid4()}
        await connection.execute(
            text(
                "INSERT INTO workspaces (id, slug, name, reference_zone, created_at, rev)"
                " VALUES (:id, 'old', 'Old', 'Europe/Kyiv', now(), 1)"
            ),
            workspace,
        )
        told = text(
            "INSERT INTO events (workspace_id, seq, id, kind, at, audience, audience_id, data)"
            " VALUES (:id, :seq, :event, :kind, now(), 'project', :project, CAST(:data AS jsonb))"
        )
        for seq, (kind, (data, _)) in enumerate(TOLD.items(), start=1):
            values = {"seq": seq, "event": uuid4(), "kind": kind, "data": json.dumps(data)}
            await connection.execute(told, workspace | values | {"project": project})


async def audiences(url: str) -> dict[str, tuple[str, str | None]]:
    async with connected(url) as connection:
        rows = await connection.execute(
            text("SELECT kind, audience, CAST(audience_id AS text) FROM events")
        )
        return {row.kind: (row.audience, row.audience_id) for row in rows}


def test_events_of_before_get_the_audiences_of_now(url: str) -> None:
    project = uuid4()
    asyncio.run(fill(url, project))
    command.upgrade(alembic_config(url), "head")
    expected = {
        kind: (audience, str(project) if named == "project" else named)
        for kind, (_, (audience, named)) in TOLD.items()
    }
    assert asyncio.run(audiences(url)) == expected
