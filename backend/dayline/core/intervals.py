"""Sorted lists of half-open intervals that neither overlap nor touch."""

from bisect import bisect_right
from collections.abc import Iterable
from operator import itemgetter

Interval = tuple[int, int]
"""Two instants, the first one earlier."""

_end = itemgetter(1)


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """What lies in any of the intervals, which come in any order and may be empty."""
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            if end > merged[-1][1]:
                merged[-1] = (merged[-1][0], end)
        elif start < end:
            merged.append((start, end))
    return merged


def minus(intervals: list[Interval], taken: list[Interval]) -> list[Interval]:
    """What lies in the first list and not in the second."""
    left: list[Interval] = []
    for start, end in intervals:
        open_from = start
        for begins, ends in taken[bisect_right(taken, start, key=_end) :]:
            if begins >= end:
                break
            if open_from < begins:
                left.append((open_from, begins))
            open_from = ends
        if open_from < end:
            left.append((open_from, end))
    return left


def common(one: list[Interval], other: list[Interval]) -> list[Interval]:
    """What lies in both lists."""
    both: list[Interval] = []
    for start, end in one:
        for begins, ends in other[bisect_right(other, start, key=_end) :]:
            if begins >= end:
                break
            both.append((max(start, begins), min(end, ends)))
    return both
