"""Who sees an event: one rule, as a SQL predicate and as a function for live events."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.conversations.models import Topic, TopicKind, TopicParticipant
from dayline.conversations.queries import direct_topics_of
from dayline.identity.caller import Caller
from dayline.identity.models import Role
from dayline.kernel.db.events import Audience, AudienceKind, EventRow, asker_id
from dayline.projects.models import ProjectMember

Participants = Mapping[UUID, Collection[UUID]]
"""The members of direct topics, by topic id. They never change, so they may be cached."""

_FOR_GUESTS = frozenset({AudienceKind.WORKSPACE})
_FOR_MEMBERS = _FOR_GUESTS | {AudienceKind.TEAM, AudienceKind.PROJECT}
_FOR_ADMINS = _FOR_MEMBERS | {AudienceKind.ADMINS}

_NAMING_A_MEMBER = frozenset({AudienceKind.TEAM, AudienceKind.MEMBER})


@dataclass(frozen=True, slots=True)
class EventViewer:
    """A member as a reader of events, with one session or token.

    `acts_as_admin` depends on both their role and their token's scopes. `project_ids` are a
    guest's projects, `topic_ids` the topics of public decisions in them. Both are empty for others.
    """

    workspace_id: UUID
    member_id: UUID
    role: Role
    acts_as_admin: bool
    project_ids: frozenset[UUID] = frozenset()
    topic_ids: frozenset[UUID] = frozenset()

    @property
    def is_guest(self) -> bool:
        """Whether they see only the projects they were added to."""
        return self.role is Role.GUEST

    @property
    def whole(self) -> frozenset[AudienceKind]:
        """The audiences they belong to regardless of the project or member that an event names."""
        if self.is_guest:
            return _FOR_GUESTS
        return _FOR_ADMINS if self.acts_as_admin else _FOR_MEMBERS

    @property
    def named(self) -> frozenset[UUID]:
        """The audience ids of team events that this guest may see, besides their own id."""
        asked = {asker_id(project_id, self.member_id) for project_id in self.project_ids}
        return self.topic_ids | asked

    def epoch(self, history: UUID) -> str:
        """Return an opaque name of the history and of the part of it that this viewer sees.

        It changes after a restore and when the viewer's access changes. A client with an old epoch
        is told to read the snapshot again. No one's access has to be stored for this.
        """
        given = sorted(id_.hex for id_ in self.project_ids | self.topic_ids)
        sight = f"{self.member_id} {self.role} {self.acts_as_admin} {given}"
        return f"{history}.{hashlib.sha256(sight.encode()).hexdigest()[:16]}"


def sees(viewer: EventViewer, audience: Audience, participants: Participants) -> bool:
    """Whether the viewer sees an event of `audience`. Must agree with `visible_to`."""
    return (
        audience.kind in viewer.whole
        or (audience.kind in _NAMING_A_MEMBER and audience.id == viewer.member_id)
        or (audience.kind is AudienceKind.TEAM and audience.id in viewer.named)
        or (audience.kind is AudienceKind.PROJECT and audience.id in viewer.project_ids)
        or (
            audience.kind is AudienceKind.TOPIC
            and audience.id is not None
            and viewer.member_id in participants.get(audience.id, ())
        )
    )


def visible_to(viewer: EventViewer) -> ColumnElement[bool]:
    """Select the events that the viewer sees. Must agree with `sees`."""
    kind, named = col(EventRow.audience), col(EventRow.audience_id)
    return and_(
        col(EventRow.workspace_id) == viewer.workspace_id,
        or_(
            kind.in_(viewer.whole),
            and_(kind.in_(_NAMING_A_MEMBER), named == viewer.member_id),
            and_(kind == AudienceKind.TEAM, named.in_(viewer.named)),
            and_(kind == AudienceKind.PROJECT, named.in_(viewer.project_ids)),
            and_(kind == AudienceKind.TOPIC, named.in_(direct_topics_of(viewer))),
        ),
    )


async def viewer_of(caller: Caller) -> EventViewer:
    """Return the caller as a viewer of events."""
    guests = [caller.member_id] if caller.is_guest else []
    sights = await sights_of(caller.session, caller.workspace_id, guests)
    sight = sights.get(caller.member_id, NO_SIGHT)
    return EventViewer(
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
