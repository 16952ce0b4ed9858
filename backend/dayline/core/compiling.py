"""From a schedule to intervals of instants, one part of time after another."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

from dayline.core.boundaries import Boundaries, boundaries
from dayline.core.intervals import Interval, clipped, common, minus, union
from dayline.core.schedule import DAY, NO_HOURS, LocalInterval, Schedule, Shift, Shifts, Week

PART = 366 * DAY
"""Calendars are compiled in parts of this length: part n begins at the instant n * PART."""

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
        self._weeks = [NO_HOURS, *(_merged_week(week) for _, week in weeks)]
        self._overrides = {_number(on): _merged(of) for on, of in schedule.overrides.items()}
        self._closed = union(map(_walls, schedule.closed))
        self._focus = _merged_week(schedule.focus)
        self._blocks = union(map(_walls, schedule.focus_blocks))

    def part(self, number: int) -> Part:
        """What part `number` holds: nothing, where there are no dates."""
        begins, ends = number * PART, (number + 1) * PART
        days = range(begins // DAY - 3, ends // DAY + 3)
        if days[0] not in _DATES or days[-1] not in _DATES:
            return Part([], [], [])
        edges = boundaries(self._zone, days)
        opens = self._open(days, edges)
        working = clipped(union(chain.from_iterable(opens)), begins, ends)
        spans = ((pieces[0][0], pieces[-1][1]) for pieces in opens)
        return Part(
            working=working,
            focus=common(working, self._focused(days, edges)),
            days=[span for span in spans if begins <= span[0] < ends],
        )

    def _open(self, days: range, edges: Boundaries) -> list[list[Interval]]:
        """What remains of the shifts of each day on which something remains."""
        closed = _dated(self._closed, days, edges)
        opens = (edges.shifts(day, shifts) for day in days if (shifts := self._shifts(day)))
        left = (minus(pieces, closed) for pieces in opens)
        return [pieces for pieces in left if pieces]

    def _focused(self, days: range, edges: Boundaries) -> list[Interval]:
        weekly = (
            edges.shifts(day, shifts) for day in days if (shifts := self._focus[_weekday(day)])
        )
        return union(chain(_dated(self._blocks, days, edges), *weekly))

    def _shifts(self, day: int) -> Shifts:
        override = self._overrides.get(day)
        if override is not None:
            return override
        return self._weeks[bisect_right(self._since, day)][_weekday(day)]


def _dated(walls: list[Interval], days: range, edges: Boundaries) -> list[Interval]:
    """The instants of the local intervals, as far as they lie on these days."""
    on_days = clipped(walls, days.start * DAY, days.stop * DAY)
    return union((edges.start(start), edges.end(end)) for start, end in on_days)


def _merged_week(week: Week) -> Week:
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = map(_merged, week)
    return monday, tuesday, wednesday, thursday, friday, saturday, sunday


def _merged(shifts: Shifts) -> Shifts:
    """The same shifts, in order, those that overlap or touch as one."""
    return tuple(Shift(*shift) for shift in union(shifts))


def _walls(interval: LocalInterval) -> Interval:
    start, end = interval
    return (start - _WALL_ZERO) // _SECOND, (end - _WALL_ZERO) // _SECOND


def _number(on: date) -> int:
    """The date as days after 1970-01-01."""
    return on.toordinal() - _DAY_ZERO


def _weekday(day: int) -> int:
    """Monday is 0; 1970-01-01 was a Thursday."""
    return (day + 3) % 7
