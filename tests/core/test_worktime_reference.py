"""Working time against an obvious computation: look at the clock on the wall every minute."""

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dayline.core.intervals import Interval
from dayline.core.schedule import DAY, LocalInterval, Schedule, Shifts
from dayline.core.worktime import Calendar
from tests.core.drawn import HOUR, MINUTE, schedules

SEEN = (-2 * DAY, 3 * DAY)
KNOWN = (-5 * DAY, 6 * DAY)

Clock = list[tuple[int, datetime]]


@cache
def clock_of(zone: ZoneInfo, noon: int) -> Clock:
    """Every minute of some days, and the wall time at it."""
    minutes = range(noon + KNOWN[0], noon + KNOWN[1], MINUTE)
    return [(at, datetime.fromtimestamp(at, zone).replace(tzinfo=None)) for at in minutes]


def between(clock: Clock, starts: datetime, ends: datetime) -> set[int]:
    """From the first minute at or after one wall time to the last one before the other."""
    first = next((at for at, wall in clock if wall >= starts), clock[-1][0])
    last = next((at for at, wall in reversed(clock) if wall < ends), clock[0][0])
    return set(range(first, last + MINUTE, MINUTE))


def of_date(clock: Clock, on: date, shifts: Shifts) -> set[int]:
    midnight = datetime.combine(on, datetime.min.time())
    spans = [[midnight + timedelta(seconds=end) for end in shift] for shift in shifts]
    return set[int]().union(*(between(clock, *span) for span in spans))


def of_intervals(clock: Clock, intervals: tuple[LocalInterval, ...]) -> set[int]:
    return set[int]().union(*(between(clock, *interval) for interval in intervals))


def working_by_date(schedule: Schedule, noon: int) -> dict[date, set[int]]:
    """The working minutes of each date's shifts, in the order of the layers."""
    clock = clock_of(schedule.zone, noon)
    first = clock[0][1].date() + timedelta(days=1)
    dates = [first + timedelta(days=step) for step in range(10)]
    weekly = {
        on: max((week for week in schedule.weeks if week[0] <= on), key=lambda week: week[0])[1]
        for on in dates
    }
    shifts = {on: schedule.overrides.get(on, weekly[on][on.weekday()]) for on in dates}
    closed = of_intervals(clock, schedule.closed)
    return {on: of_date(clock, on, shifts[on]) - closed for on in dates}


def minutes_of(intervals: list[Interval]) -> set[int]:
    return {at for start, end in intervals for at in range(start, end, MINUTE)}


def seen(minutes: set[int], noon: int) -> set[int]:
    return {at for at in minutes if noon + SEEN[0] <= at < noon + SEEN[1]}


slowly = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@slowly
@given(schedules())
def test_the_same_minutes_are_working_time(drawn: tuple[Schedule, int]) -> None:
    schedule, noon = drawn
    expected = set[int]().union(*working_by_date(schedule, noon).values())
    found = Calendar(schedule).intervals(noon + SEEN[0], noon + SEEN[1])
    assert minutes_of(found) == seen(expected, noon)


@slowly
@given(schedules())
def test_the_same_minutes_are_focus_time(drawn: tuple[Schedule, int]) -> None:
    schedule, noon = drawn
    clock = clock_of(schedule.zone, noon)
    by_date = working_by_date(schedule, noon)
    weekly = [of_date(clock, on, schedule.focus[on.weekday()]) for on in by_date]
    focus = set[int]().union(of_intervals(clock, schedule.focus_blocks), *weekly)
    expected = focus & set[int]().union(*by_date.values())
    found = Calendar(schedule).focus(noon + SEEN[0], noon + SEEN[1])
    assert minutes_of(found) == seen(expected, noon)


@slowly
@given(schedules(), st.integers(-2000, 2000))
def test_the_same_working_day_is_around_a_minute(drawn: tuple[Schedule, int], minute: int) -> None:
    schedule, noon = drawn
    instant = noon + minute * MINUTE
    spans = [
        (min(minutes), max(minutes) + MINUTE)
        for minutes in working_by_date(schedule, noon).values()
        if minutes
    ]
    around = [span for span in spans if span[0] <= instant < span[1]]
    calendar = Calendar(schedule)
    assert calendar.working_day(instant) == (around[-1] if around else None)
    later = [span for span in spans if instant <= span[0] < noon + SEEN[1]]
    if later:
        assert calendar.next_working_day(instant) == later[0]


@slowly
@given(schedules(), st.integers(-2000, 0), st.integers(0, 1500))
def test_the_same_minute_is_reached(
    drawn: tuple[Schedule, int], minute: int, allowance: int
) -> None:
    schedule, noon = drawn
    start = noon + minute * MINUTE
    minutes = sorted(set[int]().union(*working_by_date(schedule, noon).values()))
    ahead = [at for at in minutes if start <= at < noon + SEEN[1]]
    calendar = Calendar(schedule)
    if ahead:
        assert calendar.next_working(start) == ahead[0]
    if 0 < allowance <= len(ahead):
        assert calendar.add(start, allowance * MINUTE) == ahead[allowance - 1] + MINUTE


@pytest.mark.parametrize("hours", [0, 1, 2])
def test_the_reference_itself_sees_a_clock_change(hours: int) -> None:
    zone = ZoneInfo("America/New_York")
    noon = int(datetime(2026, 11, 1, 12, tzinfo=zone).timestamp())
    clock = clock_of(zone, noon)
    sunday = datetime(2026, 11, 1)  # noqa: DTZ001 - wall time
    found = between(clock, sunday, sunday + timedelta(hours=hours))
    assert len(found) * MINUTE == (hours + (hours == 2)) * HOUR
