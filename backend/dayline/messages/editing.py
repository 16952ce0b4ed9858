"""Editing and withdrawing messages.

The topic is locked before the message, as in posting. So changes in a topic happen one after the
other, and each event carries the topic as it is then.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlmodel import col

from dayline.attachments.actions import attach
from dayline.conversations.events import audience_of
from dayline.conversations.models import Topic
from dayline.conversations.queries import get_topic, topic_in
from dayline.identity.caller import Caller
from dayline.kernel.db import events
from dayline.kernel.http.idempotency import forget_answers
from dayline.kernel.http.revisions import check_rev
from dayline.kernel.text.markdown import parse_async
from dayline.messages import asking, hooks
from dayline.messages.clarity import kind_of, reason_to_keep
from dayline.messages.events import MessageEdited, MessageWithdrawn
from dayline.messages.mentions import mentioned_in, note_mentions
from dayline.messages.models import Message
from dayline.messages.problems import AuthorOnly, AuthorOrAdminOnly, MessageGone
from dayline.messages.queries import get_message
from dayline.messages.reach import find_mentions, refuse_unseen
from dayline.messages.schemas import MessageEdit
from dayline.timers.ending import cancel_of_message
from dayline.timers.queries import asked_by


async def edit_message(
    caller: Caller, message_id: UUID, expected_rev: int, edit: MessageEdit
) -> Message:
    """Change a message's text (with its mentions), who it asks, or its attachments.

    Mentions that the text had before may stay, whoever sees them. Raises NotFound, AuthorOnly,
    MessageGone, MessageOpensDecision, Invalid, RecipientNotWorking, PointsMissing, and
    RevisionMismatch if `expected_rev` is outdated.
    """
    await forget_answers(caller.session, message_id)
    topic, message = await _lock(caller, message_id)
    if message.author_id != caller.member_id:
        raise AuthorOnly
    await hooks.message_changing(caller, topic, message)
    check_rev(message, expected_rev)
    if message.withdrawn_at is not None:
        raise MessageGone
    body = edit.body if "body" in edit.model_fields_set else message.body
    rehung = "attachments" in edit.model_fields_set and await attach(
        caller, edit.attachments, topic.id, message.id
    )
    if rehung or body != message.body:
        message.edited_at = caller.now
    if rehung or body != message.body or "asks" in edit.model_fields_set:
        await _rewrite(caller, topic, message, body, edit)
    return message


async def _rewrite(
    caller: Caller, topic: Topic, message: Message, body: str, edit: MessageEdit
) -> None:
    parsed = await parse_async(body)
    mentions = await find_mentions(caller, topic, parsed.mentions)
    before = await mentioned_in(caller.session, message)
    changes_ask = body != message.body or "asks" in edit.model_fields_set
    if body != message.body:
        known = (await parse_async(message.body)).mentions
        refuse_unseen(mentions.unreached, {*edit.kept_as_text, *known})
        message.body, message.body_html = body, parsed.html
        await hooks.text_written(caller, topic.id, message.id, parsed.references)
    if "asks" in edit.model_fields_set:
        message.asks_listed = edit.asks is not None
    if message.urgent and edit.urgent_reason is not None:
        message.urgent_reason = edit.urgent_reason
    message.rev += 1
    await note_mentions(caller.session, message, mentions.ids)
    edited = MessageEdited(mentions=mentions.ids, **await _facts(caller, message))
    events.record(caller.session, edited, audience_of(topic))
    if "asks" in edit.model_fields_set or not message.asks_listed:
        await asking.ask_again(caller, topic, message, edit, before=before, mentions=mentions.ids)
    if changes_ask and await asked_by(caller.session, message.id):
        message.clarity_reason = await reason_to_keep(
            caller,
            parsed.prose,
            kind_of(topic, urgent=message.urgent),
            edit.clarity_reason or message.clarity_reason,
            message.clarity_reason,
        )


async def withdraw_message(caller: Caller, message_id: UUID) -> Message:
    """Withdraw a message: its text is deleted. A second call changes nothing.

    Raises NotFound, AuthorOrAdminOnly, MessageOpensDecision.
    """
    await forget_answers(caller.session, message_id)
    topic, message = await _lock(caller, message_id)
    by_admin = topic.project_id is not None and caller.acts_as_admin
    if message.author_id != caller.member_id and not by_admin:
        raise AuthorOrAdminOnly
    await hooks.message_changing(caller, topic, message)
    if message.withdrawn_at is None:
        await _empty(caller, topic, message)
    return message


async def _empty(caller: Caller, topic: Topic, message: Message) -> None:
    message.body = message.body_html = ""
    message.urgent_reason = message.clarity_reason = None
    message.withdrawn_at = caller.now
    message.rev += 1
    await note_mentions(caller.session, message, ())
    await attach(caller, (), topic.id, message.id)
    await hooks.text_written(caller, topic.id, message.id, ())
    await _count_one_less(caller, topic)
    withdrawn = MessageWithdrawn(**await _facts(caller, message))
    events.record(caller.session, withdrawn, audience_of(topic))
    await cancel_of_message(caller.session, message.id)


async def _count_one_less(caller: Caller, topic: Topic) -> None:
    last = select(func.max(col(Message.sent_at))).where(
        col(Message.workspace_id) == caller.workspace_id,
        col(Message.topic_id) == topic.id,
        col(Message.withdrawn_at).is_(None),
    )
    await caller.session.execute(
        update(Topic)
        .where(col(Topic.workspace_id) == caller.workspace_id, col(Topic.id) == topic.id)
        .values(message_count=col(Topic.message_count) - 1, last_message_at=last.scalar_subquery()),
        execution_options={"synchronize_session": False},
    )


async def _lock(caller: Caller, message_id: UUID) -> tuple[Topic, Message]:
    seen = await get_message(caller, message_id)
    topic = await get_topic(caller, seen.topic_id, for_update=True)
    return topic, await get_message(caller, message_id, for_update=True)


async def _facts(caller: Caller, message: Message) -> dict[str, Any]:
    return {
        "topic": await topic_in(caller.session, message.topic_id),
        "message_id": message.id,
        "author_id": message.author_id,
    }
