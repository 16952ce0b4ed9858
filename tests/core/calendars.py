"""Calendars to test with, and the people of the worked cases."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from dayline.core.schedule import (
    WEEKDAYS,
    LocalInterval,
    Schedule,
    Shifts,
    Week,
    always,
    read_shift,
)
from dayline.core.worktime import Calendar, epoch


def shifts(*texts: str) -> Shifts:
    """Shifts such as "09:00-18:00"."""
    return tuple(read_shift(*text.split("-")) for text in texts)


def week(*texts: str, on: str = "mon tue wed thu fri") -> Week:
    """The same shifts on some days of the week."""
    hours = shifts(*texts)
    mon, tue, wed, thu, fri, sat, sun = (hours if day in on.split() else () for day in WEEKDAYS)
    return mon, tue, wed, thu, fri, sat, sun


def calendar(
    zone: str,
    hours: Week,
    *,
    closed: tuple[LocalInterval, ...] = (),
    overrides: dict[date, Shifts] | None = None,
    focus: Week | None = None,
    focus_blocks: tuple[LocalInterval, ...] = (),
) -> Calendar:
    return Calendar(
        Schedule(
            zone=ZoneInfo(zone),
            weeks=always(hours),
            closed=closed,
            overrides=overrides or {},
            focus=focus or week(),
            focus_blocks=focus_blocks,
        )
    )


def local(text: str) -> datetime:
    """A wall time."""
    return datetime.fromisoformat(text)


def at(text: str, zone: str) -> int:
    """The instant of a wall time that a zone shows once."""
    return epoch(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)))


def wall(instant: int, zone: str) -> str:
    """What the clock shows, with its offset."""
    return datetime.fromtimestamp(instant, ZoneInfo(zone)).isoformat(" ", "minutes")
