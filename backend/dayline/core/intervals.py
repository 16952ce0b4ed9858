"""Sorted lists of half-open intervals that neither overlap nor touch."""

from bisect import bisect_left
from collections.abc import Iterable

Interval = tuple[int, int]
"""Two instants, the first one earlier."""


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """Return what lies in any of the intervals. They may be in any order, and empty."""
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            if end > merged[-1][1]:
                merged[-1] = (merged[-1][0], end)
        elif start < end:
            merged.append((start, end))
    return merged


def joined(*lists: list[Interval]) -> list[Interval]:
    """Concatenate consecutive lists, and merge intervals that touch where lists meet."""
    whole: list[Interval] = []
    for following in lists:
        if whole and following and whole[-1][1] == following[0][0]:
            whole[-1] = (whole[-1][0], following[0][1])
            whole += following[1:]
        else:
            whole += following
    return whole


def minus(intervals: list[Interval], taken: list[Interval]) -> list[Interval]:
    """Return what lies in the first list (which may have empty intervals) but not in the second."""
    left: list[Interval] = []
    for start, end in intervals:
        at = _first_after(taken, start)
        while at < len(taken) and taken[at][0] < end:
            if start < taken[at][0]:
                left.append((start, taken[at][0]))
            start = taken[at][1]  # noqa: PLW2901 - what is left begins behind what is taken
            at += 1
        if start < end:
            left.append((start, end))
    return left


def common(one: list[Interval], other: list[Interval]) -> list[Interval]:
    """Return what lies in both lists."""
    both: list[Interval] = []
    for start, end in one:
        at = _first_after(other, start)
        while at < len(other) and other[at][0] < end:
            both.append((max(start, other[at][0]), min(end, other[at][1])))
            at += 1
    return both


def clipped(intervals: list[Interval], start: int, end: int) -> list[Interval]:
    """Return what lies between two instants."""
    if end <= start:
        return []
    first, after = _first_after(intervals, start), bisect_left(intervals, (end,))
    inside = intervals[first:after]
    if inside:
        inside[0] = (max(start, inside[0][0]), inside[0][1])
        inside[-1] = (inside[-1][0], min(end, inside[-1][1]))
    return inside


def _first_after(intervals: list[Interval], instant: int) -> int:
    """Return the index of the first interval that ends after an instant."""
    at = bisect_left(intervals, (instant,))
    return at - 1 if at and intervals[at - 1][1] > instant else at
