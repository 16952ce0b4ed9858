"""The wall between tenants, as each migration puts it around its tables.

The owner of the tables migrates. `dayline_app` serves: it owns nothing, and row-level security
shows it the rows of the workspace that its transaction entered (`app.workspace_id`), and none
where it entered none. `dayline_system` cannot sign in; it owns the few functions that look across
workspaces, and sees only the columns that they need.
"""

from collections.abc import Sequence

from alembic import op
from sqlalchemy import text

APP = "dayline_app"
SYSTEM = "dayline_system"

ENTERED = "nullif(current_setting('app.workspace_id', true), '')::uuid"

EVERY_WORKSPACE = "current_setting('app.all_workspaces', true) = 'on'"
"""What the owner says to pass its own wall: a migration of data, a backup, a restore."""


def make_role(name: str) -> None:
    """Make a role without sign-in, unless the cluster has it, and let this user act as it."""
    op.execute(
        f"""
        DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{name}') THEN
                CREATE ROLE {name} NOLOGIN NOBYPASSRLS;
            END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END $$
        """
    )
    member = op.get_bind().scalar(
        text("SELECT pg_has_role(current_user, CAST(:name AS name), 'SET')")
        if _knows_set()
        else text("SELECT pg_has_role(current_user, CAST(:name AS name), 'MEMBER')"),
        {"name": name},
    )
    if not member:
        op.execute(f"GRANT {name} TO current_user")


def _knows_set() -> bool:
    version = op.get_bind().dialect.server_version_info
    return version is not None and version >= (16,)


def wall(
    table: str, *, key: str = "workspace_id", may: str = "SELECT, INSERT, UPDATE, DELETE"
) -> None:
    """Let the app use `table`, one workspace at a time."""
    op.execute(f"GRANT {may} ON {table} TO {APP}")
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY workspace ON {table} TO {APP} "
        f"USING ({key} = {ENTERED}) WITH CHECK ({key} = {ENTERED})"
    )
    op.execute(
        f"CREATE POLICY owner ON {table} TO CURRENT_USER "
        f"USING ({EVERY_WORKSPACE}) WITH CHECK ({EVERY_WORKSPACE})"
    )


def system_reads(table: str, columns: Sequence[str], *, walled: bool = True) -> None:
    """Let the system's functions read some columns of `table`, in every workspace."""
    op.execute(f"GRANT SELECT ({', '.join(columns)}) ON {table} TO {SYSTEM}")
    if walled:
        op.execute(f"CREATE POLICY system ON {table} FOR SELECT TO {SYSTEM} USING (true)")


def system_function(signature: str, returns: str, body: str) -> None:
    """Make a function that looks across workspaces: owned by the system, called by the app."""
    name = signature.split("(", 1)[0]
    op.execute(
        f"CREATE FUNCTION {signature} RETURNS {returns} LANGUAGE sql STABLE SECURITY DEFINER "
        f"SET search_path = pg_catalog, pg_temp AS $$ {body} $$"
    )
    op.execute(f"ALTER FUNCTION {name} OWNER TO {SYSTEM}")
    op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO {APP}")
