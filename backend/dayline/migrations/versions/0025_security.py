"""Known browsers, and security events of accounts."""

import sqlalchemy as sa
from alembic import op

from dayline.migrations.walls import APP

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table(
        "known_browsers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_known_browsers_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_browsers")),
        sa.UniqueConstraint(
            "account_id", "secret_hash", name=op.f("uq_known_browsers_account_id_secret_hash")
        ),
    )
    op.create_index(op.f("ix_known_browsers_secret_hash"), "known_browsers", ["secret_hash"])
    op.create_table(
        "security_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("by_name", sa.String(200), nullable=True),
        sa.Column("workspace", sa.String(200), nullable=True),
        sa.Column("about", sa.String(300), nullable=True),
        sa.Column("role", sa.String(32), nullable=True),
        sa.Column("role_before", sa.String(32), nullable=True),
        sa.Column("address", sa.String(64), nullable=True),
        sa.Column("user_agent", sa.String(300), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_security_events_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_events")),
    )
    op.create_index(
        op.f("ix_security_events_account_id_id"), "security_events", ["account_id", "id"]
    )
    op.create_index(
        op.f("ix_security_events_account_id_kind_at"),
        "security_events",
        ["account_id", "kind", "at"],
    )
    op.create_index(op.f("ix_security_events_at"), "security_events", ["at"])
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON known_browsers TO {APP}")
    op.execute(f"GRANT SELECT, INSERT, DELETE ON security_events TO {APP}")


def downgrade() -> None:
    raise NotImplementedError("security events are not thrown away; restore a backup instead")
