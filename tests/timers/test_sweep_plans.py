"""Looking for what is due reads the few rows that are, by the partial indices."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from dayline.app import create_app
from dayline.kernel.db.database import create_engine
from dayline.kernel.ops.settings import Settings
from dayline.timers.ending import OPEN_TIMER
from dayline.timers.firing import FIRE
from dayline.timers.sweep import AT_ONCE
from tests.clock import MovableClock
from tests.servers import Servers
from tests.team import Team
from tests.timers.rows import Asked


@pytest.fixture
async def asked(fresh_settings: Settings, servers: Servers) -> AsyncIterator[Asked]:
    """An installation with 4,000 timers of two workspaces, five of them due."""
    app = create_app(fresh_settings, MovableClock())
    teams = [await Asked.create(await Team.create(app, MovableClock())) for _ in range(2)]
    for each in teams:
        now = each.team.clock.now
        await each.timers(2000, now + timedelta(days=1), apart=timedelta(minutes=1))
        await each.timers(5, now)
    servers.postgres.psql("VACUUM ANALYZE timers", "dayline_fresh")
    yield teams[0]
    for each in teams:
        await each.team.close()
    await app.state.engine.dispose()


async def plan(asked: Asked, statement: str) -> str:
    """How PostgreSQL goes about it in the workspace, as the serving role."""
    async with asked.inside() as session:
        return "\n".join(await session.scalars(text(f"EXPLAIN {statement}")))


async def test_whom_a_message_answers_is_found_among_thousands_who_are_asked(
    asked: Asked,
) -> None:
    owner = asked.team.owner.member_id
    given = {"workspace_id": asked.team.workspace_id, "member_id": owner, "topic_id": asked.topic}
    values = ", ".join(f"'{value}'" for value in OPEN_TIMER.arguments(**given))
    async with asked.inside() as session:
        await session.execute(text("SET LOCAL plan_cache_mode = force_generic_plan"))
        connection = await session.connection()
        await connection.exec_driver_sql(f"PREPARE owed AS {OPEN_TIMER.sql}")
        found = "\n".join(
            (await connection.exec_driver_sql(f"EXPLAIN EXECUTE owed ({values})")).scalars()
        )
        await connection.exec_driver_sql("DEALLOCATE owed")
    assert "using ix_timers_workspace_id_topic_id_recipient_id" in found, found


async def test_inside_a_workspace(asked: Asked) -> None:
    found = await plan(asked, written(FIRE.text, asked))
    assert not re.search("Seq Scan on (timers|workspace_feed)", found), found
    for instant in ("due_at", "warn_at"):
        assert re.search(f"Index (Only )?Scan using {partial(instant)}", found), found
    assert len(re.findall("Index Scan using pk_timers on timers", found)) == 2, found


def written(statement: str, asked: Asked) -> str:
    """The statement with its parameters."""
    values = {
        "workspace_id": f"uuid '{asked.team.workspace_id}'",
        "now": f"timestamptz '{asked.team.clock.now.isoformat()}'",
        "most": str(AT_ONCE),
        "id_begins": "'01234567-89ab-7'",
    }
    return re.sub(r"(?<![:\w]):(\w+)", lambda found: values[found[1]], statement)


async def test_across_workspaces(asked: Asked, fresh_settings: Settings) -> None:
    engine = create_engine(fresh_settings.database_url or "", pool_size=1, role="dayline_system")
    source = text("SELECT prosrc FROM pg_proc WHERE proname = :name")
    at = f"timestamptz '{asked.team.clock.now.isoformat()}'"
    async with engine.connect() as connection:
        for name in ("workspaces_with_due", "next_timer_at"):
            body: str = await connection.scalar(source, {"name": name})
            statement = body.replace("$1", at).replace("$2", "1000")
            found = "\n".join(await connection.scalars(text(f"EXPLAIN {statement}")))
            assert "Seq Scan" not in found, found
            for instant in ("due_at", "warn_at"):
                assert re.search(f"Index Only Scan using {partial(instant)}", found), found
    await engine.dispose()


def partial(instant: str) -> str:
    """The names of the partial indices by an instant."""
    return f"ix_timers_(workspace_id_{instant}|{instant}_workspace_id)"
