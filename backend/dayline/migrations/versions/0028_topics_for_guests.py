"""Topics say themselves whether guests see them: that of a decision only while it is public."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.add_column(
        "topics", sa.Column("for_guests", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    op.alter_column("topics", "for_guests", server_default=None)
    op.execute(
        """
        UPDATE topics SET for_guests = decisions.is_public FROM decisions
        WHERE decisions.workspace_id = topics.workspace_id AND decisions.topic_id = topics.id
        """
    )


def downgrade() -> None:
    op.drop_column("topics", "for_guests")
