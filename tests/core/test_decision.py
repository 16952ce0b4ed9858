"""What a deadline leaves to somebody, and when to remind them of it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from dayline.core.decision import left_to
from dayline.core.response import runs_out_before, working_before
from tests.core.calendars import calendar, week

HOUR = 3600
KYIV = calendar("Europe/Kyiv", week("09:00-18:00"))
NEVER = calendar("Europe/Kyiv", week())


def at(wall: str) -> datetime:
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo("Europe/Kyiv"))


def test_what_is_left_is_working_time_and_never_less_than_none() -> None:
    now = at("2026-05-19 10:00")
    assert left_to(KYIV, now, at("2026-05-20 22:00"), 8 * HOUR).working_s == 17 * HOUR
    assert left_to(KYIV, now, at("2026-05-18 10:00"), 8 * HOUR).working_s == 0
    assert left_to(KYIV, now, None, 8 * HOUR).working_s is None


def test_the_earliest_is_when_the_allowance_has_run_out_if_ever() -> None:
    evening = at("2026-05-22 18:00")
    assert left_to(KYIV, evening, None, 4 * HOUR).earliest == at("2026-05-25 13:00")
    assert left_to(NEVER, evening, None, 4 * HOUR).earliest is None


def test_a_share_counts_working_time_and_is_nowhere_without_any() -> None:
    opened = at("2026-05-19 10:00")
    assert runs_out_before(KYIV, opened, at("2026-05-20 22:00"), 50) == at("2026-05-20 09:30")
    assert runs_out_before(KYIV, at("2026-05-22 18:00"), at("2026-05-24 18:00"), 50) is None


def test_a_chance_lies_in_working_time_before_the_deadline() -> None:
    due = at("2026-05-20 09:00")
    assert working_before(KYIV, at("2026-05-19 12:00"), due) == at("2026-05-19 12:00")
    assert working_before(KYIV, at("2026-05-19 20:00"), due) is None
    assert working_before(NEVER, at("2026-05-19 12:00"), due) is None


@given(hours=st.integers(1, 200), start=st.integers(0, 167))
def test_before_the_earliest_it_is_not_enough_and_from_then_on_it_is(
    hours: int, start: int
) -> None:
    now = at("2026-05-18 00:00") + timedelta(hours=start)
    allowance_s = hours * HOUR
    earliest = left_to(KYIV, now, None, allowance_s).earliest
    assert earliest is not None
    assert left_to(KYIV, now, earliest, allowance_s).working_s == allowance_s
    left = left_to(KYIV, now, earliest - timedelta(seconds=1), allowance_s).working_s
    assert left is not None
    assert left < allowance_s
