"""Askers: a guest reads of the timers of what they asked only while they are in the project."""

from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.execute(
        """
        UPDATE events SET audience_id =
            CAST(md5((data #>> '{timer,project_id}') || (data #>> '{timer,author_id}')) AS uuid)
        WHERE audience = 'team' AND audience_id IS NOT NULL AND data -> 'timer' IS NOT NULL
            AND data #>> '{timer,project_id}' IS NOT NULL
        """
    )


def downgrade() -> None:
    raise NotImplementedError("guests would read what is not theirs; restore a backup instead")
