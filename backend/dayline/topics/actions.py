"""What can be done with topics, and posting in them."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, update
from sqlmodel import col

from dayline.accounts.caller import Caller
from dayline.attachments.actions import attach
from dayline.kernel import events, markdown
from dayline.projects.models import Condition
from dayline.timers import actions as timers
from dayline.topics import asking
from dayline.topics.events import (
    MessagePosted,
    TopicChanged,
    TopicEvent,
    TopicOpened,
    TopicReopened,
    TopicResolved,
    audience_of,
)
from dayline.topics.mentions import mentioned, note_mentions
from dayline.topics.models import Message, Topic, TopicKind, TopicParticipant
from dayline.topics.queries import topic_in, topics_in


async def open_topic(
    caller: Caller,
    *,
    kind: TopicKind,
    project_id: UUID | None,
    title: str,
    participants: Collection[UUID] = (),
    main: bool = False,
) -> Topic:
    """A new topic, of a project or between participants. Whether it may be is not asked here."""
    topic = Topic(
        workspace_id=caller.workspace_id,
        kind=kind,
        project_id=project_id,
        title=title,
        main=main,
        created_at=caller.now,
        created_by=caller.member_id,
    )
    caller.session.add(topic)
    await caller.session.flush()
    caller.session.add_all(
        TopicParticipant(workspace_id=caller.workspace_id, topic_id=topic.id, member_id=member_id)
        for member_id in participants
    )
    await caller.session.flush()
    opened = TopicOpened(topic=await topic_in(caller.session, topic.id))
    events.record(caller.session, opened, audience_of(topic))
    return topic


async def post_message(
    caller: Caller,
    topic: Topic,
    body: str,
    condition: Condition | None = None,
    *,
    asks: Sequence[UUID] | None = None,
    urgent: bool = False,
    urgent_reason: str | None = None,
    attachments: Collection[UUID] = (),
) -> Message:
    """A new message; a resolved topic stays resolved.

    It asks those listed in `asks`, or else those whom it mentions, and answers what its author
    was asked in the topic. Raises Invalid for each one who cannot be asked, and for each
    attachment that is no upload of the author's; and RecipientNotWorking where it is urgent, asks
    somebody who is off, and does not say why.

    The count is raised in SQL before anything else: racing posts queue at the topic's row, and
    each event tells the count that it made.
    """
    await _count_one_more(caller, topic)
    message = Message(
        workspace_id=caller.workspace_id,
        topic_id=topic.id,
        author_id=caller.member_id,
        body=body,
        body_html=markdown.render(body),
        condition=condition,
        urgent=urgent,
        urgent_reason=urgent_reason if urgent else None,
        asks_listed=asks is not None,
        sent_at=caller.now,
    )
    caller.session.add(message)
    await caller.session.flush()
    if attachments:
        await attach(caller, attachments, topic.id, message.id)
    mentions = await mentioned(caller.session, topic, body)
    await note_mentions(caller.session, message, mentions)
    posted = MessagePosted(
        topic=await topic_in(caller.session, topic.id),
        message_id=message.id,
        author_id=message.author_id,
        mentions=mentions,
    )
    events.record(caller.session, posted, audience_of(topic))
    await asking.ask(caller, topic, message, asks, mentions)
    await timers.respond(caller, topic.id)
    return message


async def _count_one_more(caller: Caller, topic: Topic) -> None:
    await caller.session.execute(
        update(Topic)
        .where(_is(topic))
        .values(
            message_count=col(Topic.message_count) + 1,
            last_message_at=func.greatest(col(Topic.last_message_at), caller.now),
        ),
        execution_options={"synchronize_session": False},
    )


async def resolve_topic(caller: Caller, topic: Topic) -> None:
    """Resolve the topic; resolving it again changes nothing."""
    await resolve_topics(caller, [topic.id])


async def reopen_topic(caller: Caller, topic: Topic) -> None:
    """Reopen the topic; reopening it again changes nothing."""
    await reopen_topics(caller, [topic.id])


async def resolve_topics(caller: Caller, ids: Collection[UUID]) -> None:
    """Resolve these topics at once; nobody waits for answers in them then.

    Those that are resolved stay as they are.
    """
    values = {"resolved_at": caller.now, "resolved_by": caller.member_id}
    unresolved = col(Topic.resolved_at).is_(None)
    resolved = await _move(caller, ids, unresolved, values, TopicResolved)
    if resolved:
        await timers.cancel_in_topics(caller.session, resolved)


async def reopen_topics(caller: Caller, ids: Collection[UUID]) -> None:
    """Reopen these topics at once; those that are open stay as they are."""
    values = {"resolved_at": None, "resolved_by": None}
    resolved = col(Topic.resolved_at).is_not(None)
    await _move(caller, ids, resolved, values, TopicReopened)


async def rename_topic(caller: Caller, topic: Topic, title: str) -> None:
    """Give the topic another title; the same one changes nothing."""
    other = col(Topic.title) != title
    await _move(caller, [topic.id], other, {"title": title}, TopicChanged)


async def _move(
    caller: Caller,
    ids: Collection[UUID],
    guard: ColumnElement[bool],
    values: dict[str, Any],
    happened: type[TopicEvent],
) -> Collection[UUID]:
    """Move those of the topics that the guard allows, and return which they are."""
    moved = await caller.session.scalars(
        update(Topic)
        .where(col(Topic.workspace_id) == caller.workspace_id, col(Topic.id).in_(ids), guard)
        .values(**values, rev=col(Topic.rev) + 1)
        .returning(Topic),
        execution_options={"synchronize_session": False, "populate_existing": True},
    )
    topics = {topic.id: topic for topic in moved}
    for document in await topics_in(caller.session, topics) if topics else ():
        after = happened(topic=document)
        events.record(caller.session, after, audience_of(topics[document.id]))
    return topics.keys()


def _is(topic: Topic) -> ColumnElement[bool]:
    return (col(Topic.workspace_id) == topic.workspace_id) & (col(Topic.id) == topic.id)
