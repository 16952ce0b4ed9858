"""Guests: what was told of decisions and timers is the team's, as it is told from now on.

A decision's events, those of its topic too, name the topic: guests read them while the decision is
public. A timer's events name who asked. And stored answers remember what their caller could see.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("idempotency_keys", sa.Column("access_rev", sa.BigInteger(), nullable=True))
    op.add_column(
        "idempotency_keys",
        sa.Column("as_admin", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.alter_column("idempotency_keys", "as_admin", server_default=None)
    op.execute(
        """
        UPDATE events SET audience = 'team', audience_id = CAST(
            CASE
                WHEN data -> 'decision' IS NOT NULL THEN data #>> '{decision,topic_id}'
                WHEN data -> 'topic' IS NOT NULL THEN data #>> '{topic,id}'
                WHEN data #>> '{timer,kind}' NOT IN ('decision_input', 'decision_outcome')
                    THEN data #>> '{timer,author_id}'
            END AS uuid)
        WHERE audience = 'project' AND (
            data -> 'decision' IS NOT NULL
            OR data -> 'timer' IS NOT NULL
            OR data #>> '{topic,kind}' = 'decision'
        )
        """
    )


def downgrade() -> None:
    raise NotImplementedError("guests would read what is not theirs; restore a backup instead")
