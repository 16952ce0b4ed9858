"""Failed jobs: what fails is held back, so that it keeps nothing else of its queue waiting."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from dayline.migrations.walls import SYSTEM, system_function, system_reads, wall

revision = "0022"
down_revision = "0020"

QUEUES = (
    "scheduled_messages",
    "decision_deadlines",
    "decision_reminders",
    "decision_reviews",
    "timers",
    "notices",
    "deliveries",
    "files",
)

RUNS = "t.ended_at IS NULL AND t.breached_at IS NULL AND t.paused_at IS NULL"
OPEN = "d.status = 'open' AND d.closed_at IS NULL"
OF_DECISION = "d.workspace_id = s.workspace_id AND d.id = s.decision_id"


def upgrade() -> None:
    _make_table()
    wall("failed_jobs")
    system_reads("failed_jobs", ["workspace_id", "queue", "item_id", "retry_at", "dead_at"])
    for table in ("timers", "scheduled_messages", "decision_stakeholders", "attachments"):
        op.execute(f"GRANT SELECT (id) ON {table} TO {SYSTEM}")
    op.execute(f"GRANT CREATE ON SCHEMA public TO {SYSTEM}")
    for make in (_scheduled, _decisions, _timers, _notices, _files):
        make()
    system_function(
        "workspaces_with_old_jobs(before timestamptz)",
        IDS,
        "SELECT DISTINCT f.workspace_id FROM public.failed_jobs f WHERE f.retry_at < $1",
    )
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {SYSTEM}")


def _make_table() -> None:
    op.create_table(
        "failed_jobs",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "queue",
            sa.Enum(*QUEUES, name="queue", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(200), nullable=False),
        sa.Column("first_failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dead_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(retry_at IS NULL) = (dead_at IS NOT NULL)",
            name=op.f("ck_failed_jobs_dead_or_retried"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_failed_jobs_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_failed_jobs")),
        sa.UniqueConstraint(
            "workspace_id",
            "queue",
            "item_id",
            name=op.f("uq_failed_jobs_workspace_id_queue_item_id"),
        ),
    )


def held_back(row: str, queue: str, at: str, item: str = "id") -> str:
    """Whether an item is due, but not to be tried at an instant, or its whole workspace is not."""
    held = (
        "ARRAY(SELECT f.item_id FROM public.failed_jobs f "
        f"WHERE f.queue = '{queue}' AND (f.dead_at IS NOT NULL OR f.retry_at > {at}))"
    )
    return f"{row}.{item} <> ALL ({held}) AND {row}.workspace_id <> ALL ({held})"


def failed(row: str, queue: str) -> str:
    """Whether an item has not failed, nor its workspace."""
    return held_back(row, queue, "'-infinity'::timestamptz")


def again_at(queue: str, items: str) -> str:
    """When the first item that failed is tried again, if it is still one of `items`.

    Those are rows of (workspace_id, id); the workspace itself stands for all of its items.
    """
    return f"""
        (
            SELECT min(f.retry_at) FROM public.failed_jobs f WHERE f.queue = '{queue}'
                AND EXISTS (
                    SELECT FROM ({items}) AS i WHERE i.workspace_id = f.workspace_id
                        AND f.item_id IN (i.id, i.workspace_id)
                )
        )
    """


def again(name: str, parameters: Sequence[str], returns: str, body: str) -> None:
    """Make a function of the system anew."""
    op.execute(f"DROP FUNCTION IF EXISTS {name}")
    system_function(f"{name}({', '.join(parameters)})", returns, body)


IDS = "TABLE (workspace_id uuid)"
AT, MOST = "at timestamptz", "most integer"


def _scheduled() -> None:
    waits = "s.failed_at IS NULL"
    again(
        "workspaces_with_scheduled",
        [AT, MOST],
        IDS,
        f"""
        SELECT s.workspace_id FROM public.scheduled_messages s
        WHERE s.send_at <= $1 AND {waits} AND {held_back("s", "scheduled_messages", "$1")}
        GROUP BY s.workspace_id ORDER BY min(s.send_at) LIMIT $2
        """,
    )
    items = f"SELECT s.workspace_id, s.id FROM public.scheduled_messages s WHERE {waits}"
    again(
        "next_scheduled_at",
        [],
        "timestamptz",
        f"""
        SELECT least(
            (
                SELECT min(s.send_at) FROM public.scheduled_messages s
                WHERE {waits} AND {failed("s", "scheduled_messages")}
            ),
            {again_at("scheduled_messages", items)}
        )
        """,
    )


def _decisions() -> None:
    _decisions_due()
    reminded = (
        "public.decision_stakeholders s JOIN public.decisions d "
        f"ON {OF_DECISION} WHERE s.reminded_at IS NULL AND {OPEN}"
    )
    told = "d.review_told_at IS NULL AND d.status = 'decided' AND d.review_due_at IS NOT NULL"
    opened = f"SELECT d.workspace_id, d.id FROM public.decisions d WHERE {OPEN}"
    reviewed = f"SELECT d.workspace_id, d.id FROM public.decisions d WHERE {told}"
    again(
        "next_decision_at",
        [],
        "timestamptz",
        f"""
        SELECT least(
            (
                SELECT min(d.input_due_at) FROM public.decisions d
                WHERE {OPEN} AND {failed("d", "decision_deadlines")}
            ),
            (
                SELECT min(d.review_due_at) FROM public.decisions d
                WHERE {told} AND {failed("d", "decision_reviews")}
            ),
            (
                SELECT min(s.remind_at) FROM {reminded} AND {failed("s", "decision_reminders")}
            ),
            {again_at("decision_deadlines", opened)},
            {again_at("decision_reviews", reviewed)},
            {again_at("decision_reminders", f"SELECT s.workspace_id, s.id FROM {reminded}")}
        )
        """,
    )


def _decisions_due() -> None:
    again(
        "workspaces_with_decisions_due",
        [AT, MOST],
        IDS,
        f"""
        SELECT due.workspace_id FROM (
            SELECT d.workspace_id, d.input_due_at AS since FROM public.decisions d
            WHERE d.input_due_at <= $1 AND {OPEN} AND {held_back("d", "decision_deadlines", "$1")}
            UNION ALL
            SELECT d.workspace_id, d.review_due_at FROM public.decisions d
            WHERE d.review_due_at <= $1 AND d.review_told_at IS NULL AND d.status = 'decided'
                AND {held_back("d", "decision_reviews", "$1")}
            UNION ALL
            SELECT s.workspace_id, s.remind_at
            FROM public.decision_stakeholders s
            JOIN public.decisions d ON {OF_DECISION}
            WHERE s.reminded_at IS NULL AND {OPEN} AND s.remind_at <= $1
                AND {held_back("s", "decision_reminders", "$1")}
        ) AS due
        GROUP BY due.workspace_id ORDER BY min(due.since) LIMIT $2
        """,
    )


def _timers() -> None:
    again(
        "workspaces_with_due",
        [AT, "at_most integer"],
        IDS,
        f"""
        SELECT due.workspace_id
        FROM (
            SELECT t.workspace_id, t.due_at AS since FROM public.timers t
            WHERE t.due_at <= $1 AND {RUNS} AND {held_back("t", "timers", "$1")}
            UNION ALL
            SELECT t.workspace_id, t.warn_at FROM public.timers t
            WHERE t.warn_at <= $1 AND t.warned_at IS NULL AND {RUNS}
                AND {held_back("t", "timers", "$1")}
        ) AS due
        GROUP BY due.workspace_id ORDER BY min(due.since) LIMIT $2
        """,
    )
    again(
        "next_timer_at",
        [],
        "timestamptz",
        f"""
        SELECT least(
            (
                SELECT min(t.due_at) FROM public.timers t
                WHERE {RUNS} AND {failed("t", "timers")}
            ),
            (
                SELECT min(t.warn_at) FROM public.timers t
                WHERE {RUNS} AND t.warned_at IS NULL AND {failed("t", "timers")}
            ),
            {again_at("timers", f"SELECT t.workspace_id, t.id FROM public.timers t WHERE {RUNS}")}
        )
        """,
    )


def _notices() -> None:
    again(
        "workspaces_to_relay",
        [AT, MOST],
        IDS,
        f"""
        SELECT found.workspace_id FROM (
            SELECT c.workspace_id
            FROM public.relay_cursors c
            JOIN public.workspace_feed f ON f.workspace_id = c.workspace_id
            WHERE f.head > c.seq
            UNION
            SELECT f.workspace_id FROM public.failed_jobs f
            WHERE f.queue = 'notices' AND f.item_id <> f.workspace_id AND f.retry_at <= $1
        ) AS found
        WHERE {held_back("found", "notices", "$1", "workspace_id")}
        LIMIT $2
        """,
    )
    again(
        "workspaces_to_deliver",
        [AT, MOST],
        "TABLE (workspace_id uuid, due_at timestamptz)",
        f"""
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
            AND {held_back("s", "deliveries", "$1", "workspace_id")}
        GROUP BY s.workspace_id ORDER BY 2 LIMIT $2
        """,
    )


def _files() -> None:
    again(
        "workspaces_with_old_attachments",
        [AT, "before timestamptz"],
        IDS,
        f"""
        SELECT DISTINCT a.workspace_id FROM public.attachments a
        WHERE a.expires_at < $2 AND {held_back("a", "files", "$1")}
        """,
    )


def downgrade() -> None:
    raise NotImplementedError("what failed is not forgotten; restore a backup instead")
