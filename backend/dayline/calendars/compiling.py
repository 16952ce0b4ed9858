"""Compiling a calendar from its rows, and caching it until it changes."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from dayline.calendars.models import Calendar, FocusBlock, Holiday, Hours, Override, TimeOff
from dayline.calendars.times import WEEKDAYS, at_time, local_interval, shifts_of, week_of
from dayline.core.schedule import NO_HOURS, LocalInterval, Schedule, Shifts, Week, whole_days
from dayline.core.worktime import Calendar as Compiled

MOST_CACHED = 2000

Key = tuple[UUID, UUID, UUID]
"""Workspace id, member id, and the calendar's stamp."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The rows of one member's calendar."""

    hours: list[Hours] = field(default_factory=list)
    overrides: list[Override] = field(default_factory=list)
    time_off: list[TimeOff] = field(default_factory=list)
    focus: list[FocusBlock] = field(default_factory=list)
    holidays: Sequence[Holiday] = ()


@dataclass(frozen=True, slots=True)
class MemberCalendar:
    """A member's calendar: its schedule, and the compiled form that answers queries."""

    zone: ZoneInfo
    schedule: Schedule
    compiled: Compiled
    closed: tuple[LocalInterval, ...]
    """Time off and holidays as local times, merged where they touch or overlap."""

    def shifts_on(self, on: date) -> Shifts:
        """Return the shifts that start on a date, ignoring holidays and time off."""
        if on in self.schedule.overrides:
            return self.schedule.overrides[on]
        weeks = [week for since, week in self.schedule.weeks if since <= on]
        return (weeks[-1] if weeks else NO_HOURS)[on.weekday()]


class CalendarCache:
    """The calendars used most recently, by workspace, member and stamp."""

    def __init__(self, most: int = MOST_CACHED) -> None:
        self._most = most
        self._held: OrderedDict[Key, MemberCalendar] = OrderedDict()

    def get(self, key: Key) -> MemberCalendar | None:
        """Return the cached calendar of this key, or None."""
        if key in self._held:
            self._held.move_to_end(key)
        return self._held.get(key)

    def put(self, key: Key, calendar: MemberCalendar) -> None:
        """Cache a calendar. Drops the one used least recently if the cache is full."""
        self._held[key] = calendar
        while len(self._held) > self._most:
            self._held.popitem(last=False)


CALENDAR_CACHE = CalendarCache()
"""The cache of this process. Stamps are never reused, so an entry can't be outdated."""


def compiled(calendar: Calendar, parts: Parts) -> MemberCalendar:
    """Build a member's calendar from its rows. Working time is compiled when it is needed."""
    zone = ZoneInfo(calendar.zone)
    closed = _joined([*map(leave_of, parts.time_off), *map(_holiday, parts.holidays)])
    schedule = Schedule(
        zone=zone,
        weeks=_weeks(parts.hours),
        overrides={row.on: shifts_of(row.intervals) for row in parts.overrides},
        closed=closed,
        focus=_weekly_focus(parts.focus),
        focus_blocks=tuple(_focus_dates(parts.focus)),
    )
    return MemberCalendar(zone, schedule, Compiled(schedule), closed)


def _weeks(hours: list[Hours]) -> tuple[tuple[date, Week], ...]:
    """Return the weeks with their start dates. The earliest also applies before its date."""
    since = [date.min, *(row.effective_from for row in hours[1:])]
    return tuple(zip(since, (week_of(row.weekly) for row in hours), strict=True))


def leave_of(row: TimeOff) -> LocalInterval:
    """Return time off as an interval of local time."""
    if row.starts_time is None or row.ends_time is None:
        return whole_days(row.starts_on, row.ends_on)
    return at_time(row.starts_on, row.starts_time), at_time(row.ends_on, row.ends_time)


def _holiday(row: Holiday) -> LocalInterval:
    return whole_days(row.on)


def _joined(intervals: list[LocalInterval]) -> tuple[LocalInterval, ...]:
    joined: list[LocalInterval] = []
    for start, end in sorted(intervals):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)


def _weekly_focus(blocks: list[FocusBlock]) -> Week:
    by_day = {
        day: [[block.start, block.end] for block in blocks if day in block.days] for day in WEEKDAYS
    }
    return week_of(by_day)


def _focus_dates(blocks: list[FocusBlock]) -> Iterable[LocalInterval]:
    for block in blocks:
        if block.on is not None:
            (shift,) = shifts_of([[block.start, block.end]])
            yield local_interval(block.on, shift)
