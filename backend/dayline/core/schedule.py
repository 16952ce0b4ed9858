"""The parts of a member's working time, in the wall time of the member's zone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from dayline.core.phrase import Phrase, Refused

DAY = 86_400
_ONE_DAY = timedelta(days=1)


class Shift(NamedTuple):
    """Hours of one date, in seconds from its midnight: 0 <= start < 86400, start < end.

    An end beyond 86400 lies on the next date; no shift is longer than 24 hours.
    """

    start: int
    end: int


Shifts = tuple[Shift, ...]
Week = tuple[Shifts, Shifts, Shifts, Shifts, Shifts, Shifts, Shifts]
"""The shifts of Monday to Sunday."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

NO_HOURS: Week = ((), (), (), (), (), (), ())

LocalInterval = tuple[datetime, datetime]
"""Two naive wall times, half-open."""


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """Everything that decides when a member works.

    `weeks` are the weekly hours, each from its date on, with none before the first (unless it
    starts at `date.min`). `overrides` replace the shifts of a date. `closed` are holidays and time
    off, which take precedence over everything. Focus time is `focus` (weekly) and `focus_blocks`
    (on dates), as far as the member works then.
    """

    zone: tzinfo
    weeks: tuple[tuple[date, Week], ...]
    overrides: Mapping[date, Shifts] = field(default_factory=dict)
    closed: tuple[LocalInterval, ...] = ()
    focus: Week = NO_HOURS
    focus_blocks: tuple[LocalInterval, ...] = ()


def always(week: Week) -> tuple[tuple[date, Week], ...]:
    """Return weekly hours that never change."""
    return ((date.min, week),)


def shift(start: int, end: int) -> Shift:
    """Return a shift between seconds of the day. An end not after the start is on the next date.

    So `start == end` is 24 hours. Raises ValueError outside of a day.
    """
    if not (0 <= start < DAY and 0 <= end <= DAY):
        raise Refused(Phrase("fields.shift"))
    return Shift(start, end if end > start else end + DAY)


def read_shift(start: str, end: str) -> Shift:
    """Return the shift between two times of day, like "09:00" and "17:30". It may end at "24:00".

    Raises ValueError with a part of a sentence.
    """
    return shift(_second_of_day(start), _second_of_day(end))


def _second_of_day(text: str) -> int:
    if text in {"24:00", "24:00:00"}:
        return DAY
    try:
        read = time.fromisoformat(text)
    except ValueError:
        read = None
    if read is None or read.tzinfo or read.microsecond or ":" not in text or "T" in text:
        raise Refused(Phrase("fields.time-of-day", text=text))
    return (read.hour * 60 + read.minute) * 60 + read.second


def whole_days(first: date, last: date | None = None) -> LocalInterval:
    """Return the interval from the midnight that starts the first date to the end of the last."""
    after = min(last or first, date.max - _ONE_DAY) + _ONE_DAY
    return datetime.combine(first, time.min), datetime.combine(after, time.min)
