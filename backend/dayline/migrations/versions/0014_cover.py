"""Cover: who is asked instead of a member on leave, and for whom a timer's recipient stands in."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("time_off", sa.Column("cover_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_time_off_workspace_id_cover_id_members"),
        "time_off",
        "members",
        ["workspace_id", "cover_id"],
        ["workspace_id", "id"],
    )
    op.execute("ALTER TABLE timers ADD covers uuid[] NOT NULL DEFAULT '{}'")


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
