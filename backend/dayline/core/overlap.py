"""When several people work at once, and when a meeting asks least of those who do not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Generic, TypeVar

from dayline.core.intervals import Interval, clipped, common

Who = TypeVar("Who")


@dataclass(frozen=True, slots=True)
class Slot(Generic[Who]):
    """A stretch of time, and the seconds of it that each does not work, where there are any."""

    start: int
    end: int
    off: dict[Who, int]


def shared(working: Sequence[list[Interval]]) -> list[Interval]:
    """What lies in the working time of everybody; of nobody: nothing."""
    return reduce(common, working) if working else []


def least_unfair(
    working: Mapping[Who, list[Interval]], within: Interval, length: int, step: int
) -> Slot[Who]:
    """The slot of this length that asks for the least time outside working hours.

    It begins a multiple of `step` after `within` does and ends inside it. Of equal ones it is that
    which lies nearest to the own hours of those who bear it, then the first. Raises ValueError
    where none fits.
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
    """How far the slot lies from the hours of those who bear it; who has none bears it anyway."""
    gaps = (
        [max(start - slot.end, slot.start - end, 0) for start, end in working[who]]
        for who in slot.off
    )
    return sum(min(theirs) for theirs in gaps if theirs)
