"""When somebody may be told: the first instant that is working time and no focus time."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dayline.core.reachable import JOINED, joined_at, next_reachable
from dayline.core.schedule import Schedule
from dayline.core.worktime import Calendar, epoch
from tests.core.drawn import schedules

MINUTE = timedelta(minutes=1)


@given(schedules(), st.integers(0, 20 * 24 * 60))
def test_it_is_the_first_working_minute_out_of_focus(
    drawn: tuple[Schedule, int], minutes: int
) -> None:
    schedule, near = drawn
    at = datetime.fromtimestamp(near // 60 * 60, UTC) - timedelta(days=5) + minutes * MINUTE
    owner = Calendar(schedule)
    found = next_reachable(owner, at)

    def may(instant: datetime) -> bool:
        return owner.is_working(epoch(instant)) and not owner.is_focus(epoch(instant))

    if found is None:
        assert not any(may(at + n * MINUTE) for n in range(0, 14 * 24 * 60, 7))
        return
    assert may(found)
    assert found >= at
    before = min((found - at) // MINUTE, 14 * 24 * 60)
    assert not any(may(found - n * MINUTE) for n in range(1, before, 5))


@given(st.integers(0, 10**9))
def test_what_happens_in_one_minute_is_due_at_one_instant(tenths: int) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC) + tenths * timedelta(seconds=0.1)
    due = joined_at(at)
    assert JOINED <= due - at < JOINED + MINUTE
    assert due.replace(second=0, microsecond=0) == due
