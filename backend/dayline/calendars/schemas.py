"""API schemas of calendars, holidays and availability."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from dayline.calendars.fields import (
    CountryCode,
    Day,
    EndTime,
    Intervals,
    ShownIntervals,
    StartTime,
    SubdivisionCode,
    Weekday,
    plain,
    shown,
)
from dayline.calendars.times import WEEKDAYS, Hours
from dayline.kernel.schemas import (
    CreatedAt,
    Id,
    Input,
    Line,
    MemberId,
    Output,
    Rev,
    Zone,
)
from dayline.kernel.text.zones import ZoneName

# Meanings that several schemas share.
COUNTRY = Field(description="The country whose public holidays the member has off. Null for none.")
ZONE = Field(
    description="The IANA time zone of new members. Null means the workspace's team time zone."
)
STARTS_ON = Field(description="The first date, in the member's time zone.")
ENDS_ON = Field(description="The last date, in the member's time zone.")
REASON = Field(description="Why the member is off. Only they and admins see it.")
COVER_ID = Field(
    description="The stand-in, who is asked instead during the time off. Null if there is none."
)
ON = Field(description="The date of focus time that happens once. Null for weekly focus time.")
AT = Field(description="The instant in UTC.")
THEIR_TIME = Field(description="The local time in the member's time zone, with its UTC offset.")
REFERENCE_TIME = Field(
    description="The local time in the workspace's team time zone, with its UTC offset."
)


class WeeklyIn(Input):
    """The working hours of each weekday. A day left out is a day off."""

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
    """The working hours of each weekday. A day without intervals is a day off."""

    mon: ShownIntervals
    tue: ShownIntervals
    wed: ShownIntervals
    thu: ShownIntervals
    fri: ShownIntervals
    sat: ShownIntervals
    sun: ShownIntervals

    @model_validator(mode="before")
    @classmethod
    def _from_kept(cls, week: Any) -> Any:
        """Convert a stored week to the fields. Passes on a week that has them already."""
        if all(isinstance(span, list) for day in week.values() for span in day):
            return {day: shown(week.get(day, [])) for day in WEEKDAYS}
        return week


class HoursIn(Input):
    """Weekly hours that apply from a date on."""

    weekly: WeeklyIn = Field(description="The working hours of each weekday.")


class HoursOut(Output):
    """Weekly hours from a date until the next ones. The earliest also apply before it."""

    effective_from: date = Field(
        description="The first date, in the member's time zone, on which these hours apply."
    )
    weekly: WeeklyOut = Field(description="The working hours of each weekday.")


class CalendarOut(Output):
    """A member's calendar, as the team sees it. Its `rev` also grows when time off changes."""

    id: MemberId
    zone: Zone
    country: Annotated[str | None, COUNTRY]
    subdivision: str | None = Field(
        description="The part of the country whose public holidays the member also has off. "
        "Null means none."
    )
    hours: list[HoursOut] = Field(description="The weekly hours, from the earliest to the latest.")
    rev: Rev


class CalendarEdit(Input):
    """Changes to a calendar. Fields left out stay the same. A new country clears `subdivision`."""

    zone: ZoneName = Field(
        default_factory=str,
        description="The new IANA time zone. Hours and time off keep their clock times.",
    )
    country: Annotated[CountryCode | None, COUNTRY] = None
    subdivision: SubdivisionCode | None = Field(
        default=None,
        description="The part of the country whose public holidays also apply. Null means none.",
    )


class DefaultsOut(Output):
    """The calendar that new members start with."""

    zone: Annotated[str | None, ZONE]
    weekly: WeeklyOut = Field(description="The weekly hours of new members.")
    rev: Rev


class DefaultsEdit(Input):
    """Changes to the default calendar. Fields left out stay the same."""

    zone: Annotated[ZoneName | None, ZONE] = None
    weekly: WeeklyIn = Field(
        default_factory=WeeklyIn, description="The weekly hours of new members."
    )


class OverrideIn(Input):
    """Working hours on a single date, which replace the weekly ones."""

    intervals: Intervals


class OverrideOut(Output):
    """Working hours on a single date, which replace the weekly ones."""

    on: date = Field(description="The date in the member's time zone.")
    intervals: ShownIntervals

    @model_validator(mode="before")
    @classmethod
    def _from_kept(cls, row: Any) -> Any:
        return row if isinstance(row, dict) else {"on": row.on, "intervals": shown(row.intervals)}


class TimeOffIn(Input):
    """Time off in whole days, or from one local time to another."""

    starts_on: Annotated[Day, STARTS_ON]
    ends_on: Annotated[Day, ENDS_ON]
    starts_time: StartTime | None = Field(
        default=None,
        description="The local time at which it starts on the first date. Null with "
        "`ends_time` for whole days.",
    )
    ends_time: EndTime | None = Field(
        default=None,
        description="The local time at which it ends on the last date. Null with "
        "`starts_time` for whole days.",
    )
    reason: Annotated[Line | None, REASON] = None
    cover_id: Annotated[UUID | None, COVER_ID] = None


class TimeOffEdit(Input):
    """Changes to time off. Fields left out stay the same."""

    starts_on: Annotated[Day, STARTS_ON] = Field(default_factory=lambda: date.min)
    ends_on: Annotated[Day, ENDS_ON] = Field(default_factory=lambda: date.min)
    starts_time: StartTime | None = Field(
        default=None,
        description="The local time at which it starts. Null with `ends_time` for whole days.",
    )
    ends_time: EndTime | None = Field(
        default=None,
        description="The local time at which it ends. Null with `starts_time` for whole days.",
    )
    reason: Annotated[Line | None, REASON] = None
    cover_id: Annotated[UUID | None, COVER_ID] = None


class TimeOffOut(Output):
    """Time in which a member doesn't work, in dates and times of their time zone."""

    id: Id
    member_id: MemberId
    starts_on: Annotated[date, STARTS_ON]
    ends_on: Annotated[date, ENDS_ON]
    starts_time: str | None = Field(
        description="The local time at which it starts on the first date. Null for whole days."
    )
    ends_time: str | None = Field(
        description="The local time at which it ends on the last date. Null for whole days."
    )
    reason: str | None = Field(
        description="Why the member is off. Null if there is no reason or if you may not see it."
    )
    cover_id: Annotated[UUID | None, COVER_ID]
    created_at: CreatedAt
    rev: Rev


class FocusIn(Input):
    """Focus time to add, either every week or on one date."""

    days: list[Weekday] = Field(
        default_factory=list,
        max_length=7,
        description="The weekdays of weekly focus time. Leave it out if you send `on`.",
    )
    on: Annotated[Day | None, ON] = None
    start: StartTime
    end: EndTime


class FocusEdit(Input):
    """Changes to focus time. Fields left out stay the same."""

    days: list[Weekday] = Field(
        default_factory=list,
        max_length=7,
        description="The weekdays of weekly focus time. They replace a date.",
    )
    on: Day | None = Field(
        default=None,
        description="The date of focus time that happens once. It replaces the weekdays.",
    )
    start: StartTime = Field(default_factory=str)
    end: EndTime = Field(default_factory=str)


class FocusOut(Output):
    """Working time in which a member shouldn't be interrupted."""

    id: Id
    member_id: MemberId
    days: list[Weekday] = Field(
        description="The weekdays of weekly focus time. Empty if it happens once."
    )
    on: Annotated[date | None, ON]
    start: str = Field(description="The local time at which it starts.")
    end: str = Field(
        description="The local time at which it ends. If it isn't after the start, it is on "
        "the next day."
    )
    rev: Rev


class HolidayIn(Input):
    """A public holiday to add."""

    country: CountryCode
    subdivision: SubdivisionCode | None = Field(
        default=None,
        description="The part of the country that has the holiday. Null for the whole country.",
    )
    on: Day = Field(description="The date of the holiday.")
    name: Line = Field(description="The name of the holiday.")


class HolidayEdit(Input):
    """Changes to a public holiday. Fields left out stay the same."""

    name: Line = Field(default_factory=str, description="The new name of the holiday.")


class HolidayOut(Output):
    """A public holiday of a country or a part of it."""

    id: Id
    country: str = Field(description="The two-letter ISO 3166-1 code of the country.")
    subdivision: str | None = Field(
        description="The code of the part of the country that has the holiday. Null for the "
        "whole country."
    )
    on: date = Field(description="The date of the holiday.")
    name: str = Field(description="The name of the holiday.")
    library_name: str | None = Field(
        description="The original name from the holiday library. Null if an admin added "
        "the holiday."
    )
    removed_at: datetime | None = Field(
        description="When an admin removed the holiday. Null while it applies."
    )
    rev: Rev

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
    """A part of a country that has its own public holidays."""

    code: str = Field(description="The code to use as `subdivision`.")
    name: str | None = Field(description="A name of the part. Null if only its code is known.")


class CountryOut(Output):
    """A country whose public holidays are known."""

    code: str = Field(examples=["DE"], description="The two-letter ISO 3166-1 code.")
    subdivisions: list[SubdivisionOut] = Field(
        description="The parts of the country that have their own public holidays."
    )


class Moment(Output):
    """An instant, with its local time in two time zones."""

    at: Annotated[datetime, AT]
    local: Annotated[str, THEIR_TIME] = Field(examples=["2026-05-22T10:30:00-04:00"])
    reference: Annotated[str, REFERENCE_TIME] = Field(examples=["2026-05-22T17:30:00+03:00"])


class TwoClocks(Output):
    """An instant, with its local time for a member and for you."""

    at: Annotated[datetime, AT]
    theirs: Annotated[str, THEIR_TIME] = Field(examples=["2026-05-22T10:30:00-04:00"])
    yours: str = Field(
        examples=["2026-05-22T17:30:00+03:00"],
        description="The local time in your time zone, with its UTC offset.",
    )

    @classmethod
    def of(cls, at: datetime, theirs: ZoneInfo, yours: ZoneInfo) -> "TwoClocks":
        """Return the instant as local times of both zones."""
        walls = {"theirs": theirs, "yours": yours}
        return cls(at=at, **{name: at.astimezone(zone).isoformat() for name, zone in walls.items()})


class Stretch(Output):
    """A time span, with local times in two time zones."""

    start: Moment = Field(description="When the time span starts.")
    end: Moment = Field(description="When the time span ends.")


class CalendarLinkOut(Output):
    """Whether you have a calendar link."""

    created_at: datetime | None = Field(
        description="When the link was created. Null if there is no link."
    )


class CalendarLinkMade(Output):
    """A new calendar link."""

    created_at: CreatedAt
    url: str = Field(
        description="The URL for calendar apps, shown only once. Anyone who has it can see "
        "the calendar."
    )
