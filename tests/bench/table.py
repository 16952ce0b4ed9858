"""The table of the benchmarks: rows, their goals, and how a path is measured beside its limit."""

import json
import os
import platform
import statistics
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import psutil
from rich.console import Console
from rich.table import Table

from tests.bench.load import Measured
from tests.servers import Servers

RESULT = Path(".cache") / "bench.json"
ROUNDS = 3
WIDTH = 124
"""Characters that the table takes where the terminal does not say more."""


@dataclass(frozen=True)
class Sample:
    """What one turn saw: a figure in the unit of its row, and the 99th percentile in ms."""

    figure: float
    p99_ms: float | None = None

    @classmethod
    def rate(cls, measured: Measured) -> "Sample":
        """Requests a second and their tail."""
        return cls(measured.rate, measured.p99_ms)


Turn = Callable[[], Awaitable[Sample]]
"""Measures once."""


@dataclass(frozen=True)
class Goal:
    """A bound on a figure of a row: on its ratio, on ours, or on our p99."""

    of: Literal["ratio", "ours", "p99"]
    sense: Literal["≥", "≤"]
    bound: float

    def is_met(self, figure: float) -> bool:
        """Whether the figure keeps the bound."""
        return figure >= self.bound if self.sense == "≥" else figure <= self.bound


def at_least(ratio: float) -> Goal:
    """Ours over the limit, where more is better: rates."""
    return Goal("ratio", "≥", ratio)


def at_most(of: Literal["ratio", "ours", "p99"], bound: float) -> Goal:
    """A figure of which less is better: times and sizes, in the row's unit; p99 in ms."""
    return Goal(of, "≤", bound)


@dataclass(frozen=True)
class Row:
    """One path beside its limit: medians of rounds in turns. `ratio` is ours over the limit's."""

    name: str
    unit: str
    ours: Sample
    limit: Sample
    goals: tuple[Goal, ...] = ()

    @property
    def ratio(self) -> float:
        """Ours over the limit's."""
        return self.ours.figure / self.limit.figure

    @property
    def met(self) -> bool | None:
        """Whether every goal is met; None where the row has none."""
        return all(goal.is_met(self._figure(goal)) for goal in self.goals) if self.goals else None

    def _figure(self, goal: Goal) -> float:
        if goal.of == "ratio":
            return self.ratio
        figure = self.ours.figure if goal.of == "ours" else self.ours.p99_ms
        assert figure is not None, f"{self.name} has a goal of what it does not measure"
        return figure

    def cells(self) -> tuple[str, ...]:
        """The row as people read it."""
        sides = (self.ours, self.limit)
        figures = (cell for side in sides for cell in (_number(side.figure), _p99(side.p99_ms)))
        return (self.name, self.unit, *figures, f"{self.ratio:.2f}", self._wanted(), self._met())

    def _wanted(self) -> str:
        units = {"ratio": "", "ours": f" {self.unit}", "p99": " ms p99"}
        return "\n".join(f"{goal.sense} {goal.bound:g}{units[goal.of]}" for goal in self.goals)

    def _met(self) -> str:
        return {True: "yes", False: "[bold red]no[/]", None: ""}[self.met]


def _number(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}"


def _p99(ms: float | None) -> str:
    return "" if ms is None else _number(ms)


@dataclass(frozen=True)
class Bench:
    """What a path needs to be measured: servers, a folder, which rows are wanted, and how long."""

    servers: Servers
    folder: Path
    words: tuple[str, ...]
    quick: bool

    @property
    def rounds(self) -> int:
        """How often ours and the limit take their turns."""
        return 1 if self.quick else ROUNDS

    def wants(self, name: str) -> bool:
        """Whether the row is asked for: it holds one of the words, or none was given."""
        return not self.words or any(word in name for word in self.words)

    def wanted(self, names: Iterable[str]) -> list[str]:
        """Those of the rows that are asked for."""
        return [name for name in names if self.wants(name)]

    async def row(self, name: str, unit: str, ours: Turn, limit: Turn, *goals: Goal) -> Row:
        """Ours and the limit in turns; the medians of the rounds."""
        turns = [(await ours(), await limit()) for _ in range(self.rounds)]
        ours_seen, limit_seen = zip(*turns, strict=True)
        return Row(name, unit, median(ours_seen), median(limit_seen), goals)


def median(samples: Iterable[Sample]) -> Sample:
    """The median figure, and the median tail where there is one."""
    seen = list(samples)
    tails = [sample.p99_ms for sample in seen if sample.p99_ms is not None]
    return Sample(
        statistics.median(sample.figure for sample in seen),
        statistics.median(tails) if tails else None,
    )


@dataclass(frozen=True)
class Machine:
    """Where and beside what the figures were made."""

    cpu: str
    cores: int
    memory_gib: float
    system: str
    python: str
    load_at_start: float

    @classmethod
    def look(cls) -> "Machine":
        """The machine as it is now."""
        return cls(
            cpu=_cpu(),
            cores=len(os.sched_getaffinity(0)),
            memory_gib=round(psutil.virtual_memory().total / 2**30, 1),
            system=f"{platform.system()} {platform.release()}",
            python=platform.python_version(),
            load_at_start=round(os.getloadavg()[0], 2),
        )

    def __str__(self) -> str:
        return (
            f"{self.cores} cores of {self.cpu}, {self.memory_gib:g} GiB, {self.system}, "
            f"Python {self.python}; load at the start {self.load_at_start:g}"
        )


def _cpu() -> str:
    named = (
        line for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line
    )
    return next(named, platform.machine()).split(":")[-1].strip()


def show(rows: list[Row], machine: Machine, rounds: int) -> None:
    """The table for people; the same as JSON for programs."""
    title = f"Each path beside its limit, in turns; medians of {rounds}"
    table = Table(title=title, caption=str(machine))
    left = {"path", "unit", "goal"}
    headings = ("path", "unit", "ours", "p99 ms", "limit", "p99 ms", "ratio", "goal", "met")
    for heading in headings:
        table.add_column(heading, justify="left" if heading in left else "right", no_wrap=True)
    for row in rows:
        table.add_row(*row.cells())
    Console(width=max(Console().width, WIDTH)).print(table)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(_document(rows, machine), indent=2, ensure_ascii=False) + "\n")


def _document(rows: list[Row], machine: Machine) -> dict[str, object]:
    return {
        "machine": asdict(machine),
        "rows": [asdict(row) | {"ratio": row.ratio, "met": row.met} for row in rows],
    }
