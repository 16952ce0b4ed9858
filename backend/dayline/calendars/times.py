"""Hours as people write them: which are refused, and why."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from dayline.core.schedule import DAY, LocalInterval, Shift, Shifts, Week, read_shift
from dayline.kernel.errors import Invalid

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OFFICE_HOURS = {day: [["09:00", "17:00"]] for day in WEEKDAYS[:5]}
"""What new members work where the workspace has not said otherwise."""

Hours = list[list[str]]
"""The intervals of one day, as they are kept: `[["09:00", "17:00"]]`."""


def week_of(weekly: Mapping[str, Hours]) -> Week:
    """The shifts of Monday to Sunday."""
    mon, tue, wed, thu, fri, sat, sun = (shifts_of(weekly.get(day, [])) for day in WEEKDAYS)
    return (mon, tue, wed, thu, fri, sat, sun)


def shifts_of(hours: Iterable[list[str]]) -> Shifts:
    """The shifts of one day."""
    return tuple(read_shift(start, end) for start, end in hours)


def ordered_week(field: str, weekly: Mapping[str, Hours]) -> dict[str, Hours]:
    """The week as it is kept: each day in its order, free days absent.

    Refuses a week without hours, and hours that overlap, over the week's end too.
    """
    spans = sorted(
        span
        for number, day in enumerate(WEEKDAYS)
        for span in _spans(f"{field}.{day}", weekly.get(day, []), number * DAY)
    )
    if not spans:
        raise Invalid.field(field, "must hold at least one interval")
    start, end, path = spans[0]
    _check_apart([*spans, (start + 7 * DAY, end + 7 * DAY, path)])
    return {day: sorted(hours) for day, hours in weekly.items() if hours}


def ordered_date(field: str, hours: Hours) -> Hours:
    """The hours of one date in their order. Refuses hours that overlap."""
    _check_apart(sorted(_spans(field, hours, 0)))
    return sorted(hours)


def _spans(field: str, hours: Hours, midnight: int) -> Iterator[tuple[int, int, str]]:
    for place, shift in enumerate(shifts_of(hours)):
        yield midnight + shift.start, midnight + shift.end, f"{field}.{place}"


def _check_apart(spans: list[tuple[int, int, str]]) -> None:
    for before, after in pairwise(spans):
        if after[0] < before[1]:
            raise Invalid.field(after[2], f"overlaps {before[2]}")


def local_interval(on: date, shift: Shift) -> LocalInterval:
    """A shift on a date, in wall time."""
    midnight = datetime.combine(on, time.min)
    return midnight + timedelta(seconds=shift.start), midnight + timedelta(seconds=shift.end)


def at_time(on: date, clock: str) -> datetime:
    """A date with a time of day like 09:00, or 24:00, in wall time."""
    hours, minutes = clock.split(":")
    return datetime.combine(on, time.min) + timedelta(hours=int(hours), minutes=int(minutes))
