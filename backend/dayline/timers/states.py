"""Where a timer stands: one rule, for a row in Python, for lists, and for documents in SQL."""

from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlmodel import col

from dayline.timers.models import EndReason, Timer


class TimerState(StrEnum):
    """Where a timer stands."""

    OPEN = "open"  # it runs
    PAUSED = "paused"
    BREACHED = "breached"  # its instant passed, and no answer came yet
    RESPONDED = "responded"
    ACKNOWLEDGED = "acknowledged"
    CANCELLED = "cancelled"


class TimerFilter(StrEnum):
    """Which timers a list shows: those of one state, or of several."""

    OPEN = "open"
    PAUSED = "paused"
    BREACHED = "breached"
    RESPONDED = "responded"
    ACKNOWLEDGED = "acknowledged"
    CANCELLED = "cancelled"
    WAITING = "waiting"  # open, paused or breached: an answer is still wanted
    ENDED = "ended"  # responded, acknowledged or cancelled


def state_of(timer: Timer) -> TimerState:
    """Where a timer stands."""
    if timer.end_reason is not None:
        return TimerState(timer.end_reason.value)
    if timer.breached_at is not None:
        return TimerState.BREACHED
    return TimerState.OPEN if timer.paused_at is None else TimerState.PAUSED


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
"""The timers of each filter, for a list."""


def state_sql(row: str) -> str:
    """What `state_of` says of the timer in the columns of `row`, as an expression of SQL."""
    return f"""CASE
        WHEN {row}.end_reason IS NOT NULL THEN {row}.end_reason
        WHEN {row}.breached_at IS NOT NULL THEN '{TimerState.BREACHED}'
        WHEN {row}.paused_at IS NOT NULL THEN '{TimerState.PAUSED}'
        ELSE '{TimerState.OPEN}'
    END"""
