"""Timers, and what messages say about whom they ask."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from dayline.migrations.walls import SYSTEM, system_function, system_reads, wall

revision = "0005"
down_revision = "0004"

KINDS = (
    "task_comment",
    "project_update",
    "project_discussion",
    "direct_message",
    "urgent",
    "decision_input",
    "decision_outcome",
)
OPEN = "ended_at IS NULL"
TO_BREACH = "ended_at IS NULL AND breached_at IS NULL AND paused_at IS NULL"
TO_WARN = f"{TO_BREACH} AND warned_at IS NULL"


def upgrade() -> None:
    _widen_messages()
    _make_table()
    _make_indices()
    # What somebody was asked, and whether it was kept, is not thrown away.
    wall("timers", may="SELECT, INSERT, UPDATE")
    read = ["due_at", "warn_at", "warned_at", "breached_at", "paused_at", "ended_at", "tz_version"]
    system_reads("timers", ["workspace_id", *read])
    op.execute(f"GRANT CREATE ON SCHEMA public TO {SYSTEM}")
    _make_functions()
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {SYSTEM}")


def _widen_messages() -> None:
    for name in ("urgent", "asks_listed"):
        op.add_column(
            "messages",
            sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()),
        )
        op.alter_column("messages", name, server_default=None)


def _make_table() -> None:
    op.create_table(
        "timers",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=True),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _enum("clause_kind", *KINDS), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("agreement_version", sa.Integer(), nullable=False),
        sa.Column("allowance_s", sa.Integer(), nullable=False),
        sa.Column("warn_share", sa.Integer(), nullable=False),
        sa.Column("first_check_minutes", sa.Integer(), nullable=False),
        _instant("sent_at", nullable=False),
        _instant("first_check_at"),
        _instant("warn_at"),
        _instant("due_at"),
        _instant("warned_at"),
        _instant("breached_at"),
        _instant("first_response_at"),
        _instant("ended_at"),
        sa.Column("end_reason", _enum("end_reason", "responded", "acknowledged", "cancelled")),
        sa.Column(
            "cancel_reason",
            _enum("cancel_reason", "resolved", "withdrawn", "edited", "recipient_left"),
        ),
        _instant("acknowledged_at"),
        _instant("promised_at"),
        sa.Column("follows", sa.Uuid(), nullable=True),
        _instant("paused_at"),
        sa.Column("pause_reason", sa.String(500), nullable=True),
        sa.Column("paused_s", sa.Integer(), nullable=False),
        sa.Column("pauses", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("counted", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("tz_version", sa.String(32), nullable=False),
        *_constraints(),
    )


def _constraints() -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_timers")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_timers_workspace_id_workspaces")
        ),
        _points_to("message_id", "messages"),
        _points_to("topic_id", "topics"),
        _points_to("project_id", "projects"),
        _points_to("recipient_id", "members"),
        _points_to("author_id", "members"),
        _points_to("follows", "timers"),
        _points_to("agreement_version", "agreement_versions", "version"),
        _check("somebody_else", "recipient_id <> author_id"),
        _check("no_time_is_negative", "allowance_s >= 0 AND paused_s >= 0"),
        _check("ends_by_something", "(ended_at IS NULL) = (end_reason IS NULL)"),
        _check(
            "cancelled_for_a_reason",
            "(end_reason IS NOT DISTINCT FROM 'cancelled') = (cancel_reason IS NOT NULL)",
        ),
        _check("acknowledged_with_a_promise", "(acknowledged_at IS NULL) = (promised_at IS NULL)"),
        _check("paused_for_a_reason", "(paused_at IS NULL) = (pause_reason IS NULL)"),
        _check(
            "pauses_while_it_runs",
            "paused_at IS NULL OR (ended_at IS NULL AND breached_at IS NULL)",
        ),
    ]


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _instant(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _points_to(column: str, other: str, key: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{other}.workspace_id", f"{other}.{key}"],
        name=op.f(f"fk_timers_workspace_id_{column}_{other}"),
    )


def _check(name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_timers_{name}"))


def _make_indices() -> None:
    for columns, rows in (
        (["due_at", "workspace_id"], TO_BREACH),
        (["workspace_id", "due_at"], TO_BREACH),
        (["warn_at", "workspace_id"], TO_WARN),
        (["workspace_id", "warn_at"], TO_WARN),
        (["workspace_id", "recipient_id"], OPEN),
        (["workspace_id", "topic_id"], OPEN),
        (["workspace_id", "message_id"], None),
    ):
        name = "_".join(["ix_timers", *columns])
        op.create_index(op.f(name), "timers", columns, postgresql_where=rows)
    op.create_index(
        "uq_timers_open_ask",
        "timers",
        ["workspace_id", "message_id", "recipient_id"],
        unique=True,
        postgresql_where=OPEN,
    )


def _make_functions() -> None:
    system_function(
        "workspaces_with_due(at timestamptz, at_most integer)",
        "TABLE (workspace_id uuid)",
        """
        SELECT due.workspace_id
        FROM (
            SELECT t.workspace_id, t.due_at AS since FROM public.timers t
            WHERE t.due_at <= $1
                AND t.ended_at IS NULL AND t.breached_at IS NULL AND t.paused_at IS NULL
            UNION ALL
            SELECT t.workspace_id, t.warn_at FROM public.timers t
            WHERE t.warn_at <= $1 AND t.warned_at IS NULL
                AND t.ended_at IS NULL AND t.breached_at IS NULL AND t.paused_at IS NULL
        ) AS due
        GROUP BY due.workspace_id ORDER BY min(due.since) LIMIT $2
        """,
    )
    system_function(
        "next_timer_at()",
        "timestamptz",
        """
        SELECT least(
            (
                SELECT min(t.due_at) FROM public.timers t
                WHERE t.ended_at IS NULL AND t.breached_at IS NULL AND t.paused_at IS NULL
            ),
            (
                SELECT min(t.warn_at) FROM public.timers t
                WHERE t.ended_at IS NULL AND t.breached_at IS NULL AND t.paused_at IS NULL
                    AND t.warned_at IS NULL
            )
        )
        """,
    )
    system_function(
        "workspaces_with_old_zones(version text)",
        "TABLE (workspace_id uuid)",
        """
        SELECT DISTINCT t.workspace_id FROM public.timers t
        WHERE t.tz_version <> $1
            AND t.ended_at IS NULL AND t.breached_at IS NULL AND t.paused_at IS NULL
        """,
    )


def downgrade() -> None:
    raise NotImplementedError("who was asked is not thrown away; restore a backup instead")
