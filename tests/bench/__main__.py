"""`make bench`: a table for people, and `bench.json` in the cache folder for programs.

Each path runs beside its limit, in turns, in the same minutes of the same machine; what counts is
the ratio. `make bench ARGS="list sweep"` measures the rows whose names hold one of these words,
`ARGS=--quick` takes one turn on less data.
"""

import argparse
import asyncio
import tempfile
from pathlib import Path

from dayline.kernel.ops import logging
from tests.bench import (
    clarity,
    feed,
    http,
    lateness,
    notices,
    recompute,
    relay,
    snapshot,
    sweep,
    worktime,
)
from tests.bench.table import Bench, Machine, Row, show
from tests.servers import running_servers

PATHS = (worktime, clarity, sweep, relay, notices, recompute, http, feed, snapshot, lateness)
"""Modules with `NAMES`, the names of their rows, and `rows`, which measures those wanted."""


async def measure(bench: Bench, rows: list[Row]) -> None:
    """Add every row that is wanted, one path after another."""
    for path in PATHS:
        if bench.wanted(path.NAMES):
            rows += await path.rows(bench)


def main() -> None:
    """Measure and show."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure beside the limit.")
    parser.add_argument("words", nargs="*", help="words in the names of the rows; none: all rows")
    parser.add_argument("--quick", action="store_true", help="one turn, on less data")
    given = parser.parse_args()
    names = [name for path in PATHS for name in path.NAMES]
    if lost := [word for word in given.words if not any(word in name for name in names)]:
        parser.error(f"no row is named {' or '.join(lost)}; there are: {', '.join(names)}")
    logging.configure("warning")
    machine = Machine.look()
    with running_servers() as servers, tempfile.TemporaryDirectory() as folder:
        bench = Bench(servers, Path(folder), tuple(given.words), given.quick)
        rows: list[Row] = []
        try:
            asyncio.run(measure(bench, rows))
        finally:  # what was measured before a fault is shown
            show(rows, machine, bench.rounds)


if __name__ == "__main__":
    main()
