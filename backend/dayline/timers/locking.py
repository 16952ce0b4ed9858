"""Locking timers, and changing many of them at once.

Timers are locked in the order of their ids, after the members and calendars that they were
computed from (`calendars/locking.py`). `docs/architecture.md` lists the order of all locks.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import to_jsonable_python
from sqlalchemy import (
    ColumnElement,
    DateTime,
    Integer,
    Text,
    Update,
    Uuid,
    column,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import TypeEngine
from sqlmodel import col

from dayline.kernel.db import events
from dayline.kernel.db.database import scope_of
from dayline.timers.events import TimerEvent, audience_of
from dayline.timers.models import Timer
from dayline.timers.schemas import timer_document

_REWRITTEN: dict[str, TypeEngine[Any]] = {
    "first_check_at": DateTime(timezone=True),
    "warn_at": DateTime(timezone=True),
    "due_at": DateTime(timezone=True),
    "counted": JSONB(),
    "local": JSONB(),
    "zone": Text(),
    "tz_version": Text(),
    "pauses": JSONB(),
    "paused_s": Integer(),
}
"""The columns that `rewrite` sets to a value of its own for each timer."""


async def lock_timers(session: AsyncSession, which: ColumnElement[bool]) -> list[Timer]:
    """Lock the timers that match `which`, and return their current state, by id."""
    statement = (
        select(Timer)
        .where(col(Timer.workspace_id) == scope_of(session).workspace_id, which)
        .order_by(col(Timer.id))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return list((await session.scalars(statement)).all())


async def change(
    session: AsyncSession, held: Sequence[Timer], happened: type[TimerEvent], **values: Any
) -> None:
    """Set the same values on these locked timers, and record an event for each."""
    if not held:
        return
    ids = [timer.id for timer in held]
    await _load(
        session,
        update(Timer)
        .where(col(Timer.workspace_id) == scope_of(session).workspace_id, col(Timer.id).in_(ids))
        .values(**values, rev=col(Timer.rev) + 1),
    )
    record_events(session, held, happened)


async def rewrite(session: AsyncSession, held: Sequence[Mapping[str, Any]]) -> None:
    """Set new instants on locked timers, each its own, and end their pauses.

    Each item of `held` has the timer's id and the columns of `_REWRITTEN`.
    """
    columns = [column("id", Uuid()), *(column(name, kind) for name, kind in _REWRITTEN.items())]
    rows = func.jsonb_to_recordset(func.cast(to_jsonable_python(list(held)), JSONB))
    new = rows.table_valued(*columns, name="new").render_derived(with_types=True)
    await _load(
        session,
        update(Timer)
        .where(col(Timer.workspace_id) == scope_of(session).workspace_id, col(Timer.id) == new.c.id)
        .values(
            {name: new.c[name] for name in _REWRITTEN}
            | {"paused_at": None, "pause_reason": None, "rev": col(Timer.rev) + 1}
        ),
    )


async def _load(session: AsyncSession, changed: Update) -> None:
    """Execute an update of timers, and refresh those that this session has loaded."""
    as_they_became = changed.returning(Timer).execution_options(
        synchronize_session=False, populate_existing=True
    )
    (await session.scalars(as_they_became)).all()


def record_events(
    session: AsyncSession, timers: Sequence[Timer], happened: type[TimerEvent]
) -> None:
    """Record an event for each timer, with the timer's current document."""
    for timer in timers:
        events.record(session, happened(timer=timer_document(timer)), audience_of(timer))
