"""From a schedule to intervals of instants, one part of time after another."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dayline.core.boundaries import Boundaries, boundaries
from dayline.core.intervals import Interval, common, minus, union
from dayline.core.schedule import DAY, NO_HOURS, LocalInterval, Schedule, Shifts

PART = 366 * DAY
"""Calendars are compiled in parts of this length: part n begins at the instant n * PART."""

_MARGIN = 4 * DAY
_SECOND = timedelta(seconds=1)
_DAY_ZERO = date(1970, 1, 1).toordinal()
_WALL_ZERO = datetime(1970, 1, 1)  # noqa: DTZ001 - the zero of wall times has no zone
_DATES = range(date.min.toordinal() - _DAY_ZERO + 14, date.max.toordinal() - _DAY_ZERO - 14)


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of time holds: working time, focus, and the working days that open in it."""

    working: list[Interval]
    focus: list[Interval]
    days: list[Interval]


class Compiler:
    """Compiles the parts of one schedule."""

    def __init__(self, schedule: Schedule) -> None:
        weeks = sorted(schedule.weeks, key=lambda week: week[0])
        self._zone = schedule.zone
        self._since = [_number(since) for since, _ in weeks]
        self._weeks = [NO_HOURS, *(week for _, week in weeks)]
        self._overrides = {_number(on): shifts for on, shifts in schedule.overrides.items()}
        self._closed = [_walls(interval) for interval in schedule.closed]
        self._focus = schedule.focus
        self._blocks = [_walls(interval) for interval in schedule.focus_blocks]

    def part(self, number: int) -> Part:
        """What part `number` holds: nothing, where there are no dates."""
        begins, ends = number * PART, (number + 1) * PART
        days = range(begins // DAY - 3, ends // DAY + 3)
        if days[0] not in _DATES or days[-1] not in _DATES:
            return Part([], [], [])
        edges = boundaries(self._zone, begins - 2 * _MARGIN, ends + 2 * _MARGIN)
        opens = self._open(days, edges, begins, ends)
        working = common(union(piece for pieces in opens for piece in pieces), [(begins, ends)])
        spans = ((pieces[0][0], pieces[-1][1]) for pieces in opens)
        return Part(
            working=working,
            focus=common(working, self._focused(days, edges, begins, ends)),
            days=[span for span in spans if begins <= span[0] < ends],
        )

    def _open(self, days: range, edges: Boundaries, begins: int, ends: int) -> list[list[Interval]]:
        """What remains of the shifts of each date on which something remains."""
        closed = _dated(self._closed, edges, begins, ends)
        opens = (minus(_of_day(day, self._shifts(day), edges), closed) for day in days)
        return [pieces for pieces in opens if pieces]

    def _focused(self, days: range, edges: Boundaries, begins: int, ends: int) -> list[Interval]:
        blocks = _dated(self._blocks, edges, begins, ends)
        if self._focus == NO_HOURS:
            return blocks
        weekly = (_of_day(day, self._focus[_weekday(day)], edges) for day in days)
        return union([*blocks, *(block for of_day in weekly for block in of_day)])

    def _shifts(self, day: int) -> Shifts:
        override = self._overrides.get(day)
        if override is not None:
            return override
        return self._weeks[bisect_right(self._since, day)][_weekday(day)]


def _of_day(day: int, shifts: Shifts, edges: Boundaries) -> list[Interval]:
    midnight = day * DAY
    if len(shifts) == 1:
        shift = shifts[0]
        found = edges.start(midnight + shift.start), edges.end(midnight + shift.end)
        return [found] if found[0] < found[1] else []
    return union(
        (edges.start(midnight + start), edges.end(midnight + end)) for start, end in shifts
    )


def _dated(walls: Iterable[Interval], edges: Boundaries, begins: int, ends: int) -> list[Interval]:
    """The instants of those local intervals that can matter between two instants."""
    low, high = begins - _MARGIN, ends + _MARGIN
    return union(
        (edges.start(max(start, low)), edges.end(min(end, high)))
        for start, end in walls
        if start < high and end > low
    )


def _walls(interval: LocalInterval) -> Interval:
    start, end = interval
    return (start - _WALL_ZERO) // _SECOND, (end - _WALL_ZERO) // _SECOND


def _number(on: date) -> int:
    """The date as days after 1970-01-01."""
    return on.toordinal() - _DAY_ZERO


def _weekday(day: int) -> int:
    """Monday is 0; 1970-01-01 was a Thursday."""
    return (day + 3) % 7
