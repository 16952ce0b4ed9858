"""References, the explanations that they replace, and what links to them."""

import sqlalchemy as sa
from alembic import op

from dayline.migrations.walls import wall

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    _make_references()
    _make_names()
    _make_revisions()
    _make_marks()
    _make_links()
    _make_subjects()
    _make_explanations()


def _make_references() -> None:
    table = "reference_pages"
    _make_table(
        table,
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("body", "body_html")),
        _id("owner_id"),
        sa.Column("review_on", sa.Date(), nullable=True),
        _instant("created_at", nullable=False),
        _id("created_by"),
        _instant("updated_at", nullable=False),
        _id("updated_by"),
        *(
            _points_to(table, column, "members")
            for column in ("owner_id", "created_by", "updated_by")
        ),
    )
    _index(table, "workspace_id", "owner_id")


def _make_names() -> None:
    table = "reference_names"
    _make_table(
        table,
        _id("reference_id"),
        *(sa.Column(name, sa.String(200), nullable=False) for name in ("name", "title")),
        _points_to(table, "reference_id", "reference_pages", ondelete="CASCADE"),
        _unique(table, "workspace_id", "name"),
    )
    _index(table, "workspace_id", "reference_id")


def _make_revisions() -> None:
    table = "reference_revisions"
    _make_table(
        table,
        _id("reference_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        _id("edited_by"),
        _instant("edited_at", nullable=False),
        _points_to(table, "reference_id", "reference_pages", ondelete="CASCADE"),
        _points_to(table, "edited_by", "members"),
        _unique(table, "workspace_id", "reference_id", "number"),
    )


def _make_marks() -> None:
    table = "stale_marks"
    _make_table(
        table,
        _id("reference_id"),
        _id("marked_by"),
        _instant("marked_at", nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        _points_to(table, "reference_id", "reference_pages", ondelete="CASCADE"),
        _points_to(table, "marked_by", "members"),
        _unique(table, "workspace_id", "reference_id", "marked_by"),
    )


def _make_links() -> None:
    table = "reference_links"
    _make_table(
        table,
        sa.Column("name", sa.String(200), nullable=False),
        *(_id(column, nullable=True) for column in ("topic_id", "message_id", "from_id")),
        _points_to(table, "topic_id", "topics"),
        _points_to(table, "message_id", "messages"),
        _points_to(table, "from_id", "reference_pages", ondelete="CASCADE"),
        _check(table, "stands_in_one_place", "(topic_id IS NULL) <> (from_id IS NULL)"),
        _check(table, "messages_have_topics", "message_id IS NULL OR topic_id IS NOT NULL"),
    )
    _index(table, "workspace_id", "name")
    _index(table, "workspace_id", "topic_id", "message_id")
    _index(table, "workspace_id", "from_id")


def _make_subjects() -> None:
    table = "subjects"
    _make_table(
        table,
        _id("reference_id", nullable=True),
        _instant("wanted_at"),
        _id("wanted_of", nullable=True),
        _instant("wanted_from"),
        _instant("declined_at"),
        _points_to(table, "reference_id", "reference_pages"),
        _points_to(table, "wanted_of", "members"),
        _check(
            table,
            "wanted_of_somebody",
            "(wanted_at IS NULL) = (wanted_of IS NULL) "
            "AND (wanted_at IS NULL) = (wanted_from IS NULL)",
        ),
    )
    _index(table, "workspace_id", "reference_id")
    _index(table, "workspace_id", "wanted_of", where="wanted_of IS NOT NULL")


def _make_explanations() -> None:
    table = "explanations"
    places = ("project_id", "projects"), ("topic_id", "topics"), ("message_id", "messages")
    _make_table(
        table,
        _id("subject_id"),
        sa.Column("words", sa.String(200), nullable=False),
        _id("explained_by"),
        _instant("explained_at", nullable=False),
        *(_id(column, nullable=True) for column, _ in places),
        _points_to(table, "subject_id", "subjects"),
        _points_to(table, "explained_by", "members"),
        *(_points_to(table, column, other) for column, other in places),
        _check(table, "messages_have_topics", "message_id IS NULL OR topic_id IS NOT NULL"),
    )
    _index(table, "workspace_id", "explained_at", "id")
    _index(table, "workspace_id", "subject_id")


def _make_table(name: str, *parts: sa.schema.SchemaItem) -> None:
    workspace = sa.ForeignKeyConstraint(
        ["workspace_id"], ["workspaces.id"], name=op.f(f"fk_{name}_workspace_id_workspaces")
    )
    key = sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f(f"pk_{name}"))
    op.create_table(name, _id("workspace_id"), _id("id"), *parts, workspace, key)
    wall(name)


def _id(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _instant(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _points_to(
    table: str, column: str, other: str, *, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{other}.workspace_id", f"{other}.id"],
        name=op.f(f"fk_{table}_workspace_id_{column}_{other}"),
        ondelete=ondelete,
    )


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _index(table: str, *columns: str, where: str | None = None) -> None:
    name = op.f(f"ix_{table}_{'_'.join(columns)}")
    op.create_index(name, table, list(columns), postgresql_where=where)


def downgrade() -> None:
    raise NotImplementedError("the walls stay up; restore a backup instead")
