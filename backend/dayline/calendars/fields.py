"""API types for dates, times of day, intervals and places."""

import re
from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from dayline.calendars.times import Hours
from dayline.core.phrase import Phrase, Refused
from dayline.kernel.schemas import Input, Instant, Shape, one_line

MOST_INTERVALS = 12
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS = range(2000, 2200)

Dated = TypeVar("Dated", bound=date)


def _written_date(value: object) -> object:
    if isinstance(value, str) and not _DATE.fullmatch(value):
        raise Refused(Phrase("fields.date"))
    if not isinstance(value, str | date):
        raise Refused(Phrase("fields.date"))
    return value


def _in_our_time(value: Dated) -> Dated:
    if value.year not in _YEARS:
        raise Refused(Phrase("fields.years-2000-2199"))
    return value


Day = Annotated[date, BeforeValidator(_written_date), AfterValidator(_in_our_time)]
"""A date in the years 2000 to 2199."""

NearInstant = Annotated[Instant, AfterValidator(_in_our_time)]
"""An instant in the years 2000 to 2199."""

LocalTime = Annotated[
    str,
    Shape(
        r"^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]$",
        Phrase("fields.local-time"),
    ),
]
"""A local time to the minute. Doesn't check that the month has this day."""

StartTime = Annotated[
    str,
    Shape(
        r"^([01][0-9]|2[0-3]):[0-5][0-9]$",
        Phrase("fields.start-time"),
    ),
    Field(description="A local time of day.", examples=["09:00"]),
]
EndTime = Annotated[
    str,
    Shape(
        r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$",
        Phrase("fields.end-time"),
    ),
    Field(
        description="A local time of day. If it isn't after the start, it is on the next "
        "day. `24:00` is the midnight at the end of the day.",
        examples=["17:00"],
    ),
]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
CountryCode = Annotated[
    str,
    Shape(r"^[A-Z]{2}$", Phrase("fields.country-code")),
    Field(
        description="The two-letter ISO 3166-1 code of a country that the list of countries has.",
        examples=["DE"],
    ),
]
SubdivisionCode = Annotated[
    str,
    StringConstraints(min_length=1, max_length=40),
    AfterValidator(one_line),
    Field(
        description="The code of a part of the country, from the list of countries.",
        examples=["BY"],
    ),
]


class Interval(Input):
    """Working hours within one day. If they end after midnight, they still belong to that day."""

    start: StartTime
    end: EndTime


_OF_DAY = Field(description="The working hours of the day. An empty list is a day off.")
Intervals = Annotated[list[Interval], Field(max_length=MOST_INTERVALS), _OF_DAY]
ShownIntervals = Annotated[list[Interval], _OF_DAY]


def plain(intervals: list[Interval]) -> Hours:
    """Convert the intervals of a day to their stored form."""
    return [[interval.start, interval.end] for interval in intervals]


def shown(hours: Hours) -> list[dict[str, str]]:
    """Convert the stored intervals of a day to the fields of `Interval`."""
    return [{"start": start, "end": end} for start, end in hours]
