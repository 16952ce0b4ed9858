"""API schemas of calendars, holidays and availability."""

from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from dayline.calendars.fields import (
    CountryCode,
    Day,
    EndTime,
    Interval,
    Intervals,
    StartTime,
    SubdivisionCode,
    Weekday,
    plain,
    shown,
)
from dayline.calendars.times import WEEKDAYS, Hours
from dayline.kernel.schemas import Input, Line, Output
from dayline.kernel.text.zones import ZoneName


class WeeklyIn(Input):
    """The hours of a week. A day that is left out is free."""

    mon: Intervals = Field(default_factory=list)
    tue: Intervals = Field(default_factory=list)
    wed: Intervals = Field(default_factory=list)
    thu: Intervals = Field(default_factory=list)
    fri: Intervals = Field(default_factory=list)
    sat: Intervals = Field(default_factory=list)
    sun: Intervals = Field(default_factory=list)

    def plain(self) -> dict[str, Hours]:
        """Return the intervals of each day in their stored form."""
        return {day: plain(getattr(self, day)) for day in WEEKDAYS}


class WeeklyOut(Output):
    """The hours of a week; a day without intervals is free."""

    mon: list[Interval]
    tue: list[Interval]
    wed: list[Interval]
    thu: list[Interval]
    fri: list[Interval]
    sat: list[Interval]
    sun: list[Interval]

    @model_validator(mode="before")
    @classmethod
    def _from_kept(cls, week: Any) -> Any:
        """Convert a stored week to the fields. Passes on a week that has them already."""
        if all(isinstance(span, list) for day in week.values() for span in day):
            return {day: shown(week.get(day, [])) for day in WEEKDAYS}
        return week


class HoursIn(Input):
    """Weekly hours that hold from a date on."""

    weekly: WeeklyIn


class HoursOut(Output):
    """Weekly hours, in force from a date until the next ones; the earliest also before it."""

    effective_from: date
    weekly: WeeklyOut


class CalendarOut(Output):
    """A member's calendar, as the team sees it. `rev` grows with any change, of time off too."""

    id: UUID = Field(description="The member's id.")
    zone: str = Field(description="The member's IANA time zone.")
    country: str | None = Field(description="Whose public holidays are free; null: none.")
    subdivision: str | None
    hours: list[HoursOut] = Field(description="By date, the earliest first.")
    rev: int


class CalendarEdit(Input):
    """What changes; what is left out stays as it is. Another country forgets the subdivision."""

    zone: ZoneName = Field(default_factory=str)
    country: CountryCode | None = Field(default=None, description="Null: no public holidays.")
    subdivision: SubdivisionCode | None = None


class DefaultsOut(Output):
    """The calendar that new members begin with."""

    zone: str | None = Field(description="Null: the workspace's reference zone.")
    weekly: WeeklyOut
    rev: int


class DefaultsEdit(Input):
    """What changes; what is left out stays as it is."""

    zone: ZoneName | None = Field(default=None, description="Null: the reference zone.")
    weekly: WeeklyIn = Field(default_factory=WeeklyIn)


class OverrideIn(Input):
    """The hours of one date instead of the weekly ones."""

    intervals: Intervals = Field(description="None: a free day.")


class OverrideOut(Output):
    """The hours of one date instead of the weekly ones."""

    on: date
    intervals: list[Interval] = Field(description="None: a free day.")

    @model_validator(mode="before")
    @classmethod
    def _from_kept(cls, row: Any) -> Any:
        return row if isinstance(row, dict) else {"on": row.on, "intervals": shown(row.intervals)}


class TimeOffIn(Input):
    """Time off: whole days, both included, or from a local time to a local time."""

    starts_on: Day
    ends_on: Day
    starts_time: StartTime | None = Field(default=None, description="Null: from midnight.")
    ends_time: EndTime | None = Field(
        default=None, description="Null: to midnight. Both times are given, or none."
    )
    reason: Line | None = Field(default=None, description="Only the member and admins see it.")
    cover_id: UUID | None = Field(
        default=None, description="The member who is asked instead meanwhile."
    )


class TimeOffEdit(Input):
    """What changes; what is left out stays as it is."""

    starts_on: Day = Field(default_factory=lambda: date.min)
    ends_on: Day = Field(default_factory=lambda: date.min)
    starts_time: StartTime | None = None
    ends_time: EndTime | None = None
    reason: Line | None = None
    cover_id: UUID | None = None


class TimeOffOut(Output):
    """Time in which a member does not work, in local dates and times of their zone."""

    id: UUID
    member_id: UUID
    starts_on: date
    ends_on: date = Field(description="The last date of it.")
    starts_time: str | None = Field(description="Null: it is whole days.")
    ends_time: str | None
    reason: str | None = Field(description="Null for everybody but the member and admins.")
    cover_id: UUID | None = Field(description="The member who is asked instead meanwhile.")
    created_at: datetime
    rev: int


class FocusIn(Input):
    """Working time in which nobody should be interrupted: on weekdays, or on one date."""

    days: list[Weekday] = Field(default_factory=list, max_length=7)
    on: Day | None = Field(default=None, description="Instead of weekdays: one date.")
    start: StartTime
    end: EndTime


class FocusEdit(Input):
    """What changes; what is left out stays as it is."""

    days: list[Weekday] = Field(default_factory=list, max_length=7)
    on: Day | None = None
    start: StartTime = Field(default_factory=str)
    end: EndTime = Field(default_factory=str)


class FocusOut(Output):
    """Working time in which nobody should be interrupted."""

    id: UUID
    member_id: UUID
    days: list[Weekday] = Field(description="None where it is on one date.")
    on: date | None
    start: str
    end: str
    rev: int


class HolidayIn(Input):
    """A public holiday to add."""

    country: CountryCode
    subdivision: SubdivisionCode | None = None
    on: Day
    name: Line


class HolidayEdit(Input):
    """What changes; what is left out stays as it is."""

    name: Line = Field(default_factory=str)


class HolidayOut(Output):
    """A public holiday of a country, or of a subdivision: then with those of its country."""

    id: UUID
    country: str
    subdivision: str | None
    on: date
    name: str
    library_name: str | None = Field(
        description="Its name in the library of holidays; null where an admin added it."
    )
    removed_at: datetime | None = Field(description="Since when it is free for nobody.")
    rev: int

    @model_validator(mode="before")
    @classmethod
    def _from_row(cls, row: Any) -> Any:
        if isinstance(row, dict):
            return row
        names = [name for name in cls.model_fields if name != "subdivision"]
        return {name: getattr(row, name) for name in names} | {
            "subdivision": row.subdivision or None
        }


class SubdivisionOut(Output):
    """A part of a country with public holidays of its own."""

    code: str
    name: str | None


class CountryOut(Output):
    """A country whose public holidays are known."""

    code: str = Field(examples=["DE"])
    subdivisions: list[SubdivisionOut]


class Moment(Output):
    """An instant, with the wall time and the offset that it has in two zones."""

    at: datetime
    local: str = Field(
        description="In the member's zone, with its offset.",
        examples=["2026-05-22T10:30:00-04:00"],
    )
    reference: str = Field(
        description="In the workspace's reference zone, with its offset.",
        examples=["2026-05-22T17:30:00+03:00"],
    )


class TwoClocks(Output):
    """An instant as two clocks show it: a member's, and your own. Both with their offsets."""

    at: datetime
    theirs: str = Field(examples=["2026-05-22T10:30:00-04:00"])
    yours: str = Field(examples=["2026-05-22T17:30:00+03:00"])

    @classmethod
    def of(cls, at: datetime, theirs: ZoneInfo, yours: ZoneInfo) -> "TwoClocks":
        """Return the instant as local times of both zones."""
        walls = {"theirs": theirs, "yours": yours}
        return cls(at=at, **{name: at.astimezone(zone).isoformat() for name, zone in walls.items()})


class Stretch(Output):
    """From one instant until another."""

    start: Moment
    end: Moment


class Availability(Output):
    """A member at the instant that was asked for, and their hours of the date."""

    member_id: UUID
    zone: str
    now: Moment
    is_working: bool
    in_focus: bool = Field(description="Whether they work and should not be interrupted.")
    is_off: bool = Field(description="Whether they are on time off or have a public holiday.")
    off_until: Moment | None
    cover_id: UUID | None = Field(description="The member who is asked instead of them.")
    next_start: Moment | None = Field(
        description="When they work next: now where they do. Null: not within five years."
    )
    intervals: list[Stretch] = Field(
        description="Their working time of the date, in their own zone. Hours over midnight "
        "belong to the date on which they start."
    )
    focus: list[Stretch] = Field(description="Focus time within `intervals`.")


class TeamAvailability(Output):
    """The whole team at one instant."""

    at: datetime
    reference_zone: str
    reference: str = Field(description="The instant in the reference zone, with its offset.")
    on: date = Field(description="The date whose hours are listed, in each member's own zone.")
    members: list[Availability]


class GroupMoment(Output):
    """An instant, with the wall time and the offset that it has for each of a group."""

    at: datetime
    reference: str = Field(
        description="In the workspace's reference zone, with its offset.",
        examples=["2026-05-20T16:00:00+03:00"],
    )
    local: dict[UUID, str] = Field(description="In the zone of each member, by their id.")


class GroupStretch(Output):
    """From one instant until another, for a group."""

    start: GroupMoment
    end: GroupMoment


class MemberDay(Output):
    """What a member does within a date of the reference zone."""

    member_id: UUID
    zone: str
    working: list[Stretch] = Field(
        description="Their working time; of shifts over midnight what lies within."
    )
    focus: list[Stretch] = Field(description="Focus time within `working`.")
    off: list[Stretch] = Field(description="Time off and public holidays.")


class TeamDay(Output):
    """A date of the reference zone, hour by hour, on everybody's clock."""

    on: date
    reference_zone: str
    starts_at: datetime
    ends_at: datetime
    hours: list[GroupMoment] = Field(
        description="The start of each hour: 24, and 23 or 25 where clocks change."
    )
    members: list[MemberDay] = Field(description="The active members, by handle.")


class CostlyHour(GroupStretch):
    """The hour that asks for the least time outside working hours."""

    off_minutes: dict[UUID, int] = Field(
        description="Minutes outside their working hours, of those who bear any."
    )


class Overlap(Output):
    """When the members of a group work at once on a date."""

    on: date = Field(description="The date, from midnight to midnight in the reference zone.")
    reference_zone: str
    members: list[UUID]
    together: list[GroupStretch] = Field(description="When all of them work.")
    undisturbed: list[GroupStretch] = Field(
        description="When all of them work and none has a focus block."
    )
    least_unfair: CostlyHour | None = Field(description="Null where they work together at all.")


class CalendarLinkOut(Output):
    """Whether a member has a link to their calendar."""

    created_at: datetime | None = Field(description="Null: there is none.")


class CalendarLinkMade(Output):
    """A new link to a member's calendar."""

    created_at: datetime
    url: str = Field(description="Shown once; whoever has it sees the calendar.")
