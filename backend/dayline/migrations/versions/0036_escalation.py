"""Escalation: what follows an overdue answer. Versions and timers from before have no steps."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from dayline.migrations.walls import SYSTEM, system_function

revision = "0036"
down_revision = "0035"

RUNS = "t.ended_at IS NULL AND t.breached_at IS NULL AND t.paused_at IS NULL"
WAITS = "t.ended_at IS NULL AND t.escalates_at IS NOT NULL"
TO_ESCALATE = "ended_at IS NULL AND escalates_at IS NOT NULL"
CANCEL_REASONS = ("resolved", "withdrawn", "edited", "recipient_left", "answered", "imported")
NEVER = "'-infinity'::timestamptz"


def upgrade() -> None:
    _agreement()
    _timers()
    op.execute(f"GRANT SELECT (escalates_at) ON timers TO {SYSTEM}")
    op.execute(f"GRANT CREATE ON SCHEMA public TO {SYSTEM}")
    _functions()
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {SYSTEM}")


def _agreement() -> None:
    for table, name, empty in (
        ("agreement_clauses", "escalation", "[]"),
        ("agreement_drafts", "escalations", "{}"),
    ):
        op.add_column(
            table,
            sa.Column(
                name,
                postgresql.JSONB(astext_type=sa.Text()),
                nullable=False,
                server_default=sa.text(f"'{empty}'"),
            ),
        )


def _timers() -> None:
    op.add_column(
        "timers",
        sa.Column(
            "escalation",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            server_default=sa.text("'[]'"),
        ),
    )
    op.add_column("timers", sa.Column("escalates_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("timers", sa.Column("escalates_to", sa.Uuid(), nullable=True))
    op.add_column("timers", sa.Column("first_timer_id", sa.Uuid(), nullable=True))
    op.add_column(
        "timers",
        sa.Column("handed_over", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    )
    op.create_foreign_key(
        op.f("fk_timers_workspace_id_escalates_to_members"),
        "timers",
        "members",
        ["workspace_id", "escalates_to"],
        ["workspace_id", "id"],
    )
    op.create_foreign_key(
        op.f("fk_timers_workspace_id_first_timer_id_timers"),
        "timers",
        "timers",
        ["workspace_id", "first_timer_id"],
        ["workspace_id", "id"],
    )
    named = ", ".join(f"'{reason}'" for reason in CANCEL_REASONS)
    op.drop_constraint(op.f("ck_timers_cancel_reason"), "timers")
    op.create_check_constraint(
        op.f("ck_timers_cancel_reason"), "timers", f"cancel_reason IN ({named})"
    )
    op.create_check_constraint(
        op.f("ck_timers_handed_over_from_a_timer"),
        "timers",
        "(first_timer_id IS NULL) = (handed_over IS NULL)",
    )
    for columns in (["escalates_at", "workspace_id"], ["workspace_id", "escalates_at"]):
        op.create_index(
            f"ix_timers_{'_'.join(columns)}",
            "timers",
            columns,
            postgresql_where=sa.text(TO_ESCALATE),
        )


def not_now(row: str, at: str) -> str:
    """Whether a failed job is not to be tried at an instant."""
    return f"({row}.dead_at IS NOT NULL OR {row}.retry_at > {at})"


def instants(instant: str, which: str, waits: str, at: str) -> tuple[str, str]:
    """Two queries for the instants of timers that are not held back at `at`.

    The first one is of workspaces where nothing is held back, and reads an index alone: workers
    ask it all day. The second one is of the others, which are few.
    """
    held = f"FROM public.failed_jobs f WHERE f.queue = 'timers' AND {not_now('f', at)}"
    items = f"ARRAY(SELECT f.item_id {held})"
    of_all = f"""
        SELECT t.workspace_id, t.{instant} AS since FROM public.timers t
        WHERE {which} AND {waits} AND t.workspace_id <> ALL (ARRAY(SELECT f.workspace_id {held}))
    """
    of_few = f"""
        SELECT t.workspace_id, t.{instant} AS since
        FROM (SELECT DISTINCT f.workspace_id {held}) AS few
        JOIN public.timers t ON t.workspace_id = few.workspace_id
        WHERE {which} AND {waits}
            AND t.id <> ALL ({items}) AND t.workspace_id <> ALL ({items})
    """
    return of_all, of_few


def _functions() -> None:
    due = (
        *instants("due_at", "t.due_at <= $1", RUNS, "$1"),
        *instants("warn_at", "t.warn_at <= $1 AND t.warned_at IS NULL", RUNS, "$1"),
        *instants("escalates_at", "t.escalates_at <= $1", WAITS, "$1"),
    )
    op.execute("DROP FUNCTION workspaces_with_due")
    system_function(
        "workspaces_with_due(at timestamptz, at_most integer)",
        "TABLE (workspace_id uuid)",
        f"""
        SELECT due.workspace_id FROM ({" UNION ALL ".join(due)}) AS due
        GROUP BY due.workspace_id ORDER BY min(due.since) LIMIT $2
        """,
    )
    nexts = (
        *instants("due_at", "t.due_at IS NOT NULL", RUNS, NEVER),
        *instants("warn_at", "t.warn_at IS NOT NULL AND t.warned_at IS NULL", RUNS, NEVER),
        *instants("escalates_at", "t.escalates_at IS NOT NULL", WAITS, NEVER),
    )
    firsts = [f"(SELECT min(n.since) FROM ({each}) AS n)" for each in nexts]
    op.execute("DROP FUNCTION next_timer_at")
    system_function(
        "next_timer_at()",
        "timestamptz",
        f"""
        SELECT least({", ".join(firsts)}, (
            SELECT min(f.retry_at) FROM public.failed_jobs f WHERE f.queue = 'timers'
                AND EXISTS (
                    SELECT FROM (
                        SELECT t.workspace_id, t.id FROM public.timers t
                        WHERE ({RUNS}) OR ({WAITS})
                    ) AS i
                    WHERE i.workspace_id = f.workspace_id AND f.item_id IN (i.id, i.workspace_id)
                )
        ))
        """,
    )


def downgrade() -> None:
    raise NotImplementedError("who was asked is not thrown away; restore a backup instead")
