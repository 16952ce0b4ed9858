"""Notices: what a member should know, made from events; cursors of several consumers."""

import sqlalchemy as sa
from alembic import op

from dayline.migrations.walls import SYSTEM, system_function, system_reads

revision = "0033"
down_revision = "0029"

NOT_NOW = "(f.dead_at IS NOT NULL OR f.retry_at > $3)"


def upgrade() -> None:
    _name_consumers()
    op.execute(f"GRANT CREATE ON SCHEMA public TO {SYSTEM}")
    _find_events()
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {SYSTEM}")


def _name_consumers() -> None:
    """Cursors belong to a consumer. Those so far are of the relay to Slack."""
    op.add_column(
        "relay_cursors",
        sa.Column("consumer", sa.String(32), nullable=False, server_default="slack"),
    )
    op.alter_column("relay_cursors", "consumer", server_default=None)
    op.drop_constraint("pk_relay_cursors", "relay_cursors")
    op.create_primary_key("pk_relay_cursors", "relay_cursors", ["workspace_id", "consumer"])
    system_reads("relay_cursors", ["consumer"], walled=False)


def _find_events() -> None:
    op.execute("DROP FUNCTION workspaces_to_relay")
    system_function(
        "workspaces_with_events(consumer text, queue text, at timestamptz, most integer)",
        "TABLE (workspace_id uuid)",
        f"""
        SELECT found.workspace_id FROM (
            SELECT c.workspace_id
            FROM public.relay_cursors c
            JOIN public.workspace_feed f ON f.workspace_id = c.workspace_id
            WHERE c.consumer = $1 AND f.head > c.seq
            UNION
            SELECT f.workspace_id FROM public.failed_jobs f
            WHERE f.queue = $2 AND f.item_id <> f.workspace_id AND f.retry_at <= $3
        ) AS found
        WHERE NOT EXISTS (
            SELECT FROM public.failed_jobs f
            WHERE f.queue = $2 AND f.workspace_id = found.workspace_id
                AND f.item_id = f.workspace_id AND {NOT_NOW}
        )
        LIMIT $4
        """,
    )


def downgrade() -> None:
    raise NotImplementedError("the walls stay up; restore a backup instead")
