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
from dayline.kernel.schemas import Id, Input, MemberHandle, MemberId, MemberName, Output
from dayline.notices.models import ChannelName, MemberNoticeKind

MOST_SEQ = 2**63 - 1
MOST_MUTED = 200
ABOUT = "The id of the {} that it is about. Null if there is none."


class NoticeState(StrEnum):
    """Which notices a list shows."""

    OPEN = "open"  # neither done nor settled nor snoozed
    UNREAD = "unread"  # open and not read
    NEEDS_YOU = "needs_you"  # open, and something is asked of the member
    SNOOZED = "snoozed"  # open again at an instant that has not come
    DONE = "done"  # done, or settled


class NoticeCard(Output):
    """A notice as in the snapshot and in events. It has no texts."""

    id: Id
    kind: MemberNoticeKind = Field(description="Why you get this notice.")
    needs_you: bool = Field(description="Whether something is asked of you until it is settled.")
    seq: int = Field(description="The number of the event that this notice is about.")
    at: datetime = Field(description="When the event happened.")
    actor_id: UUID | None = Field(description="The id of the member who acted. Null if no one did.")
    timer_id: UUID | None = Field(description=ABOUT.format("timer"))
    message_id: UUID | None = Field(
        description="The id of the message that asks or names you, or that answers your question. "
        "Null if there is none."
    )
    topic_id: UUID | None = Field(description=ABOUT.format("topic"))
    task_id: UUID | None = Field(description=ABOUT.format("task"))
    decision_id: UUID | None = Field(description=ABOUT.format("decision"))
    reference_id: UUID | None = Field(description=ABOUT.format("reference"))
    subject_id: UUID | None = Field(
        description="The id of the subject to write a reference about. Null for other notices."
    )
    project_id: UUID | None = Field(description=ABOUT.format("project"))
    agreement_version: int | None = Field(
        description="The version of the agreement to sign. Null for other notices."
    )
    read_at: datetime | None = Field(description="When you read it. Null while it's unread.")
    done_at: datetime | None = Field(description="When you marked it as done. Null until then.")
    snoozed_until: datetime | None = Field(
        description="When it shows up again. Null if it isn't snoozed."
    )
    settled_at: datetime | None = Field(
        description="When nothing was left to do, such as when you answered. Null until then."
    )


class NoticePerson(Output):
    """A member, as far as a notice names them."""

    id: MemberId
    handle: MemberHandle
    name: MemberName


class NoticeOut(NoticeCard):
    """A notice with everything that a row of a list shows."""

    title: str = Field(description="What it is about, in a few words.")
    path: str = Field(
        description="The page that it leads to, relative to the workspace's page.",
        examples=["tasks/ABC-12"],
    )
    actor: NoticePerson | None = Field(description="The member who acted. Null if no one did.")
    excerpt: str | None = Field(
        description="The beginning of the message as plain text. Null if there is no message."
    )
    topic: TopicLine | None = Field(
        description="The topic that it is about. Null if there is none."
    )
    task: TaskLine | None = Field(description="The task that it is about. Null if there is none.")
    decision: DecisionLine | None = Field(
        description="The decision that it is about. Null if there is none."
    )
    project: ProjectLine | None = Field(
        description="The project that it is about. Null if there is none."
    )
    due: TwoClocks | None = Field(
        description="When the answer or input is due, in the zone of the person who owes it and in "
        "yours. Null if nothing is due."
    )
    urgent: bool = Field(description="Whether it is about an urgent ask.")
    is_recipient: bool | None = Field(
        description="Whether you owe the answer. Null if no answer is due."
    )
    answered_in_s: int | None = Field(
        description="The seconds of working time that the answer took, without pauses. Null for "
        "other notices."
    )
    snoozed_local: str | None = Field(
        description="When it shows up again, in your time zone. Null if it isn't snoozed.",
        examples=["2026-05-22T09:00:00+03:00"],
    )


class NoticeCounts(Output):
    """How many open notices you have."""

    unread: int = Field(description="Open notices that you haven't read.")
    needs_you: int = Field(description="Open notices that ask something of you.")


class SnoozeIn(Input):
    """How long to snooze a notice. Give a time, a local time or `next_start`."""

    until: NearInstant | None = Field(
        default=None, description="In the future, at most 90 days ahead."
    )
    until_local: LocalTime | None = Field(
        default=None,
        description="The time as a local time in your time zone. Null if you send another field.",
        examples=["2026-05-22T15:00"],
    )
    next_start: bool = Field(
        default=False,
        description="Whether to snooze until you start working. If you're working now, that is on "
        "your next working day.",
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
    """How many notices were marked as read."""

    read: int = Field(description="The number of notices that were unread before.")


Channels = Mapping[MemberNoticeKind, Annotated[list[ChannelName], Field(max_length=10)]]


class NoticeSettingsCard(Output):
    """Your notification settings as in the snapshot and in events. The app always shows notices."""

    channels: Channels = Field(description="The channels that notify you, for each kind of notice.")
    muted_projects: list[UUID] = Field(
        description="The ids of the projects whose notices are marked as read unless they need you."
    )
    muted_topics: list[UUID] = Field(description="The ids of the topics treated the same way.")
    away_since: datetime | None = Field(
        description="When you paused all channels. Null if they aren't paused."
    )
    away_until: datetime | None = Field(
        description="When all channels resume. Null if they aren't paused or have no set end."
    )


class NoticeSettingsOut(NoticeSettingsCard):
    """Your notification settings."""

    is_away: bool = Field(description="Whether all channels are paused now.")
    away_until_local: str | None = Field(
        description="When all channels resume, in your time zone. Null if no end is set.",
        examples=["2026-05-22T09:00:00+03:00"],
    )


class NoticeSettingsIn(Input):
    """All of your notification settings. Fields that you leave out get their default."""

    channels: Channels = Field(
        default_factory=dict,
        description="The channels that notify you, for each kind. Kinds that you leave out "
        "get their default.",
    )
    muted_projects: list[UUID] = Field(
        default_factory=list, max_length=MOST_MUTED, description="The ids of the projects to mute."
    )
    muted_topics: list[UUID] = Field(
        default_factory=list, max_length=MOST_MUTED, description="The ids of the topics to mute."
    )


class AwayIn(Input):
    """How long to pause all channels."""

    until: NearInstant | None = Field(
        default=None,
        description="When they resume, at most 90 days ahead. Null if you end it yourself.",
    )
    until_local: LocalTime | None = Field(
        default=None,
        description="The time as a local time in your time zone. Null if you send another field.",
        examples=["2026-05-22T15:00"],
    )

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if self.until is not None and self.until_local is not None:
            raise Refused(Phrase("fields.one-away"))
        return self
