"""Imports of decision records: where each came from; and search finds what only they hold."""

from collections.abc import Sequence

from alembic import op

revision = "0020"
down_revision = "0019"

SOURCES = ("slack", "adr")
KINDS = ("person", "channel", "thread", "message", "record")


def upgrade() -> None:
    _widen("source", "source", SOURCES)
    _widen("kind", "source_kind", KINDS)
    _find_sections()


def _widen(column: str, name: str, values: Sequence[str]) -> None:
    named = ", ".join(f"'{value}'" for value in values)
    op.drop_constraint(op.f(f"ck_import_sources_{name}"), "import_sources")
    op.create_check_constraint(
        op.f(f"ck_import_sources_{name}"), "import_sources", f"{column} IN ({named})"
    )


def _find_sections() -> None:
    op.execute(
        """
        CREATE FUNCTION section_words(sections jsonb) RETURNS text
        LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT coalesce(
                pg_catalog.string_agg(
                    pg_catalog.concat_ws(' ', each ->> 'title', each ->> 'body'), ' '
                ),
                ''
            ) FROM pg_catalog.jsonb_array_elements(sections) AS each
        $$
        """
    )
    op.execute(
        """
        ALTER TABLE decisions ALTER COLUMN words SET EXPRESSION AS (
            search_vector(
                workspace_id,
                'DEC-' || number::text || ' ' || title,
                context || ' ' || recommendation || ' ' || outcome || ' ' || rationale
                    || ' ' || section_words(sections)
            )
        )
        """
    )


def downgrade() -> None:
    raise NotImplementedError("what was imported is not thrown away; restore a backup instead")
