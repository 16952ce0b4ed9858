"""Scheduling messages, changing them, and cancelling them before they are sent."""

from dataclasses import replace
from uuid import UUID

from dayline.conversations.queries import get_topic
from dayline.core.ahead import refusal_of_instant
from dayline.identity.caller import Caller
from dayline.kernel.db import events
from dayline.kernel.db.quotas import lock_quota
from dayline.kernel.errors import Invalid
from dayline.kernel.http.idempotency import forget_answers
from dayline.kernel.http.revisions import check_rev
from dayline.kernel.text.markdown import parse_async
from dayline.messages.ask_preview import check_urgency
from dayline.messages.asking import asked_by_default
from dayline.messages.clarity import kind_of, reason_to_keep
from dayline.messages.reach import find_mentions, refuse_unseen
from dayline.messages.recipients import recipients_of
from dayline.scheduled.events import (
    MessageScheduled,
    ScheduledCancelled,
    ScheduledChanged,
    audience_of,
    card_of,
)
from dayline.scheduled.models import ScheduledMessage
from dayline.scheduled.problems import TooManyScheduled
from dayline.scheduled.queries import count_own, get_scheduled
from dayline.scheduled.schemas import ScheduledEdit, ScheduledIn
from dayline.timers.ending import check_answers, is_answer

MOST_OWN = 100


async def schedule(caller: Caller, topic_id: UUID, new: ScheduledIn) -> ScheduledMessage:
    """Schedule a message for later.

    Raises what sending it at that time would raise with the current calendars, Invalid for a time
    that has passed or is too far away, and TooManyScheduled.
    """
    await get_topic(caller, topic_id)
    await check_answers(caller, topic_id, new.answers or ())
    await lock_quota(caller.session, caller.member_id)
    if await count_own(caller) >= MOST_OWN:
        raise TooManyScheduled(most=MOST_OWN)
    scheduled = ScheduledMessage(
        **new.model_dump(),
        workspace_id=caller.workspace_id,
        topic_id=topic_id,
        author_id=caller.member_id,
        created_at=caller.now,
    )
    await _check(caller, scheduled)
    caller.session.add(scheduled)
    await caller.session.flush()
    made = MessageScheduled(scheduled=card_of(scheduled))
    events.record(caller.session, made, audience_of(scheduled))
    return scheduled


async def reschedule(
    caller: Caller, scheduled_id: UUID, expected_rev: int, edit: ScheduledEdit
) -> ScheduledMessage:
    """Change a scheduled message. One that failed is scheduled again.

    Raises what `schedule` does, and NotFound if it was sent meanwhile.
    """
    await forget_answers(caller.session, scheduled_id)
    scheduled = await get_scheduled(caller, scheduled_id, for_update=True)
    check_rev(scheduled, expected_rev)
    if "answers" in edit.model_fields_set:
        await check_answers(caller, scheduled.topic_id, edit.answers or ())
    for name, value in edit.model_dump(exclude_unset=True).items():
        setattr(scheduled, name, value)
    scheduled.failed_at = scheduled.failure = None
    if not caller.session.is_modified(scheduled):
        return scheduled
    await _check(caller, scheduled)
    scheduled.rev += 1
    await caller.session.flush()
    changed = ScheduledChanged(scheduled=card_of(scheduled))
    events.record(caller.session, changed, audience_of(scheduled))
    return scheduled


async def cancel(caller: Caller, scheduled_id: UUID) -> None:
    """Cancel a scheduled message. Raises NotFound if it was sent meanwhile."""
    await forget_answers(caller.session, scheduled_id)
    scheduled = await get_scheduled(caller, scheduled_id, for_update=True)
    gone = ScheduledCancelled(scheduled=card_of(scheduled))
    events.record(caller.session, gone, audience_of(scheduled))
    await caller.session.delete(scheduled)
    await caller.session.flush()


async def _check(caller: Caller, scheduled: ScheduledMessage) -> None:
    """Check the message as if sent at its time, with the current calendars.

    Raises what sending it would raise.
    """
    if (reason := refusal_of_instant(scheduled.send_at, caller.now)) is not None:
        raise Invalid.field("send_at", reason)
    then = replace(caller, now=scheduled.send_at)
    parsed = await parse_async(scheduled.body)
    with caller.session.no_autoflush:
        topic = await get_topic(caller, scheduled.topic_id)
        mentions = await find_mentions(caller, topic, parsed.mentions)
        refuse_unseen(mentions.unreached, scheduled.kept_as_text)
        answers_asks = await is_answer(caller, topic.id, scheduled.answers)
        default = await asked_by_default(caller, topic, mentions.ids, is_answer=answers_asks)
        recipients = await recipients_of(then, topic, scheduled.asks, default)
        await check_urgency(then, scheduled, recipients)
        if recipients:
            kind = kind_of(topic, urgent=scheduled.urgent)
            await reason_to_keep(caller, parsed.prose, kind, scheduled.clarity_reason)
