"""What can be done with topics."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, update
from sqlmodel import col

from dayline.conversations import hooks
from dayline.conversations.events import (
    TopicChanged,
    TopicEvent,
    TopicOpened,
    TopicReopened,
    TopicResolved,
    audience_of,
)
from dayline.conversations.models import Topic, TopicKind, TopicParticipant
from dayline.conversations.queries import topic_in, topics_in
from dayline.identity.caller import Caller
from dayline.kernel.db import events


async def open_topic(
    caller: Caller,
    *,
    kind: TopicKind,
    project_id: UUID | None,
    title: str,
    participants: Collection[UUID] = (),
    main: bool = False,
    for_guests: bool = True,
) -> Topic:
    """A new topic, of a project or between participants. Whether it may be is not asked here."""
    topic = Topic(
        workspace_id=caller.workspace_id,
        kind=kind,
        project_id=project_id,
        title=title,
        main=main,
        for_guests=for_guests,
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


async def show_to_guests(caller: Caller, topic_id: UUID, for_guests: bool) -> None:
    """Let guests of the project see a topic, or let them see it no longer."""
    await caller.session.execute(
        update(Topic)
        .where(col(Topic.workspace_id) == caller.workspace_id, col(Topic.id) == topic_id)
        .values(for_guests=for_guests),
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
        await hooks.topics_resolved(caller.session, resolved)


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
