"""An index by which the bytes of a member's and a workspace's files are added up."""

from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_index(
        op.f("ix_attachments_workspace_id_uploaded_by"),
        "attachments",
        ["workspace_id", "uploaded_by"],
        postgresql_include=["size"],
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_attachments_workspace_id_uploaded_by"), "attachments")
