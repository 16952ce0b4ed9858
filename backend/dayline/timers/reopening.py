"""Letting a timer run again as if it had not been answered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from dayline.calendars.queries import member_calendars
from dayline.core.worktime import epoch
from dayline.kernel.db.database import scope_of
from dayline.timers.due import recompute_due, shift
from dayline.timers.events import TimerReopened
from dayline.timers.finalizing import breach
from dayline.timers.locking import change
from dayline.timers.models import Timer

_UNANSWERED = {
    "first_response_at": None,
    "answer_id": None,
    "ended_at": None,
    "end_reason": None,
    "cancel_reason": None,
}


async def run_again(session: AsyncSession, timer: Timer) -> None:
    """Let a timer go on that an answer ended. One that is overdue by now breaches.

    A pause that the answer ended goes on too. When the next step of its escalation comes is worked
    out again. The caller must have locked the timer and the recipient's calendar.
    """
    went_on = {} if timer.breached_at is not None else await _without_answer(session, timer)
    if timer.escalates_at is not None:
        went_on["escalates_at"] = scope_of(session).now
    await change(session, [timer], TimerReopened, **_UNANSWERED, **went_on)
    runs = timer.breached_at is None and timer.paused_at is None
    if runs and timer.due_at is not None and timer.due_at <= scope_of(session).now:
        await breach(session, [timer])


async def _without_answer(session: AsyncSession, timer: Timer) -> dict[str, Any]:
    """Return the instants and pauses of a timer as they would be without its answer."""
    last = timer.pauses[-1] if timer.pauses else None
    if last is None or datetime.fromisoformat(last["to"]) != timer.ended_at:
        return {} if timer.is_fixed else await _instants(session, timer, timer.pauses)
    since, until = (datetime.fromisoformat(last[name]) for name in ("from", "to"))
    pauses = timer.pauses[:-1]
    earlier = shift(timer, by=(until, since)).columns() if timer.is_fixed else None
    return {
        **(earlier or await _instants(session, timer, pauses)),
        "pauses": pauses,
        "paused_s": timer.paused_s - (epoch(until) - epoch(since)),
        "paused_at": since,
        "pause_reason": last["reason"],
    }


async def _instants(
    session: AsyncSession, timer: Timer, pauses: Sequence[dict[str, str]]
) -> dict[str, Any]:
    ids = [timer.recipient_id]
    calendars = await member_calendars(session, scope_of(session).workspace_id, ids)
    return recompute_due(timer, calendars[timer.recipient_id], pauses).columns()
