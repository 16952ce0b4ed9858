"""Notices: what a member should know, made from events; cursors of several consumers."""

import sqlalchemy as sa
from alembic import op

from dayline.migrations.walls import SYSTEM, system_function, system_reads, wall

revision = "0033"
down_revision = "0029"

NOT_NOW = "(f.dead_at IS NOT NULL OR f.retry_at > $3)"


def upgrade() -> None:
    _name_consumers()
    _name_queues()
    _make_notices()
    wall("notices")
    _begin_cursors()
    op.execute(f"GRANT CREATE ON SCHEMA public TO {SYSTEM}")
    _find_events()
    system_function(
        "workspaces_with_old_notices(before timestamptz)",
        "TABLE (workspace_id uuid)",
        "SELECT DISTINCT n.workspace_id FROM public.notices n WHERE n.happened_at < $1",
    )
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
    op.create_index(
        op.f("ix_notices_happened_at_workspace_id"), "notices", ["happened_at", "workspace_id"]
    )
    system_reads("notices", ["workspace_id", "happened_at"])


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
