"""The five points of messages: how strictly each kind is checked, and reasons for missing ones."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0035"
down_revision = "0034"

_LEVELS = (
    '{"task_brief": "warn", "task_comment": "warn", "discussion": "warn",'
    ' "direct_message": "off", "urgent": "warn", "decision": "require"}'
)


def upgrade() -> None:
    op.add_column("workspaces", sa.Column("clarity", JSONB, nullable=False, server_default=_LEVELS))
    op.alter_column("workspaces", "clarity", server_default=None)
    for table in ("messages", "scheduled_messages", "tasks"):
        op.add_column(table, sa.Column("clarity_reason", sa.String(500), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("the walls stay up; restore a backup instead")
