"""Working time: what everything else asks all day, beside bare bisects and a bare loop.

In processor time: nothing waits here, so what else runs on the machine does not count.
"""

import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import accumulate
from zoneinfo import ZoneInfo

from dayline.core.schedule import DAY, Schedule, Shift, Shifts, Week, always
from dayline.core.worktime import Calendar, epoch
from tests.bench.table import Bench, Row, Sample, Turn, at_most

ADD = "working time: add"
ONE_SHIFT = "compile 400 days of one shift"
TWO_SHIFTS = "compile 400 days of two shifts"
NAMES = (ADD, ONE_SHIFT, TWO_SHIFTS)

DAYS = 400
HOUR = 3600
START = epoch(datetime(2026, 5, 18, tzinfo=UTC))
ONE: Shifts = (Shift(9 * HOUR, 17 * HOUR),)
TWO: Shifts = (Shift(9 * HOUR, 12 * HOUR), Shift(13 * HOUR, 18 * HOUR))


async def rows(bench: Bench) -> list[Row]:
    """Every row wanted."""
    found: list[Row] = []
    if bench.wants(ADD):
        ours, limit = _adds()
        goals = at_most("ratio", 2), at_most("ours", 1)
        found.append(await bench.row(ADD, "µs", ours, limit, *goals))
    for name, shifts in ((ONE_SHIFT, ONE), (TWO_SHIFTS, TWO)):
        if bench.wants(name):
            ours, limit = _compiles(shifts)
            found.append(await bench.row(name, "ms", ours, limit, at_most("ours", 0.5)))
    return found


def _schedule(shifts: Shifts) -> Schedule:
    week: Week = (shifts, shifts, shifts, shifts, shifts, (), ())
    return Schedule(zone=ZoneInfo("Europe/Kyiv"), weeks=always(week))


def _adds() -> tuple[Turn, Turn]:
    """Half a day after every minute of some weeks; the limit finds the same on the same lists."""
    calendar = Calendar(_schedule(ONE))
    calendar.cover(START, START + DAYS * DAY)
    starts = range(START, START + 30 * DAY, 60)
    opens, closes, sums = calendar._opens, calendar._closes, calendar._sums

    def bare(start: int, seconds: int) -> int:
        at = bisect_right(opens, start) - 1
        closing = closes[at]
        target = sums[at] + (start if start < closing else closing) - opens[at] + seconds
        at = bisect_left(sums, target) - 1
        return opens[at] + target - sums[at]

    if [bare(start, 4 * HOUR) for start in starts] != [calendar.add(s, 4 * HOUR) for s in starts]:
        raise RuntimeError("the limit does not find the same")
    return _each(calendar.add, starts), _each(bare, starts)


def _each(add: Callable[[int, int], int], starts: Sequence[int]) -> Turn:
    async def measured() -> Sample:
        begun = time.process_time()
        for start in starts:
            add(start, 4 * HOUR)
        return Sample((time.process_time() - begun) * 1e6 / len(starts))

    return measured


def _compiles(shifts: Shifts) -> tuple[Turn, Turn]:
    """A calendar that nobody compiled yet; the limit makes the same lists at a fixed offset."""
    schedule = _schedule(shifts)

    def ours() -> None:
        Calendar(schedule).cover(START, START + DAYS * DAY)

    def limit() -> None:
        opens, closes = [], []
        for day in range(START, START + DAYS * DAY, DAY):
            if (day // DAY + 3) % 7 < 5:
                for shift in shifts:
                    opens.append(day + shift.start)
                    closes.append(day + shift.end)
        list(accumulate([end - start for start, end in zip(opens, closes, strict=True)]))

    return _typical(ours), _typical(limit)


def _typical(compile_: Callable[[], None], times: int = 300) -> Turn:
    async def measured() -> Sample:
        took = []
        for _ in range(times):
            begun = time.process_time()
            compile_()
            took.append((time.process_time() - begun) * 1000)
        took.sort()
        return Sample(took[times // 2], took[times * 99 // 100])

    return measured
