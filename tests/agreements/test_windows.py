"""The table of windows: what is written can be read again, and what is wrong is named by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dayline.agreements.windows import (
    LEAST_ALLOWANCE_S,
    MOST_ALLOWANCE_S,
    in_words,
    kind_name,
    read_windows,
    windows_table,
)
from dayline.core.agreement import ClauseKind
from dayline.core.phrase import Refused
from dayline.kernel.text.catalogs import languages, render

HEADER = "| Type | Answer time |\n|---|---|\n"
OLD = """\
| What asks | Answered within |
|---|---|
| Task comment | 4 hours |
| Project update | 1 hour 30 minutes |
| Project discussion | 1 hour |
| Direct message | 30 minutes |
| Urgent message of any kind | 5 minutes 1 second |
| Input to a decision | 720 hours |
| Outcome of a decision | 5 minutes 2 seconds |
"""
"""A table of an export from before answer times had that name."""
LENGTHS = st.integers(LEAST_ALLOWANCE_S, MOST_ALLOWANCE_S)
TERMS = st.tuples(*(LENGTHS for _ in ClauseKind))


@pytest.mark.parametrize("language", languages())
@given(terms=TERMS)
def test_what_is_written_is_read_again(language: str, terms: tuple[int, ...]) -> None:
    written = {kind.value: s for kind, s in zip(ClauseKind, terms, strict=True)}
    table = windows_table(written, language)
    read = read_windows(f"# Ours\n\nText.\n\n{table}\n\nMore.\n")
    assert tuple(read[kind] for kind in ClauseKind) == terms


def test_old_exports_are_read() -> None:
    assert list(read_windows(OLD).values()) == [14400, 5400, 3600, 1800, 301, 2_592_000, 302]
    assert list(read_windows(OLD)) == list(ClauseKind)


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
        ("", "There is no table that starts with | Type | Answer time |."),
        (HEADER, "There is no table"),
        (f"{HEADER}| Direct message | soon |", "Line 3: soon isn’t a length of time"),
        (f"{HEADER}| Direct message | 1 hour or so |", "Line 3: 1 hour or so isn’t a length"),
        (
            f"{HEADER}| Direct message | 2 hours |\n| Smoke | 1 hour |",
            "Line 4: Smoke isn’t one of the types. Use Task comment, ",
        ),
        (
            f"{HEADER}| Direct message | 2 hours | now |",
            "Line 3: A row needs a type",
        ),
        (f"{HEADER}| Direct message | 4 minutes |", "Line 3: Use 5 minutes to 30 days"),
        (f"{HEADER}| Direct message | 721 hours |", "Line 3: Use 5 minutes to 30 days"),
        (
            f"{HEADER}| Direct message | 2 hours |\n| direct message | 2 hours |",
            "Line 4: direct message is in the table twice.",
        ),
    ],
)
def test_what_is_wrong_is_named_by_its_line(text: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read_windows(text)
    assert render(refused.value.reason).startswith(reason)


@pytest.mark.parametrize("language", languages())
def test_each_kind_has_words(language: str) -> None:
    names = {kind_name(kind, language).lower() for kind in ClauseKind}
    assert len(names) == len(ClauseKind)


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
