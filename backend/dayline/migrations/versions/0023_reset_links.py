"""Reset links know who was shown them; calendar links of those who lost access end for good."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("one_time_links", sa.Column("issued_by", sa.Uuid(), nullable=True))
    _end_links_of_disabled_members()


def _end_links_of_disabled_members() -> None:
    """The owner sees every workspace, because it said so (`app.all_workspaces`)."""
    op.execute(
        """
        DELETE FROM calendar_links l USING members m
        WHERE m.workspace_id = l.workspace_id AND m.id = l.id AND m.disabled_at IS NOT NULL
        """
    )


def downgrade() -> None:
    raise NotImplementedError("a link that ended stays ended; restore a backup instead")
