"""Acknowledging, pausing and resuming a timer, at a member's request."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from dayline.calendars.locking import lock_calendars, lock_people
from dayline.calendars.queries import member_calendars
from dayline.calendars.wall_time import instant_of_wall
from dayline.conversations.models import Topic
from dayline.core.agreement import ClauseKind
from dayline.core.ahead import refusal_of_instant
from dayline.identity.caller import Caller
from dayline.kernel.errors import Invalid
from dayline.timers.due import compute_until
from dayline.timers.events import TimerAcknowledged, TimerPaused, TimerStarted
from dayline.timers.finalizing import resume
from dayline.timers.locking import change, lock_timers, record_events
from dayline.timers.models import EndReason, Timer
from dayline.timers.problems import (
    InputNeeded,
    NotYourTimer,
    RecipientOnly,
    TimerEnded,
    TimerIsBreached,
)
from dayline.timers.queries import get_timer
from dayline.timers.schemas import AcknowledgementIn
from dayline.timers.states import state_of

_SAME = (
    "message_id",
    "topic_id",
    "project_id",
    "recipient_id",
    "covers",
    "author_id",
    "kind",
    "urgent",
    "agreement_version",
    "warn_share",
    "first_check_minutes",
    "escalation",
    "first_timer_id",
    "handed_over",
)
"""The columns that the timer of a promise copies from the timer that it follows."""


async def promised_instant(caller: Caller, promise: AcknowledgementIn) -> datetime:
    """Return the instant of a promise. Raises Invalid if the local date doesn't exist."""
    if promise.promised_at is not None:
        return promise.promised_at
    return await instant_of_wall(caller, "promised_local", promise.promised_local or "")


async def acknowledge(caller: Caller, timer_id: UUID, promised_at: datetime) -> Timer:
    """Promise an answer: this timer ends, and a new one runs until the promise.

    Repeating the same promise changes nothing. Raises NotFound, RecipientOnly, Invalid,
    InputNeeded, TimerEnded, TimerIsBreached.
    """
    seen = await get_timer(caller, timer_id)
    if seen.recipient_id != caller.member_id:
        raise RecipientOnly
    await _lock_topic(caller, seen.topic_id)
    await lock_people(caller.session, [caller.member_id])
    (timer,) = await lock_timers(caller.session, col(Timer.id) == timer_id)
    if timer.promised_at == promised_at:
        return timer
    _check_promise(caller, promised_at)
    _check_runs(caller, timer)
    await resume(caller.session, [timer] if timer.paused_at is not None else [])
    await change(
        caller.session,
        [timer],
        TimerAcknowledged,
        acknowledged_at=caller.now,
        promised_at=promised_at,
        ended_at=caller.now,
        end_reason=EndReason.ACKNOWLEDGED,
    )
    await _run_to(caller, timer, promised_at)
    return timer


async def _lock_topic(caller: Caller, topic_id: UUID) -> None:
    """Lock the topic, so that resolving it waits and also cancels the timer of the promise."""
    await caller.session.execute(
        select(col(Topic.id))
        .where(col(Topic.workspace_id) == caller.workspace_id, col(Topic.id) == topic_id)
        .with_for_update(key_share=True)
    )


def _check_promise(caller: Caller, promised_at: datetime) -> None:
    if (reason := refusal_of_instant(promised_at, caller.now)) is not None:
        raise Invalid.field("promised_at", reason)


def _check_runs(caller: Caller, timer: Timer) -> None:
    if timer.kind is ClauseKind.DECISION_INPUT:
        raise InputNeeded
    if timer.ended_at is not None:
        raise TimerEnded(state=state_of(timer).value)
    is_over = timer.due_at is not None and timer.due_at <= caller.now
    if timer.breached_at is not None or (timer.paused_at is None and is_over):
        raise TimerIsBreached(due_at=timer.due_at and timer.due_at.isoformat())


async def _run_to(caller: Caller, kept: Timer, promised_at: datetime) -> None:
    """Start the timer of a promise. It is due at `promised_at`, and calendars don't move it."""
    ids = [kept.recipient_id]
    calendar = (await member_calendars(caller.session, caller.workspace_id, ids))[ids[0]]
    allowance_s, instants = compute_until(calendar, caller.now, promised_at, kept.warn_share)
    timer = Timer(
        workspace_id=caller.workspace_id,
        **{name: getattr(kept, name) for name in _SAME},
        allowance_s=allowance_s,
        sent_at=caller.now,
        follows=kept.id,
        is_fixed=True,
        **instants.columns(),
    )
    caller.session.add(timer)
    await caller.session.flush()
    record_events(caller.session, [timer], TimerStarted)


async def pause(caller: Caller, timer_id: UUID, reason: str) -> Timer:
    """Pause a timer. Pausing it again only changes the reason.

    Raises NotFound, NotYourTimer, InputNeeded, TimerEnded, TimerIsBreached.
    """
    timer = await _lock_timer(caller, timer_id)
    _check_runs(caller, timer)
    since = timer.paused_at or caller.now
    if timer.pause_reason != reason:
        await change(caller.session, [timer], TimerPaused, paused_at=since, pause_reason=reason)
    return timer


async def resume_timer(caller: Caller, timer_id: UUID) -> Timer:
    """Resume a timer. Does nothing if it isn't paused. Raises NotFound, NotYourTimer."""
    timer = await _lock_timer(caller, timer_id)
    if timer.paused_at is not None:
        await resume(caller.session, [timer])
    return timer


async def _lock_timer(caller: Caller, timer_id: UUID) -> Timer:
    seen = await get_timer(caller, timer_id)
    if caller.member_id not in {seen.recipient_id, seen.author_id} and not caller.acts_as_admin:
        raise NotYourTimer
    await lock_calendars(caller.session, [seen.recipient_id])
    (timer,) = await lock_timers(caller.session, col(Timer.id) == timer_id)
    return timer
