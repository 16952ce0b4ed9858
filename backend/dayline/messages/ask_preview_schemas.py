"""API schemas of the preview of an ask."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from dayline.calendars.schemas import TwoClocks
from dayline.core.agreement import ClauseKind
from dayline.kernel.schemas import MemberHandle, MemberId, MemberName, Output, Zone
from dayline.messages.reach_schemas import UnreachedOut
from dayline.timers.schemas import StepOut


class WorkingState(StrEnum):
    """Whether a member is likely working, according to their calendar. It never says why not."""

    WORKING = "working"
    FOCUS = "focus"  # working, but should not be interrupted
    OFF = "off"


class AskedOut(Output):
    """A member, and when their answer would be due if they were asked now."""

    member_id: MemberId
    handle: MemberHandle
    name: MemberName
    covers: list[UUID] = Field(
        description="The ids of the listed members on time off that this member stands in for."
    )
    zone: Zone
    now: TwoClocks = Field(description="The current time.")
    standing: WorkingState = Field(description="Whether the member is likely working now.")
    next_start: TwoClocks | None = Field(
        description="When the member works next, which is now if they are working. Null if "
        "not within five years."
    )
    first_check: TwoClocks | None = Field(
        description="When the member should have seen the message. Null if that is within "
        "their working day."
    )
    due: TwoClocks | None = Field(
        description="When the answer would be due. Null if the member can't be asked, for "
        "lack of working time within five years."
    )
    escalation: list[StepOut] = Field(
        description="Who is asked next if no one answers, in order. Empty for guests."
    )
    needs_reason: bool = Field(
        description="Whether asking needs an `urgent_reason`, because it is urgent and the "
        "member isn't working."
    )


class ColleagueOut(Output):
    """Another member who is working now."""

    member_id: MemberId
    handle: MemberHandle
    name: MemberName
    now: TwoClocks = Field(description="The current time.")
    in_focus: bool = Field(
        description="Whether the member is in focus time and shouldn't be interrupted."
    )


class AskPreviewOut(Output):
    """What would happen if you asked now."""

    at: datetime = Field(description="The instant for which this was calculated.")
    clause: ClauseKind = Field(description="Which answer time of the agreement would apply.")
    agreement_version: int = Field(description="The version of the agreement that would apply.")
    allowance_s: int = Field(
        description="The answer time, in seconds of each recipient's working time."
    )
    recipients: list[AskedOut] = Field(
        description="The members who would be asked, in the order in which you listed them."
    )
    working_now: list[ColleagueOut] = Field(
        description="Other members of the project or conversation who are working now, "
        "those in focus time last. Empty for guests."
    )
    unreached: list[UnreachedOut] = Field(description="The mentions that wouldn't ask anyone.")


class AwayOut(Output):
    """A recipient of an urgent message who does not work."""

    member_id: UUID
    name: str
    next_start: TwoClocks
