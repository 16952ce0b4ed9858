"""Indices of what runs all day: whom a message answers, and the order in which tasks were made."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_index(
        op.f("ix_timers_workspace_id_topic_id_recipient_id"),
        "timers",
        ["workspace_id", "topic_id", "recipient_id"],
        postgresql_where=OPEN,
    )
    op.drop_index(op.f("ix_timers_workspace_id_topic_id"), "timers")
    op.create_index(
        op.f("ix_tasks_workspace_id_created_at_id"), "tasks", ["workspace_id", "created_at", "id"]
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_tasks_workspace_id_created_at_id"), "tasks")
    op.create_index(
        op.f("ix_timers_workspace_id_topic_id"),
        "timers",
        ["workspace_id", "topic_id"],
        postgresql_where=OPEN,
    )
    op.drop_index(op.f("ix_timers_workspace_id_topic_id_recipient_id"), "timers")
