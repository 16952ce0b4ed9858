"""When a message should be seen, when its recipient is warned, and when the answer is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dayline.core.intervals import Interval, minus, union
from dayline.core.worktime import Calendar, NoWorkingTime, epoch, epoch_after, moment

Pause = tuple[datetime, datetime]
"""From when to when a timer stood still."""

Span = tuple[datetime, datetime]
"""Two instants, half-open."""


@dataclass(frozen=True, slots=True)
class Window:
    """The instants of one timer. `first_check_at` is None for what arrives in a working day."""

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
    """The window of a message that the owner of the calendar got at an instant.

    It is due when the allowance, seconds of working time, has run out, and warns when `warn_share`
    per cent of it have. Paused time does not count; pauses come in order, end, and do not overlap.
    All are whole seconds, never earlier than the rule says. Ask again with another calendar to
    follow it. Raises NoWorkingTime.
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
    """The intervals whose working time makes up the allowance: why `due_at` is what it is.

    Raises NoWorkingTime.
    """
    due = _runs_out(calendar, sent_at, allowance_s, pauses)
    running = _running(epoch_after(sent_at), due, pauses)
    found = [interval for start, end in running for interval in calendar.intervals(start, end)]
    return [(moment(start), moment(end)) for start, end in found]


def runs_out_before(
    calendar: Calendar, since: datetime, until: datetime, share: int
) -> datetime | None:
    """When a share, in per cent, of the working time between two instants has run out.

    None where there is none.
    """
    start = epoch_after(since)
    seconds = calendar.between(start, epoch(until)) * share // 100
    return moment(calendar.add(start, seconds)) if seconds > 0 else None


def next_working(calendar: Calendar, at: datetime) -> datetime | None:
    """The first working instant at or after another one; None where the horizon holds none."""
    try:
        return max(at, moment(calendar.next_working(epoch(at))))
    except NoWorkingTime:
        return None


def working_before(calendar: Calendar, at: datetime, end: datetime) -> datetime | None:
    """The first working instant at or after another one, where it comes before an end."""
    found = next_working(calendar, at)
    return found if found is not None and found < end else None


def _runs_out(calendar: Calendar, sent_at: datetime, seconds: int, pauses: Sequence[Pause]) -> int:
    """The instant at which so much unpaused working time has passed."""
    start = epoch_after(sent_at)
    for paused_at, resumed_at in pauses:
        passed = calendar.between(start, max(start, epoch(paused_at)))
        if passed >= seconds:
            break
        seconds -= passed
        start = epoch_after(resumed_at)
    return calendar.add(start, seconds)


def _running(start: int, end: int, pauses: Sequence[Pause]) -> list[Interval]:
    """What is left of an interval between the pauses."""
    held = [(epoch(paused_at), epoch_after(resumed_at)) for paused_at, resumed_at in pauses]
    return minus([(start, end)], union(held))


def _first_check(calendar: Calendar, sent: int, minutes: int) -> int | None:
    if calendar.working_day(sent) is not None:
        return None
    opens, _ = calendar.next_working_day(sent)
    return opens + 60 * minutes
