"""API schemas of events and snapshots."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from dayline.agreements.schemas import AgreementCard
from dayline.calendars.schemas import CalendarOut
from dayline.conversations.schemas import TopicOut
from dayline.decisions.schemas import DecisionCard
from dayline.identity.models import Role
from dayline.kernel.db.events import AudienceKind, EventRow
from dayline.kernel.schemas import Output
from dayline.members.schemas import MemberOut, WorkspaceOut
from dayline.notices.schemas import NoticeCard, NoticeSettingsCard
from dayline.projects.schemas import ProjectOut
from dayline.references.schemas import ReferenceCard
from dayline.tasks.schemas import TaskCard
from dayline.timers.schemas import TimerOut
from dayline.views.schemas import ViewOut

MOST_SEQ = 2**63 - 1


class AudienceOut(Output):
    """Who sees an event: a kind, and the project, topic or member where it names one."""

    kind: AudienceKind
    id: UUID | None


class EventOut(Output):
    """One fact that happened in a workspace."""

    seq: int = Field(description="Its number in the workspace; numbers have no gaps.")
    id: UUID
    kind: str = Field(examples=["task.created"])
    at: datetime
    actor_id: UUID | None = Field(description="The member who did it, null where nobody did.")
    audience: AudienceOut
    data: dict[str, Any] = Field(
        description="Ids, and documents as they are after the change, by the name of their kind."
    )

    @classmethod
    def of(cls, row: EventRow) -> "EventOut":
        """Return the event as clients receive it, from every route."""
        return cls(
            seq=row.seq,
            id=row.id,
            kind=row.kind,
            at=row.at,
            actor_id=row.actor_id,
            audience=AudienceOut(kind=row.audience, id=row.audience_id),
            data=row.data,
        )


class EventsPage(Output):
    """The events behind a number that the caller sees."""

    epoch: str = Field(description="Opaque. With another epoch, numbers mean nothing: read afresh.")
    since: int
    seq: int = Field(description="The page covers the numbers up to here, withheld ones too.")
    head: int = Field(description="The number of the workspace's latest event.")
    events: list[EventOut]


class SnapshotMe(Output):
    """Who the caller is in this workspace."""

    member_id: UUID
    role: Role


class SnapshotOut(Output):
    """What a board needs, as the caller sees it right after event `seq`."""

    epoch: str = Field(description="Resume the feed with this and `seq`.")
    seq: int
    me: SnapshotMe
    workspace: WorkspaceOut
    members: list[MemberOut] = Field(description="Guests see the team and themselves.")
    projects: list[ProjectOut]
    topics: list[TopicOut] = Field(description="Those of tasks and direct ones too.")
    tasks: list[TaskCard]
    agreements: list[AgreementCard]
    calendars: list[CalendarOut]
    timers: list[TimerOut] = Field(description="Those that have not ended.")
    views: list[ViewOut] = Field(description="Your own, and those that the team shares.")
    references: list[ReferenceCard] = Field(description="Guests see none.")
    decisions: list[DecisionCard] = Field(description="Those that are drafts or open.")
    notices: list[NoticeCard] = Field(
        description="Yours that are neither done nor settled; the latest 500."
    )
    notice_settings: NoticeSettingsCard = Field(description="How you are told of notices.")
