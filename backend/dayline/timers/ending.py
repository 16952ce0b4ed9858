"""What ends timers: a response, a resolved topic, a withdrawn message, a member who left."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, any_, bindparam, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.core.agreement import ClauseKind
from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.identity.reading import ViewerParams
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.prepared import Prepared
from dayline.kernel.errors import FieldError, Invalid
from dayline.members.models import Member
from dayline.timers.escalating import look_again_for
from dayline.timers.events import TimerCancelled, TimerResponded
from dayline.timers.finalizing import finalize_due
from dayline.timers.locking import change, lock_timers
from dayline.timers.models import OF_DECISIONS, CancelReason, EndReason, Timer


async def is_answer(caller: Caller, topic_id: UUID, named: Sequence[UUID] | None) -> bool:
    """Whether a message of the caller in the topic answers the timers it names, or any if None.

    Cheap, as most messages answer nothing. While the topic is locked, no ask begins in it.
    """
    if named is not None:
        return bool(named)
    ids = {"workspace_id": caller.workspace_id, "member_id": caller.member_id}
    return bool(await OPEN_TIMER.run(caller.session, **ids, topic_id=topic_id))


async def respond(
    caller: Caller,
    topic_id: UUID,
    answer_id: UUID,
    named: Sequence[UUID] | None,
    *,
    only_open: bool = False,
) -> list[Timer]:
    """Record that the caller's message answers these timers, in time or late. Returns them.

    If `named` is None, it answers all that the caller was asked in the topic, also through
    stand-ins. Where an ask was handed over, it ends the timers of all who share the ask. Raises
    Invalid with an error for each one that isn't an open ask of the caller here, or leaves those
    out if `only_open` is true.
    """
    asked = _open() & _by_messages() & _asks_caller(caller, topic_id)
    if named is not None:
        asked &= col(Timer.id).in_(named)
    here = _open() & (col(Timer.topic_id) == topic_id)
    held = await lock_timers(caller.session, here & _of_same_asks(caller.session, asked))
    theirs = {timer.id for timer in held if caller.member_id in {timer.recipient_id, *timer.covers}}
    answered = theirs if named is None else theirs.intersection(named)
    if named is not None and not only_open:
        await _refuse_others(caller, topic_id, named, answered)
    values = {
        "first_response_at": caller.now,
        "answer_id": answer_id,
        "ended_at": caller.now,
        "end_reason": EndReason.RESPONDED,
    }
    own = [timer for timer in held if timer.id in answered]
    others = [timer for timer in held if timer.id not in answered]
    await finalize_due(caller.session, held)
    await change(caller.session, own, TimerResponded, **values)
    await _end_cancelled(caller.session, others, CancelReason.ANSWERED)
    return own


def _of_same_asks(session: AsyncSession, which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Select these timers, and the others of the asks that were handed over to or from them."""
    here = col(Timer.workspace_id) == scope_of(session).workspace_id
    first = func.coalesce(col(Timer.first_timer_id), col(Timer.id))
    firsts = select(first).where(here, which).correlate(None)
    return col(Timer.id).in_(firsts) | col(Timer.first_timer_id).in_(firsts)


async def check_answers(caller: Caller, topic_id: UUID, named: Sequence[UUID]) -> None:
    """Refuse what `respond` would refuse now. Raises Invalid."""
    asked = _open() & _by_messages() & _asks_caller(caller, topic_id)
    found = select(col(Timer.id)).where(
        col(Timer.workspace_id) == caller.workspace_id, asked, col(Timer.id).in_(named)
    )
    await _refuse_others(caller, topic_id, named, set(await caller.session.scalars(found)))


async def _refuse_others(
    caller: Caller, topic_id: UUID, named: Sequence[UUID], found: Collection[UUID]
) -> None:
    others = [id_ for id_ in named if id_ not in found]
    if not others:
        return
    theirs = select(Timer).where(
        col(Timer.workspace_id) == caller.workspace_id,
        _asks_caller(caller, topic_id),
        col(Timer.id).in_(others),
    )
    known = {timer.id: timer for timer in await caller.session.scalars(theirs)}
    refused = [
        FieldError(field=f"answers.{place}", reason=_why_not(id_, known.get(id_)))
        for place, id_ in enumerate(named)
        if id_ not in found
    ]
    raise Invalid(errors=refused)


def _why_not(id_: UUID, timer: Timer | None) -> Phrase:
    if timer is None:
        return Phrase("fields.answers-unknown", id=str(id_))
    if timer.kind in OF_DECISIONS:
        return Phrase("fields.answers-decision", id=str(id_))
    return Phrase("fields.answers-ended", id=str(id_))


def _asks_caller(caller: Caller, topic_id: UUID) -> ColumnElement[bool]:
    """Select the timers of a topic that ask the caller, also through stand-ins."""
    theirs = col(Timer.recipient_id) == caller.member_id
    covered = literal(caller.member_id) == any_(col(Timer.covers))
    return (col(Timer.topic_id) == topic_id) & (theirs | covered)


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
        these = col(Timer.recipient_id).in_(recipient_ids) & col(Timer.first_timer_id).is_(None)
        asked = col(Timer.message_id) == message_id
        same_asks = _of_same_asks(session, asked & these)
        await _cancel(session, asked & same_asks, CancelReason.EDITED)


async def cancel_timers_of_departed(session: AsyncSession, member: Member) -> None:
    """Cancel what a member was asked, if they lost access or became a guest.

    The caller must have locked the member.
    """
    if not member.is_teammate:
        theirs = col(Timer.recipient_id) == member.id
        await _cancel(session, theirs, CancelReason.RECIPIENT_LEFT)
    await look_again_for(session, [member.id])


async def _cancel(session: AsyncSession, which: ColumnElement[bool], reason: CancelReason) -> None:
    held = await lock_timers(session, _open() & which)
    await finalize_due(session, held)
    await _end_cancelled(session, held, reason)


async def _end_cancelled(
    session: AsyncSession, held: Sequence[Timer], reason: CancelReason
) -> None:
    now = scope_of(session).now
    values = {"ended_at": now, "end_reason": EndReason.CANCELLED, "cancel_reason": reason}
    await change(session, held, TimerCancelled, **values)


def _open() -> ColumnElement[bool]:
    return col(Timer.ended_at).is_(None)


def _by_messages() -> ColumnElement[bool]:
    """Select the timers that a message answers. Decisions record their own answers."""
    kind = col(Timer.kind)
    return (kind != ClauseKind.DECISION_INPUT) & (kind != ClauseKind.DECISION_OUTCOME)


OPEN_TIMER = Prepared(
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
