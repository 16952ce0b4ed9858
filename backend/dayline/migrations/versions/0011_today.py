"""How far members have looked, what they wait for, and why they did not wait."""

import sqlalchemy as sa
from alembic import op

from dayline.migrations.walls import wall

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "looks",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_looks_workspace_id_id_members"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_looks_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_looks")),
    )
    wall("looks")
    op.add_column("messages", sa.Column("urgent_reason", sa.String(500), nullable=True))
    op.create_index(
        op.f("ix_timers_workspace_id_author_id"),
        "timers",
        ["workspace_id", "author_id"],
        postgresql_where="ended_at IS NULL",
    )


def downgrade() -> None:
    raise NotImplementedError("the walls stay up; restore a backup instead")
