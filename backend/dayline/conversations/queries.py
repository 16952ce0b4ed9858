"""Reading topics, and who sees them."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Uuid,
    and_,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.conversations.models import Topic, TopicKind, TopicParticipant
from dayline.conversations.schemas import TopicOut
from dayline.identity.caller import Caller, Viewer
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.finding import find_one
from dayline.members.models import Member
from dayline.projects.queries import projects_of, sees_project

_COLUMNS = [col(getattr(Topic, name)) for name in TopicOut.model_fields if name != "participants"]
_LATEST_FIRST = (
    func.coalesce(col(Topic.last_message_at), col(Topic.created_at)).desc(),
    col(Topic.id).desc(),
)
DOCUMENT = [
    *_COLUMNS,
    func.array(
        select(col(TopicParticipant.member_id))
        .where(
            col(TopicParticipant.workspace_id) == col(Topic.workspace_id),
            col(TopicParticipant.topic_id) == col(Topic.id),
        )
        .order_by(col(TopicParticipant.member_id))
        .correlate(Topic)
        .scalar_subquery(),
        type_=ARRAY(Uuid),
    ).label("participants"),
]
"""The columns of a `TopicOut`."""


def visible_topics(caller: Viewer) -> ColumnElement[bool]:
    """Select the topics of the caller's projects, and the direct topics they take part in.

    No role gives access to direct topics. Guests see only public decisions.
    """
    of_projects: ColumnElement[bool] = (
        col(Topic.project_id).in_(projects_of(caller)) & col(Topic.for_guests)
        if caller.is_guest
        else col(Topic.project_id).is_not(None)
    )
    here: ColumnElement[bool] = col(Topic.workspace_id) == caller.workspace_id
    return here & or_(of_projects, col(Topic.id).in_(direct_topics_of(caller)))


def direct_topics_of(caller: Viewer) -> Select[UUID]:
    """Select the ids of the direct topics that the caller takes part in."""
    return select(col(TopicParticipant.topic_id)).where(
        col(TopicParticipant.workspace_id) == caller.workspace_id,
        col(TopicParticipant.member_id) == caller.member_id,
    )


async def get_topic(caller: Caller, topic_id: UUID, *, for_update: bool = False) -> Topic:
    """Return the topic with this id. Raises NotFound if the caller doesn't see it."""
    statement = select(Topic).where(visible_topics(caller), col(Topic.id) == topic_id)
    return await find_one(caller.session, statement, for_update=for_update)


async def topic_documents(caller: Caller, ids: Collection[UUID] | None = None) -> list[TopicOut]:
    """Return the topics that the caller sees, latest message first; only `ids` if given."""
    which = visible_topics(caller)
    if ids is not None:
        which &= col(Topic.id).in_(ids)
    return await _documents(caller.session, which)


async def topic_in(session: AsyncSession, topic_id: UUID) -> TopicOut:
    """Return the topic as events carry it. Access isn't checked."""
    return (await topics_in(session, [topic_id]))[0]


async def topics_in(session: AsyncSession, ids: Collection[UUID]) -> list[TopicOut]:
    """Return these topics as events carry them, latest message first. Access isn't checked."""
    here = col(Topic.workspace_id) == scope_of(session).workspace_id
    return await _documents(session, here & col(Topic.id).in_(ids))


def all_topics(caller: Caller) -> Select[Any]:
    """Return one statement for all topics that the caller sees, equal to `topic_documents`."""
    theirs = (
        select(col(TopicParticipant.member_id))
        .where(
            col(TopicParticipant.workspace_id) == col(Topic.workspace_id),
            col(TopicParticipant.topic_id) == col(Topic.id),
        )
        .order_by(col(TopicParticipant.member_id))
        .correlate(Topic)
    )
    found: ColumnElement[Any] = func.array(theirs.scalar_subquery(), type_=ARRAY(Uuid()))
    is_direct = col(Topic.kind) == TopicKind.DIRECT
    participants = case((is_direct, found), else_=literal_column("'{}'", ARRAY(Uuid())))
    columns = [
        participants.label(name) if name == "participants" else col(getattr(Topic, name))
        for name in TopicOut.model_fields
    ]
    return select(*columns).where(visible_topics(caller)).order_by(*_LATEST_FIRST)


async def _documents(session: AsyncSession, which: ColumnElement[bool]) -> list[TopicOut]:
    latest = func.coalesce(col(Topic.last_message_at), col(Topic.created_at))
    rows = await session.execute(
        select(*DOCUMENT).where(which).order_by(latest.desc(), col(Topic.id).desc())
    )
    return [TopicOut(**row._mapping) for row in rows]


async def participants_of(session: AsyncSession, topic: Topic | TopicOut) -> list[UUID] | None:
    """Return the participants of a direct topic. None for other topics."""
    if topic.kind is not TopicKind.DIRECT:
        return None
    if isinstance(topic, TopicOut):
        return topic.participants
    return (await topic_in(session, topic.id)).participants


def sees_topic(workspace_id: Any, topic_id: Any, project_id: Any) -> ColumnElement[bool]:
    """Select the active members who see a topic, of a project or else of its participants.

    Guests are included only if the topic is for guests.
    """
    taking_part = select(col(TopicParticipant.member_id)).where(
        col(TopicParticipant.workspace_id) == workspace_id,
        col(TopicParticipant.topic_id) == topic_id,
    )
    of_direct = and_(
        col(Member.workspace_id) == workspace_id,
        Member.is_active,
        col(Member.id).in_(taking_part),
    )
    hidden = exists(
        select(col(Topic.id)).where(
            col(Topic.workspace_id) == workspace_id,
            col(Topic.id) == topic_id,
            ~col(Topic.for_guests),
        )
    )
    of_project = sees_project(workspace_id, project_id) & or_(~Member.is_guest, ~hidden)
    is_direct = project_id.is_(None)
    return or_(is_direct & of_direct, ~is_direct & of_project)
