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
from dayline.kernel.schemas import Id, Output
from dayline.members.schemas import MemberOut, WorkspaceOut
from dayline.notices.schemas import NoticeCard, NoticeSettingsCard
from dayline.projects.schemas import ProjectOut
from dayline.references.schemas import ReferenceCard
from dayline.tasks.schemas import TaskCard
from dayline.timers.schemas import TimerOut
from dayline.views.schemas import ViewOut

MOST_SEQ = 2**63 - 1


class AudienceOut(Output):
    """Who may see an event."""

    kind: AudienceKind = Field(description="Which members may see the event.")
    id: UUID | None = Field(
        description="The id of the project, topic or member that the kind refers to. Null if "
        "it refers to none."
    )


class EventOut(Output):
    """Something that happened in a workspace."""

    seq: int = Field(description="The number of the event in the workspace. Numbers have no gaps.")
    id: Id
    kind: str = Field(examples=["task.created"], description="What happened.")
    at: datetime = Field(description="When it happened.")
    actor_id: UUID | None = Field(
        description="The id of the member who did it. Null if it happened automatically."
    )
    audience: AudienceOut = Field(description="Who may see the event.")
    data: dict[str, Any] = Field(
        description="The changed documents as they are now, by the name of their kind, and "
        "related ids."
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
    """The events after a number that you may see."""

    epoch: str = Field(
        description="Identifies the history that the numbers belong to. If it changes, "
        "load the snapshot again."
    )
    since: int = Field(description="The number that you asked to start after.")
    seq: int = Field(
        description="The number up to which this page is complete. Events that you may not "
        "see are left out."
    )
    head: int = Field(description="The number of the latest event in the workspace.")
    events: list[EventOut] = Field(description="The events, oldest first.")


class SnapshotMe(Output):
    """Who you are in this workspace."""

    member_id: UUID = Field(description="Your member id.")
    role: Role = Field(description="The role that this session or token acts with.")


class SnapshotOut(Output):
    """The current state of a workspace as you see it, right after the event with number `seq`."""

    epoch: str = Field(
        description="Identifies the history that `seq` belongs to. Resume the feed with both."
    )
    seq: int = Field(description="The number of the latest event included.")
    me: SnapshotMe = Field(description="You as a member of this workspace.")
    workspace: WorkspaceOut = Field(description="The workspace itself.")
    members: list[MemberOut] = Field(description="The members. Guests don't see other guests.")
    projects: list[ProjectOut] = Field(description="The projects that you can see.")
    topics: list[TopicOut] = Field(
        description="All topics that you can see, including those of tasks and direct topics."
    )
    tasks: list[TaskCard] = Field(description="The tasks that you can see.")
    agreements: list[AgreementCard] = Field(description="The published versions of the agreement.")
    calendars: list[CalendarOut] = Field(description="The calendars of members.")
    timers: list[TimerOut] = Field(
        description="The timers that you can see and that haven't ended."
    )
    views: list[ViewOut] = Field(description="Your views and those shared with the team.")
    references: list[ReferenceCard] = Field(description="The references. Empty for guests.")
    decisions: list[DecisionCard] = Field(
        description="The drafts and open decisions that you can see."
    )
    notices: list[NoticeCard] = Field(
        description="The latest 500 of your notices that are neither done nor settled."
    )
    notice_settings: NoticeSettingsCard = Field(description="Which channels notify you, and when.")
