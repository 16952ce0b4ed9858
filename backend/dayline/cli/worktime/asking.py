"""Parsing a question about working time from the options. Every error is a Fault."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dayline.core.phrase import Phrase, Refused
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
from dayline.kernel.ops.fault import Fault
from dayline.kernel.text.zones import zone_names

_YEARS = range(1900, 9001)
_MOST_HOURS = 50_000
_GAPS = re.compile(r"[\s,;]+")
_DAYS = re.compile(r"([a-z]{3})(?:-([a-z]{3}))?")


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
            raise Fault(Phrase("commands.weekly-not-a-day", word=word))
    if not days or not has_hours:
        raise Fault(Phrase("commands.weekly-form"))
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = week
    return monday, tuesday, wednesday, thursday, friday, saturday, sunday


def read_override(text: str) -> tuple[date, Shifts]:
    """Parse a date with hours, like "2026-05-23 10:00-14:00" or "2026-05-23 off". Raises Fault."""
    on, *hours = _words(text) or [""]
    try:
        day = date.fromisoformat(on)
    except ValueError:
        said = Phrase("commands.override-not-a-date", word=on)
        raise Fault(said if on else Phrase("commands.override-form")) from None
    if hours == ["off"]:
        return day, ()
    if not hours:
        raise Fault(Phrase("commands.override-form"))
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
        raise Fault(Phrase("commands.closed-unreadable", text=text)) from None
    if not is_local:
        raise Fault(Phrase("commands.closed-with-offset", text=text))
    if ends <= starts:
        raise Fault(Phrase("commands.closed-not-in-order", text=text))
    return starts, ends


def read_start(text: str, zone: ZoneInfo) -> int:
    """Parse an instant (epoch seconds). Without an offset it is a local time in the zone.

    Raises Fault, also for a local time that the zone skips or shows twice.
    """
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise Fault(Phrase("commands.start-unreadable", text=text)) from None
    if read.year not in _YEARS:
        first_year, last_year = str(_YEARS[0]), str(_YEARS[-1])
        raise Fault(Phrase("commands.start-range", first=first_year, last=last_year))
    if read.tzinfo is not None:
        return epoch(read)
    first, second = (epoch(read.replace(tzinfo=zone, fold=fold)) for fold in (0, 1))
    if first > second:
        raise Fault(Phrase("commands.clock-skips", zone=zone.key, text=text))
    if first < second:
        offsets = tuple(shown(when, zone)[-6:] for when in (first, second))
        raise Fault(Phrase("commands.clock-shows-twice", zone=zone.key, text=text, offsets=offsets))
    return first


def shown(instant: int, zone: ZoneInfo) -> str:
    """The local time of an instant in every language, like `2026-05-22 17:30 +03:00`."""
    text = moment(instant).astimezone(zone).isoformat(" ")
    return f"{text[:16] if text[17:19] == '00' else text[:19]} {text[19:]}"


def _zone(name: str) -> ZoneInfo:
    if name not in zone_names():
        raise Fault(Phrase("commands.not-a-zone", zone=name))
    return ZoneInfo(name)


def _seconds(hours: float) -> int:
    if not (math.isfinite(hours) and 0 <= hours <= _MOST_HOURS):
        raise Fault(Phrase("commands.hours-range", most=_MOST_HOURS))
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
        said = Phrase("commands.wrong-shift", option=option, word=word, reason=error.reason)
        raise Fault(said) from None
