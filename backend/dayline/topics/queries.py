"""Reading topics: who sees which, and what they look like."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.accounts.caller import Caller
from dayline.accounts.models import Member
from dayline.kernel.database import scope_of
from dayline.kernel.errors import NotFound
from dayline.projects.queries import members_who_see, projects_of
from dayline.topics.models import Topic, TopicKind, TopicParticipant
from dayline.topics.schemas import TopicOut

_COLUMNS = [col(getattr(Topic, name)) for name in TopicOut.model_fields if name != "participants"]


def visible_topics(caller: Caller) -> ColumnElement[bool]:
    """The topics of projects that the caller sees, and the direct ones that they take part in.

    No role widens a direct topic.
    """
    takes_part = select(col(TopicParticipant.topic_id)).where(
        col(TopicParticipant.workspace_id) == caller.workspace_id,
        col(TopicParticipant.member_id) == caller.member_id,
    )
    of_projects = (
        col(Topic.project_id).in_(projects_of(caller))
        if caller.is_guest
        else col(Topic.project_id).is_not(None)
    )
    return (col(Topic.workspace_id) == caller.workspace_id) & or_(
        of_projects, col(Topic.id).in_(takes_part)
    )


async def get_topic(caller: Caller, topic_id: UUID, *, for_update: bool = False) -> Topic:
    """The topic with this id. Raises NotFound where the caller sees none."""
    statement = select(Topic).where(visible_topics(caller), col(Topic.id) == topic_id)
    if for_update:
        statement = locked(statement)
    topic = (await caller.session.scalars(statement)).one_or_none()
    if topic is None:
        raise NotFound
    return topic


def locked(statement: Select[Any]) -> Select[Any]:
    """The rows as they are now, held until the commit; rows that point to them may still come."""
    held = statement.with_for_update(key_share=True, of=Topic)
    return held.execution_options(populate_existing=True)


async def topic_documents(caller: Caller, ids: Collection[UUID] | None = None) -> list[TopicOut]:
    """The topics among `ids` that the caller sees, or all that they see; latest message first."""
    which = visible_topics(caller)
    if ids is not None:
        which &= col(Topic.id).in_(ids)
    return await _documents(caller.session, which)


async def topic_in(session: AsyncSession, topic_id: UUID) -> TopicOut:
    """The topic as events show it, whoever acts."""
    return (await topics_in(session, [topic_id]))[0]


async def topics_in(session: AsyncSession, ids: Collection[UUID]) -> list[TopicOut]:
    """The topics `ids` as events show them, whoever acts; latest message first."""
    here = col(Topic.workspace_id) == scope_of(session).workspace_id
    return await _documents(session, here & col(Topic.id).in_(ids))


async def _documents(session: AsyncSession, which: ColumnElement[bool]) -> list[TopicOut]:
    latest = func.coalesce(col(Topic.last_message_at), col(Topic.created_at))
    rows = (
        await session.execute(
            select(*_COLUMNS).where(which).order_by(latest.desc(), col(Topic.id).desc())
        )
    ).all()
    direct = [row.id for row in rows if row.kind is TopicKind.DIRECT]
    participants = await _participants(session, direct)
    return [TopicOut(**row._mapping, participants=participants[row.id]) for row in rows]


async def _participants(
    session: AsyncSession, topic_ids: Collection[UUID]
) -> dict[UUID, list[UUID]]:
    participants: dict[UUID, list[UUID]] = defaultdict(list)
    if topic_ids:
        rows = await session.execute(
            select(col(TopicParticipant.topic_id), col(TopicParticipant.member_id))
            .where(
                col(TopicParticipant.workspace_id) == scope_of(session).workspace_id,
                col(TopicParticipant.topic_id).in_(topic_ids),
            )
            .order_by(col(TopicParticipant.member_id))
        )
        for row in rows:
            participants[row.topic_id].append(row.member_id)
    return participants


async def participants_of(session: AsyncSession, topic: Topic) -> list[UUID] | None:
    """The participants of a direct topic; None for a topic of a project."""
    if topic.kind is not TopicKind.DIRECT:
        return None
    return (await _participants(session, [topic.id]))[topic.id]


async def members_who_see_topic(session: AsyncSession, topic: Topic) -> set[UUID]:
    """The active members that see a topic."""
    if topic.project_id is not None:
        return await members_who_see(session, topic.workspace_id, topic.project_id)
    taking_part = select(col(TopicParticipant.member_id)).where(
        col(TopicParticipant.workspace_id) == topic.workspace_id,
        col(TopicParticipant.topic_id) == topic.id,
    )
    active = select(col(Member.id)).where(
        col(Member.workspace_id) == topic.workspace_id,
        col(Member.disabled_at).is_(None),
        col(Member.id).in_(taking_part),
    )
    return set((await session.scalars(active)).all())
