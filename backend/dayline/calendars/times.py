"""Working hours as text: reading and checking them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from dayline.core.phrase import Phrase
from dayline.core.schedule import DAY, LocalInterval, Shift, Shifts, Week, read_shift
from dayline.kernel.errors import Invalid

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OFFICE_HOURS = {day: [["09:00", "17:00"]] for day in WEEKDAYS[:5]}
"""The hours of new members, unless the workspace has set others."""

Hours = list[list[str]]
"""The stored intervals of one day: `[["09:00", "17:00"]]`."""


def week_of(weekly: Mapping[str, Hours]) -> Week:
    """Return the shifts of Monday to Sunday."""
    mon, tue, wed, thu, fri, sat, sun = (shifts_of(weekly.get(day, [])) for day in WEEKDAYS)
    return (mon, tue, wed, thu, fri, sat, sun)


def shifts_of(hours: Iterable[list[str]]) -> Shifts:
    """Return the shifts of one day."""
    return tuple(read_shift(start, end) for start, end in hours)


def ordered_week(field: str, weekly: Mapping[str, Hours]) -> dict[str, Hours]:
    """Return the week in its stored form: each day sorted, days off absent.

    Raises Invalid for a week without hours, and for overlapping hours, also from Sunday to Monday.
    """
    spans = sorted(
        span
        for number, day in enumerate(WEEKDAYS)
        for span in _spans(f"{field}.{day}", weekly.get(day, []), number * DAY)
    )
    if not spans:
        raise Invalid.field(field, Phrase("fields.a-day"))
    start, end, path = spans[0]
    _check_apart([*spans, (start + 7 * DAY, end + 7 * DAY, path)])
    return {day: sorted(hours) for day, hours in weekly.items() if hours}


def ordered_date(field: str, hours: Hours) -> Hours:
    """Sort the hours of one date. Raises Invalid for overlapping hours."""
    _check_apart(sorted(_spans(field, hours, 0)))
    return sorted(hours)


def _spans(field: str, hours: Hours, midnight: int) -> Iterator[tuple[int, int, str]]:
    for place, shift in enumerate(shifts_of(hours)):
        yield midnight + shift.start, midnight + shift.end, f"{field}.{place}"


def _check_apart(spans: list[tuple[int, int, str]]) -> None:
    for before, after in pairwise(spans):
        if after[0] < before[1]:
            raise Invalid.field(after[2], Phrase("fields.overlaps", other=before[2]))


def local_interval(on: date, shift: Shift) -> LocalInterval:
    """Return a shift on a date as an interval of local time."""
    midnight = datetime.combine(on, time.min)
    return midnight + timedelta(seconds=shift.start), midnight + timedelta(seconds=shift.end)


def at_time(on: date, clock: str) -> datetime:
    """Combine a date with a time of day like 09:00 or 24:00 to a local time."""
    hours, minutes = clock.split(":")
    return datetime.combine(on, time.min) + timedelta(hours=int(hours), minutes=int(minutes))
