"""The check for the five points: how long a usual message and the longest one take.

The limit is one pass over the words of the same text.
"""

import re
import time
from collections.abc import Callable

from dayline.core.clarity import points_in
from tests.bench.table import Bench, Row, Sample, Turn, at_most

USUAL = "clarity: a usual message"
LONGEST = "clarity: 20,000 characters"
NAMES = (USUAL, LONGEST)

MESSAGE = (
    "The import fails on 2 files. @kim, should we split 2 files or raise the limit? Please decide "
    "by Thursday 15:00 about all 2 files. "
)
WORD = re.compile(r"\w+")


async def rows(bench: Bench) -> list[Row]:
    """Every row wanted."""
    found: list[Row] = []
    long = "".join(MESSAGE.replace(" 2 ", f" {number} ") for number in range(180))[:20_000]
    for name, text, most in ((USUAL, MESSAGE, 1), (LONGEST, long, 100)):
        if bench.wants(name):
            ours, limit = _timed(points_in, text), _timed(WORD.findall, text)
            found.append(await bench.row(name, "ms", ours, limit, at_most("ours", most)))
    return found


def _timed(check: Callable[[str], object], text: str) -> Turn:
    async def turn() -> Sample:
        times = max(1, 200_000 // len(text))
        began = time.process_time()
        for _ in range(times):
            check(text)
        return Sample((time.process_time() - began) / times * 1000)

    return turn
