"""Who sees an event: one rule, as a predicate for PostgreSQL and as a function for live events."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col

from dayline.conversations.queries import direct_topics_of
from dayline.identity.models import Role
from dayline.kernel.db.events import Audience, AudienceKind, EventRow, asker_id

Participants = Mapping[UUID, Collection[UUID]]
"""The members of direct topics, by topic. They never change, so they may be kept."""

_FOR_GUESTS = frozenset({AudienceKind.WORKSPACE})
_FOR_MEMBERS = _FOR_GUESTS | {AudienceKind.TEAM, AudienceKind.PROJECT}
_FOR_ADMINS = _FOR_MEMBERS | {AudienceKind.ADMINS}

_NAMING_A_MEMBER = frozenset({AudienceKind.TEAM, AudienceKind.MEMBER})


@dataclass(frozen=True, slots=True)
class FeedViewer:
    """A member as one who sees, by one session or token.

    `acts_as_admin` is their role's and their token's word. `project_ids` are a guest's projects,
    `topic_ids` the topics of the public decisions in them; both are empty for others.
    """

    workspace_id: UUID
    member_id: UUID
    role: Role
    acts_as_admin: bool
    project_ids: frozenset[UUID] = frozenset()
    topic_ids: frozenset[UUID] = frozenset()

    @property
    def is_guest(self) -> bool:
        """Whether they see only the projects that they were added to."""
        return self.role is Role.GUEST

    @property
    def whole(self) -> frozenset[AudienceKind]:
        """The audiences that they belong to whatever project or member these name."""
        if self.is_guest:
            return _FOR_GUESTS
        return _FOR_ADMINS if self.acts_as_admin else _FOR_MEMBERS

    @property
    def named(self) -> frozenset[UUID]:
        """What the team's events name where they admit this guest, besides the guest."""
        asked = {asker_id(project_id, self.member_id) for project_id in self.project_ids}
        return self.topic_ids | asked

    def epoch(self, history: UUID) -> str:
        """What numbers mean to this viewer: which history, and which part of it they see.

        It changes with the history (a restore) and with the viewer's own access, so that a client
        with an old one is told to read afresh; nothing about anybody's access has to be stored.
        """
        given = sorted(id_.hex for id_ in self.project_ids | self.topic_ids)
        sight = f"{self.member_id} {self.role} {self.acts_as_admin} {given}"
        return f"{history}.{hashlib.sha256(sight.encode()).hexdigest()[:16]}"


def sees(viewer: FeedViewer, audience: Audience, participants: Participants) -> bool:
    """Whether the viewer sees an event of `audience`; equal to `visible_to`."""
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


def visible_to(viewer: FeedViewer) -> ColumnElement[bool]:
    """The predicate of the events that the viewer sees; equal to `sees`."""
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
