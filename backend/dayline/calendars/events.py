"""Events of calendars and holidays."""

from enum import StrEnum
from typing import ClassVar

from dayline.calendars.schemas import CalendarOut, DefaultsOut, HolidayOut
from dayline.kernel.db.events import Event


class Part(StrEnum):
    """Which part of a calendar changed."""

    CALENDAR = "calendar"
    HOURS = "hours"
    OVERRIDES = "overrides"
    TIME_OFF = "time_off"
    FOCUS = "focus"
    HOLIDAYS = "holidays"


class CalendarChanged(Event):
    """A member's calendar was created or changed. The event never says why they are off."""

    kind: ClassVar[str] = "calendar.changed"
    calendar: CalendarOut
    part: Part


class DefaultsChanged(Event):
    """The default calendar of new members changed."""

    kind: ClassVar[str] = "calendar_defaults.changed"
    calendar_defaults: DefaultsOut


class HolidaysChanged(Event):
    """Public holidays changed, by an admin or because the holiday library was updated."""

    kind: ClassVar[str] = "holidays.changed"
    country: str
    subdivision: str | None
    holiday: HolidayOut | None
    """None if any holidays of the place may have changed."""
