"""Explanations and names of references keep their letters, so that similar ones are found soon."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from dayline.core.likeness import letters

revision = "0026"
down_revision = "0025"

TEXTS = {"explanations": "words", "reference_names": "title"}
AT_ONCE = 1000


def upgrade() -> None:
    for table, text in TEXTS.items():
        column: sa.Column[list[str]] = sa.Column(
            "letters", postgresql.ARRAY(sa.Text()), nullable=True
        )
        op.add_column(table, column)
        _fill(table, text)
        op.alter_column(table, "letters", nullable=False)


def _fill(table: str, text: str) -> None:
    rows = sa.table(table, *map(sa.column, ("workspace_id", "id", text, "letters")))
    own = (rows.c.workspace_id == sa.bindparam("workspace"), rows.c.id == sa.bindparam("row"))
    filled = sa.update(rows).where(*own).values(letters=sa.bindparam("made"))
    found = op.get_bind().execute(sa.select(rows.c.workspace_id, rows.c.id, rows.c[text]))
    for some in found.partitions(AT_ONCE):
        values = [{"workspace": row[0], "row": row[1], "made": letters(row[2])} for row in some]
        op.get_bind().execute(filled, values)
