"""Lists of intervals, against sets of instants."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dayline.core.intervals import Interval, clipped, common, minus, union

intervals = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 12)).map(lambda drawn: (drawn[0], sum(drawn))),
    max_size=8,
)


def instants(held: list[Interval]) -> set[int]:
    return {instant for start, end in held for instant in range(start, end)}


def is_tidy(held: list[Interval]) -> bool:
    """Sorted, not empty, and nothing touches."""
    apart = all(before[1] < after[0] for before, after in pairwise(held))
    return apart and all(start < end for start, end in held)


@given(intervals)
def test_a_union_has_all_and_is_tidy(some: list[Interval]) -> None:
    assert instants(union(some)) == instants(some)
    assert is_tidy(union(some))


@given(intervals, intervals)
def test_minus_takes_away(some: list[Interval], taken: list[Interval]) -> None:
    left = minus(union(some), union(taken))
    assert instants(left) == instants(some) - instants(taken)
    assert is_tidy(left)
    assert instants(minus(some, union(taken))) == instants(left)


@given(intervals, intervals)
def test_common_is_in_both(some: list[Interval], others: list[Interval]) -> None:
    both = common(union(some), union(others))
    assert instants(both) == instants(some) & instants(others)
    assert is_tidy(both)


@given(intervals, st.integers(0, 72), st.integers(0, 72))
def test_clipped_is_what_lies_between(some: list[Interval], start: int, end: int) -> None:
    inside = clipped(union(some), start, end)
    assert instants(inside) == instants(some) & set(range(start, end))
    assert is_tidy(inside)
