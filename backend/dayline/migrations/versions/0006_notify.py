"""Tables of notify: subscriptions, deliveries, and how far events were relayed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from dayline.migrations.walls import SYSTEM, system_function, system_reads, wall

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _make_tables()
    for table in ("subscriptions", "deliveries", "relay_cursors"):
        wall(table)
    system_reads("subscriptions", ["workspace_id", "id", "free_at", "disabled_at"])
    system_reads(
        "deliveries",
        [
            "workspace_id",
            "subscription_id",
            "state",
            "next_attempt_at",
            "lease_until",
            "settled_at",
        ],
    )
    system_reads("relay_cursors", ["workspace_id", "seq"])
    op.execute(f"GRANT CREATE ON SCHEMA public TO {SYSTEM}")
    _make_functions()
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {SYSTEM}")


def _make_tables() -> None:
    op.create_table(
        "relay_cursors",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_relay_cursors_workspace_id_workspaces"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_relay_cursors")),
    )
    op.create_table(
        "subscriptions",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("kinds", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("project_ids", postgresql.ARRAY(sa.Uuid()), nullable=True),
        sa.Column("url_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("url_hash", sa.LargeBinary(), nullable=False),
        sa.Column("url_shown", sa.String(300), nullable=False),
        sa.Column("after_seq", sa.BigInteger(), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_reason", sa.String(500), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "created_by"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_subscriptions_workspace_id_created_by_members"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_subscriptions_workspace_id_workspaces"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_subscriptions")),
        sa.UniqueConstraint(
            "workspace_id", "url_hash", name=op.f("uq_subscriptions_workspace_id_url_hash")
        ),
    )
    _make_deliveries()


def _make_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subscription_id", sa.Uuid(), nullable=False),
        sa.Column("event_seq", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ask",
                "urgent",
                "warning",
                "breach",
                "project_update",
                "task_state",
                name="notice_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "sending",
                "delivered",
                "failed",
                "dropped",
                name="delivery_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_status", sa.Integer(), nullable=True),
        sa.Column("last_error", sa.String(500), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "event_seq"],
            ["events.workspace_id", "events.seq"],
            name=op.f("fk_deliveries_workspace_id_event_seq_events"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "subscription_id"],
            ["subscriptions.workspace_id", "subscriptions.id"],
            name=op.f("fk_deliveries_workspace_id_subscription_id_subscriptions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_deliveries_workspace_id_workspaces"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint(
            "workspace_id",
            "subscription_id",
            "event_seq",
            name=op.f("uq_deliveries_workspace_id_subscription_id_event_seq"),
        ),
    )
    op.create_index(
        "ix_deliveries_pending",
        "deliveries",
        ["workspace_id", "subscription_id", "next_attempt_at", "event_seq"],
        unique=False,
        postgresql_where="state = 'pending'",
    )
    op.create_index(
        "ix_deliveries_sending",
        "deliveries",
        ["workspace_id", "subscription_id", "lease_until"],
        unique=False,
        postgresql_where="state = 'sending'",
    )
    op.create_index(
        op.f("ix_deliveries_settled_at_workspace_id"),
        "deliveries",
        ["settled_at", "workspace_id"],
        unique=False,
        postgresql_where="settled_at IS NOT NULL",
    )


def _make_functions() -> None:
    system_function(
        "workspaces_to_relay(most integer)",
        "TABLE (workspace_id uuid)",
        """
        SELECT c.workspace_id
        FROM public.relay_cursors c
        JOIN public.workspace_feed f ON f.workspace_id = c.workspace_id
        WHERE f.head > c.seq
        LIMIT $1
        """,
    )
    system_function(
        "workspaces_to_deliver(most integer)",
        "TABLE (workspace_id uuid, due_at timestamptz)",
        """
        SELECT s.workspace_id, min(greatest(s.free_at, least(waits.due_at, sent.due_at)))
        FROM public.subscriptions s,
        LATERAL (
            SELECT min(d.next_attempt_at) AS due_at FROM public.deliveries d
            WHERE d.workspace_id = s.workspace_id AND d.subscription_id = s.id
                AND d.state = 'pending'
        ) AS waits,
        LATERAL (
            SELECT min(d.lease_until) AS due_at FROM public.deliveries d
            WHERE d.workspace_id = s.workspace_id AND d.subscription_id = s.id
                AND d.state = 'sending'
        ) AS sent
        WHERE s.disabled_at IS NULL AND coalesce(waits.due_at, sent.due_at) IS NOT NULL
        GROUP BY s.workspace_id ORDER BY 2 LIMIT $1
        """,
    )
    system_function(
        "workspaces_with_old_deliveries(before timestamptz)",
        "TABLE (workspace_id uuid)",
        "SELECT DISTINCT d.workspace_id FROM public.deliveries d WHERE d.settled_at < $1",
    )


def downgrade() -> None:
    raise NotImplementedError("the walls stay up; restore a backup instead")
