"""Response schemas of availability: one instant, one day, and the overlap of a group."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from dayline.calendars.schemas import AT, REFERENCE_TIME, Moment, Stretch
from dayline.kernel.schemas import MemberId, Output, ReferenceZone, Zone


class Availability(Output):
    """A member's availability at one instant, and their working hours on one date."""

    member_id: MemberId
    zone: Zone
    now: Moment = Field(description="The instant that you asked about.")
    is_working: bool = Field(description="Whether the member is within their working hours.")
    in_focus: bool = Field(
        description="Whether the member is in focus time and shouldn't be interrupted."
    )
    is_off: bool = Field(description="Whether the member has time off or a public holiday.")
    off_until: Moment | None = Field(
        description="When the time off or public holiday ends. Null if the member isn't off."
    )
    cover_id: UUID | None = Field(
        description="The id of the stand-in, who is asked instead. Null if there is none."
    )
    next_start: Moment | None = Field(
        description="When the member works next, which is now if they are working. Null if "
        "not within five years."
    )
    intervals: list[Stretch] = Field(
        description="The working time of the date in the member's time zone. Shifts past "
        "midnight belong to the date on which they start."
    )
    focus: list[Stretch] = Field(description="The focus time within `intervals`.")


class TeamAvailability(Output):
    """The availability of the whole team at one instant."""

    at: datetime = Field(description="The instant that you asked about.")
    reference_zone: ReferenceZone
    reference: str = Field(description="The instant in the team time zone, with its UTC offset.")
    on: date = Field(
        description="The date whose working hours are listed, in each member's time zone."
    )
    members: list[Availability] = Field(description="The active members, ordered by handle.")


class GroupMoment(Output):
    """An instant, with its local time for each member of a group."""

    at: Annotated[datetime, AT]
    reference: Annotated[str, REFERENCE_TIME] = Field(examples=["2026-05-20T16:00:00+03:00"])
    local: dict[UUID, str] = Field(
        description="The local time of each member with its UTC offset, by member id."
    )


class GroupStretch(Output):
    """A time span, with local times for each member of a group."""

    start: GroupMoment = Field(description="When the time span starts.")
    end: GroupMoment = Field(description="When the time span ends.")


class MemberDay(Output):
    """A member's working time, focus time and time off within one date of the team time zone."""

    member_id: MemberId
    zone: Zone
    working: list[Stretch] = Field(
        description="The working time within the date. Shifts past midnight are cut at its ends."
    )
    focus: list[Stretch] = Field(description="The focus time within `working`.")
    off: list[Stretch] = Field(description="The time off and public holidays within the date.")


class TeamDay(Output):
    """One date of the team time zone, hour by hour, with the local times of each member."""

    on: date = Field(description="The date in the team time zone.")
    reference_zone: ReferenceZone
    starts_at: datetime = Field(
        description="The instant at which the date starts in the team time zone."
    )
    ends_at: datetime = Field(
        description="The instant at which the date ends in the team time zone."
    )
    hours: list[GroupMoment] = Field(
        description="The start of each hour. There are 24, or 23 or 25 when the clocks change."
    )
    members: list[MemberDay] = Field(description="The active members, ordered by handle.")


class CostlyHour(GroupStretch):
    """The hour that costs the group the least time outside working hours."""

    off_minutes: dict[UUID, int] = Field(
        description="How many minutes are outside working hours, by the id of each member "
        "concerned."
    )


class Overlap(Output):
    """When the members of a group work at the same time on a date."""

    on: date = Field(description="The date, from midnight to midnight in the team time zone.")
    reference_zone: ReferenceZone
    members: list[UUID] = Field(description="The ids of the members in the group.")
    together: list[GroupStretch] = Field(description="When all of them work.")
    undisturbed: list[GroupStretch] = Field(
        description="When all of them work and no one has focus time."
    )
    least_unfair: CostlyHour | None = Field(
        description="The fairest hour to meet if they never work at the same time. Null if they do."
    )
