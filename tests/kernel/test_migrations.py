"""The migrations and the models say the same, under an owner that is no superuser."""

import asyncio

import pytest
from alembic import command
from alembic.util import CommandError
from sqlalchemy import text

from dayline.kernel.db.database import create_engine
from dayline.kernel.ops.migrate import alembic_config
from dayline.kernel.ops.settings import Settings


def query(url: str, statement: str, role: str = "dayline_app") -> list[tuple[object, ...]]:
    async def fetch() -> list[tuple[object, ...]]:
        engine = create_engine(url, pool_size=1, role=role)
        async with engine.connect() as connection:
            rows = (await connection.execute(text(statement))).all()
        await engine.dispose()
        return [tuple(row) for row in rows]

    return asyncio.run(fetch())


def test_the_models_need_no_further_migration(fresh_settings: Settings) -> None:
    assert fresh_settings.database_url is not None
    try:
        command.check(alembic_config(fresh_settings.database_url))
    except CommandError as fault:
        pytest.fail(str(fault))


def test_every_table_of_a_workspace_is_walled(fresh_settings: Settings) -> None:
    assert fresh_settings.database_url is not None
    bare = query(
        fresh_settings.database_url,
        """
        SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
            AND a.attname = 'workspace_id'
            AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
        """,
    )
    assert bare == []


def test_the_serving_role_owns_nothing_and_cannot_pass_the_wall(fresh_settings: Settings) -> None:
    assert fresh_settings.database_url is not None
    url = fresh_settings.database_url
    assert query(url, "SELECT current_user::text") == [("dayline_app",)]
    owned = "SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) LIKE 'dayline\\_%'"
    assert query(url, owned) == []
    mighty = "SELECT rolname FROM pg_roles WHERE rolname LIKE 'dayline\\_%'"
    assert query(url, f"{mighty} AND (rolsuper OR rolbypassrls)") == []


def test_the_migrating_role_is_no_superuser(fresh_settings: Settings) -> None:
    assert fresh_settings.database_url is not None
    who = "SELECT rolsuper FROM pg_roles WHERE rolname = session_user"
    assert query(fresh_settings.database_url, who) == [(False,)]


def test_functions_that_look_across_workspaces_are_for_the_server_alone(
    fresh_settings: Settings,
) -> None:
    assert fresh_settings.database_url is not None
    functions = query(
        fresh_settings.database_url,
        """
        SELECT p.proname, pg_get_userbyid(p.proowner)::text, array_to_string(p.proconfig, ','),
            has_function_privilege('public', p.oid, 'EXECUTE')
        FROM pg_proc p WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace
        """,
    )
    assert functions
    for name, owner, config, public in functions:
        assert owner == "dayline_system", name
        assert config == "search_path=pg_catalog, pg_temp", name
        assert public is False, name
