"""Answers: which message answered a timer, and what a scheduled message will answer."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.add_column("timers", sa.Column("answer_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        "fk_timers_workspace_id_messages_answer_id",
        "timers",
        "messages",
        ["workspace_id", "answer_id"],
        ["workspace_id", "id"],
    )
    op.create_index(
        "ix_timers_workspace_id_answer_id",
        "timers",
        ["workspace_id", "answer_id"],
        postgresql_where=sa.text("answer_id IS NOT NULL"),
    )
    op.add_column(
        "scheduled_messages",
        sa.Column("answers", postgresql.ARRAY(sa.Uuid()), nullable=True),
    )
    op.add_column(
        "scheduled_messages",
        sa.Column("kept_as_text", postgresql.ARRAY(sa.Text()), nullable=False, server_default="{}"),
    )
    op.alter_column("scheduled_messages", "kept_as_text", server_default=None)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
