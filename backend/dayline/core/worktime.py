"""Working time: when a member works, how much of it passes, and when so much will have passed.

Instants are whole seconds since the epoch, intervals half-open, and what elapses is real time.
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
"""Five years: nobody looks further ahead for working time."""

_SECOND = timedelta(seconds=1)
_ALWAYS_BEFORE = -(1 << 62)
_FAR = 10 * PART


class NoWorkingTime(Exception):
    """The five years after an instant hold less working time than was asked for."""

    def __init__(self, after: int) -> None:
        super().__init__(f"The five years after {moment(after)} hold too little working time.")
        self.after = after


def epoch(instant: datetime) -> int:
    """The whole seconds since the epoch at an aware instant; a part of a second is dropped."""
    return (instant - EPOCH) // _SECOND


def epoch_after(instant: datetime) -> int:
    """The first whole second since the epoch that is not before an aware instant."""
    return -((EPOCH - instant) // _SECOND)


def moment(seconds: int) -> datetime:
    """The aware instant, in UTC, so many seconds after the epoch."""
    return EPOCH + seconds * _SECOND


class Calendar:
    """The working time of one member, compiled part by part as far as anybody asks.

    Every answer is the same whatever was asked before. Where there are no dates, before the year
    1 and after 9999, nobody works.
    """

    def __init__(self, schedule: Schedule) -> None:
        self._compiler = Compiler(schedule)
        self._begins, self._ends = 0, 0
        self._keep([], [], [])

    def add(self, start: int, seconds: int) -> int:
        """The earliest instant by which so many seconds of working time have passed.

        An exact fill ends at the closing instant, not at the next opening; `add(t, 0) == t`.
        Raises NoWorkingTime, and ValueError for a negative time.
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
        """The seconds of working time from one instant to another; negative when `end` is first."""
        self.cover(min(start, end), max(start, end))
        return self._passed(end) - self._passed(start)

    def counted(self, start: int, seconds: int) -> list[Interval]:
        """The intervals that `add` counts, in order. Raises what it raises."""
        return self.intervals(start, self.add(start, seconds))

    def is_working(self, instant: int) -> bool:
        """Whether the member works at an instant."""
        self.cover(instant, instant)
        return instant < self._closes[bisect_right(self._opens, instant) - 1]

    def next_working(self, instant: int) -> int:
        """The first instant of working time at or after this one. Raises NoWorkingTime."""
        self.cover(instant, instant)
        while (at := bisect_right(self._closes, instant)) == len(self._closes):
            self._look_on(instant)
        return _within_horizon(instant, max(instant, self._opens[at]))

    def intervals(self, start: int, end: int) -> list[Interval]:
        """The working time between two instants, as intervals that do not touch each other."""
        self.cover(start, max(start, end))
        first, after = bisect_right(self._closes, start), bisect_left(self._opens, end)
        found = zip(self._opens[first:after], self._closes[first:after], strict=True)
        return clipped(list(found), start, end)

    def is_focus(self, instant: int) -> bool:
        """Whether the member works at an instant, and should not be interrupted."""
        return bool(self.focus(instant, instant + 1))

    def focus(self, start: int, end: int) -> list[Interval]:
        """The focus time between two instants, as intervals that do not touch each other."""
        self.cover(start, max(start, end))
        return clipped(self._focus, start, end)

    def working_day(self, instant: int) -> Interval | None:
        """The working day around an instant: from its first opening to its last closing.

        A break does not end it. A shift belongs to the date on which it starts, and so does what
        a holiday or time off leaves of it. None outside every working day; the later one where
        two overlap.
        """
        self.cover(instant - 3 * DAY, instant)
        at = bisect_right(self._day_opens, instant)
        for day in range(at - 1, max(at - 4, -1), -1):
            if instant < self._day_closes[day]:
                return self._day_opens[day], self._day_closes[day]
        return None

    def next_working_day(self, instant: int) -> Interval:
        """The first working day that opens at or after an instant. Raises NoWorkingTime."""
        self.cover(instant, instant)
        while (at := bisect_left(self._day_opens, instant)) == len(self._day_opens):
            self._look_on(instant)
        return _within_horizon(instant, self._day_opens[at]), self._day_closes[at]

    def cover(self, start: int, end: int) -> None:
        """Compile what lies between two instants, for those who will ask soon."""
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
        """The parts from `first` to before `after`, one behind the other."""
        parts = [self._compiler.part(number) for number in range(first, after)]
        return Part(
            working=joined(*(part.working for part in parts)),
            focus=joined(*(part.focus for part in parts)),
            days=[day for part in parts for day in part.days],
        )

    def _forget(self, number: int) -> None:
        """Begin anew, with nothing, where a part begins."""
        self._begins = self._ends = number * PART
        self._keep([], [], [])

    def _keep(self, working: list[Interval], focus: list[Interval], days: list[Interval]) -> None:
        """Remember what is compiled, flat: half the memory of pairs.

        Before the first interval stands an empty one, so that every instant has one before it;
        `sums[n]` is the working time before interval n, and the last sum all of it.
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
        """The compiled working time before an instant."""
        at = bisect_right(self._opens, instant) - 1
        closes = self._closes[at]
        return self._sums[at] + (instant if instant < closes else closes) - self._opens[at]

    def _look_on(self, asked: int) -> None:
        """Compile one part more, unless that is beyond the horizon of who asked."""
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
