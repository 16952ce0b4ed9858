"""Failed jobs: what fails is held back, so that it keeps nothing else of its queue waiting."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from dayline.migrations.walls import SYSTEM, system_function, system_reads, wall

revision = "0021"
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


NEVER = "'-infinity'::timestamptz"
"""Before any retry: at this instant everything is held back that has failed at all."""


def not_now(row: str, at: str) -> str:
    """Whether a failed job is not to be tried at an instant."""
    return f"({row}.dead_at IS NOT NULL OR {row}.retry_at > {at})"


def not_held_back(row: str, queue: str, at: str, item: str = "id") -> str:
    """Whether neither an item is held back at an instant, nor its whole workspace."""
    held = (
        "ARRAY(SELECT f.item_id FROM public.failed_jobs f "
        f"WHERE f.queue = '{queue}' AND {not_now('f', at)})"
    )
    return f"{row}.{item} <> ALL ({held}) AND {row}.workspace_id <> ALL ({held})"


def not_failed(row: str, queue: str) -> str:
    """Whether neither an item has failed, nor its workspace."""
    return not_held_back(row, queue, NEVER)


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
        WHERE s.send_at <= $1 AND {waits} AND {not_held_back("s", "scheduled_messages", "$1")}
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
                WHERE {waits} AND {not_failed("s", "scheduled_messages")}
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
                WHERE {OPEN} AND {not_failed("d", "decision_deadlines")}
            ),
            (
                SELECT min(d.review_due_at) FROM public.decisions d
                WHERE {told} AND {not_failed("d", "decision_reviews")}
            ),
            (
                SELECT min(s.remind_at) FROM {reminded} AND {not_failed("s", "decision_reminders")}
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
            WHERE d.input_due_at <= $1 AND {OPEN}
                AND {not_held_back("d", "decision_deadlines", "$1")}
            UNION ALL
            SELECT d.workspace_id, d.review_due_at FROM public.decisions d
            WHERE d.review_due_at <= $1 AND d.review_told_at IS NULL AND d.status = 'decided'
                AND {not_held_back("d", "decision_reviews", "$1")}
            UNION ALL
            SELECT s.workspace_id, s.remind_at
            FROM public.decision_stakeholders s
            JOIN public.decisions d ON {OF_DECISION}
            WHERE s.reminded_at IS NULL AND {OPEN} AND s.remind_at <= $1
                AND {not_held_back("s", "decision_reminders", "$1")}
        ) AS due
        GROUP BY due.workspace_id ORDER BY min(due.since) LIMIT $2
        """,
    )


def timers(instant: str, which: str, at: str) -> tuple[str, str]:
    """Two queries for the instants of running timers that are not held back at `at`.

    The first one is of workspaces where nothing is held back, and reads an index alone: workers
    ask it all day. The second one is of the others, which are few.
    """
    held = f"FROM public.failed_jobs f WHERE f.queue = 'timers' AND {not_now('f', at)}"
    of_all = f"""
        SELECT t.workspace_id, t.{instant} AS since FROM public.timers t
        WHERE {which} AND {RUNS} AND t.workspace_id <> ALL (ARRAY(SELECT f.workspace_id {held}))
    """
    of_few = f"""
        SELECT t.workspace_id, t.{instant} AS since
        FROM (SELECT DISTINCT f.workspace_id {held}) AS few
        JOIN public.timers t ON t.workspace_id = few.workspace_id
        WHERE {which} AND {RUNS} AND {not_held_back("t", "timers", at)}
    """
    return of_all, of_few


def _timers() -> None:
    due = timers("due_at", "t.due_at <= $1", "$1")
    warning = timers("warn_at", "t.warn_at <= $1 AND t.warned_at IS NULL", "$1")
    again(
        "workspaces_with_due",
        [AT, "at_most integer"],
        IDS,
        f"""
        SELECT due.workspace_id FROM ({" UNION ALL ".join([*due, *warning])}) AS due
        GROUP BY due.workspace_id ORDER BY min(due.since) LIMIT $2
        """,
    )
    nexts = [
        *timers("due_at", "t.due_at IS NOT NULL", NEVER),
        *timers("warn_at", "t.warn_at IS NOT NULL AND t.warned_at IS NULL", NEVER),
    ]
    firsts = [f"(SELECT min(n.since) FROM ({each}) AS n)" for each in nexts]
    running = f"SELECT t.workspace_id, t.id FROM public.timers t WHERE {RUNS}"
    again(
        "next_timer_at",
        [],
        "timestamptz",
        f"SELECT least({', '.join([*firsts, again_at('timers', running)])})",
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
        WHERE {not_held_back("found", "notices", "$1", "workspace_id")}
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
            AND {not_held_back("s", "deliveries", "$1", "workspace_id")}
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
        WHERE a.expires_at < $2 AND {not_held_back("a", "files", "$1")}
        """,
    )


def downgrade() -> None:
    raise NotImplementedError("what failed is not forgotten; restore a backup instead")
