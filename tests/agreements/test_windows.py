"""The table of windows: what is written can be read again, and what is wrong is named by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dayline.agreements.windows import (
    KINDS,
    LEAST_ALLOWANCE_S,
    MOST_ALLOWANCE_S,
    in_words,
    read_windows,
    windows_table,
)
from dayline.core.agreement import ClauseKind
from dayline.core.phrase import Refused
from dayline.kernel.text.catalogs import render

HEADER = "| What asks | Answered within |\n|---|---|\n"
LENGTHS = st.integers(LEAST_ALLOWANCE_S, MOST_ALLOWANCE_S)
TERMS = st.tuples(*(LENGTHS for _ in ClauseKind))


@given(TERMS)
def test_what_is_written_is_read_again(terms: tuple[int, ...]) -> None:
    table = windows_table({kind.value: s for kind, s in zip(ClauseKind, terms, strict=True)})
    read = read_windows(f"# Ours\n\nText.\n\n{table}\n\nMore.\n")
    assert tuple(read[kind] for kind in ClauseKind) == terms


def test_a_table_of_ones_own_may_name_some_kinds_in_short_words() -> None:
    table = f"{HEADER}|direct message|90 min|\n| Project discussion | 1 h 30 min |\n"
    assert read_windows(table) == {
        ClauseKind.DIRECT_MESSAGE: 5400,
        ClauseKind.PROJECT_DISCUSSION: 5400,
    }


def test_other_tables_are_not_read() -> None:
    table = windows_table({kind.value: 3600 for kind in ClauseKind})
    before = f"{HEADER}| Anything | now |\n"
    after = "| Member | Signed |\n|---|---|\n| Olena | 2026-05-18 10:00 (UTC+03:00) |\n"
    assert set(read_windows(f"{before}\n{table}\n\n{after}").values()) == {3600}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "No table in it begins with | What asks | Answered within |"),
        (HEADER, "No table in it begins"),
        (f"{HEADER}| Direct message | soon |", "Line 3: soon isn’t a length of time"),
        (f"{HEADER}| Direct message | 1 hour or so |", "Line 3: 1 hour or so isn’t a length"),
        (
            f"{HEADER}| Direct message | 2 hours |\n| Smoke | 1 hour |",
            "Line 4: Smoke isn’t a kind. Use Task comment, ",
        ),
        (f"{HEADER}| Direct message | 2 hours | now |", "Line 3: A row has a kind and an answer"),
        (f"{HEADER}| Direct message | 4 minutes |", "Line 3: An answer time is between 5 min"),
        (f"{HEADER}| Direct message | 721 hours |", "Line 3: An answer time is between 5 min"),
        (
            f"{HEADER}| Direct message | 2 hours |\n| direct message | 2 hours |",
            "Line 4: direct message is in the table twice",
        ),
    ],
)
def test_what_is_wrong_is_named_by_its_line(text: str, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_windows(text)
    assert render(refusal.value.reason).startswith(reason)


def test_each_kind_has_words() -> None:
    assert list(KINDS) == list(ClauseKind)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (300, "5 minutes"),
        (3600, "1 hour"),
        (7200, "2 hours"),
        (5400, "1 hour 30 minutes"),
        (3660, "1 hour 1 minute"),
        (301, "5 minutes 1 second"),
        (2_592_000, "720 hours"),
    ],
)
def test_windows_are_in_words(seconds: int, words: str) -> None:
    assert in_words(seconds) == words
