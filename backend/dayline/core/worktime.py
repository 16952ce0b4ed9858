"""Working time: when a member works, how much of it passes, and when an amount has passed.

Instants are whole seconds since the epoch, intervals are half-open, and durations are real time.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import accumulate
from operator import sub

from dayline.core.boundaries import EPOCH
from dayline.core.compiling import PART, Compiler, Part
from dayline.core.intervals import Interval, clipped, joined
from dayline.core.schedule import DAY, Schedule

HORIZON = 1827 * DAY
"""Five years: how far ahead working time is searched."""

_SECOND = timedelta(seconds=1)
_ALWAYS_BEFORE = -(1 << 62)
_FAR = 10 * PART


class NoWorkingTime(Exception):
    """The five years after an instant have less working time than needed."""

    def __init__(self, after: int) -> None:
        super().__init__(f"The five years after {moment(after)} hold too little working time.")
        self.after = after


def epoch(instant: datetime) -> int:
    """Return the whole seconds since the epoch at an aware instant, rounded down."""
    return (instant - EPOCH) // _SECOND


def epoch_after(instant: datetime) -> int:
    """Return the whole seconds since the epoch at an aware instant, rounded up."""
    return -((EPOCH - instant) // _SECOND)


def moment(seconds: int) -> datetime:
    """Return the aware UTC instant this many seconds after the epoch."""
    return EPOCH + seconds * _SECOND


class Calendar:
    """The working time of one member, compiled part by part when it is needed.

    Results don't depend on earlier calls. There is no working time before the year 1 and after
    9999.
    """

    def __init__(self, schedule: Schedule) -> None:
        self._compiler = Compiler(schedule)
        self._begins, self._ends = 0, 0
        self._keep([], [], [])

    def add(self, start: int, seconds: int) -> int:
        """Return the earliest instant by which this many seconds of working time have passed.

        An exact fill ends at the closing instant, not at the next opening, and `add(t, 0) == t`.
        Raises NoWorkingTime, and ValueError for negative seconds.
        """
        if seconds <= 0:
            return _at_once(start, seconds)
        if not self._begins <= start < self._ends:
            self.cover(start, start)
        target = self._passed(start) + seconds
        while target > self._sums[-1]:
            self._look_on(start)
        at = bisect_left(self._sums, target) - 1
        return _within_horizon(start, self._opens[at] + target - self._sums[at])

    def between(self, start: int, end: int) -> int:
        """Return the seconds of working time between two instants, negative if `end` is first."""
        self.cover(min(start, end), max(start, end))
        return self._passed(end) - self._passed(start)

    def counted(self, start: int, seconds: int) -> list[Interval]:
        """Return the intervals that `add` counts, in order. Raises what `add` raises."""
        return self.intervals(start, self.add(start, seconds))

    def is_working(self, instant: int) -> bool:
        """Whether the member works at an instant."""
        self.cover(instant, instant)
        return instant < self._closes[bisect_right(self._opens, instant) - 1]

    def next_working(self, instant: int) -> int:
        """Return the first instant of working time at or after this one. Raises NoWorkingTime."""
        self.cover(instant, instant)
        while (at := bisect_right(self._closes, instant)) == len(self._closes):
            self._look_on(instant)
        return _within_horizon(instant, max(instant, self._opens[at]))

    def intervals(self, start: int, end: int) -> list[Interval]:
        """Return the working time between two instants, as intervals that don't touch."""
        self.cover(start, max(start, end))
        first, after = bisect_right(self._closes, start), bisect_left(self._opens, end)
        found = zip(self._opens[first:after], self._closes[first:after], strict=True)
        return clipped(list(found), start, end)

    def is_focus(self, instant: int) -> bool:
        """Whether the member works at an instant and should not be interrupted."""
        return bool(self.focus(instant, instant + 1))

    def focus(self, start: int, end: int) -> list[Interval]:
        """Return the focus time between two instants, as intervals that don't touch."""
        self.cover(start, max(start, end))
        return clipped(self._focus, start, end)

    def working_day(self, instant: int) -> Interval | None:
        """Return the working day around an instant, from its first opening to its last closing.

        Breaks don't end it. A shift belongs to the date on which it starts, and so does what a
        holiday or time off leaves of it. Returns None outside of working days, and the later one if
        two overlap.
        """
        self.cover(instant - 3 * DAY, instant)
        at = bisect_right(self._day_opens, instant)
        for day in range(at - 1, max(at - 4, -1), -1):
            if instant < self._day_closes[day]:
                return self._day_opens[day], self._day_closes[day]
        return None

    def next_working_day(self, instant: int) -> Interval:
        """Return the first working day that opens at or after an instant. Raises NoWorkingTime."""
        self.cover(instant, instant)
        while (at := bisect_left(self._day_opens, instant)) == len(self._day_opens):
            self._look_on(instant)
        return _within_horizon(instant, self._day_opens[at]), self._day_closes[at]

    def cover(self, start: int, end: int) -> None:
        """Compile the time between two instants in advance."""
        if self._begins <= start and end < self._ends:
            return
        if start > self._ends + _FAR or end < self._begins - _FAR:
            self._forget(start // PART)
        before = self._parts(start // PART, self._begins // PART)
        after = self._parts(self._ends // PART, end // PART + 1)
        self._keep(
            working=joined(before.working, self._working(), after.working),
            focus=joined(before.focus, self._focus, after.focus),
            days=[*before.days, *self._days(), *after.days],
        )
        self._begins = min(self._begins, start // PART * PART)
        self._ends = max(self._ends, (end // PART + 1) * PART)

    def _parts(self, first: int, after: int) -> Part:
        """Compile and concatenate the parts from `first` until before `after`."""
        parts = [self._compiler.part(number) for number in range(first, after)]
        return Part(
            working=joined(*(part.working for part in parts)),
            focus=joined(*(part.focus for part in parts)),
            days=[day for part in parts for day in part.days],
        )

    def _forget(self, number: int) -> None:
        """Drop what is compiled, and start at the beginning of a part."""
        self._begins = self._ends = number * PART
        self._keep([], [], [])

    def _keep(self, working: list[Interval], focus: list[Interval], days: list[Interval]) -> None:
        """Store what is compiled in flat lists, which take half the memory of pairs.

        An empty interval comes first, so that every instant has one before it. `sums[n]` is the
        working time before interval n, and the last sum is all of it.
        """
        self._opens = [_ALWAYS_BEFORE, *[opens for opens, _ in working]]
        self._closes = [_ALWAYS_BEFORE, *[closes for _, closes in working]]
        self._sums: list[int] = list(accumulate(map(sub, self._closes, self._opens), initial=0))
        self._day_opens = [opens for opens, _ in days]
        self._day_closes = [closes for _, closes in days]
        self._focus = focus

    def _working(self) -> list[Interval]:
        return list(zip(self._opens[1:], self._closes[1:], strict=True))

    def _days(self) -> Iterable[Interval]:
        return zip(self._day_opens, self._day_closes, strict=True)

    def _passed(self, instant: int) -> int:
        """Return the compiled working time before an instant."""
        at = bisect_right(self._opens, instant) - 1
        closes = self._closes[at]
        return self._sums[at] + (instant if instant < closes else closes) - self._opens[at]

    def _look_on(self, asked: int) -> None:
        """Compile one more part. Raises NoWorkingTime beyond the horizon of `asked`."""
        if self._ends > asked + HORIZON:
            raise NoWorkingTime(asked)
        self.cover(self._begins, self._ends)


def _at_once(start: int, seconds: int) -> int:
    if seconds < 0:
        raise ValueError("no working time is shorter than none")
    return start


def _within_horizon(asked: int, found: int) -> int:
    if found > asked + HORIZON:
        raise NoWorkingTime(asked)
    return found
