"""Bringing timers up to date before they end: pauses end, and overdue timers are breached.

So the events are the same whether or not the sweep ran between the due instant and the end.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case, literal
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.calendars.compiling import MemberCalendar
from dayline.calendars.queries import member_calendars
from dayline.core.worktime import epoch
from dayline.kernel.db.database import scope_of
from dayline.timers.due import recompute_due, shift
from dayline.timers.events import TimerBreached, TimerResumed
from dayline.timers.locking import change, record_events, rewrite
from dayline.timers.models import Timer


async def finalize_due(session: AsyncSession, held: Sequence[Timer]) -> None:
    """Resume the paused timers and breach the overdue ones. The caller must have locked them."""
    now = scope_of(session).now
    await resume(session, [timer for timer in held if timer.paused_at is not None])
    await breach(session, [timer for timer in held if is_overdue(timer, now)])


async def breach(session: AsyncSession, held: Sequence[Timer]) -> None:
    """Record that these timers breached at their due instants, and that their next step is due."""
    due_at = col(Timer.due_at)
    steps_follow = case((col(Timer.escalation) != literal([], JSONB), due_at))
    await change(session, held, TimerBreached, breached_at=due_at, escalates_at=steps_follow)


def is_overdue(timer: Timer, now: datetime) -> bool:
    """Whether the due instant has passed and the breach is not recorded yet."""
    return timer.breached_at is None and timer.due_at is not None and timer.due_at < now


async def resume(session: AsyncSession, paused: Sequence[Timer]) -> None:
    """Resume these paused timers, and recompute their instants from the current calendars."""
    if not paused:
        return
    now = scope_of(session).now
    recipients = {timer.recipient_id for timer in paused}
    calendars = await member_calendars(session, scope_of(session).workspace_id, recipients)
    await rewrite(
        session, [{"id": timer.id, **_resumed(timer, calendars, now)} for timer in paused]
    )
    record_events(session, paused, TimerResumed)


def _resumed(
    timer: Timer, calendars: Mapping[UUID, MemberCalendar], now: datetime
) -> dict[str, Any]:
    since = timer.paused_at or now
    pause = {"from": since.isoformat(), "to": now.isoformat(), "reason": timer.pause_reason}
    pauses = [*timer.pauses, pause]
    if timer.is_fixed:
        instants = shift(timer, by=(since, now))
    else:
        instants = recompute_due(timer, calendars[timer.recipient_id], pauses)
    paused_s = timer.paused_s + epoch(now) - epoch(since)
    return {**instants.columns(), "pauses": pauses, "paused_s": paused_s}
