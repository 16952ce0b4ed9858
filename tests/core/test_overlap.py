"""Working at once, and the least unfair slot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dayline.core.intervals import union
from dayline.core.overlap import least_unfair, shared

instants = st.integers(0, 100)
intervals = st.lists(st.tuples(instants, instants), max_size=6).map(union)
"""`union` drops those that end before they start."""


@given(st.lists(intervals, min_size=1, max_size=4))
def test_an_instant_is_shared_where_everybody_works(working: list[list[tuple[int, int]]]) -> None:
    def works(spans: list[tuple[int, int]], instant: int) -> bool:
        return any(start <= instant < end for start, end in spans)

    found = shared(working)
    assert [works(found, at) for at in range(101)] == [
        all(works(spans, at) for spans in working) for at in range(101)
    ]


def test_nobody_shares_nothing() -> None:
    assert shared([]) == []


def test_what_costs_least_is_taken_then_what_is_near_to_own_hours_then_the_first() -> None:
    working = {"early": [(0, 40)], "late": [(60, 100)]}
    slot = least_unfair(working, (0, 100), 10, 10)
    assert (slot.start, slot.end, slot.off) == (30, 40, {"late": 10})
    both = least_unfair({"early": [(0, 55)], "late": [(45, 100)]}, (0, 100), 20, 5)
    assert (both.start, both.off) == (35, {"late": 10})
    assert least_unfair({"one": [(0, 100)]}, (0, 100), 10, 10).off == {}


def test_who_never_works_bears_it_anywhere() -> None:
    slot = least_unfair({"one": [(50, 60)], "none": []}, (0, 100), 10, 10)
    assert (slot.start, slot.off) == (50, {"none": 10})


def test_a_window_that_is_too_short_holds_no_slot() -> None:
    with pytest.raises(ValueError, match="empty"):
        least_unfair({"one": [(0, 9)]}, (0, 9), 10, 1)
