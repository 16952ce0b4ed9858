"""Reopening an ask that a message answered by mistake."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from dayline.calendars.locking import lock_people
from dayline.conversations.models import Topic
from dayline.conversations.queries import get_topic
from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.members.access import Person, refusal_to_ask
from dayline.messages.queries import get_message
from dayline.timers.locking import lock_timers
from dayline.timers.models import CancelReason, EndReason, Timer
from dayline.timers.problems import AnswerAuthorOnly, AskIsOver, ReopenTooLate, TimerEnded
from dayline.timers.queries import get_timer
from dayline.timers.reopening import run_again
from dayline.timers.states import reopenable_until, state_of


async def reopen(caller: Caller, timer_id: UUID) -> Timer:
    """Let the timer go on as if the caller's message had not answered it.

    So do the timers of others who share the ask, because it was handed over, and can still be
    asked.

    Does nothing if it is open. Raises NotFound, AnswerAuthorOnly, ReopenTooLate, TimerEnded, and
    AskIsOver if something else would have ended it since.
    """
    seen = await get_timer(caller, timer_id)
    if caller.member_id not in {seen.recipient_id, *seen.covers}:
        raise AnswerAuthorOnly
    topic = await get_topic(caller, seen.topic_id, for_update=True)
    first_id = seen.first_timer_id or seen.id
    of_ask = (col(Timer.id) == first_id) | (col(Timer.first_timer_id) == first_id)
    here = (col(Timer.workspace_id) == caller.workspace_id) & of_ask
    asked = set(await caller.session.scalars(select(col(Timer.recipient_id)).where(here)))
    people = await lock_people(caller.session, asked)
    held = {timer.id: timer for timer in await lock_timers(caller.session, of_ask)}
    timer = held[timer_id]
    if timer.ended_at is None:
        return timer
    await _check_answer(caller, timer)
    await _check_ask(caller, topic, timer, people[timer.recipient_id])
    for other in _ended_with(timer, held.values()):
        if refusal_to_ask(people[other.recipient_id]) is None:
            await run_again(caller.session, other)
    await run_again(caller.session, timer)
    return timer


def _ended_with(timer: Timer, of_ask: Iterable[Timer]) -> list[Timer]:
    """Return the timers of an ask that the answer of this one ended for others."""
    return [
        other
        for other in of_ask
        if other.cancel_reason is CancelReason.ANSWERED and other.ended_at == timer.ended_at
    ]


async def _check_answer(caller: Caller, timer: Timer) -> None:
    until = reopenable_until(timer)
    if timer.end_reason is not EndReason.RESPONDED or until is None:
        raise TimerEnded(state=state_of(timer).value)
    if timer.answer_id is None:
        raise AskIsOver(Phrase("problems.ask-is-over.no-message"))
    if (await get_message(caller, timer.answer_id)).author_id != caller.member_id:
        raise AnswerAuthorOnly
    if caller.now > until:
        raise ReopenTooLate(until=until.isoformat())


async def _check_ask(caller: Caller, topic: Topic, timer: Timer, recipient: Person) -> None:
    ended_at = timer.ended_at or caller.now
    if topic.resolved_at is not None and topic.resolved_at >= ended_at:
        raise AskIsOver(Phrase("problems.ask-is-over.topic-resolved"))
    if (await get_message(caller, timer.message_id)).withdrawn_at is not None:
        raise AskIsOver(Phrase("problems.ask-is-over.message-deleted"))
    if (reason := refusal_to_ask(recipient)) is not None:
        raise AskIsOver(reason)
