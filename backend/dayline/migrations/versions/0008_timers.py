"""Timers keep what their instants show on the recipient's wall, so that SQL need not know zones."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"

INSTANTS = ("sent_at", "first_check_at", "warn_at", "due_at")
AT_ONCE = 5000

TIMERS = sa.table(
    "timers",
    sa.column("workspace_id", sa.Uuid()),
    sa.column("id", sa.Uuid()),
    sa.column("zone", sa.Text()),
    sa.column("local", postgresql.JSONB()),
    *(sa.column(name, sa.DateTime(timezone=True)) for name in INSTANTS),
)


def upgrade() -> None:
    op.add_column("timers", sa.Column("local", postgresql.JSONB(astext_type=sa.Text())))
    for timers in _all():
        op.get_bind().execute(
            sa.update(TIMERS)
            .where(TIMERS.c.workspace_id == sa.bindparam("workspace"))
            .where(TIMERS.c.id == sa.bindparam("timer"))
            .values(local=sa.bindparam("shown")),
            timers,
        )
    op.alter_column("timers", "local", nullable=False)


def _all() -> Iterator[list[dict[str, Any]]]:
    rows = op.get_bind().execute(sa.select(TIMERS))
    while found := rows.fetchmany(AT_ONCE):
        yield [
            {"workspace": row.workspace_id, "timer": row.id, "shown": _shown(row)} for row in found
        ]


def _shown(timer: Any) -> dict[str, str | None]:
    zone, instants = ZoneInfo(timer.zone), {name: getattr(timer, name) for name in INSTANTS}
    return {name: at and at.astimezone(zone).isoformat() for name, at in instants.items()}


def downgrade() -> None:
    raise NotImplementedError("who was asked is not thrown away; restore a backup instead")
