"""What always holds, whatever the schedule."""

from collections.abc import Callable
from itertools import pairwise

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dayline.core.schedule import DAY, Schedule
from dayline.core.worktime import Calendar, NoWorkingTime
from tests.core.drawn import schedules

Drawn = tuple[Schedule, int]
steps = st.integers(-4 * DAY, 4 * DAY)
allowances = st.integers(0, 60 * 3600)
quickly = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def reached(calendar: Calendar, start: int, seconds: int) -> int:
    try:
        return calendar.add(start, seconds)
    except NoWorkingTime:
        assume(False)
        raise


@quickly
@given(schedules(), steps, allowances)
def test_so_much_lies_between_as_was_added(drawn: Drawn, step: int, seconds: int) -> None:
    calendar, start = Calendar(drawn[0]), drawn[1] + step
    end = reached(calendar, start, seconds)
    assert calendar.between(start, end) == seconds
    assert calendar.between(end, start) == -seconds
    if seconds:
        assert calendar.between(start, end - 1) == seconds - 1


@quickly
@given(schedules(), steps, allowances, allowances)
def test_adding_twice_is_adding_the_sum(drawn: Drawn, step: int, one: int, other: int) -> None:
    calendar, start = Calendar(drawn[0]), drawn[1] + step
    both = reached(calendar, start, one + other)
    assert reached(calendar, reached(calendar, start, one), other) == both


@quickly
@given(schedules(), steps, steps, allowances, allowances)
def test_later_or_longer_never_ends_earlier(
    drawn: Drawn, step: int, later: int, one: int, other: int
) -> None:
    calendar = Calendar(drawn[0])
    first, second = sorted((drawn[1] + step, drawn[1] + later))
    short, long = sorted((one, other))
    assert reached(calendar, first, short) <= reached(calendar, second, short)
    assert reached(calendar, first, short) <= reached(calendar, first, long)


@quickly
@given(schedules(), st.tuples(steps, steps, steps))
def test_between_adds_up(drawn: Drawn, by: tuple[int, int, int]) -> None:
    calendar = Calendar(drawn[0])
    one, two, three = (drawn[1] + step for step in by)
    whole = calendar.between(one, three)
    assert calendar.between(one, two) + calendar.between(two, three) == whole


@quickly
@given(schedules(), steps, allowances)
def test_what_was_counted_is_what_was_added(drawn: Drawn, step: int, seconds: int) -> None:
    calendar, start = Calendar(drawn[0]), drawn[1] + step
    end = reached(calendar, start, seconds)
    counted = calendar.counted(start, seconds)
    assert sum(closes - opens for opens, closes in counted) == seconds
    assert all(start <= opens < closes <= end for opens, closes in counted)
    assert all(before[1] < after[0] for before, after in pairwise(counted))


@quickly
@given(schedules(), steps)
def test_working_time_agrees_with_its_intervals(drawn: Drawn, step: int) -> None:
    calendar, instant = Calendar(drawn[0]), drawn[1] + step
    intervals = calendar.intervals(instant - 3 * DAY, instant + 3 * DAY)
    inside = any(opens <= instant < closes for opens, closes in intervals)
    assert calendar.is_working(instant) == inside == bool(calendar.between(instant, instant + 1))
    ahead = [max(opens, instant) for opens, closes in intervals if closes > instant]
    assert not ahead or calendar.next_working(instant) == ahead[0]
    if inside:
        assert calendar.working_day(instant) is not None
    if calendar.is_focus(instant):
        assert inside


@quickly
@given(schedules(), steps, allowances, st.lists(st.integers(-30, 30), max_size=3))
def test_what_was_asked_before_changes_no_answer(
    drawn: Drawn, step: int, seconds: int, years: list[int]
) -> None:
    schedule, start = drawn[0], drawn[1] + step

    questions: list[Callable[[Calendar], object]] = [
        lambda calendar: calendar.add(start, seconds),
        lambda calendar: calendar.next_working(start),
        lambda calendar: calendar.next_working_day(start),
        lambda calendar: calendar.between(start, start + 400 * DAY),
        lambda calendar: calendar.intervals(start - 200 * DAY, start + 200 * DAY),
        lambda calendar: calendar.focus(start - 200 * DAY, start + 200 * DAY),
        lambda calendar: calendar.is_working(start),
        lambda calendar: calendar.working_day(start),
    ]
    used = Calendar(schedule)
    for year in years:
        used.cover(start + year * 365 * DAY, start + (year + 1) * 365 * DAY)
    for question in reversed(questions):
        assert answer(used, question) == answer(Calendar(schedule), question)


def answer(calendar: Calendar, question: Callable[[Calendar], object]) -> object:
    try:
        return question(calendar)
    except NoWorkingTime as refusal:
        return str(refusal)
