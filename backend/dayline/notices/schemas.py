"""Request and response schemas of notices."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from dayline.calendars.fields import LocalTime, NearInstant
from dayline.calendars.schemas import TwoClocks
from dayline.context.places import DecisionLine, ProjectLine, TaskLine, TopicLine
from dayline.core.phrase import Phrase, Refused
from dayline.kernel.schemas import Input, Output
from dayline.notices.models import ChannelName, MemberNoticeKind

MOST_SEQ = 2**63 - 1
MOST_MUTED = 200


class NoticeState(StrEnum):
    """Which notices a list shows."""

    OPEN = "open"  # neither done nor settled nor snoozed
    UNREAD = "unread"  # open and not read
    NEEDS_YOU = "needs_you"  # open, and something is asked of the member
    SNOOZED = "snoozed"  # open again at an instant that has not come
    DONE = "done"  # done, or settled


class NoticeCard(Output):
    """A notice as the snapshot and events show it: without texts."""

    id: UUID
    kind: MemberNoticeKind
    needs_you: bool = Field(description="Whether something is asked of you until it is settled.")
    seq: int = Field(description="The number of the event that it tells of.")
    at: datetime = Field(description="When that happened.")
    actor_id: UUID | None = Field(description="Who did it. Null: it happened by itself.")
    timer_id: UUID | None
    message_id: UUID | None = Field(
        description="The message that asks or names you. Where you were answered: the answer."
    )
    topic_id: UUID | None
    task_id: UUID | None
    decision_id: UUID | None
    reference_id: UUID | None
    subject_id: UUID | None = Field(description="What was explained, where a reference is wanted.")
    project_id: UUID | None
    agreement_version: int | None
    read_at: datetime | None
    done_at: datetime | None
    snoozed_until: datetime | None
    settled_at: datetime | None = Field(
        description="Since when nothing is left to do about it, such as when you answered."
    )


class NoticePerson(Output):
    """A member, as far as a notice names them."""

    id: UUID
    handle: str
    name: str


class NoticeOut(NoticeCard):
    """A notice with all that a row shows."""

    title: str = Field(description="What it is about, in a few words.")
    path: str = Field(
        description="Where it leads, below the workspace's address.", examples=["tasks/ABC-12"]
    )
    actor: NoticePerson | None
    excerpt: str | None = Field(
        description="The beginning of the message, as plain text. Null where it is about none."
    )
    topic: TopicLine | None
    task: TaskLine | None
    decision: DecisionLine | None
    project: ProjectLine | None
    due: TwoClocks | None = Field(
        description="When the answer, the promise or the input is due, on the clock of who owes it "
        "and on yours."
    )
    urgent: bool = Field(description="Whether it is about an urgent ask.")
    is_recipient: bool | None = Field(
        description="Whether you are the one who owes the answer. Null where none is owed."
    )
    answered_in_s: int | None = Field(
        description="Where you were answered: seconds of working time that it took, without pauses."
    )
    snoozed_local: str | None = Field(
        description="Until when it is snoozed, on your clock, with its offset.",
        examples=["2026-05-22T09:00:00+03:00"],
    )


class NoticeCounts(Output):
    """How many open notices you have."""

    unread: int
    needs_you: int


class SnoozeIn(Input):
    """Until when a notice is out of the way: an instant, a time on your clock, your next start."""

    until: NearInstant | None = Field(
        default=None, description="In the future, at most 90 days ahead."
    )
    until_local: LocalTime | None = Field(
        default=None,
        description="The same as a wall time of your zone: the server knows the instant.",
        examples=["2026-05-22T15:00"],
    )
    next_start: bool = Field(
        default=False, description="Until you start: your next working day, where you work now."
    )

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        given = (self.until is not None, self.until_local is not None, self.next_start)
        if sum(given) != 1:
            raise Refused(Phrase("fields.one-snooze"))
        return self


class ReadUpTo(Input):
    """Up to which event you have read."""

    seq: int = Field(strict=True, ge=0, le=MOST_SEQ, description="The `seq` of a notice.")


class ReadOut(Output):
    """How many notices became read."""

    read: int


Channels = Mapping[MemberNoticeKind, Annotated[list[ChannelName], Field(max_length=10)]]


class NoticeSettingsCard(Output):
    """How you are told, as the snapshot and events show it. The app always tells you."""

    channels: Channels = Field(description="For each kind, the channels that tell you of it.")
    muted_projects: list[UUID] = Field(
        description="Projects of which you are told only what needs you. The rest is read at once."
    )
    muted_topics: list[UUID] = Field(description="The same for topics.")
    away_since: datetime | None = Field(description="Since when all channels are paused.")
    away_until: datetime | None = Field(
        description="When they are used again. Null while away: until you say so."
    )


class NoticeSettingsOut(NoticeSettingsCard):
    """How you are told."""

    is_away: bool
    away_until_local: str | None = Field(
        description="When channels are used again, on your clock, with its offset.",
        examples=["2026-05-22T09:00:00+03:00"],
    )


class NoticeSettingsIn(Input):
    """How you want to be told: all of it. What is left out has its default."""

    channels: Channels = Field(
        default_factory=dict, description="By kind. A kind that isn't named has its default."
    )
    muted_projects: list[UUID] = Field(default_factory=list, max_length=MOST_MUTED)
    muted_topics: list[UUID] = Field(default_factory=list, max_length=MOST_MUTED)


class AwayIn(Input):
    """Until when all channels are paused."""

    until: NearInstant | None = Field(
        default=None, description="At most 90 days ahead. Null: until you end it."
    )
    until_local: LocalTime | None = Field(
        default=None,
        description="The same as a wall time of your zone: the server knows the instant.",
        examples=["2026-05-22T15:00"],
    )

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if self.until is not None and self.until_local is not None:
            raise Refused(Phrase("fields.one-away"))
        return self
