"""The time of a decision: what a deadline leaves to somebody."""

from dataclasses import dataclass
from datetime import datetime

from dayline.core.worktime import Calendar, NoWorkingTime, epoch, epoch_after, moment


@dataclass(frozen=True, slots=True)
class Left:
    """What is left to one who is asked.

    `working_s` is their working time until the deadline in seconds, None without a deadline;
    `earliest` is when they have had the allowance, None where that is beyond the horizon.
    """

    working_s: int | None
    earliest: datetime | None


def left_to(
    calendar: Calendar, now: datetime, input_due_at: datetime | None, allowance_s: int
) -> Left:
    """What a deadline leaves to the owner of a calendar, counted from now."""
    start = epoch_after(now)
    working_s = None
    if input_due_at is not None:
        working_s = max(0, calendar.between(start, epoch(input_due_at)))
    try:
        earliest = moment(calendar.add(start, allowance_s))
    except NoWorkingTime:
        earliest = None
    return Left(working_s, earliest)
