"""Reading messages."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.attachments.queries import attachments_of_messages
from dayline.calendars.queries import zone_of
from dayline.conversations.models import Topic, TopicKind
from dayline.conversations.queries import visible_topics
from dayline.identity.caller import Caller
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.finding import find_one
from dayline.kernel.http.paging import Key, Page, PageRequest, cut, paged
from dayline.members.models import Member
from dayline.messages.models import Mention, Message
from dayline.messages.schemas import Author, MessageOut, MessageSort, UpdateOut
from dayline.projects.models import Project
from dayline.timers.queries import answered_by, asks_of

FIELDS = [name for name in MessageOut.model_fields if name in Message.model_fields]


async def get_message(caller: Caller, message_id: UUID, *, for_update: bool = False) -> Message:
    """Return the message with this id. Raises NotFound if the caller doesn't see its topic."""
    statement = (
        select(Message)
        .join(Topic, _of_topic())
        .where(visible_topics(caller), col(Message.id) == message_id)
    )
    return await find_one(caller.session, statement, for_update=for_update)


async def message_document(caller: Caller, message: Message) -> MessageOut:
    """Return the message as the API shows it."""
    rows = (await caller.session.execute(_shown(caller, col(Message.id) == message.id))).all()
    return (await _documents(caller, rows))[0]


async def list_messages(
    caller: Caller, topic: Topic, sort: MessageSort, page: PageRequest
) -> Page[MessageOut]:
    """Return a page of the messages of a topic. The caller must see the topic."""
    return await _listed(caller, col(Message.topic_id) == topic.id, sort, page)


async def list_updates(caller: Caller, project: Project, page: PageRequest) -> Page[UpdateOut]:
    """Return a page of a project's updates, newest first."""
    topics = select(col(Topic.id)).where(
        col(Topic.workspace_id) == caller.workspace_id,
        col(Topic.project_id) == project.id,
        col(Topic.kind) == TopicKind.UPDATE,
    )
    which = col(Message.topic_id).in_(topics) & col(Message.condition).is_not(None)
    found = await _listed(caller, which, MessageSort.LATEST, page)
    return Page([update_of(message) for message in found.items], found.next_cursor)


def update_of(message: MessageOut) -> UpdateOut:
    """Return the update that starts with this message. Raises ValueError without a condition."""
    if message.condition is None:
        raise ValueError("the first message of an update says a condition")
    return UpdateOut(topic_id=message.topic_id, message=message, condition=message.condition)


async def _listed(
    caller: Caller, which: ColumnElement[bool], sort: MessageSort, page: PageRequest
) -> Page[MessageOut]:
    descending = sort is MessageSort.LATEST
    order = [
        Key(col(Message.sent_at), datetime, descending),
        Key(col(Message.id), UUID, descending),
    ]
    statement = paged(_shown(caller, which), order, page, sort.value)
    rows = (await caller.session.execute(statement)).all()
    kept = cut(rows, page, sort.value, lambda row: (row.sent_at, row.id))
    return Page(await _documents(caller, kept.items), kept.next_cursor)


def _of_topic() -> ColumnElement[bool]:
    return (col(Topic.workspace_id) == col(Message.workspace_id)) & (
        col(Topic.id) == col(Message.topic_id)
    )


def _shown(caller: Caller, which: ColumnElement[bool]) -> Select[Any]:
    return (
        select(
            *(col(getattr(Message, name)) for name in FIELDS),
            col(Member.id).label("member_id"),
            col(Member.handle),
            col(Member.name),
        )
        .join(
            Member,
            (col(Member.workspace_id) == col(Message.workspace_id))
            & (col(Member.id) == col(Message.author_id)),
        )
        .where(col(Message.workspace_id) == caller.workspace_id, which)
    )


async def _documents(caller: Caller, rows: Sequence[Any]) -> list[MessageOut]:
    session, yours = caller.session, await zone_of(caller)
    ids = [row.id for row in rows]
    mentions, asks = await _mentions(session, ids), await asks_of(caller, ids, yours)
    answers = await answered_by(caller, ids)
    attachments = await attachments_of_messages(session, ids)
    return [
        MessageOut(
            **{name: getattr(row, name) for name in FIELDS},
            sent_local=row.sent_at.astimezone(yours).isoformat(),
            author=Author(id=row.member_id, handle=row.handle, name=row.name),
            mentions=mentions[row.id],
            asks=asks[row.id],
            answers=answers[row.id],
            attachments=attachments[row.id],
        )
        for row in rows
    ]


async def _mentions(session: AsyncSession, message_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    rows = await session.execute(
        select(col(Mention.message_id), col(Mention.member_id))
        .where(
            col(Mention.workspace_id) == scope_of(session).workspace_id,
            col(Mention.message_id).in_(message_ids),
        )
        .order_by(col(Mention.member_id))
    )
    mentions: dict[UUID, list[UUID]] = defaultdict(list)
    for row in rows:
        mentions[row.message_id].append(row.member_id)
    return mentions
