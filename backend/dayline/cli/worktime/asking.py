"""Parsing a question about working time from the options. Every error is a Fault."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dayline.core.phrase import Refused
from dayline.core.schedule import (
    NO_HOURS,
    WEEKDAYS,
    LocalInterval,
    Schedule,
    Shift,
    Shifts,
    Week,
    always,
    read_shift,
    whole_days,
)
from dayline.core.worktime import epoch, moment
from dayline.kernel.text.catalogs import render
from dayline.kernel.text.zones import zone_names
from dayline.local.fault import Fault

_YEARS = range(1900, 9001)
_MOST_HOURS = 50_000
_GAPS = re.compile(r"[\s,;]+")
_DAYS = re.compile(r"([a-z]{3})(?:-([a-z]{3}))?")
_WEEKLY = "--weekly wants days and hours, like 'mon-fri 09:00-18:00'"
_OVERRIDE = "--override wants a date and its hours, like '2026-05-23 10:00-14:00', or 'off'"
_CLOSED = "--closed wants a date, or two dates or local times, like 2026-07-20/2026-07-31"


@dataclass(frozen=True, slots=True)
class Question:
    """When have `seconds` of working time passed after `start` (epoch seconds)?"""

    schedule: Schedule
    zone: ZoneInfo
    start: int
    seconds: int


def read_question(
    *,
    zone: str,
    weekly: str,
    start: str,
    hours: float,
    closed: Iterable[str] = (),
    overrides: Iterable[str] = (),
) -> Question:
    """The question that the options ask. Raises Fault."""
    in_zone = _zone(zone)
    schedule = Schedule(
        zone=in_zone,
        weeks=always(read_week(weekly)),
        overrides=dict(read_override(text) for text in overrides),
        closed=tuple(read_closed(text) for text in closed),
    )
    return Question(schedule, in_zone, read_start(start, in_zone), _seconds(hours))


def read_week(text: str) -> Week:
    """Parse days with their hours, like "mon-thu 09:00-18:00, fri 09:00-15:00". Raises Fault."""
    week: list[Shifts] = list(NO_HOURS)
    days: list[int] = []
    has_hours = True
    for word in _words(text):
        if named := _weekdays(word):
            days = named if has_hours else days + named
            has_hours = False
        elif days:
            shift = _shift(word, "--weekly")
            for day in days:
                week[day] = (*week[day], shift)
            has_hours = True
        else:
            raise Fault(f"{_WEEKLY}; {word} is not a day from mon to sun.")
    if not days or not has_hours:
        raise Fault(f"{_WEEKLY}.")
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = week
    return monday, tuesday, wednesday, thursday, friday, saturday, sunday


def read_override(text: str) -> tuple[date, Shifts]:
    """Parse a date with hours, like "2026-05-23 10:00-14:00" or "2026-05-23 off". Raises Fault."""
    on, *hours = _words(text) or [""]
    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise Fault(f"{_OVERRIDE}; {on or 'nothing'} is not a date.") from None
    if hours == ["off"]:
        return day, ()
    if not hours:
        raise Fault(f"{_OVERRIDE}.")
    return day, tuple(_shift(word, "--override") for word in hours)


def read_closed(text: str) -> LocalInterval:
    """Parse a date, two dates ("2026-07-20/2026-07-31", inclusive) or two local times.

    Raises Fault.
    """
    first, _, last = text.partition("/")
    try:
        if "T" in text:
            starts, ends = datetime.fromisoformat(first), datetime.fromisoformat(last)
        else:
            starts, ends = whole_days(date.fromisoformat(first), date.fromisoformat(last or first))
        is_local = starts.tzinfo is None and ends.tzinfo is None
    except ValueError:
        raise Fault(f"{_CLOSED}; {text} is neither.") from None
    if not is_local or ends <= starts:
        raise Fault(
            f"{_CLOSED}; {text} {'ends before it starts' if is_local else 'has an offset'}."
        )
    return starts, ends


def read_start(text: str, zone: ZoneInfo) -> int:
    """Parse an instant (epoch seconds). Without an offset it is a local time in the zone.

    Raises Fault, also for a local time that the zone skips or shows twice.
    """
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise Fault(
            f"--start wants a date and a time, like 2026-05-22T17:30; {text} is neither."
        ) from None
    if read.year not in _YEARS:
        raise Fault(f"--start must lie in the years {_YEARS[0]} to {_YEARS[-1]}.")
    if read.tzinfo is not None:
        return epoch(read)
    first, second = (epoch(read.replace(tzinfo=zone, fold=fold)) for fold in (0, 1))
    if first > second:
        raise Fault(f"The clock of {zone.key} skips {text}.")
    if first < second:
        offsets = " or ".join(shown(when, zone)[-6:] for when in (first, second))
        raise Fault(f"The clock of {zone.key} shows {text} twice; give an offset: {offsets}.")
    return first


def shown(instant: int, zone: ZoneInfo) -> str:
    """The local time of an instant, like `Fri 2026-05-22 17:30 +03:00`."""
    local = moment(instant).astimezone(zone)
    text = local.isoformat(" ")
    return f"{local:%a} {text[:16] if text[17:19] == '00' else text[:19]} {text[19:]}"


def _zone(name: str) -> ZoneInfo:
    if name not in zone_names():
        raise Fault(f"--zone: {name} is not the name of a time zone, like Europe/Kyiv.")
    return ZoneInfo(name)


def _seconds(hours: float) -> int:
    if not (math.isfinite(hours) and 0 <= hours <= _MOST_HOURS):
        raise Fault(f"--hours must lie between 0 and {_MOST_HOURS}.")
    return round(hours * 3600)


def _words(text: str) -> list[str]:
    return [word for word in _GAPS.split(text.lower()) if word]


def _weekdays(word: str) -> list[int]:
    """The days (Monday is 0) of "mon" or "fri-mon". Empty if the word names none."""
    named = _DAYS.fullmatch(word)
    if not named or not set(named.groups()) <= {*WEEKDAYS, None}:
        return []
    first = WEEKDAYS.index(named[1])
    last = WEEKDAYS.index(named[2] or named[1])
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]


def _shift(word: str, option: str) -> Shift:
    start, _, end = word.partition("-")
    try:
        return read_shift(start, end)
    except Refused as error:
        raise Fault(
            f"{option}: {word} is not hours like 09:00-18:00. {render(error.reason)}"
        ) from None
