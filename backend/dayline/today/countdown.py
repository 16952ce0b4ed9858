"""The remaining time to answer, from the intervals that a timer counts."""

from datetime import datetime
from zoneinfo import ZoneInfo

from dayline.calendars.schemas import TwoClocks
from dayline.core.intervals import Interval, clipped
from dayline.core.worktime import epoch, epoch_after, moment
from dayline.timers.models import Timer
from dayline.today.schemas import MOST_SPANS, Countdown, Span


def countdown(timer: Timer, now: datetime, yours: ZoneInfo) -> Countdown:
    """The countdown of a timer that has not ended, with times in its zone and in `yours`."""
    left = _left(timer, timer.paused_at or now)
    stands = timer.paused_at is not None or not left
    runs_from = None if stands else _runs_from(left[0][0], now)
    return Countdown(
        left_s=sum(end - start for start, end in left),
        runs_from=runs_from and TwoClocks.of(runs_from, ZoneInfo(timer.zone), yours),
        spans=[] if stands else [_span(interval) for interval in left[:MOST_SPANS]],
    )


def _runs_from(start: int, now: datetime) -> datetime:
    """The instant from which the time counts, or now if it counts already."""
    return now if start <= epoch_after(now) else moment(start)


def _left(timer: Timer, since: datetime) -> list[Interval]:
    """The intervals still to be counted after an instant, in epoch seconds."""
    if timer.due_at is None or timer.breached_at is not None:
        return []
    counted = [(start, end) for start, end in timer.counted]
    return clipped(counted, epoch(since), epoch(timer.due_at))


def _span(interval: Interval) -> Span:
    start, end = interval
    return Span(start=moment(start), end=moment(end))
