"""Starting, answering and cancelling the timers of messages."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, any_, bindparam, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.agreements.queries import Agreement, ClauseKind, agreement_at
from dayline.calendars.compiling import MemberCalendar
from dayline.calendars.queries import member_calendars
from dayline.core.worktime import NoWorkingTime
from dayline.identity.caller import Caller
from dayline.identity.reading import ViewerParams
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.prepared import Prepared, fresh, store
from dayline.kernel.errors import FieldError, Invalid
from dayline.members.models import Member
from dayline.timers.due import DueInstants, compute_due
from dayline.timers.events import TimerCancelled, TimerResponded, TimerStarted
from dayline.timers.finalizing import finalize_due
from dayline.timers.locking import change, lock_timers, record_events
from dayline.timers.models import CancelReason, EndReason, Timer


@dataclass(frozen=True, slots=True)
class Ask:
    """A message that asks. `project_id` is None in direct topics."""

    message_id: UUID
    topic_id: UUID
    project_id: UUID | None
    kind: ClauseKind
    urgent: bool


@dataclass(frozen=True, slots=True)
class Recipient:
    """A member who is asked by a message. `field` is the field of the request that names them.

    `covers` lists the named members on leave that this recipient stands in for.
    """

    id: UUID
    name: str
    field: str
    covers: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Pinned:
    """The terms that a timer copies from the agreement in force when its message is sent."""

    agreement_version: int
    allowance_s: int
    warn_share: int
    first_check_minutes: int


async def start(caller: Caller, ask: Ask, recipients: Sequence[Recipient]) -> list[Timer]:
    """Start a timer for each recipient at the caller's `now`.

    The caller must have locked the recipients (`lock_people`). Raises Invalid, with an error for
    each recipient who has no working time.
    """
    if not recipients:
        return []
    agreement = await agreement_at(caller.session, caller.workspace_id, caller.now)
    terms = pin(agreement, ClauseKind.URGENT if ask.urgent else ask.kind)
    ids = [recipient.id for recipient in recipients]
    calendars = await member_calendars(caller.session, caller.workspace_id, ids)
    instants = _reckoned(caller, terms, recipients, calendars)
    timers = [_timer(caller, ask, terms, each, instants[each.id]) for each in recipients]
    await store(caller.session, timers)
    record_events(caller.session, timers, TimerStarted)
    return timers


def pin(agreement: Agreement, kind: ClauseKind) -> Pinned:
    """Return the terms that a timer of this kind copies from an agreement."""
    return Pinned(
        agreement_version=agreement.version,
        allowance_s=agreement.clause(kind).allowance_s,
        warn_share=agreement.warn_share,
        first_check_minutes=agreement.first_check_minutes,
    )


def _reckoned(
    caller: Caller,
    terms: Pinned,
    recipients: Iterable[Recipient],
    calendars: dict[UUID, MemberCalendar],
) -> dict[UUID, DueInstants]:
    found: dict[UUID, DueInstants] = {}
    refused: list[FieldError] = []
    for recipient in recipients:
        try:
            found[recipient.id] = compute_due(calendars[recipient.id], caller.now, terms)
        except NoWorkingTime:
            reason = f"{recipient.name} has too little working time in the next five years"
            refused.append(FieldError(field=recipient.field, reason=reason))
    if refused:
        raise Invalid(errors=refused)
    return found


def _timer(
    caller: Caller, ask: Ask, terms: Pinned, recipient: Recipient, instants: DueInstants
) -> Timer:
    return fresh(
        Timer,
        workspace_id=caller.workspace_id,
        message_id=ask.message_id,
        topic_id=ask.topic_id,
        project_id=ask.project_id,
        recipient_id=recipient.id,
        covers=list(recipient.covers),
        author_id=caller.member_id,
        kind=ask.kind,
        urgent=ask.urgent,
        agreement_version=terms.agreement_version,
        allowance_s=terms.allowance_s,
        warn_share=terms.warn_share,
        first_check_minutes=terms.first_check_minutes,
        sent_at=caller.now,
        **instants.columns(),
    )


async def respond(caller: Caller, topic_id: UUID) -> None:
    """Record that the caller answered, in time or late, everything they were asked in this topic.

    This includes questions to stand-ins who cover for the caller.
    """
    if not await _owed(caller, topic_id):
        return
    theirs = col(Timer.recipient_id) == caller.member_id
    covered = literal(caller.member_id) == any_(col(Timer.covers))
    asked = (col(Timer.topic_id) == topic_id) & (theirs | covered)
    values = {
        "first_response_at": caller.now,
        "ended_at": caller.now,
        "end_reason": EndReason.RESPONDED,
    }
    held = await lock_timers(caller.session, _open() & _by_messages() & asked)
    await finalize_due(caller.session, held)
    await change(caller.session, held, TimerResponded, **values)


async def _owed(caller: Caller, topic_id: UUID) -> bool:
    """Whether the caller has an open timer in the topic. Cheap, as most messages answer nothing."""
    ids = {"workspace_id": caller.workspace_id, "member_id": caller.member_id}
    return bool(await OWED.run(caller.session, **ids, topic_id=topic_id))


async def cancel_in_topics(session: AsyncSession, topic_ids: Collection[UUID]) -> None:
    """Cancel the open timers of these topics, because the topics were resolved."""
    await _cancel(session, col(Timer.topic_id).in_(topic_ids), CancelReason.RESOLVED)


async def cancel_of_message(session: AsyncSession, message_id: UUID) -> None:
    """Cancel the open timers of a message, because it was withdrawn."""
    await _cancel(session, col(Timer.message_id) == message_id, CancelReason.WITHDRAWN)


async def cancel_asks(
    session: AsyncSession, message_id: UUID, recipient_ids: Collection[UUID]
) -> None:
    """Cancel the timers of these recipients, because an edited message no longer asks them."""
    if recipient_ids:
        these = col(Timer.recipient_id).in_(recipient_ids)
        await _cancel(session, (col(Timer.message_id) == message_id) & these, CancelReason.EDITED)


async def cancel_timers_of_departed(session: AsyncSession, member: Member) -> None:
    """Cancel what a member was asked, if they lost access or became a guest.

    The caller must have locked the member.
    """
    if not member.is_teammate:
        theirs = col(Timer.recipient_id) == member.id
        await _cancel(session, theirs, CancelReason.RECIPIENT_LEFT)


async def _cancel(session: AsyncSession, which: ColumnElement[bool], reason: CancelReason) -> None:
    held = await lock_timers(session, _open() & which)
    await finalize_due(session, held)
    now = scope_of(session).now
    values = {"ended_at": now, "end_reason": EndReason.CANCELLED, "cancel_reason": reason}
    await change(session, held, TimerCancelled, **values)


def _open() -> ColumnElement[bool]:
    return col(Timer.ended_at).is_(None)


def _by_messages() -> ColumnElement[bool]:
    """Select the timers that a message answers. Decisions record their own answers."""
    kind = col(Timer.kind)
    return (kind != ClauseKind.DECISION_INPUT) & (kind != ClauseKind.DECISION_OUTCOME)


OWED = Prepared(
    select(col(Timer.id))
    .where(
        col(Timer.workspace_id) == ViewerParams.workspace_id,
        (col(Timer.recipient_id) == ViewerParams.member_id)
        | (ViewerParams.member_id == any_(col(Timer.covers))),
        col(Timer.topic_id) == bindparam("topic_id", type_=Uuid),
        _open(),
        _by_messages(),
    )
    .limit(1)
)
"""Runs for every message, so it must be fast however many other members are asked there."""
