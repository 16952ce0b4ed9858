"""Imports of decision records: where each came from."""

from collections.abc import Sequence

from alembic import op

revision = "0020"
down_revision = "0019"

SOURCES = ("slack", "adr")
KINDS = ("person", "channel", "thread", "message", "record")


def upgrade() -> None:
    _widen("source", "source", SOURCES)
    _widen("kind", "source_kind", KINDS)


def _widen(column: str, name: str, values: Sequence[str]) -> None:
    named = ", ".join(f"'{value}'" for value in values)
    op.drop_constraint(op.f(f"ck_import_sources_{name}"), "import_sources")
    op.create_check_constraint(
        op.f(f"ck_import_sources_{name}"), "import_sources", f"{column} IN ({named})"
    )


def downgrade() -> None:
    raise NotImplementedError("what was imported is not thrown away; restore a backup instead")
