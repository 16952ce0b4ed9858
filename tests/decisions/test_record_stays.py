"""The database itself refuses to change the record of a decided decision, whoever asks."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from dayline.app import create_app
from dayline.kernel.db.database import create_engine
from dayline.kernel.ops.backup import backup, restore
from dayline.kernel.ops.files import FileStore
from dayline.kernel.ops.settings import Settings
from tests.clock import MovableClock
from tests.decisions.desk import Json, decided, draft, seen
from tests.team import Team
from tests.timers.desk import done, member

CHANGES = (
    "UPDATE decisions SET rationale = 'Otherwise.'",
    "UPDATE decisions SET status = 'open'",
    "UPDATE decisions SET decided_at = now(), is_public = true",
    "UPDATE decisions SET extensions = '[]'::jsonb || '1'",
    "DELETE FROM decisions",
    "UPDATE decision_options SET title = 'Another'",
    "UPDATE decision_options SET is_chosen = NOT is_chosen WHERE is_chosen",
    "DELETE FROM decision_options",
    "INSERT INTO decision_options SELECT workspace_id, gen_random_uuid(), decision_id, 9, title, "
    "body, false, false FROM decision_options LIMIT 1",
    "UPDATE decision_stakeholders SET asked_for = 'approval'",
    "DELETE FROM decision_stakeholders",
    "UPDATE decision_inputs SET stance = 'abstain'",
    "UPDATE decision_inputs SET replaced_at = now()",
    "DELETE FROM decision_inputs",
    "UPDATE decision_relations SET kind = 'amends'",
    "DELETE FROM decision_relations",
)
ALLOWED = (
    "UPDATE decisions SET is_public = true, rev = rev + 1, updated_at = now()",
    "UPDATE decisions SET review_on = '2026-07-01', review_due_at = now(), review_told_at = now()",
    "UPDATE decision_stakeholders SET read_at = now()",
)
REFUSED = "a decided record cannot change"


@pytest.fixture
async def record(fresh_settings: Settings) -> AsyncIterator[tuple[Team, Json]]:
    """A team whose only two decisions are decided, the second one in the place of the first."""
    clock = MovableClock()
    team = await Team.create(create_app(fresh_settings, clock), clock)
    ada = await member(team, "ada")
    first = await decided(team.owner, ada)
    yield team, await decided(team.owner, ada, supersedes=[first["key"]])
    await team.close()
    await team.app.state.engine.dispose()


async def entered(connection: AsyncConnection, team: Team) -> None:
    entering = text("SELECT set_config('app.workspace_id', :id, true)")
    await connection.execute(entering, {"id": str(team.workspace_id)})


async def refusal(connection: AsyncConnection, statement: str) -> str:
    """What the database says to a statement; nothing of it is left."""
    nested = await connection.begin_nested()
    try:
        done = await connection.execute(text(statement))
    except IntegrityError as fault:
        await nested.rollback()
        return str(fault.orig)
    await nested.rollback()
    return f"changed {done.rowcount} rows"


async def test_the_serving_role_cannot_change_a_record(
    record: tuple[Team, Json], fresh_settings: Settings
) -> None:
    team, _ = record
    async with team.app.state.engine.begin() as connection:
        await entered(connection, team)
        for statement in CHANGES:
            assert REFUSED in await refusal(connection, statement), statement
        for statement in ALLOWED:
            assert await refusal(connection, statement) == "changed 2 rows", statement


async def test_the_owner_of_the_tables_cannot_either(
    record: tuple[Team, Json], fresh_settings: Settings
) -> None:
    engine = create_engine(fresh_settings.database_url or "", pool_size=1, role="none")
    async with engine.connect() as connection:
        for table in ("decisions", "decision_inputs", "decision_options", "decision_relations"):
            thrown = text(f"TRUNCATE {table} CASCADE")
            with pytest.raises(IntegrityError, match="cannot be thrown away"):
                await connection.execute(thrown)
            await connection.rollback()
        everything = text("SELECT set_config('app.all_workspaces', 'on', true)")
        await connection.execute(everything)
        for statement in CHANGES:
            assert REFUSED in await refusal(connection, statement), statement
        await connection.rollback()
    await engine.dispose()


async def test_an_owner_without_its_wall_finds_no_way_around(
    record: tuple[Team, Json], fresh_settings: Settings
) -> None:
    """The parts look at a decision that the wall hides: what cannot be seen counts as decided."""
    engine = create_engine(fresh_settings.database_url or "", pool_size=1, role="none")
    async with engine.connect() as connection:
        await connection.execute(text("ALTER TABLE decision_inputs NO FORCE ROW LEVEL SECURITY"))
        for statement in CHANGES:
            if "decision_inputs" in statement:
                assert REFUSED in await refusal(connection, statement), statement
        await connection.rollback()
    await engine.dispose()


async def test_a_draft_beside_it_can_be_changed(record: tuple[Team, Json]) -> None:
    team, made = record
    new = await draft(team.owner, team.people["ada"])
    options = [{"title": "One"}, {"title": "Two"}]
    edit = {"options": options, "supersedes": [made["key"]]}
    path = f"/decisions/{new['key']}"
    changed = await done(team.owner.patch(path, edit, new["rev"]))
    assert [option["title"] for option in changed["options"]] == ["One", "Two"]


async def test_a_backup_brings_records_back_as_they_were(
    record: tuple[Team, Json], fresh_settings: Settings, tmp_path: Path
) -> None:
    team, made = record
    url, store = fresh_settings.database_url or "", FileStore(fresh_settings.files_folder)
    before = await seen(team.owner, made["key"])
    await backup(url, store, tmp_path / "all.zip")
    await team.app.state.engine.dispose()
    await restore(url, store, tmp_path / "all.zip")
    assert await seen(team.owner, made["key"]) == before
    async with team.app.state.engine.begin() as connection:
        await entered(connection, team)
        for statement in CHANGES:
            assert REFUSED in await refusal(connection, statement), statement
