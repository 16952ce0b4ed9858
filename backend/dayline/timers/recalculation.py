"""Recomputing running timers after hours, time off, a holiday or the zone data changed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import ColumnElement, Table, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.calendars.compiling import MemberCalendar
from dayline.calendars.queries import member_calendars
from dayline.core.agreement import ClauseKind
from dayline.kernel.db import events
from dayline.kernel.db.clock import Clock, transaction_now
from dayline.kernel.db.database import Scope, Sessions, enter_workspace, scope_of
from dayline.kernel.db.each import in_each
from dayline.kernel.text import zones
from dayline.timers.documents import document_of
from dayline.timers.due import DueInstants, recompute_due, warn_anew
from dayline.timers.escalating import look_again_for
from dayline.timers.events import Instants, TimerMoved, audience_of
from dayline.timers.models import Timer

_TIMERS: Table = Timer.__table__  # type: ignore[attr-defined]
_OLD = text("SELECT workspace_id FROM workspaces_with_old_zones(:version)")


async def follow_calendars(session: AsyncSession, member_ids: Collection[UUID]) -> None:
    """Recompute the timers of these members, because their working time changed.

    Paused timers follow when they are resumed. Breached timers and promises don't move. For input
    to a decision only the warning moves. The steps that go to these members are worked out again.
    """
    await _move(session, col(Timer.recipient_id).in_(member_ids))
    await look_again_for(session, member_ids)


async def follow_zones(session: AsyncSession) -> int:
    """Recompute timers that used other zone data. Return how many were checked."""
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
    """Do the same in every workspace with such timers, each in its own transaction.

    Does nothing if no timer is outdated, so it can run at every start.
    """
    async with sessions() as session, session.begin():
        now = await transaction_now(session, clock)
        old = (await session.scalars(_OLD, {"version": zones.VERSION})).all()
    return await in_each(old, lambda id_: _follow_zones_in(sessions, Scope(id_, now, None)))


async def _follow_zones_in(sessions: Sessions, scope: Scope) -> int:
    async with sessions() as session, session.begin():
        await enter_workspace(session, scope)
        return await follow_zones(session)


async def _move(session: AsyncSession, which: ColumnElement[bool]) -> Sequence[Timer]:
    scope = scope_of(session)
    later = or_(col(Timer.due_at).is_(None), col(Timer.due_at) > scope.now)
    held = await _lock(session, _running() & _follows() & later & which)
    if not held:
        return held
    recipients = {timer.recipient_id for timer in held}
    calendars = await member_calendars(session, scope.workspace_id, recipients)
    await _rewrite(session, _moves(held, calendars, scope.now))
    return held


async def _lock(session: AsyncSession, which: ColumnElement[bool]) -> Sequence[Timer]:
    """Lock these timers and return plain rows: for thousands, objects would cost too much."""
    statement = (
        select(*_TIMERS.c)
        .where(col(Timer.workspace_id) == scope_of(session).workspace_id, which)
        .order_by(col(Timer.id))
        .with_for_update(key_share=True)
    )
    return cast(Sequence[Timer], (await session.execute(statement)).all())


def _running() -> ColumnElement[bool]:
    return (
        col(Timer.ended_at).is_(None)
        & col(Timer.breached_at).is_(None)
        & col(Timer.paused_at).is_(None)
    )


def _follows() -> ColumnElement[bool]:
    """Select the timers that calendars move. For input to a decision only the warning moves."""
    return or_(col(Timer.is_fixed).is_(False), col(Timer.kind) == ClauseKind.DECISION_INPUT)


def _moves(
    held: Sequence[Timer], calendars: Mapping[UUID, MemberCalendar], now: datetime
) -> list[tuple[Timer, DueInstants]]:
    instants = [(timer, _anew(timer, calendars[timer.recipient_id], now)) for timer in held]
    return [(timer, new) for timer, new in instants if new.moves(timer)]


def _anew(timer: Timer, calendar: MemberCalendar, now: datetime) -> DueInstants:
    if timer.is_fixed and timer.due_at is not None:
        return warn_anew(timer, calendar, timer.due_at, now)
    return recompute_due(timer, calendar, timer.pauses)


async def _rewrite(session: AsyncSession, moves: Sequence[tuple[Timer, DueInstants]]) -> None:
    rows = to_json([_row(timer, new) for timer, new in moves]).decode()
    here = {"workspace_id": scope_of(session).workspace_id}
    for moved in await session.execute(_MOVE, here | {"rows": rows}):
        events.record_written(session, TimerMoved, moved.data, audience_of(moved))


def _row(timer: Timer, new: DueInstants) -> dict[str, Any]:
    old_instants = {name: getattr(timer, name) for name in Instants.model_fields}
    new_instants = {name: getattr(new, name) for name in Instants.model_fields}
    return {"id": timer.id, **new.columns(), "old": old_instants, "new": new_instants}


_MOVE = text(
    f"""
    WITH moved AS (
        UPDATE timers AS t SET first_check_at = new.first_check_at, warn_at = new.warn_at,
            due_at = new.due_at, counted = new.counted, local = new.local, zone = new.zone,
            tz_version = new.tz_version, rev = t.rev + 1
        FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS new (
            id uuid, first_check_at timestamptz, warn_at timestamptz, due_at timestamptz,
            counted jsonb, local jsonb, zone text, tz_version text, old jsonb, new jsonb
        )
        WHERE t.workspace_id = :workspace_id AND t.id = new.id
        RETURNING t.*, new.old, new.new
    )
    SELECT project_id, topic_id, author_id, kind, CAST(
        jsonb_build_object('timer', {document_of("moved")}, 'old', old, 'new', new) AS text
    ) AS data
    FROM moved ORDER BY id
    """  # noqa: S608 -- SQL of this code
)
