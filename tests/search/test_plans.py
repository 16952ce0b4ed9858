"""The one function that searches keeps its indices, behind the walls and among many tenants."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from dayline.app import create_app
from dayline.kernel.db.database import create_engine
from dayline.kernel.ops.settings import Settings
from tests.clock import MovableClock
from tests.search.desk import search, task
from tests.servers import Servers
from tests.team import Team

TENANTS, MESSAGES = 4, 3000

_FILL = text(
    """
    INSERT INTO messages (workspace_id, id, rev, topic_id, author_id, body, body_html, urgent,
        asks_listed, sent_at)
    SELECT t.workspace_id, gen_random_uuid(), 1, t.topic_id, t.created_by,
        'common word' || n || CASE WHEN n % 1000 = 0 THEN ' falcon' ELSE '' END, '', false,
        false, t.created_at
    FROM tasks t, generate_series(1, :count) AS n
    """
)


@pytest.fixture
async def crowded(fresh_settings: Settings, servers: Servers) -> AsyncIterator[Team]:
    """One workspace of four, each with 3,000 messages, three of them with a rare word."""
    app = create_app(fresh_settings, MovableClock())
    teams = [await Team.create(app, MovableClock()) for _ in range(TENANTS)]
    for team in teams:
        await task(team.owner, "Falcon")
        async with app.state.engine.begin() as connection:
            await connection.execute(_entering(team.workspace_id))
            await connection.execute(_FILL, {"count": MESSAGES})
    servers.postgres.psql("VACUUM ANALYZE", "dayline_fresh")
    yield teams[1]
    for team in teams:
        await team.close()
    await app.state.engine.dispose()


def _entering(workspace_id: UUID) -> Any:
    entering = text("SELECT set_config('app.workspace_id', :id, true)")
    return entering.bindparams(id=str(workspace_id))


async def plan(settings: Settings, workspace_id: UUID, written: str) -> list[dict[str, Any]]:
    """How PostgreSQL goes about the function's body, as the function's owner."""
    engine = create_engine(settings.database_url or "", pool_size=1, role="dayline_system")
    async with engine.connect() as connection:
        await connection.execute(_entering(workspace_id))
        source = "SELECT prosrc FROM pg_proc WHERE proname = 'search_hits'"
        body: str = await connection.scalar(text(source))
        values = (f"'{written}'", "'{task,topic,message,project}'::text[]", "NULL", "'{}'::uuid[]")
        for place, value in enumerate(values, start=1):
            body = body.replace(f"${place}", f"({value})")
        (explained,) = await connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {body}")
    await engine.dispose()
    return list(_nodes(explained[0][0]["Plan"]))


def _nodes(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [node, *(each for child in node.get("Plans", ()) for each in _nodes(child))]


async def test_a_rare_word_reads_what_it_finds(crowded: Team, fresh_settings: Settings) -> None:
    nodes = await plan(fresh_settings, crowded.workspace_id, "falcon")
    names = {node.get("Index Name") for node in nodes}
    assert "ix_messages_words" in names, names
    read = [node for node in nodes if node.get("Relation Name") == "messages"]
    assert [node["Node Type"] for node in read] == ["Bitmap Heap Scan"]
    assert read[0]["Actual Rows"] == MESSAGES // 1000
    assert read[0].get("Rows Removed by Filter", 0) == 0


async def test_what_others_wrote_is_not_even_looked_at(
    crowded: Team, fresh_settings: Settings
) -> None:
    """Their words are other words in the index: a common one of theirs costs nothing here."""
    nodes = await plan(fresh_settings, crowded.workspace_id, "common")
    found = [node for node in nodes if node.get("Index Name") == "ix_messages_words"]
    assert [node["Actual Rows"] for node in found] == [MESSAGES]


async def test_what_is_common_is_cut_to_the_newest(crowded: Team) -> None:
    assert len(await search(crowded.owner, "common", limit=50)) == 50


async def test_the_function_sees_the_workspace_of_its_transaction_alone(
    crowded: Team, fresh_settings: Settings
) -> None:
    calling = text("SELECT count(*) FROM search_hits('falcon', '{task}', NULL, '{}')")
    engine = create_engine(fresh_settings.database_url or "", pool_size=1)
    async with engine.begin() as connection:
        assert await connection.scalar(calling) == 0
        await connection.execute(_entering(crowded.workspace_id))
        assert await connection.scalar(calling) == 1
    await engine.dispose()
