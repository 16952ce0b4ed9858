"""Converting wall times to instants, in a zone whose offset changes.

Both are whole seconds: a wall time as if its clock showed UTC, an instant since the epoch. Days are
numbered from 1970-01-01, so a day's midnight is the wall time `day * DAY`.
"""

from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

from dayline.core.intervals import Interval
from dayline.core.schedule import DAY, Shifts

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EVER = 1 << 62


class Boundaries:
    """Converts wall times of one zone to instants, correctly within a range of days."""

    def __init__(self, zone: tzinfo, days: range) -> None:
        self._stretches = _stretches(zone, (days.start - 3) * DAY, (days.stop + 5) * DAY)
        self._first_day = days.start
        self._zeros = [self._steady_zero(day) for day in days]

    def start(self, wall: int) -> int:
        """Return the first instant at which the wall time is this one or later."""
        for begins, ends, offset in self._stretches:
            if wall - offset < ends:
                return max(wall - offset, begins)
        raise OverflowError

    def end(self, wall: int) -> int:
        """Return the instant just after the last one at which the wall time is before this one."""
        for begins, ends, offset in reversed(self._stretches):
            if wall - offset > begins:
                return min(wall - offset, ends)
        raise OverflowError

    def shifts(self, day: int, shifts: Shifts) -> list[Interval]:
        """Return the shifts of a day as instants, without those that a clock change skips."""
        zero = self._zeros[day - self._first_day]
        if zero is not None:
            return [(zero + start, zero + end) for start, end in shifts]
        midnight = day * DAY
        found = ((self.start(midnight + start), self.end(midnight + end)) for start, end in shifts)
        return [(opens, closes) for opens, closes in found if opens < closes]

    def _steady_zero(self, day: int) -> int | None:
        """Return the instant of a day's midnight if the offset is constant around it, else None."""
        for begins, ends, offset in self._stretches:
            zero = day * DAY - offset
            if begins + 2 * DAY <= zero <= ends - 4 * DAY:
                return zero
        return None


@lru_cache(maxsize=1024)
def boundaries(zone: tzinfo, days: range) -> Boundaries:
    """Return the boundaries of a zone on a range of days, cached."""
    return Boundaries(zone, days)


def _stretches(zone: tzinfo, after: int, before: int) -> list[tuple[int, int, int]]:
    """Return the spans of equal offset: (begins, ends, offset). Changes are over a day apart."""
    begins, offset = -_EVER, _offset(zone, after)
    found = []
    for probe in range(after + DAY, before + DAY, DAY):
        if (now := _offset(zone, probe)) != offset:
            changes = _change(zone, probe - DAY, probe)
            found.append((begins, changes, offset))
            begins, offset = changes, now
    return [*found, (begins, _EVER, offset)]


def _change(zone: tzinfo, before: int, after: int) -> int:
    """Return the instant of the change of offset between two instants."""
    to = _offset(zone, after)
    while after - before > 1:
        middle = (before + after) // 2
        before, after = (before, middle) if _offset(zone, middle) == to else (middle, after)
    return after


def _offset(zone: tzinfo, instant: int) -> int:
    offset = (EPOCH + timedelta(seconds=instant)).astimezone(zone).utcoffset()
    return (offset or timedelta()) // timedelta(seconds=1)
