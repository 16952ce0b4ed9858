"""The table of answer times in an agreement's Markdown: writing it, and reading it back.

Tables are read in every language, whichever language they were exported in.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from dayline.core.agreement import ClauseKind
from dayline.core.phrase import Phrase, Refused
from dayline.kernel.text.catalogs import ENGLISH, languages, render

LEAST_ALLOWANCE_S = 5 * 60
MOST_ALLOWANCE_S = 30 * 24 * 3600

_UNITS = {"hour": 3600, "minute": 60, "second": 1}
_SHORT = {"h": 3600, "min": 60, "s": 1}
_HEADER = (Phrase("agreement.type"), Phrase("agreement.answer-time"))
_OLD_HEADER = ("What asks", "Answered within")
"""The header of exports in which answer times were called windows. Their other words are read."""

_PART = r"([0-9]{1,6}) ?([^\W\d_]+)"
_LENGTH = re.compile(f"{_PART}(?:,? {_PART})*")


def windows_table(allowances: Mapping[str, int], language: str = ENGLISH) -> str:
    """Return a Markdown table of the allowances (seconds by kind), in the order of the kinds."""
    rows = [
        _row((kind_name(kind, language), in_words(allowances[kind], language)))
        for kind in ClauseKind
    ]
    return "\n".join([_row(_header(language)), "|---|---|", *rows])


def kind_name(kind: ClauseKind, language: str = ENGLISH) -> str:
    """Return the words for a kind of clause: `Task comment`."""
    return render(Phrase("agreement.kind", kind=kind.value), language)


def in_words(seconds: int, language: str = ENGLISH) -> str:
    """Format a number of seconds: `5400` → `1 hour 30 minutes`."""
    hours, rest = divmod(seconds, _UNITS["hour"])
    counted = {"hour": hours, "minute": rest // 60, "second": rest % 60}
    return " ".join(_counted(count, unit, language) for unit, count in counted.items() if count)


def read_windows(markdown: str) -> dict[ClauseKind, int]:
    """Return the seconds by kind in a document's table of answer times.

    Raises Refused with the reason, which names the line.
    """
    windows: dict[ClauseKind, int] = {}
    for line, (name, length) in _rows(markdown.splitlines()):
        kind = _kinds().get(name.lower())
        if kind is None:
            names = tuple(map(kind_name, ClauseKind))
            raise Refused(Phrase("agreement.unknown-kind", line=line, name=name, known=names))
        if kind in windows:
            raise Refused(Phrase("agreement.kind-twice", line=line, name=name))
        windows[kind] = _seconds(line, length)
    if not windows:
        raise Refused(Phrase("agreement.no-table", header=_row(_header(ENGLISH))))
    return windows


def _header(language: str) -> tuple[str, str]:
    kind, length = (render(each, language) for each in _HEADER)
    return kind, length


def _counted(count: int, unit: str, language: str) -> str:
    return render(Phrase("agreement.length", count=count, unit=unit), language)


@cache
def _headers() -> frozenset[tuple[str, ...]]:
    return frozenset({_OLD_HEADER, *map(_header, languages())})


@cache
def _kinds() -> Mapping[str, ClauseKind]:
    """The kinds by their names in every language."""
    return {
        kind_name(kind, language).lower(): kind for language in languages() for kind in ClauseKind
    }


@cache
def _units() -> Mapping[str, int]:
    """The seconds of each unit by its words in every language, for one, two and five of it."""
    said = {
        _counted(count, unit, language).split()[-1]: seconds
        for language in languages()
        for unit, seconds in _UNITS.items()
        for count in (1, 2, 5)
    }
    return said | _SHORT


def _row(cells: tuple[str, str]) -> str:
    return f"| {cells[0]} | {cells[1]} |"


def _rows(lines: list[str]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield the rows below the last header of such a table, with their line numbers from 1."""
    heads = [number for number, line in enumerate(lines) if tuple(_cells(line)) in _headers()]
    if not heads:
        return
    for number, line in enumerate(lines[heads[-1] + 2 :], start=heads[-1] + 3):
        match _cells(line):
            case []:
                return
            case [name, length]:
                yield number, (name, length)
            case _:
                raise Refused(Phrase("agreement.not-two-cells", line=number))


def _cells(line: str) -> list[str]:
    """Return the cells of a table row. Empty for any other line."""
    row = line.strip()
    is_row = len(row) > 1 and row.startswith("|") and row.endswith("|")
    return [cell.strip() for cell in row[1:-1].split("|")] if is_row else []


def _seconds(line: int, text: str) -> int:
    parts = re.findall(_PART, text) if _LENGTH.fullmatch(text) else []
    if not parts or any(unit not in _units() for _, unit in parts):
        raise Refused(Phrase("agreement.no-length", line=line, text=text))
    seconds = sum(int(count) * _units()[unit] for count, unit in parts)
    if not LEAST_ALLOWANCE_S <= seconds <= MOST_ALLOWANCE_S:
        raise Refused(Phrase("agreement.length-out-of-range", line=line, text=text))
    return seconds
