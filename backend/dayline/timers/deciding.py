"""Timers of decisions: input is asked until a deadline, then the outcome is asked.

The input deadline is the same for everyone, so no calendar moves it. Only input or an outcome
ends these timers. A message in the decision's topic does not.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.agreements.queries import agreement_at
from dayline.calendars.queries import member_calendars
from dayline.core.agreement import ClauseKind
from dayline.kernel.db import events
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.prepared import fresh, store
from dayline.timers.due import compute_due_if_any, compute_until, warn_anew
from dayline.timers.events import (
    Instants,
    TimerCancelled,
    TimerMoved,
    TimerResponded,
    TimerStarted,
    audience_of,
)
from dayline.timers.finalizing import finalize_due
from dayline.timers.locking import change, lock_timers, record_events, rewrite
from dayline.timers.models import CancelReason, EndReason, Timer
from dayline.timers.schemas import timer_document
from dayline.timers.starting import Ask, Pinned, pin


async def ask_for_input(
    session: AsyncSession,
    ask: Ask,
    author_id: UUID,
    recipient_ids: Collection[UUID],
    due_at: datetime,
) -> list[Timer]:
    """Start a timer for each stakeholder, from now until the deadline.

    The caller must have locked the stakeholders.
    """
    scope = scope_of(session)
    agreement = await agreement_at(session, scope.workspace_id, scope.now)
    terms = pin(agreement, ask.kind)
    calendars = await member_calendars(session, scope.workspace_id, recipient_ids)
    timers = []
    for recipient_id in sorted(recipient_ids):
        allowance_s, instants = compute_until(
            calendars[recipient_id], scope.now, due_at, terms.warn_share
        )
        counted = {"sent_at": scope.now, "allowance_s": allowance_s, "is_fixed": True}
        people = {"author_id": author_id, "recipient_id": recipient_id}
        timers.append(_timer(session, ask, terms, **people, **counted, **instants.columns()))
    await store(session, timers)
    record_events(session, timers, TimerStarted)
    return timers


async def ask_decider(
    session: AsyncSession, ask: Ask, author_id: UUID, decider_id: UUID, since: datetime
) -> None:
    """Start the timer of the outcome, counted from `since` in the decider's working time.

    The caller must have locked the decider. `due_at` is null if the decider has too little
    working time within five years.
    """
    scope = scope_of(session)
    agreement = await agreement_at(session, scope.workspace_id, since)
    terms = pin(agreement, ask.kind)
    calendars = await member_calendars(session, scope.workspace_id, [decider_id])
    instants = compute_due_if_any(calendars[decider_id], since, terms)
    people = {"author_id": author_id, "recipient_id": decider_id}
    counted = {"sent_at": since, "allowance_s": terms.allowance_s}
    timer = _timer(session, ask, terms, **people, **counted, **instants.columns())
    await store(session, [timer])
    record_events(session, [timer], TimerStarted)


def _timer(session: AsyncSession, ask: Ask, terms: Pinned, **values: Any) -> Timer:
    return fresh(
        Timer,
        workspace_id=scope_of(session).workspace_id,
        message_id=ask.message_id,
        topic_id=ask.topic_id,
        project_id=ask.project_id,
        kind=ask.kind,
        agreement_version=terms.agreement_version,
        warn_share=terms.warn_share,
        first_check_minutes=terms.first_check_minutes,
        **values,
    )


async def answered(
    session: AsyncSession, message_id: UUID, member_id: UUID, kind: ClauseKind
) -> None:
    """Record that a member gave what a decision asked, in time or late.

    A second call changes nothing.
    """
    now = scope_of(session).now
    held = await lock_timers(
        session, _open(message_id, kind) & (col(Timer.recipient_id) == member_id)
    )
    await finalize_due(session, held)
    values = {"first_response_at": now, "ended_at": now, "end_reason": EndReason.RESPONDED}
    await change(session, held, TimerResponded, **values)


async def move_deadline(session: AsyncSession, message_id: UUID, due_at: datetime) -> None:
    """Move the due instant of the open input timers to `due_at`.

    The caller must have locked the recipients' calendars.
    """
    scope = scope_of(session)
    held = await lock_timers(session, _open(message_id, ClauseKind.DECISION_INPUT))
    if not held:
        return
    recipients = {timer.recipient_id for timer in held}
    calendars = await member_calendars(session, scope.workspace_id, recipients)
    old = {timer.id: _instants(timer) for timer in held}
    rows = [
        {
            "id": timer.id,
            **warn_anew(timer, calendars[timer.recipient_id], due_at, scope.now).columns(),
            "pauses": timer.pauses,
            "paused_s": timer.paused_s,
        }
        for timer in held
    ]
    await rewrite(session, rows)
    for timer in held:
        moved = TimerMoved(timer=timer_document(timer), old=old[timer.id], new=_instants(timer))
        events.record(session, moved, audience_of(timer))


async def cancel_decider_timer(session: AsyncSession, message_id: UUID) -> None:
    """Cancel the open timer of the outcome, because another member became the decider."""
    held = await lock_timers(session, _open(message_id, ClauseKind.DECISION_OUTCOME))
    await finalize_due(session, held)
    values = {
        "ended_at": scope_of(session).now,
        "end_reason": EndReason.CANCELLED,
        "cancel_reason": CancelReason.EDITED,
    }
    await change(session, held, TimerCancelled, **values)


def _instants(timer: Timer) -> Instants:
    return Instants(first_check_at=timer.first_check_at, warn_at=timer.warn_at, due_at=timer.due_at)


def _open(message_id: UUID, kind: ClauseKind) -> ColumnElement[bool]:
    return (
        (col(Timer.message_id) == message_id)
        & (col(Timer.kind) == kind)
        & col(Timer.ended_at).is_(None)
    )
