"""When a message should be seen, when its recipient is warned, and when the answer is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dayline.core.intervals import Interval, minus, union
from dayline.core.worktime import Calendar, NoWorkingTime, epoch, epoch_after, moment

Pause = tuple[datetime, datetime]
"""When a timer was paused and resumed."""

Span = tuple[datetime, datetime]
"""Two instants, half-open."""


@dataclass(frozen=True, slots=True)
class Window:
    """The instants of a timer. `first_check_at` is None for a message within a working day."""

    first_check_at: datetime | None
    warn_at: datetime
    due_at: datetime


def response_window(
    calendar: Calendar,
    sent_at: datetime,
    *,
    allowance_s: int,
    warn_share: int,
    first_check_minutes: int,
    pauses: Sequence[Pause] = (),
) -> Window:
    """Return the instants of a message that the calendar's owner received at `sent_at`.

    It is due when `allowance_s` seconds of working time have passed, and warns at `warn_share` per
    cent of them. Paused time doesn't count. Pauses must be in order, have ended, and not overlap.
    Results are whole seconds, rounded up. Raises NoWorkingTime.
    """
    due = _runs_out(calendar, sent_at, allowance_s, pauses)
    warns = _runs_out(calendar, sent_at, allowance_s * warn_share // 100, pauses)
    check = _first_check(calendar, epoch(sent_at), first_check_minutes)
    return Window(
        first_check_at=None if check is None else moment(min(check, due)),
        warn_at=moment(warns),
        due_at=moment(due),
    )


def counted(
    calendar: Calendar, sent_at: datetime, *, allowance_s: int, pauses: Sequence[Pause] = ()
) -> list[Span]:
    """Return the intervals of working time that make up the allowance, to explain `due_at`.

    Raises NoWorkingTime.
    """
    due = _runs_out(calendar, sent_at, allowance_s, pauses)
    running = _running(epoch_after(sent_at), due, pauses)
    found = [interval for start, end in running for interval in calendar.intervals(start, end)]
    return [(moment(start), moment(end)) for start, end in found]


def runs_out_before(
    calendar: Calendar, since: datetime, until: datetime, share: int
) -> datetime | None:
    """Return when `share` per cent of the working time between two instants have passed.

    None if there is no working time.
    """
    start = epoch_after(since)
    seconds = calendar.between(start, epoch(until)) * share // 100
    return moment(calendar.add(start, seconds)) if seconds > 0 else None


def next_working(calendar: Calendar, at: datetime) -> datetime | None:
    """Return the first working instant at or after `at`. None if the horizon has none."""
    try:
        return max(at, moment(calendar.next_working(epoch(at))))
    except NoWorkingTime:
        return None


def next_start(calendar: Calendar, at: datetime) -> datetime | None:
    """Return when the calendar's owner starts next. While they work: their next working day.

    None if the horizon has no working time.
    """
    try:
        if calendar.is_working(epoch(at)):
            return moment(calendar.next_working_day(epoch(at) + 1)[0])
        return moment(calendar.next_working(epoch(at)))
    except NoWorkingTime:
        return None


def worked_between(
    calendar: Calendar, start: datetime, end: datetime, pauses: Sequence[Pause] = ()
) -> int:
    """Return the seconds of unpaused working time between two instants."""
    running = _running(epoch_after(start), max(epoch_after(start), epoch(end)), pauses)
    return sum(calendar.between(since, until) for since, until in running)


def working_before(calendar: Calendar, at: datetime, end: datetime) -> datetime | None:
    """Return the first working instant at or after `at`, or None if it isn't before `end`."""
    found = next_working(calendar, at)
    return found if found is not None and found < end else None


def _runs_out(calendar: Calendar, sent_at: datetime, seconds: int, pauses: Sequence[Pause]) -> int:
    """Return the instant at which this much unpaused working time has passed."""
    start = epoch_after(sent_at)
    for paused_at, resumed_at in pauses:
        passed = calendar.between(start, max(start, epoch(paused_at)))
        if passed >= seconds:
            break
        seconds -= passed
        start = epoch_after(resumed_at)
    return calendar.add(start, seconds)


def _running(start: int, end: int, pauses: Sequence[Pause]) -> list[Interval]:
    """Return an interval without the pauses."""
    held = [(epoch(paused_at), epoch_after(resumed_at)) for paused_at, resumed_at in pauses]
    return minus([(start, end)], union(held))


def _first_check(calendar: Calendar, sent: int, minutes: int) -> int | None:
    if calendar.working_day(sent) is not None:
        return None
    opens, _ = calendar.next_working_day(sent)
    return opens + 60 * minutes
