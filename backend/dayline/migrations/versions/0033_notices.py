"""Notices: what a member should know, made from events; cursors of several consumers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from dayline.migrations.walls import SYSTEM, system_function, system_reads, wall

revision = "0033"
down_revision = "0029"

NOT_NOW = "(f.dead_at IS NOT NULL OR f.retry_at > $3)"


def upgrade() -> None:
    _name_consumers()
    _name_queues()
    _make_notices()
    wall("notices")
    _make_settings()
    _make_deliveries()
    _begin_cursors()
    op.execute(f"GRANT CREATE ON SCHEMA public TO {SYSTEM}")
    _find_events()
    system_function(
        "workspaces_with_old_notices(before timestamptz)",
        "TABLE (workspace_id uuid)",
        """
        SELECT n.workspace_id FROM public.notices n WHERE n.done_at < $1
        UNION SELECT n.workspace_id FROM public.notices n WHERE n.settled_at < $1
        """,
    )
    _find_deliveries()
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {SYSTEM}")


def _name_consumers() -> None:
    """Cursors belong to a consumer. Those so far are of the relay to Slack."""
    op.add_column(
        "relay_cursors",
        sa.Column("consumer", sa.String(32), nullable=False, server_default="slack"),
    )
    op.alter_column("relay_cursors", "consumer", server_default=None)
    op.drop_constraint("pk_relay_cursors", "relay_cursors")
    op.create_primary_key("pk_relay_cursors", "relay_cursors", ["workspace_id", "consumer"])
    system_reads("relay_cursors", ["consumer"], walled=False)


QUEUES = (
    "scheduled_messages",
    "decision_deadlines",
    "decision_reminders",
    "decision_reviews",
    "timers",
    "notices",
    "deliveries",
    "member_notices",
    "notice_deliveries",
    "files",
)


def _name_queues() -> None:
    op.drop_constraint("ck_failed_jobs_queue", "failed_jobs")
    named = ", ".join(f"'{queue}'" for queue in QUEUES)
    op.create_check_constraint("ck_failed_jobs_queue", "failed_jobs", f"queue IN ({named})")


KINDS = (
    "asked",
    "warned",
    "breached",
    "answered",
    "promised",
    "assigned",
    "mentioned",
    "decision_asked",
    "decision_due",
    "decision_decided",
    "decision_to_read",
    "reference_wanted",
    "agreement_to_sign",
    "project_update",
    "review_due",
)


def _make_notices() -> None:
    op.create_table(
        "notices",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                *KINDS,
                name="member_notice_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("needs_you", sa.Boolean(), nullable=False),
        sa.Column("event_seq", sa.BigInteger(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.Column(f"{name}_id", sa.Uuid(), nullable=True)
            for name in (
                "actor",
                "timer",
                "message",
                "topic",
                "task",
                "decision",
                "reference",
                "subject",
                "project",
            )
        ),
        sa.Column("agreement_version", sa.Integer(), nullable=True),
        *(
            sa.Column(name, sa.DateTime(timezone=True), nullable=True)
            for name in ("read_at", "done_at", "snoozed_until", "settled_at")
        ),
        sa.CheckConstraint(
            "done_at IS NULL OR read_at IS NOT NULL", name=op.f("ck_notices_done_is_read")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "event_seq"],
            ["events.workspace_id", "events.seq"],
            name=op.f("fk_notices_workspace_id_event_seq_events"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_notices_workspace_id_member_id_members"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_notices_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_notices")),
        sa.UniqueConstraint(
            "workspace_id",
            "event_seq",
            "member_id",
            "kind",
            name=op.f("uq_notices_workspace_id_event_seq_member_id_kind"),
        ),
    )
    _index_notices()


def _index_notices() -> None:
    latest = ["workspace_id", "member_id", "event_seq", "id"]
    op.create_index(op.f("ix_notices_workspace_id_member_id_event_seq_id"), "notices", latest)
    op.create_index(
        "ix_notices_open",
        "notices",
        latest,
        postgresql_where="done_at IS NULL AND settled_at IS NULL",
    )
    for thing in ("timer", "message", "topic", "task", "decision"):
        op.create_index(
            f"ix_notices_of_{thing}",
            "notices",
            ["workspace_id", f"{thing}_id"],
            postgresql_where=f"settled_at IS NULL AND {thing}_id IS NOT NULL",
        )
    for column in ("done_at", "settled_at"):
        op.create_index(
            op.f(f"ix_notices_{column}_workspace_id"),
            "notices",
            [column, "workspace_id"],
            postgresql_where=f"{column} IS NOT NULL",
        )
    system_reads("notices", ["workspace_id", "done_at", "settled_at"])


def _make_settings() -> None:
    op.create_table(
        "notice_settings",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channels", postgresql.JSONB(), nullable=False),
        sa.Column("muted_projects", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("muted_topics", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("away_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("away_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_notice_settings_workspace_id_id_members"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_notice_settings_workspace_id_workspaces"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_notice_settings")),
    )
    wall("notice_settings")


def _make_deliveries() -> None:
    op.create_table(
        "notice_deliveries",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        _one_of("channel", "channel_name", "email", "push", "slack"),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=True),
        _one_of("state", "delivery_state", "pending", "sending", "delivered", "failed", "dropped"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.Column(name, sa.DateTime(timezone=True), nullable=True)
            for name in (
                "next_attempt_at",
                "lease_until",
                "first_attempt_at",
                "last_attempt_at",
            )
        ),
        sa.Column("last_error", sa.String(500), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_notice_deliveries_workspace_id_member_id_members"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "notice_id"],
            ["notices.workspace_id", "notices.id"],
            name=op.f("fk_notice_deliveries_workspace_id_notice_id_notices"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_notice_deliveries_workspace_id_workspaces"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_notice_deliveries")),
        sa.UniqueConstraint(
            "workspace_id",
            "notice_id",
            "channel",
            name=op.f("uq_notice_deliveries_workspace_id_notice_id_channel"),
        ),
    )
    _index_deliveries()
    wall("notice_deliveries")
    system_reads(
        "notice_deliveries",
        ["workspace_id", "state", "next_attempt_at", "lease_until", "settled_at"],
    )


def _one_of(column: str, name: str, *values: str) -> sa.Column[str]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
    return sa.Column(column, kind, nullable=False)


def _index_deliveries() -> None:
    for column, state in (("next_attempt_at", "pending"), ("lease_until", "sending")):
        op.create_index(
            op.f(f"ix_notice_deliveries_workspace_id_{column}"),
            "notice_deliveries",
            ["workspace_id", column],
            postgresql_where=f"state = '{state}'",
        )
    op.create_index(
        "ix_notice_deliveries_key",
        "notice_deliveries",
        ["workspace_id", "key"],
        postgresql_where="state = 'sending'",
    )
    op.create_index(
        op.f("ix_notice_deliveries_settled_at_workspace_id"),
        "notice_deliveries",
        ["settled_at", "workspace_id"],
        postgresql_where="settled_at IS NOT NULL",
    )


def _find_deliveries() -> None:
    system_function(
        "workspaces_with_notices_to_deliver(at timestamptz, most integer)",
        "TABLE (workspace_id uuid, due_at timestamptz)",
        """
        SELECT d.workspace_id, min(CASE d.state WHEN 'pending' THEN d.next_attempt_at
            ELSE d.lease_until END)
        FROM public.notice_deliveries d
        WHERE d.state IN ('pending', 'sending') AND NOT EXISTS (
            SELECT FROM public.failed_jobs f
            WHERE f.queue = 'notice_deliveries' AND f.workspace_id = d.workspace_id
                AND f.item_id = f.workspace_id AND (f.dead_at IS NOT NULL OR f.retry_at > $1)
        )
        GROUP BY d.workspace_id ORDER BY 2 LIMIT $2
        """,
    )
    system_function(
        "workspaces_with_old_notice_deliveries(before timestamptz)",
        "TABLE (workspace_id uuid)",
        "SELECT DISTINCT d.workspace_id FROM public.notice_deliveries d WHERE d.settled_at < $1",
    )


def _begin_cursors() -> None:
    """Notices begin with what happens from now on."""
    op.execute(
        """
        INSERT INTO relay_cursors (workspace_id, consumer, seq)
        SELECT workspace_id, 'notices', head FROM workspace_feed
        """
    )


def _find_events() -> None:
    op.execute("DROP FUNCTION workspaces_to_relay")
    system_function(
        "workspaces_with_events(consumer text, queue text, at timestamptz, most integer)",
        "TABLE (workspace_id uuid)",
        f"""
        SELECT found.workspace_id FROM (
            SELECT c.workspace_id
            FROM public.relay_cursors c
            JOIN public.workspace_feed f ON f.workspace_id = c.workspace_id
            WHERE c.consumer = $1 AND f.head > c.seq
            UNION
            SELECT f.workspace_id FROM public.failed_jobs f
            WHERE f.queue = $2 AND f.item_id <> f.workspace_id AND f.retry_at <= $3
        ) AS found
        WHERE NOT EXISTS (
            SELECT FROM public.failed_jobs f
            WHERE f.queue = $2 AND f.workspace_id = found.workspace_id
                AND f.item_id = f.workspace_id AND {NOT_NOW}
        )
        LIMIT $4
        """,
    )


def downgrade() -> None:
    raise NotImplementedError("the walls stay up; restore a backup instead")
