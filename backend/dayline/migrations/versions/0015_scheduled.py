"""Messages that are sent at an instant."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from dayline.migrations.walls import SYSTEM, system_function, system_reads, wall

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "scheduled_messages",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("asks", postgresql.ARRAY(sa.Uuid()), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("urgent_reason", sa.String(500), nullable=True),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.String(1000), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_scheduled_messages_workspace_id_workspaces"),
        ),
        _points_to("topic_id", "topics"),
        _points_to("author_id", "members"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_scheduled_messages")),
    )
    op.create_index(
        op.f("ix_scheduled_messages_workspace_id_author_id"),
        "scheduled_messages",
        ["workspace_id", "author_id"],
    )
    op.create_index(
        "ix_scheduled_messages_send_at_workspace_id",
        "scheduled_messages",
        ["send_at", "workspace_id"],
        postgresql_where="failed_at IS NULL",
    )
    wall("scheduled_messages")
    system_reads("scheduled_messages", ["workspace_id", "send_at", "failed_at"])
    op.execute(f"GRANT CREATE ON SCHEMA public TO {SYSTEM}")
    system_function(
        "workspaces_with_scheduled(at timestamptz, most integer)",
        "TABLE (workspace_id uuid)",
        """
        SELECT s.workspace_id FROM public.scheduled_messages s
        WHERE s.send_at <= $1 AND s.failed_at IS NULL
        GROUP BY s.workspace_id ORDER BY min(s.send_at) LIMIT $2
        """,
    )
    system_function(
        "next_scheduled_at()",
        "timestamptz",
        "SELECT min(s.send_at) FROM public.scheduled_messages s WHERE s.failed_at IS NULL",
    )
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {SYSTEM}")


def _points_to(column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{other}.workspace_id", f"{other}.id"],
        name=op.f(f"fk_scheduled_messages_workspace_id_{column}_{other}"),
    )


def downgrade() -> None:
    raise NotImplementedError("the walls stay up; restore a backup instead")
