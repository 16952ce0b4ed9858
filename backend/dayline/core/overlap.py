"""When several people work at the same time, and the fairest time to meet if they never do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Generic, TypeVar

from dayline.core.intervals import Interval, clipped, common

Who = TypeVar("Who")


@dataclass(frozen=True, slots=True)
class Slot(Generic[Who]):
    """A span of time, and each person's seconds of it outside working hours, if any."""

    start: int
    end: int
    off: dict[Who, int]


def shared(working: Sequence[list[Interval]]) -> list[Interval]:
    """Return what lies in everyone's working time. Empty without people."""
    return reduce(common, working) if working else []


def least_unfair(
    working: Mapping[Who, list[Interval]], within: Interval, length: int, step: int
) -> Slot[Who]:
    """Return the slot of this length with the least time outside working hours.

    Slots start every `step` seconds from the start of `within`, and end inside it. Among equals
    it is the one nearest to the working hours of those who are outside theirs, then the first.
    Raises ValueError if no slot fits.
    """
    starts = range(within[0], within[1] - length + 1, step)
    slots = (_slot(working, (start, start + length)) for start in starts)
    return min(slots, key=lambda slot: (sum(slot.off.values()), _distance(working, slot)))


def _slot(working: Mapping[Who, list[Interval]], at: Interval) -> Slot[Who]:
    off = {who: at[1] - at[0] - _length(clipped(theirs, *at)) for who, theirs in working.items()}
    return Slot(*at, {who: seconds for who, seconds in off.items() if seconds})


def _length(intervals: list[Interval]) -> int:
    return sum(end - start for start, end in intervals)


def _distance(working: Mapping[Who, list[Interval]], slot: Slot[Who]) -> int:
    """Return how far the slot is from the hours of those who bear it, if they have any."""
    gaps = (
        [max(start - slot.end, slot.start - end, 0) for start, end in working[who]]
        for who in slot.off
    )
    return sum(min(theirs) for theirs in gaps if theirs)
