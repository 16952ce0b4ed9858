"""How much working time a decision's deadline leaves."""

from dataclasses import dataclass
from datetime import datetime

from dayline.core.worktime import Calendar, NoWorkingTime, epoch, epoch_after, moment


@dataclass(frozen=True, slots=True)
class Left:
    """The time left for a member who is asked.

    `working_s` are the seconds of their working time until the deadline, None without a deadline.
    `earliest` is when their allowance will have passed, None beyond the horizon.
    """

    working_s: int | None
    earliest: datetime | None


def left_to(
    calendar: Calendar, now: datetime, input_due_at: datetime | None, allowance_s: int
) -> Left:
    """Return the time left until a deadline for the calendar's owner, counted from now."""
    start = epoch_after(now)
    working_s = None
    if input_due_at is not None:
        working_s = max(0, calendar.between(start, epoch(input_due_at)))
    try:
        earliest = moment(calendar.add(start, allowance_s))
    except NoWorkingTime:
        earliest = None
    return Left(working_s, earliest)
