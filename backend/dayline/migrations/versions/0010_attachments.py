"""Attachments: a row for each file that hangs on a message or a task."""

import sqlalchemy as sa
from alembic import op

from dayline.migrations.walls import SYSTEM, system_function, system_reads, wall

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    _make_table()
    wall("attachments")
    system_reads("attachments", ["workspace_id", "expires_at"])
    op.execute(f"GRANT CREATE ON SCHEMA public TO {SYSTEM}")
    system_function(
        "workspaces_with_old_attachments(before timestamptz)",
        "TABLE (workspace_id uuid)",
        "SELECT DISTINCT a.workspace_id FROM public.attachments a WHERE a.expires_at < $1",
    )
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {SYSTEM}")


def _make_table() -> None:
    op.create_table(
        "attachments",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("media_type", sa.String(255), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("topic_id", sa.Uuid(), nullable=True),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "message_id IS NULL OR topic_id IS NOT NULL",
            name=op.f("ck_attachments_messages_have_topics"),
        ),
        sa.CheckConstraint(
            "topic_id IS NULL OR stored_at IS NOT NULL",
            name=op.f("ck_attachments_only_whole_files_hang"),
        ),
        sa.CheckConstraint(
            "topic_id IS NOT NULL OR expires_at IS NOT NULL",
            name=op.f("ck_attachments_what_is_loose_expires"),
        ),
        *_foreign_keys(),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_attachments")),
    )
    op.create_index(
        op.f("ix_attachments_workspace_id_topic_id_message_id"),
        "attachments",
        ["workspace_id", "topic_id", "message_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_attachments_expires_at_workspace_id"),
        "attachments",
        ["expires_at", "workspace_id"],
        unique=False,
        postgresql_where="expires_at IS NOT NULL",
    )


def _foreign_keys() -> list[sa.ForeignKeyConstraint]:
    pointing = {"uploaded_by": "members", "topic_id": "topics", "message_id": "messages"}
    return [
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_attachments_workspace_id_workspaces"),
        ),
        *(
            sa.ForeignKeyConstraint(
                ["workspace_id", column],
                [f"{table}.workspace_id", f"{table}.id"],
                name=op.f(f"fk_attachments_workspace_id_{column}_{table}"),
            )
            for column, table in pointing.items()
        ),
    ]


def downgrade() -> None:
    raise NotImplementedError("the walls stay up; restore a backup instead")
