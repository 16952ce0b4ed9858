"""Calendar links: the secret by which programs subscribe to a member's hours."""

import sqlalchemy as sa
from alembic import op

from dayline.migrations.walls import SYSTEM, system_function, system_reads, wall

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "calendar_links",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_calendar_links_workspace_id_workspaces"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "id"],
            ["calendars.workspace_id", "calendars.id"],
            name=op.f("fk_calendar_links_workspace_id_id_calendars"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_calendar_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_links_token_hash")),
    )
    wall("calendar_links")
    system_reads("calendar_links", ["workspace_id", "id", "token_hash"])
    op.execute(f"GRANT CREATE ON SCHEMA public TO {SYSTEM}")
    system_function(
        "find_calendar_link(token_hash bytea)",
        "TABLE (workspace_id uuid, member_id uuid)",
        """
        SELECT m.workspace_id, m.id
        FROM public.calendar_links l
        JOIN public.members m ON m.workspace_id = l.workspace_id AND m.id = l.id
        WHERE l.token_hash = $1 AND m.disabled_at IS NULL
        """,
    )
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {SYSTEM}")


def downgrade() -> None:
    raise NotImplementedError("the walls stay up; restore a backup instead")
