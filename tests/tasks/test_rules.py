"""The rules that need no database."""

from hypothesis import given
from hypothesis import strategies as st

from dayline.tasks.rules import relabelled
from dayline.tasks.schemas import distinct, fold

names = st.lists(st.sampled_from(["a", "A", "b", "B", "ß", "SS", "ss", "É", "é"]))


@given(names)
def test_distinct_labels_differ_in_more_than_case_and_are_sorted(given_names: list[str]) -> None:
    found = distinct(given_names)
    assert [fold(name) for name in found] == sorted({fold(name) for name in given_names})
    assert set(found) <= set(given_names)
    assert distinct(found) == found


@given(names, names, names)
def test_a_relabelled_task_bears_what_it_kept_and_what_was_added(
    labels: list[str], add: list[str], remove: list[str]
) -> None:
    before = distinct(labels)
    after = relabelled(before, add, remove)
    folded = {fold(name) for name in after}
    gone = {fold(name) for name in remove}
    added = {fold(name) for name in add}
    assert folded == ({fold(name) for name in before} - gone) | added
    kept = [name for name in before if fold(name) not in gone]
    assert set(kept) <= set(after)
