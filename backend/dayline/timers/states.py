"""The state of a timer, by one rule for Python objects, list filters and SQL documents."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlmodel import col

from dayline.timers.models import EndReason, Timer

REOPENABLE_FOR = timedelta(minutes=10)
"""How long after an answer its author can reopen what it answered."""


class TimerState(StrEnum):
    """Whether a timer is running, paused, overdue or ended."""

    OPEN = "open"  # the clock runs
    PAUSED = "paused"
    BREACHED = "breached"  # the due instant passed without an answer
    RESPONDED = "responded"
    ACKNOWLEDGED = "acknowledged"
    CANCELLED = "cancelled"


class TimerFilter(StrEnum):
    """Which timers to list. `waiting` and `ended` stand for several states each."""

    OPEN = "open"
    PAUSED = "paused"
    BREACHED = "breached"
    RESPONDED = "responded"
    ACKNOWLEDGED = "acknowledged"
    CANCELLED = "cancelled"
    WAITING = "waiting"  # open, paused or breached: an answer is still expected
    ENDED = "ended"  # responded, acknowledged or cancelled


def state_of(timer: Timer) -> TimerState:
    """Return the current state of a timer."""
    if timer.end_reason is not None:
        return TimerState(timer.end_reason.value)
    if timer.breached_at is not None:
        return TimerState.BREACHED
    return TimerState.OPEN if timer.paused_at is None else TimerState.PAUSED


def reopenable_until(timer: Timer) -> datetime | None:
    """Return until when the author of the answer can reopen a timer. None if nobody answered."""
    answered_at = timer.first_response_at
    return None if answered_at is None else answered_at + REOPENABLE_FOR


_OPEN = col(Timer.ended_at).is_(None)
_NOT_BREACHED = col(Timer.breached_at).is_(None)
IN_STATE: dict[TimerFilter, ColumnElement[bool]] = {
    TimerFilter.OPEN: _OPEN & _NOT_BREACHED & col(Timer.paused_at).is_(None),
    TimerFilter.PAUSED: _OPEN & _NOT_BREACHED & col(Timer.paused_at).is_not(None),
    TimerFilter.BREACHED: _OPEN & col(Timer.breached_at).is_not(None),
    TimerFilter.WAITING: _OPEN,
    TimerFilter.ENDED: col(Timer.ended_at).is_not(None),
    TimerFilter.RESPONDED: col(Timer.end_reason) == EndReason.RESPONDED,
    TimerFilter.ACKNOWLEDGED: col(Timer.end_reason) == EndReason.ACKNOWLEDGED,
    TimerFilter.CANCELLED: col(Timer.end_reason) == EndReason.CANCELLED,
}
"""The SQL condition of each filter."""


def state_sql(row: str) -> str:
    """Return a SQL expression that computes `state_of` from the columns of `row`."""
    return f"""CASE
        WHEN {row}.end_reason IS NOT NULL THEN {row}.end_reason
        WHEN {row}.breached_at IS NOT NULL THEN '{TimerState.BREACHED}'
        WHEN {row}.paused_at IS NOT NULL THEN '{TimerState.PAUSED}'
        ELSE '{TimerState.OPEN}'
    END"""
