"""The working hours of the people in an export, and their source.

With a zone in the export, they work the default week in it. Otherwise, with at least 30 messages,
the hours are inferred: the window of the day, as long as the default week's longest day, with the
most hours in which they wrote. Else they work the default week in the default zone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from dayline.core.schedule import Shifts, Week, shift
from dayline.transfer.slack.export import Export

FEWEST = 30
"""With fewer messages, hours are not inferred."""

_DAY = 24
_WEEK = range(7)
_HOUR = 3600

ActiveHour = tuple[date, int]
"""A date and an hour in which someone wrote at least once."""


class Source(StrEnum):
    """The source of someone's working hours."""

    ZONE = "zone"
    INFERRED = "inferred"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """A week in a zone, and the source of this knowledge."""

    zone: str
    week: Week
    source: Source


def hours_of(export: Export, zone: str, week: Week) -> dict[str, WorkingHours]:
    """The hours of each user by id, with `zone` and `week` as the default."""
    written: defaultdict[str, list[datetime]] = defaultdict(list)
    for message in export.messages:
        written[message.user].append(message.at)
    return {
        user.id: working_hours(user.zone, written[user.id], zone=zone, week=week)
        for user in export.users
    }


def working_hours(
    own_zone: str | None, written: list[datetime], *, zone: str, week: Week
) -> WorkingHours:
    """The hours of someone with these message times and perhaps a known zone."""
    if own_zone is not None:
        return WorkingHours(own_zone, week, Source.ZONE)
    if len(written) < FEWEST:
        return WorkingHours(zone, week, Source.DEFAULT)
    return WorkingHours(zone, inferred_week(written, ZoneInfo(zone), week), Source.INFERRED)


def inferred_week(written: Iterable[datetime], zone: ZoneInfo, like: Week) -> Week:
    """The week with one daily shift that covers the most hours in which someone wrote.

    An hour counts once. Each shift is as long as the longest day of `like`, in whole hours. The
    days are those of `like`, unless other days together hold at least a seventh of the hours. Then
    each day counts that holds at least a 28th.
    """
    active = {_hour(instant.astimezone(zone)) for instant in written}
    length = _longest_day(like)
    start = _best_start(Counter(hour for _, hour in active), length)
    on_days = Counter(_shift_date(hour, start).weekday() for hour in _inside(active, start, length))
    shifts = (shift(start * _HOUR, (start + length) % _DAY * _HOUR),)
    return _on(_days(on_days, like), shifts)


def _hour(local: datetime) -> ActiveHour:
    return local.date(), local.hour


def _longest_day(week: Week) -> int:
    """The longest day in whole hours, from 1 to 24."""
    longest = max(sum(end - start for start, end in shifts) for shifts in week)
    return min(max(-(-longest // _HOUR), 1), _DAY)


def _best_start(activity: Mapping[int, int], length: int) -> int:
    """The first hour of the window with the most activity. Of equals, the most centred one."""

    def merit(start: int) -> tuple[int, int, int]:
        inside = [(step, activity.get((start + step) % _DAY, 0)) for step in range(length)]
        off_middle = sum(count * abs(2 * step + 1 - length) for step, count in inside)
        return sum(count for _, count in inside), -off_middle, -start

    return max(range(_DAY), key=merit)


def _inside(active: Iterable[ActiveHour], start: int, length: int) -> list[ActiveHour]:
    return [(on, hour) for on, hour in active if (hour - start) % _DAY < length]


def _shift_date(active: ActiveHour, start: int) -> date:
    """The date on which the shift began. After midnight, that is the day before."""
    on, hour = active
    return on if hour >= start else on - timedelta(days=1)


def _days(on_days: Mapping[int, int], like: Week) -> set[int]:
    usual = {day for day in _WEEK if like[day]}
    total = sum(on_days.values())
    elsewhere = sum(count for day, count in on_days.items() if day not in usual)
    if elsewhere * 7 < total:
        return usual
    return {day for day, count in on_days.items() if count * 28 >= total}


def _on(days: set[int], shifts: Shifts) -> Week:
    mon, tue, wed, thu, fri, sat, sun = (shifts if day in days else () for day in _WEEK)
    return mon, tue, wed, thu, fri, sat, sun
