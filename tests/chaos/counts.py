"""What a reader of a run wants to know of it: how often which fault came, and what it did."""

import os
from dataclasses import dataclass

LONG = "DAYLINE_CHAOS" in os.environ
"""Whether faults come as often as the promises say, or just a few times."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What came of one kind of fault."""

    fault: str
    runs: int
    timers: int
    lost: int
    doubled: int
    early: int
    lateness_p99_s: float
    lateness_max_s: float


counted: list[Counts] = []


def table() -> list[str]:
    """The counts of this run, a line each, under their names."""
    names = ("fault", "runs", "timers", "lost", "doubled", "early", "p99 late s", "max late s")
    lines = [names, *(_line(counts) for counts in counted)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return ["  ".join(map(str.ljust, line, widths)) for line in lines]


def _line(counts: Counts) -> tuple[str, ...]:
    late = (f"{counts.lateness_p99_s:.3f}", f"{counts.lateness_max_s:.3f}")
    numbers = (counts.runs, counts.timers, counts.lost, counts.doubled, counts.early)
    return (counts.fault, *map(str, numbers), *late)
