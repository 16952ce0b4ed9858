"""The time of a decision: what a deadline leaves to somebody, and when to remind them of it."""

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


def halfway(calendar: Calendar, opened_at: datetime, input_due_at: datetime) -> datetime | None:
    """When half of the working time until the deadline has run out; None where there is none."""
    start, end = epoch_after(opened_at), epoch(input_due_at)
    half_s = calendar.between(start, end) // 2
    return moment(calendar.add(start, half_s)) if half_s > 0 else None


def next_chance(calendar: Calendar, at: datetime, input_due_at: datetime) -> datetime | None:
    """The first working instant at or after another one, where it comes before the deadline."""
    try:
        found = moment(calendar.next_working(epoch_after(at)))
    except NoWorkingTime:
        return None
    return found if found < input_due_at else None
