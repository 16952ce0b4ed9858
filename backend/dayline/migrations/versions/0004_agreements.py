"""The agreement: versions, clauses, signatures, drafts; and version 1 for every workspace."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from dayline.kernel.text import markdown
from dayline.migrations.walls import wall

revision = "0004"
down_revision = "0003"

KINDS = (
    "task_comment",
    "project_update",
    "project_discussion",
    "direct_message",
    "urgent",
    "decision_input",
    "decision_outcome",
)

TITLE = "Response-time agreement"

TEXT = """\
We work in writing, each in our own hours. So that nobody waits without knowing how long, and
nobody has to watch a screen, we agree on the response windows in the table below.

## What we promise

- Whoever is asked answers within the window of that kind of message. It is counted in their own
  working time: nights, weekends, holidays and time off do not count.
- What arrives outside somebody's working day is looked at soon after their next one starts.
- An answer may be a promise: say by when you will have it, and keep to that.
- Nobody is expected to answer outside their working hours.

## What we ask of each other

- Say what you need, by when, and who decides.
- Call a message urgent only when waiting does harm.
- When a window will not do, say so early.
"""

ALLOWANCES = dict(zip(KINDS, (14400, 14400, 14400, 7200, 3600, 28800, 28800), strict=True))


def upgrade() -> None:
    _make_tables()
    _publish_first_versions()
    # What is published or signed stays: the server adds such rows, and no more.
    wall("agreement_versions", may="SELECT, INSERT")
    wall("agreement_clauses", may="SELECT, INSERT")
    wall("agreement_signatures", may="SELECT, INSERT")
    wall("agreement_drafts", may="SELECT, INSERT, UPDATE")


def _make_tables() -> None:
    op.create_table(
        "agreement_drafts",
        *_written(),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("allowances", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_agreement_drafts_workspace_id_workspaces"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_agreement_drafts")),
    )
    op.create_table(
        "agreement_versions",
        *_key("agreement_versions"),
        *_written(),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("in_force_from", sa.DateTime(timezone=True), nullable=False),
        _points_to("agreement_versions", "published_by", "members"),
        _unique("agreement_versions", "version"),
        _check("agreement_versions", "version", "version >= 1"),
        _check("agreement_versions", "warn_share", "warn_share BETWEEN 1 AND 99"),
        _check(
            "agreement_versions", "first_check_minutes", "first_check_minutes BETWEEN 1 AND 1440"
        ),
    )
    op.create_table(
        "agreement_clauses",
        *_key("agreement_clauses"),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                *KINDS, name="clause_kind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("allowance_s", sa.Integer(), nullable=False),
        _points_to("agreement_clauses", "agreement_id", "agreement_versions"),
        _unique("agreement_clauses", "agreement_id", "kind"),
        _check("agreement_clauses", "allowance_s", "allowance_s BETWEEN 300 AND 2592000"),
    )
    op.create_table(
        "agreement_signatures",
        *_key("agreement_signatures"),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        _points_to("agreement_signatures", "agreement_id", "agreement_versions"),
        _points_to("agreement_signatures", "member_id", "members"),
        _unique("agreement_signatures", "agreement_id", "member_id"),
    )


def _written() -> list[sa.Column[object]]:
    return [
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("text_html", sa.String(), nullable=False),
        sa.Column("warn_share", sa.Integer(), nullable=False),
        sa.Column("first_check_minutes", sa.Integer(), nullable=False),
    ]


def _key(table: str) -> list[sa.Column[object] | sa.Constraint]:
    return [
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f(f"fk_{table}_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f(f"pk_{table}")),
    ]


def _points_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{other}.workspace_id", f"{other}.id"],
        name=op.f(f"fk_{table}_workspace_id_{column}_{other}"),
    )


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    name = "_".join(["uq", table, "workspace_id", *columns])
    return sa.UniqueConstraint("workspace_id", *columns, name=op.f(name))


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _publish_first_versions() -> None:
    """Give every workspace that is there the agreement that a new one begins with.

    The owner sees all of them, because it said so (`app.all_workspaces`). No event says that it
    was published: nobody did it, and events are numbered by the server's own commits alone. So
    every feed gets a new epoch instead, by which clients read afresh what no event told them.
    """
    words: dict[str, object] = {
        "title": TITLE,
        "text": TEXT,
        "text_html": markdown.render(TEXT),
    }
    _run(
        """
        INSERT INTO agreement_versions (workspace_id, id, title, text, text_html, warn_share,
            first_check_minutes, version, published_at, published_by, in_force_from)
        SELECT id, gen_random_uuid(), :title, :text, :text_html, 75, 60, 1, now(), NULL, now()
        FROM workspaces
        """,
        words,
    )
    _run(
        """
        INSERT INTO agreement_clauses (workspace_id, id, agreement_id, kind, allowance_s)
        SELECT v.workspace_id, gen_random_uuid(), v.id, given.kind, given.allowance_s::int
        FROM agreement_versions v, jsonb_each_text(:allowances) AS given (kind, allowance_s)
        """,
        {"allowances": ALLOWANCES},
    )
    _run(
        """
        INSERT INTO agreement_drafts (workspace_id, title, text, text_html, warn_share,
            first_check_minutes, allowances, rev)
        SELECT id, :title, :text, :text_html, 75, 60, :allowances, 1 FROM workspaces
        """,
        {**words, "allowances": ALLOWANCES},
    )
    _run("UPDATE workspace_feed SET epoch = gen_random_uuid()", {})


def _run(statement: str, values: dict[str, object]) -> None:
    typed = [
        sa.bindparam("allowances", type_=postgresql.JSONB)
        if name == "allowances"
        else sa.bindparam(name, type_=sa.Text)
        for name in values
    ]
    op.execute(sa.text(statement).bindparams(*typed).bindparams(**values))


def downgrade() -> None:
    raise NotImplementedError("signed agreements are not thrown away; restore a backup instead")
