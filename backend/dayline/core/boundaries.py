"""From wall time to instants, in a zone whose offset changes.

Wall times and instants are whole seconds: a wall time as if its clock showed UTC, an instant since
the epoch. A day is numbered from 1970-01-01, and so its midnight is the wall time `day * DAY`.
"""

from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

from dayline.core.intervals import Interval
from dayline.core.schedule import DAY, Shifts

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EVER = 1 << 62


class Boundaries:
    """The boundaries of one zone, right for what lies on a range of days."""

    def __init__(self, zone: tzinfo, days: range) -> None:
        self._stretches = _stretches(zone, (days.start - 3) * DAY, (days.stop + 5) * DAY)
        self._first_day = days.start
        self._zeros = [self._steady_zero(day) for day in days]

    def start(self, wall: int) -> int:
        """The first instant at which the wall time is at or after this one."""
        for begins, ends, offset in self._stretches:
            if wall - offset < ends:
                return max(wall - offset, begins)
        raise OverflowError

    def end(self, wall: int) -> int:
        """The instant just after the last one at which the wall time is before this one."""
        for begins, ends, offset in reversed(self._stretches):
            if wall - offset > begins:
                return min(wall - offset, ends)
        raise OverflowError

    def shifts(self, day: int, shifts: Shifts) -> list[Interval]:
        """The shifts of a day as instants, without those that its clock skips."""
        zero = self._zeros[day - self._first_day]
        if zero is not None:
            return [(zero + start, zero + end) for start, end in shifts]
        midnight = day * DAY
        found = ((self.start(midnight + start), self.end(midnight + end)) for start, end in shifts)
        return [(opens, closes) for opens, closes in found if opens < closes]

    def _steady_zero(self, day: int) -> int | None:
        """The instant of a day's midnight, if one offset holds around it and the next day."""
        for begins, ends, offset in self._stretches:
            zero = day * DAY - offset
            if begins + 2 * DAY <= zero <= ends - 4 * DAY:
                return zero
        return None


@lru_cache(maxsize=1024)
def boundaries(zone: tzinfo, days: range) -> Boundaries:
    """The boundaries of a zone on a range of days, kept for those who ask again."""
    return Boundaries(zone, days)


def _stretches(zone: tzinfo, after: int, before: int) -> list[tuple[int, int, int]]:
    """The times of equal offset as (begins, ends, offset). No zone changes twice within a day."""
    begins, offset = -_EVER, _offset(zone, after)
    found = []
    for probe in range(after + DAY, before + DAY, DAY):
        if (now := _offset(zone, probe)) != offset:
            changes = _change(zone, probe - DAY, probe)
            found.append((begins, changes, offset))
            begins, offset = changes, now
    return [*found, (begins, _EVER, offset)]


def _change(zone: tzinfo, before: int, after: int) -> int:
    """The instant at which the offset becomes what it is after."""
    to = _offset(zone, after)
    while after - before > 1:
        middle = (before + after) // 2
        before, after = (before, middle) if _offset(zone, middle) == to else (middle, after)
    return after


def _offset(zone: tzinfo, instant: int) -> int:
    offset = (EPOCH + timedelta(seconds=instant)).astimezone(zone).utcoffset()
    return (offset or timedelta()) // timedelta(seconds=1)
