"""The sweep: what is due fires, each once, whoever sweeps and however many do.

Inside a workspace due timers are claimed and changed by one statement; what somebody else holds
is passed over, because whoever holds it either fires it or ends it.
"""

import asyncio
import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, Select, Table, and_, literal_column, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped
from sqlmodel import col

from dayline.kernel import events
from dayline.kernel.clock import Clock, transaction_now
from dayline.kernel.database import Scope, Sessions, enter_workspace, scope_of
from dayline.timers.events import TimerBreached, TimerWarned, audience_of
from dayline.timers.models import Timer
from dayline.timers.schemas import timer_document

log = structlog.get_logger("dayline.timers")

AT_ONCE = 1000
"""Timers that one transaction breaches or warns of."""
CHUNKS = 10
"""Transactions in a row in one workspace, before others get their turn."""
WORKSPACES = 1000
"""Workspaces that one look finds."""
SIDE_BY_SIDE = 4
"""Workspaces that one process sweeps at the same time: one that is held up delays no other."""

_DUE = text("SELECT workspace_id FROM workspaces_with_due(:at, :most)")
_NEXT = text("SELECT next_timer_at()")
_HOLD_UP = text("SET LOCAL lock_timeout = '2s'")


_RUNS = and_(
    *(col(fact).is_(None) for fact in (Timer.ended_at, Timer.breached_at, Timer.paused_at))
)

_TIMERS: Table = Timer.__table__  # type: ignore[attr-defined]

Fired = tuple[type[TimerBreached | TimerWarned], Timer]
"""What happened, and to which timer."""


def _nobody(_workspace_id: UUID) -> None: ...


async def sweep(
    sessions: Sessions, clock: Clock, announce: Callable[[UUID], None] = _nobody
) -> int:
    """Breach and warn of all that is due now, chunk by chunk; how many timers fired.

    `announce` is told each workspace whose timers fired, after the commit.
    """
    fired = 0
    while workspaces := await workspaces_with_due(sessions, clock):
        random.shuffle(workspaces)  # so that workers seldom meet
        places = asyncio.Semaphore(SIDE_BY_SIDE)
        counts = await asyncio.gather(
            *(_attended(sessions, clock, id_, places, announce) for id_ in workspaces)
        )
        if not any(counts):
            break
        fired += sum(counts)
    return fired


async def workspaces_with_due(sessions: Sessions, clock: Clock) -> list[UUID]:
    """Workspaces with a timer that is due."""
    async with sessions() as session, session.begin():
        at = await transaction_now(session, clock)
        found = await session.scalars(_DUE, {"at": at, "most": WORKSPACES})
        return list(found)


async def next_in(sessions: Sessions, clock: Clock) -> timedelta | None:
    """In how long the next timer is due; None where none runs."""
    async with sessions() as session, session.begin():
        now = await transaction_now(session, clock)
        at: datetime | None = await session.scalar(_NEXT)
        return None if at is None else at - now


async def _attended(
    sessions: Sessions,
    clock: Clock,
    workspace_id: UUID,
    places: asyncio.Semaphore,
    announce: Callable[[UUID], None],
) -> int:
    """Sweep one workspace; its fault keeps no other from theirs."""
    async with places:
        try:
            fired = await sweep_workspace(sessions, clock, workspace_id)
        except Exception as fault:
            log.warning(
                "a workspace is passed over", workspace=str(workspace_id), fault=repr(fault)
            )
            return 0
    if fired:
        announce(workspace_id)
    return fired


async def sweep_workspace(sessions: Sessions, clock: Clock, workspace_id: UUID) -> int:
    """Breach and warn of the timers of a workspace that are due longest; how many fired."""
    async with sessions() as session, session.begin():
        now = await transaction_now(session, clock)
        await enter_workspace(session, Scope(workspace_id, now, None))
        await session.execute(_HOLD_UP)
        fired: list[Fired] = [(TimerBreached, timer) for timer in await _breach(session)]
        fired += [(TimerWarned, timer) for timer in await _warn(session)]
        for happened, timer in sorted(fired, key=_at):
            events.record(session, happened(timer=timer_document(timer)), audience_of(timer))
        return len(fired)


def _at(fired: Fired) -> tuple[datetime, UUID]:
    """At which instant a timer should have fired; the events come in this order."""
    happened, timer = fired
    at = timer.due_at if happened is TimerBreached else timer.warn_at
    assert at is not None  # noqa: S101 -- it has passed
    return at, timer.id


async def _breach(session: AsyncSession) -> Sequence[Timer]:
    scope = scope_of(session)
    return await _fire(session, to_breach(scope), breached_at=col(Timer.due_at))


async def _warn(session: AsyncSession) -> Sequence[Timer]:
    scope = scope_of(session)
    return await _fire(session, to_warn(scope), warned_at=scope.now)


def to_breach(scope: Scope) -> Select[UUID]:
    """The timers of a workspace whose due instant has passed."""
    return _longest_due(scope, col(Timer.due_at), col(Timer.due_at) <= scope.now)


def to_warn(scope: Scope) -> Select[UUID]:
    """Those to warn of that are not due yet: beside the breach a warning would say nothing."""
    unwarned = col(Timer.warned_at).is_(None) & (col(Timer.due_at) > scope.now)
    return _longest_due(scope, col(Timer.warn_at), unwarned & (col(Timer.warn_at) <= scope.now))


def _longest_due(
    scope: Scope, since: Mapped[datetime | None], is_due: ColumnElement[bool]
) -> Select[UUID]:
    """The timers that are due longest and that nobody else holds, held until the commit."""
    return (
        select(col(Timer.id))
        .where(col(Timer.workspace_id) == scope.workspace_id, _RUNS, is_due)
        .order_by(since)
        .limit(literal_column(str(AT_ONCE)))
        .with_for_update(skip_locked=True, key_share=True)
    )


async def _fire(session: AsyncSession, which: Select[UUID], **facts: Any) -> Sequence[Timer]:
    """Write the facts down on timers; the rows afterwards."""
    due = which.cte("due")
    here = col(Timer.workspace_id) == scope_of(session).workspace_id
    fired = await session.execute(
        update(_TIMERS)
        .where(here, col(Timer.id) == due.c.id)
        .values(rev=col(Timer.rev) + 1, **facts)
        .returning(*_TIMERS.c)
    )
    return cast(Sequence[Timer], fired.all())  # rows of all columns: objects would cost a third
