"""Decisions, and the triggers by which the record of one that is decided cannot change."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from dayline.migrations.walls import SYSTEM, system_function, system_reads, wall

revision = "0017"
down_revision = "0016"

STATUSES = ("draft", "open", "decided", "withdrawn")
STANCES = ("agree", "prefer", "object", "abstain", "approve", "reject")
TOPIC_KINDS = ("task", "discussion", "update", "direct", "decision")
NOTICE_KINDS = (
    "ask",
    "urgent",
    "warning",
    "breach",
    "project_update",
    "task_state",
    "decision_opened",
    "decision_decided",
)

CLOSES = "status = 'open' AND closed_at IS NULL"

PARTS = ("decision_options", "decision_stakeholders", "decision_inputs", "decision_relations")
"""The tables that are the record, with `decisions` itself."""

MAY_CHANGE = {
    "decisions": (
        "is_public",
        "review_on",
        "review_due_at",
        "review_told_at",
        "rev",
        "updated_at",
        "words",  # what search finds it by, which PostgreSQL computes after the trigger
    ),
    "decision_stakeholders": ("read_at",),
}
"""What may still change in a record once its decision is decided."""


def upgrade() -> None:
    _make_decisions()
    _make_options()
    _make_stakeholders()
    _make_inputs()
    _make_relations()
    _make_tasks()
    for table in ("decisions", *PARTS, "decision_tasks"):
        wall(table)
    _keep_records()
    _make_functions()
    _widen_timers()
    _widen_enum("topics", "kind", "topic_kind", TOPIC_KINDS)
    _widen_enum("deliveries", "kind", "notice_kind", NOTICE_KINDS)


def _make_decisions() -> None:
    points = ("project_id", "projects"), ("topic_id", "topics"), ("message_id", "messages")
    people = tuple((name, "members") for name in ("proposed_by", "decider_id", "decided_by"))
    _make_table(
        "decisions",
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        _id("project_id"),
        _id("topic_id"),
        _id("message_id", nullable=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("status", _enum("decision_status", *STATUSES), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("context", "recommendation")),
        _id("proposed_by"),
        _id("decider_id", nullable=True),
        _id("decided_by", nullable=True),
        _instant("input_due_at"),
        sa.Column("extensions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        *(_instant(name, nullable=False) for name in ("created_at", "updated_at")),
        *(_instant(name) for name in ("opened_at", "closed_at", "decided_at")),
        sa.Column("decided_on", sa.Date(), nullable=True),
        _instant("withdrawn_at"),
        sa.Column("withdrawal_reason", sa.String(2000), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("outcome", "rationale")),
        sa.Column("proposer_minutes", sa.Integer(), nullable=True),
        sa.Column("decider_minutes", sa.Integer(), nullable=True),
        sa.Column("meeting_minutes", sa.Integer(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        *(_instant(name) for name in ("review_due_at", "review_told_at")),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("source_status", sa.String(200), nullable=True),
        sa.Column("sections", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        *(_points_to("decisions", column, other) for column, other in (*points, *people)),
        *_decision_rules(),
    )
    _index("decisions", "workspace_id", "project_id")
    _index("decisions", "workspace_id", "status", "updated_at", "id")
    _index("decisions", "input_due_at", "workspace_id", where=CLOSES)
    _index("decisions", "review_due_at", "workspace_id", where="review_told_at IS NULL")


def _decision_rules() -> list[sa.Constraint]:
    return [
        _unique("decisions", "workspace_id", "number"),
        _unique("decisions", "workspace_id", "topic_id"),
        _check(
            "decisions",
            "open_is_whole",
            "status <> 'open' OR (opened_at IS NOT NULL AND input_due_at IS NOT NULL "
            "AND decider_id IS NOT NULL AND message_id IS NOT NULL)",
        ),
        _check(
            "decisions",
            "withdrawn_at_an_instant",
            "(status = 'withdrawn') = (withdrawn_at IS NOT NULL)",
        ),
        _check("decisions", "decided_at_an_instant", "decided_at IS NULL OR status = 'decided'"),
        _check("decisions", "closes_what_was_open", "closed_at IS NULL OR opened_at IS NOT NULL"),
    ]


def _make_options() -> None:
    table = "decision_options"
    _make_table(
        table,
        _id("decision_id"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("is_recommended", sa.Boolean(), nullable=False),
        sa.Column("is_chosen", sa.Boolean(), nullable=False),
        _points_to(table, "decision_id", "decisions"),
        _unique(table, "workspace_id", "decision_id", "position"),
    )
    for which in ("recommended", "chosen"):
        op.create_index(
            f"uq_decision_options_{which}",
            table,
            ["workspace_id", "decision_id"],
            unique=True,
            postgresql_where=f"is_{which}",
        )


def _make_stakeholders() -> None:
    table = "decision_stakeholders"
    _make_table(
        table,
        _id("decision_id"),
        _id("member_id"),
        sa.Column("asked_for", _enum("asked_for", "input", "approval"), nullable=False),
        *(_instant(name) for name in ("remind_at", "reminded_at", "read_at")),
        _points_to(table, "decision_id", "decisions"),
        _points_to(table, "member_id", "members"),
        _unique(table, "workspace_id", "decision_id", "member_id"),
    )
    _index(table, "workspace_id", "member_id")
    _index(table, "remind_at", "workspace_id", where="reminded_at IS NULL")


def _make_inputs() -> None:
    table = "decision_inputs"
    _make_table(
        table,
        _id("decision_id"),
        _id("member_id"),
        sa.Column("stance", _enum("stance", *STANCES), nullable=False),
        _id("option_id", nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        _instant("given_at", nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        _instant("replaced_at"),
        sa.Column("answer", sa.String(), nullable=False),
        _points_to(table, "decision_id", "decisions"),
        _points_to(table, "member_id", "members"),
        _points_to(table, "option_id", "decision_options"),
        _check(table, "prefers_an_option", "(stance = 'prefer') = (option_id IS NOT NULL)"),
        _check(table, "objects_for_a_reason", "stance NOT IN ('object', 'reject') OR reason <> ''"),
    )
    op.create_index(
        "uq_decision_inputs_current",
        table,
        ["workspace_id", "decision_id", "member_id"],
        unique=True,
        postgresql_where="replaced_at IS NULL",
    )
    _index(table, "workspace_id", "decision_id", "given_at")


def _make_relations() -> None:
    table = "decision_relations"
    _make_table(
        table,
        _id("decision_id"),
        _id("earlier_id"),
        sa.Column("kind", _enum("relation_kind", "supersedes", "amends"), nullable=False),
        _points_to(table, "decision_id", "decisions"),
        _points_to(table, "earlier_id", "decisions"),
        _unique(table, "workspace_id", "decision_id", "earlier_id", "kind"),
        _check(table, "earlier_is_another", "decision_id <> earlier_id"),
    )
    _index(table, "workspace_id", "earlier_id")


def _make_tasks() -> None:
    table = "decision_tasks"
    _make_table(
        table,
        _id("decision_id"),
        _id("task_id"),
        sa.Column("is_from_outcome", sa.Boolean(), nullable=False),
        _id("linked_by"),
        _instant("linked_at", nullable=False),
        _points_to(table, "decision_id", "decisions"),
        _points_to(table, "task_id", "tasks"),
        _points_to(table, "linked_by", "members"),
        _unique(table, "workspace_id", "decision_id", "task_id"),
    )
    _index(table, "workspace_id", "task_id")


def _keep_records() -> None:
    """Refuse what would change the record of a decided decision, whoever asks.

    `keep_record` is told what may still change. `keep_record_part` looks at the decision above: it
    waits for whoever is deciding it, and a decision that cannot be seen counts as decided.
    """
    op.execute(
        """
        CREATE FUNCTION keep_record() RETURNS trigger
        LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
        BEGIN
            IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - TG_ARGV = to_jsonb(OLD) - TG_ARGV THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION 'a decided record cannot change'
                USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
        END $$
        """
    )
    op.execute(
        """
        CREATE FUNCTION keep_record_part() RETURNS trigger
        LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
        DECLARE
            above uuid;
            stands text;
        BEGIN
            IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - TG_ARGV = to_jsonb(OLD) - TG_ARGV THEN
                RETURN NEW;
            END IF;
            FOREACH above IN ARRAY ARRAY[OLD.decision_id, NEW.decision_id] LOOP
                CONTINUE WHEN above IS NULL;
                SELECT d.status INTO stands FROM public.decisions d
                WHERE d.workspace_id = coalesce(NEW.workspace_id, OLD.workspace_id)
                    AND d.id = above
                FOR SHARE;
                IF stands IS NULL OR stands = 'decided' THEN
                    RAISE EXCEPTION 'a decided record cannot change'
                        USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
                END IF;
            END LOOP;
            RETURN coalesce(NEW, OLD);
        END $$
        """
    )
    op.execute(
        """
        CREATE FUNCTION keep_records() RETURNS trigger
        LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
        BEGIN
            RAISE EXCEPTION 'decided records cannot be thrown away'
                USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
        END $$
        """
    )
    _trigger("decisions", "keep_record", "UPDATE OR DELETE", "WHEN (OLD.status = 'decided')")
    for table in PARTS:
        _trigger(table, "keep_record_part", "INSERT OR UPDATE OR DELETE")


def _trigger(table: str, function: str, on: str, when: str = "") -> None:
    may_change = ", ".join(f"'{column}'" for column in MAY_CHANGE.get(table, ()))
    op.execute(
        f"CREATE TRIGGER record_stays BEFORE {on} ON {table} FOR EACH ROW {when} "
        f"EXECUTE FUNCTION {function}({may_change})"
    )
    op.execute(
        f"CREATE TRIGGER records_stay BEFORE TRUNCATE ON {table} FOR EACH STATEMENT "
        "EXECUTE FUNCTION keep_records()"
    )


def _make_functions() -> None:
    seen = ["status", "input_due_at", "closed_at", "review_due_at", "review_told_at"]
    system_reads("decisions", ["workspace_id", "id", *seen])
    system_reads(
        "decision_stakeholders", ["workspace_id", "decision_id", "remind_at", "reminded_at"]
    )
    op.execute(f"GRANT CREATE ON SCHEMA public TO {SYSTEM}")
    system_function(
        "workspaces_with_decisions_due(at timestamptz, most integer)",
        "TABLE (workspace_id uuid)",
        """
        SELECT due.workspace_id FROM (
            SELECT d.workspace_id, d.input_due_at AS since FROM public.decisions d
            WHERE d.input_due_at <= $1 AND d.status = 'open' AND d.closed_at IS NULL
            UNION ALL
            SELECT d.workspace_id, d.review_due_at FROM public.decisions d
            WHERE d.review_due_at <= $1 AND d.review_told_at IS NULL AND d.status = 'decided'
            UNION ALL
            SELECT s.workspace_id, s.remind_at
            FROM public.decision_stakeholders s
            JOIN public.decisions d ON d.workspace_id = s.workspace_id AND d.id = s.decision_id
            WHERE s.reminded_at IS NULL AND d.status = 'open' AND d.closed_at IS NULL
                AND s.remind_at <= $1
        ) AS due
        GROUP BY due.workspace_id ORDER BY min(due.since) LIMIT $2
        """,
    )
    system_function(
        "next_decision_at()",
        "timestamptz",
        """
        SELECT least(
            (
                SELECT min(d.input_due_at) FROM public.decisions d
                WHERE d.status = 'open' AND d.closed_at IS NULL
            ),
            (
                SELECT min(d.review_due_at) FROM public.decisions d
                WHERE d.review_told_at IS NULL AND d.status = 'decided'
            ),
            (
                SELECT min(s.remind_at) FROM public.decision_stakeholders s
                JOIN public.decisions d ON d.workspace_id = s.workspace_id AND d.id = s.decision_id
                WHERE s.reminded_at IS NULL AND d.status = 'open' AND d.closed_at IS NULL
            )
        )
        """,
    )
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {SYSTEM}")


def _widen_timers() -> None:
    """Some instants are fixed: those of promises, and the deadline of a decision."""
    op.execute("ALTER TABLE timers ADD is_fixed boolean NOT NULL DEFAULT false")
    op.execute("UPDATE timers SET is_fixed = true WHERE follows IS NOT NULL")
    op.drop_constraint(op.f("ck_timers_somebody_else"), "timers")
    op.create_check_constraint(
        op.f("ck_timers_somebody_else"),
        "timers",
        "recipient_id <> author_id OR kind = 'decision_outcome'",
    )


def _widen_enum(table: str, column: str, name: str, values: Sequence[str]) -> None:
    named = ", ".join(f"'{value}'" for value in values)
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table)
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, f"{column} IN ({named})")


def _make_table(name: str, *items: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        _id("workspace_id"),
        _id("id"),
        *items,
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f(f"fk_{name}_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f(f"pk_{name}")),
    )


def _id(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _instant(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _points_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{other}.workspace_id", f"{other}.id"],
        name=op.f(f"fk_{table}_workspace_id_{column}_{other}"),
    )


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _index(table: str, *columns: str, where: str | None = None) -> None:
    name = op.f(f"ix_{table}_{'_'.join(columns)}")
    op.create_index(name, table, list(columns), postgresql_where=where)


def downgrade() -> None:
    raise NotImplementedError("records are not thrown away; restore a backup instead")
