"""What ends timers: a response, a resolved topic, a withdrawn message, a member who left."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, any_, bindparam, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.core.agreement import ClauseKind
from dayline.identity.caller import Caller
from dayline.identity.reading import ViewerParams
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.prepared import Prepared
from dayline.members.models import Member
from dayline.timers.escalating import look_again_for
from dayline.timers.events import TimerCancelled, TimerResponded
from dayline.timers.finalizing import finalize_due
from dayline.timers.locking import change, lock_timers
from dayline.timers.models import CancelReason, EndReason, Timer


async def respond(caller: Caller, topic_id: UUID) -> None:
    """Record that the caller answered, in time or late, everything they were asked in this topic.

    This includes questions to stand-ins who cover for the caller. Where an ask was handed over, the
    answer of one ends it for all.
    """
    if not await _has_open_timer(caller, topic_id):
        return
    theirs = col(Timer.recipient_id) == caller.member_id
    covered = literal(caller.member_id) == any_(col(Timer.covers))
    asked = (col(Timer.topic_id) == topic_id) & (theirs | covered)
    values = {
        "first_response_at": caller.now,
        "ended_at": caller.now,
        "end_reason": EndReason.RESPONDED,
    }
    answered = _open() & _by_messages() & asked
    here = _open() & (col(Timer.topic_id) == topic_id)
    held = await lock_timers(caller.session, here & _of_same_asks(caller.session, answered))
    await finalize_due(caller.session, held)
    own = [timer for timer in held if caller.member_id in {timer.recipient_id, *timer.covers}]
    others = [timer for timer in held if timer not in own]
    await change(caller.session, own, TimerResponded, **values)
    await _end_cancelled(caller.session, others, CancelReason.ANSWERED)


def _of_same_asks(session: AsyncSession, which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Select these timers, and those of whom else their asks were handed over to or from."""
    here = col(Timer.workspace_id) == scope_of(session).workspace_id
    first = func.coalesce(col(Timer.first_timer_id), col(Timer.id))
    firsts = select(first).where(here, which).correlate(None)
    return col(Timer.id).in_(firsts) | col(Timer.first_timer_id).in_(firsts)


async def _has_open_timer(caller: Caller, topic_id: UUID) -> bool:
    """Whether the caller has an open timer in the topic. Cheap, as most messages answer nothing."""
    ids = {"workspace_id": caller.workspace_id, "member_id": caller.member_id}
    return bool(await OPEN_TIMER.run(caller.session, **ids, topic_id=topic_id))


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
