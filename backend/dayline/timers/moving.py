"""Timers follow calendars: other hours, time off, a holiday or new zone data move what runs."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.kernel import events, zones
from dayline.kernel.clock import Clock, transaction_now
from dayline.kernel.database import Scope, Sessions, enter_workspace, scope_of
from dayline.people.compiling import MemberCalendar
from dayline.people.queries import member_calendars
from dayline.timers.events import Instants, TimerMoved, audience_of
from dayline.timers.holding import hold, rewrite
from dayline.timers.models import Timer
from dayline.timers.reckoning import Reckoning, reckon_again
from dayline.timers.schemas import timer_document

_OLD = text("SELECT workspace_id FROM workspaces_with_old_zones(:version)")


async def follow_calendars(session: AsyncSession, member_ids: Collection[UUID]) -> None:
    """The working time of these members changed: move what they are asked.

    What is paused moves when it is resumed; what has breached, or keeps a promise, does not move.
    """
    await _move(session, col(Timer.recipient_id).in_(member_ids))


async def follow_zones(session: AsyncSession) -> int:
    """Move what was computed with other zone data; return how many timers were looked at."""
    held = await _move(session, col(Timer.tz_version) != zones.VERSION)
    await session.execute(
        update(Timer)
        .where(
            col(Timer.workspace_id) == scope_of(session).workspace_id,
            _running(),
            col(Timer.tz_version) != zones.VERSION,
        )
        .values(tz_version=zones.VERSION),
        execution_options={"synchronize_session": False},
    )
    return len(held)


async def follow_zones_everywhere(sessions: Sessions, clock: Clock) -> int:
    """The same in every workspace that has such timers, each in a transaction of its own.

    Nothing is done where nothing is old, so that it may run at every start.
    """
    async with sessions() as session, session.begin():
        now = await transaction_now(session, clock)
        old = (await session.scalars(_OLD, {"version": zones.VERSION})).all()
    moved = 0
    for workspace_id in old:
        async with sessions() as session, session.begin():
            await enter_workspace(session, Scope(workspace_id, now, None))
            moved += await follow_zones(session)
    return moved


async def _move(session: AsyncSession, which: ColumnElement[bool]) -> list[Timer]:
    scope = scope_of(session)
    later = or_(col(Timer.due_at).is_(None), col(Timer.due_at) > scope.now)
    held = await hold(session, _running() & col(Timer.follows).is_(None) & later & which)
    if not held:
        return held
    recipients = {timer.recipient_id for timer in held}
    calendars = await member_calendars(session, scope.workspace_id, recipients)
    await _rewrite(session, _moves(held, calendars))
    return held


def _running() -> ColumnElement[bool]:
    return (
        col(Timer.ended_at).is_(None)
        & col(Timer.breached_at).is_(None)
        & col(Timer.paused_at).is_(None)
    )


def _moves(
    held: Sequence[Timer], calendars: Mapping[UUID, MemberCalendar]
) -> list[tuple[Timer, Reckoning]]:
    reckoned = [
        (timer, reckon_again(timer, calendars[timer.recipient_id], timer.pauses)) for timer in held
    ]
    return [(timer, new) for timer, new in reckoned if new.moves(timer)]


async def _rewrite(session: AsyncSession, moves: Sequence[tuple[Timer, Reckoning]]) -> None:
    if not moves:
        return
    old = [Instants.model_validate(timer) for timer, _ in moves]
    await rewrite(session, [_row(timer, new) for timer, new in moves])
    for (timer, _), before in zip(moves, old, strict=True):
        after = Instants.model_validate(timer)
        moved = TimerMoved(timer=timer_document(timer), old=before, new=after)
        events.record(session, moved, audience_of(timer))


def _row(timer: Timer, new: Reckoning) -> dict[str, Any]:
    same = {"id": timer.id, "pauses": timer.pauses, "paused_s": timer.paused_s}
    return {**same, **new.columns()}
