"""Views of the board."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from dayline.migrations.walls import wall

revision = "0012"
down_revision = "0011"

SORTS = ("key", "created_at", "updated_at", "due_on", "priority", "state")


def upgrade() -> None:
    op.create_table(
        "views",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("filter", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "sort",
            _enum("task_sort", *(way + sort for sort in SORTS for way in ("", "-"))),
            nullable=False,
        ),
        sa.Column("group_by", _enum("grouping", "state", "assignee", "project"), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_views_workspace_id_owner_id_members"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_views_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_views")),
    )
    op.create_index(op.f("ix_views_workspace_id_owner_id"), "views", ["workspace_id", "owner_id"])
    op.create_index(
        op.f("ix_views_workspace_id"), "views", ["workspace_id"], postgresql_where="shared"
    )
    wall("views")


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def downgrade() -> None:
    raise NotImplementedError("the walls stay up; restore a backup instead")
