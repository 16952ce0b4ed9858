"""From wall time to instants, in a zone whose offset changes.

Wall times and instants are whole seconds: a wall time as if its clock showed UTC, an instant since
the epoch.
"""

from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

from dayline.core.schedule import DAY

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EVER = 1 << 62


class Boundaries:
    """The boundaries of one zone, right for wall times between two instants."""

    def __init__(self, zone: tzinfo, after: int, before: int) -> None:
        self._stretches = _stretches(zone, after, before)

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


@lru_cache(maxsize=2048)
def boundaries(zone: tzinfo, after: int, before: int) -> Boundaries:
    """The boundaries of a zone between two instants, kept for those who ask again."""
    return Boundaries(zone, after, before)


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
