"""The table of answer times in an agreement's Markdown: writing it, and reading it back."""

import re
from collections.abc import Iterator, Mapping

from dayline.core.agreement import ClauseKind
from dayline.core.phrase import Phrase, Refused

LEAST_ALLOWANCE_S = 5 * 60
MOST_ALLOWANCE_S = 30 * 24 * 3600

KINDS = {
    ClauseKind.TASK_COMMENT: "Task comment",
    ClauseKind.PROJECT_UPDATE: "Project update",
    ClauseKind.PROJECT_DISCUSSION: "Project discussion",
    ClauseKind.DIRECT_MESSAGE: "Direct message",
    ClauseKind.URGENT: "Urgent message of any kind",
    ClauseKind.DECISION_INPUT: "Input to a decision",
    ClauseKind.DECISION_OUTCOME: "Outcome of a decision",
}

_HEADER = ("What asks", "Answered within")
_NAMED = {name.lower(): kind for kind, name in KINDS.items()}
_PART = r"([0-9]{1,6}) ?(hours?|h|minutes?|min|seconds?|s)"
_LENGTH = re.compile(f"{_PART}(?:,? {_PART})*")
_UNITS = {"h": 3600, "m": 60, "s": 1}


def windows_table(allowances: Mapping[str, int]) -> str:
    """Return a Markdown table of the allowances (seconds by kind), in the order of the kinds."""
    rows = [_row((KINDS[kind], in_words(allowances[kind]))) for kind in ClauseKind]
    return "\n".join([_row(_HEADER), "|---|---|", *rows])


def in_words(seconds: int) -> str:
    """Format a number of seconds: `5400` → `1 hour 30 minutes`."""
    hours, rest = divmod(seconds, 3600)
    counted = ((hours, "hour"), (rest // 60, "minute"), (rest % 60, "second"))
    return " ".join(_counted(number, unit) for number, unit in counted if number)


def read_windows(markdown: str) -> dict[ClauseKind, int]:
    """Return the seconds by kind in a document's table of answer times.

    Raises Refused with a reason that names the line.
    """
    windows: dict[ClauseKind, int] = {}
    for number, (name, length) in _rows(markdown.splitlines()):
        kind = _NAMED.get(name.lower())
        if kind is None:
            raise _refused(
                number, Phrase("imports.agreement-kind", name=name, kinds=tuple(KINDS.values()))
            )
        if kind in windows:
            raise _refused(number, Phrase("imports.agreement-twice", name=name))
        windows[kind] = _seconds(number, length)
    if not windows:
        raise Refused(Phrase("imports.agreement-no-table", header=_row(_HEADER)))
    return windows


def _refused(number: int, reason: Phrase) -> Refused:
    return Refused(Phrase("imports.agreement-line", line=str(number), reason=reason))


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _row(cells: tuple[str, str]) -> str:
    return f"| {cells[0]} | {cells[1]} |"


def _rows(lines: list[str]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield the rows below the last header of such a table, with their line numbers from 1."""
    heads = [number for number, line in enumerate(lines) if _cells(line) == list(_HEADER)]
    if not heads:
        return
    for number, line in enumerate(lines[heads[-1] + 2 :], start=heads[-1] + 3):
        match _cells(line):
            case []:
                return
            case [name, length]:
                yield number, (name, length)
            case _:
                raise _refused(number, Phrase("imports.agreement-cells"))


def _cells(line: str) -> list[str]:
    """Return the cells of a table row. Empty for any other line."""
    row = line.strip()
    is_row = len(row) > 1 and row.startswith("|") and row.endswith("|")
    return [cell.strip() for cell in row[1:-1].split("|")] if is_row else []


def _seconds(number: int, text: str) -> int:
    if not _LENGTH.fullmatch(text):
        raise _refused(number, Phrase("imports.agreement-length", text=text))
    seconds = sum(int(count) * _UNITS[unit[0]] for count, unit in re.findall(_PART, text))
    if not LEAST_ALLOWANCE_S <= seconds <= MOST_ALLOWANCE_S:
        raise _refused(number, Phrase("imports.agreement-range", text=text))
    return seconds
