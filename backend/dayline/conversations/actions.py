"""Opening, renaming, resolving and reopening topics, without checking permissions."""

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
    """Open a topic of a project or between participants. The caller's permission isn't checked."""
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
    """Set whether guests of the project see a topic."""
    await caller.session.execute(
        update(Topic)
        .where(col(Topic.workspace_id) == caller.workspace_id, col(Topic.id) == topic_id)
        .values(for_guests=for_guests),
        execution_options={"synchronize_session": False},
    )


async def resolve_topic(caller: Caller, topic: Topic) -> None:
    """Resolve the topic. Does nothing if it is resolved already."""
    await resolve_topics(caller, [topic.id])


async def reopen_topic(caller: Caller, topic: Topic) -> None:
    """Reopen the topic. Does nothing if it is open already."""
    await reopen_topics(caller, [topic.id])


async def resolve_topics(caller: Caller, ids: Collection[UUID]) -> None:
    """Resolve these topics, and cancel the answers that are awaited in them.

    Topics that are resolved already don't change.
    """
    values = {"resolved_at": caller.now, "resolved_by": caller.member_id}
    unresolved = col(Topic.resolved_at).is_(None)
    resolved = await _move(caller, ids, unresolved, values, TopicResolved)
    if resolved:
        await hooks.topics_resolved(caller.session, resolved)


async def reopen_topics(caller: Caller, ids: Collection[UUID]) -> None:
    """Reopen these topics. Topics that are open already don't change."""
    values = {"resolved_at": None, "resolved_by": None}
    resolved = col(Topic.resolved_at).is_not(None)
    await _move(caller, ids, resolved, values, TopicReopened)


async def rename_topic(caller: Caller, topic: Topic, title: str) -> None:
    """Rename the topic. The same title changes nothing."""
    other = col(Topic.title) != title
    await _move(caller, [topic.id], other, {"title": title}, TopicChanged)


async def _move(
    caller: Caller,
    ids: Collection[UUID],
    guard: ColumnElement[bool],
    values: dict[str, Any],
    happened: type[TopicEvent],
) -> Collection[UUID]:
    """Update the topics that match `guard`, record their events, and return their ids."""
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
