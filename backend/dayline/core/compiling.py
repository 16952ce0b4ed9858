"""Compiling a schedule to intervals of instants, one part of time after another."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, cycle, islice, pairwise, starmap

from dayline.core.boundaries import Boundaries, boundaries
from dayline.core.intervals import Interval, clipped, common, minus, union
from dayline.core.schedule import DAY, NO_HOURS, LocalInterval, Schedule, Shift, Shifts, Week

PART = 92 * DAY
"""Calendars are compiled in parts of this length: part n begins at the instant n * PART."""

_SECOND = timedelta(seconds=1)
_MARGIN = 3
"""More days than a shift and a clock change together can span."""
_DAY_ZERO = date(1970, 1, 1).toordinal()
_WALL_ZERO = datetime(1970, 1, 1)  # noqa: DTZ001 - the zero of wall times has no zone
_DATES = range(date.min.toordinal() - _DAY_ZERO + 14, date.max.toordinal() - _DAY_ZERO - 14)


@dataclass(frozen=True, slots=True)
class Part:
    """The working time and focus time of one part, and the working days that start in it."""

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
        """Compile part `number`. It is empty outside of the years 1 to 9999."""
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
            focus=common(self._focused(days, edges), working),
            days=[span for span in spans if begins <= span[0] < ends],
        )

    def _open(self, days: range, edges: Boundaries) -> list[list[Interval]]:
        """Return what is left of the shifts of each day, without days of which nothing is left."""
        closed, near = _dated(self._closed, days, edges), _near(self._closed, days)
        left: list[list[Interval]] = []
        for day, shifts in self._shifts(days):
            pieces = edges.shifts(day, shifts)
            if day in near:
                pieces = minus(pieces, closed)
            if pieces:
                left.append(pieces)
        return left

    def _focused(self, days: range, edges: Boundaries) -> list[Interval]:
        blocks = _dated(self._blocks, days, edges)
        if self._focus == NO_HOURS:
            return blocks
        weekly = (edges.shifts(day, shifts) for day, shifts in _weekly(self._focus, days))
        return union(chain(blocks, *weekly))

    def _shifts(self, days: range) -> Iterator[tuple[int, Shifts]]:
        """Yield the shifts of each day that has some, in order."""
        overrides = self._overrides
        for week, stretch in self._in_force(days):
            for day, weekly in _weekly(week, stretch):
                if shifts := overrides.get(day, weekly):
                    yield day, shifts

    def _in_force(self, days: range) -> Iterator[tuple[Week, range]]:
        """Yield each week in force, with the days on which it applies, in order."""
        first, last = bisect_right(self._since, days[0]), bisect_right(self._since, days[-1])
        edges = [days.start, *self._since[first:last], days.stop]
        return zip(self._weeks[first:], starmap(range, pairwise(edges)), strict=False)


def _weekly(week: Week, days: range) -> Iterator[tuple[int, Shifts]]:
    """Yield each of the days with its shifts, for days with the same week."""
    return zip(days, islice(cycle(week), _weekday(days.start), None), strict=False)


def _near(walls: list[Interval], days: range) -> set[int]:
    """Return the days whose shifts may overlap one of these local intervals, and a few more."""
    on_days = clipped(walls, days.start * DAY, days.stop * DAY)
    return {
        day for start, end in on_days for day in range(start // DAY - _MARGIN, end // DAY + _MARGIN)
    }


def _dated(walls: list[Interval], days: range, edges: Boundaries) -> list[Interval]:
    """Convert the local intervals to instants, clipped to these days."""
    on_days = clipped(walls, days.start * DAY, days.stop * DAY)
    return union((edges.start(start), edges.end(end)) for start, end in on_days)


def _merged_week(week: Week) -> Week:
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = map(_merged, week)
    return monday, tuesday, wednesday, thursday, friday, saturday, sunday


def _merged(shifts: Shifts) -> Shifts:
    """Sort shifts, and merge those that overlap or touch."""
    return tuple(Shift(*shift) for shift in union(shifts))


def _walls(interval: LocalInterval) -> Interval:
    start, end = interval
    return (start - _WALL_ZERO) // _SECOND, (end - _WALL_ZERO) // _SECOND


def _number(on: date) -> int:
    """Return the date as days since 1970-01-01."""
    return on.toordinal() - _DAY_ZERO


def _weekday(day: int) -> int:
    """Return the weekday, Monday as 0. 1970-01-01 was a Thursday."""
    return (day + 3) % 7
