"""Reading events, and the access that decides who sees them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.conversations.models import Topic, TopicKind, TopicParticipant
from dayline.feed.audience import FeedViewer, Participants, visible_to
from dayline.identity.caller import Caller
from dayline.kernel.db.events import EventRow, WorkspaceFeed
from dayline.projects.models import ProjectMember


@dataclass(frozen=True, slots=True)
class History:
    """The epoch of a workspace's feed, and the number of its latest event."""

    epoch: UUID
    head: int


async def history(session: AsyncSession, workspace_id: UUID) -> History:
    """Return the current history of a workspace."""
    row = (
        await session.execute(
            select(col(WorkspaceFeed.epoch), col(WorkspaceFeed.head)).where(
                col(WorkspaceFeed.workspace_id) == workspace_id
            )
        )
    ).one()
    return History(row.epoch, row.head)


async def viewer_of(caller: Caller) -> FeedViewer:
    """Return the caller as a viewer of events."""
    guests = [caller.member_id] if caller.is_guest else []
    sights = await sights_of(caller.session, caller.workspace_id, guests)
    sight = sights.get(caller.member_id, NO_SIGHT)
    return FeedViewer(
        caller.workspace_id,
        caller.member_id,
        caller.role,
        caller.acts_as_admin,
        sight.project_ids,
        sight.topic_ids,
    )


@dataclass(frozen=True, slots=True)
class GuestSight:
    """The projects a guest was added to, and the topics of the public decisions in them."""

    project_ids: frozenset[UUID] = frozenset()
    topic_ids: frozenset[UUID] = frozenset()


NO_SIGHT = GuestSight()


async def sights_of(
    session: AsyncSession, workspace_id: UUID, guest_ids: Collection[UUID]
) -> dict[UUID, GuestSight]:
    """Return what each of these guests may see. Guests without a project are absent."""
    if not guest_ids:
        return {}
    public = (
        (col(Topic.workspace_id) == col(ProjectMember.workspace_id))
        & (col(Topic.project_id) == col(ProjectMember.project_id))
        & (col(Topic.kind) == TopicKind.DECISION)
        & col(Topic.for_guests)
    )
    rows = await session.execute(
        select(
            col(ProjectMember.member_id),
            func.array_agg(col(ProjectMember.project_id)).label("projects"),
            func.array_remove(func.array_agg(col(Topic.id)), None).label("topics"),
        )
        .outerjoin(Topic, public)
        .where(
            col(ProjectMember.workspace_id) == workspace_id,
            col(ProjectMember.member_id).in_(guest_ids),
        )
        .group_by(col(ProjectMember.member_id))
    )
    return {
        row.member_id: GuestSight(frozenset(row.projects), frozenset(row.topics)) for row in rows
    }


async def visible_events(
    session: AsyncSession, viewer: FeedViewer, *, after: int, upto: int, limit: int
) -> Sequence[EventRow]:
    """Return the first `limit` events with `after` < seq ≤ `upto` that the viewer sees."""
    return await _events(session, visible_to(viewer), after=after, upto=upto, limit=limit)


async def all_events(
    session: AsyncSession, workspace_id: UUID, *, after: int, upto: int, limit: int
) -> Sequence[EventRow]:
    """Return the first `limit` events with `after` < seq ≤ `upto`, without checking access."""
    of_workspace = col(EventRow.workspace_id) == workspace_id
    return await _events(session, of_workspace, after=after, upto=upto, limit=limit)


async def _events(
    session: AsyncSession, which: ColumnElement[bool], *, after: int, upto: int, limit: int
) -> Sequence[EventRow]:
    statement = (
        select(EventRow)
        .where(which, col(EventRow.seq) > after, col(EventRow.seq) <= upto)
        .order_by(col(EventRow.seq))
        .limit(limit)
    )
    return (await session.scalars(statement)).all()


async def participants_of(
    session: AsyncSession, workspace_id: UUID, topic_ids: Collection[UUID]
) -> Participants:
    """Return the members of each of these direct topics."""
    if not topic_ids:
        return {}
    rows = await session.execute(
        select(col(TopicParticipant.topic_id), col(TopicParticipant.member_id)).where(
            col(TopicParticipant.workspace_id) == workspace_id,
            col(TopicParticipant.topic_id).in_(topic_ids),
        )
    )
    found: dict[UUID, set[UUID]] = {topic_id: set() for topic_id in topic_ids}
    for topic_id, member_id in rows:
        found[topic_id].add(member_id)
    return found


_HEADS = text(
    "SELECT workspace_id, epoch, head, access_rev FROM feed_heads(CAST(:workspace_ids AS uuid[]))"
)


async def heads(
    session: AsyncSession, workspace_ids: Collection[UUID]
) -> dict[UUID, tuple[UUID, int, int]]:
    """Return the epoch, head and access revision of each workspace."""
    rows = await session.execute(_HEADS, {"workspace_ids": list(workspace_ids)})
    return {row.workspace_id: (row.epoch, row.head, row.access_rev) for row in rows}
