"""The rules of working time, one by one."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from dayline.core.schedule import DAY
from dayline.core.worktime import HORIZON, NoWorkingTime, epoch, moment
from tests.core.calendars import at, calendar, local, shifts, wall, week
from tests.core.drawn import SEAM

HOUR = 3600
KYIV = "Europe/Kyiv"
OFFICE = week("09:00-18:00")
ALWAYS = week("00:00-24:00", on="mon tue wed thu fri sat sun")


def test_an_exact_fill_ends_at_the_closing_instant() -> None:
    office = calendar(KYIV, OFFICE)
    friday = at("2026-05-22 16:00", KYIV)
    assert wall(office.add(friday, 2 * HOUR), KYIV) == "2026-05-22 18:00+03:00"
    assert wall(office.add(friday, 2 * HOUR + 1), KYIV) == "2026-05-25 09:00+03:00"
    assert office.add(friday, 2 * HOUR + 1) == at("2026-05-25 09:00:01", KYIV)


@pytest.mark.parametrize("when", ["2026-05-22 12:00", "2026-05-22 18:00", "2026-05-23 12:00"])
def test_no_time_passes_at_once_wherever_one_is(when: str) -> None:
    assert calendar(KYIV, OFFICE).add(at(when, KYIV), 0) == at(when, KYIV)
    assert calendar(KYIV, week()).add(at(when, KYIV), 0) == at(when, KYIV)


def test_a_negative_time_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter than none"):
        calendar(KYIV, OFFICE).add(0, -1)


def test_between_counts_backwards_below_zero() -> None:
    office = calendar(KYIV, OFFICE)
    monday, tuesday = at("2026-05-18 17:00", KYIV), at("2026-05-19 10:00", KYIV)
    assert office.between(monday, tuesday) == 2 * HOUR
    assert office.between(tuesday, monday) == -2 * HOUR
    assert office.between(monday, monday) == 0


def test_intervals_are_half_open() -> None:
    office = calendar(KYIV, OFFICE)
    opens, closes = at("2026-05-18 09:00", KYIV), at("2026-05-18 18:00", KYIV)
    states = [office.is_working(instant) for instant in (opens - 1, opens, closes - 1, closes)]
    assert states == [False, True, True, False]
    assert office.next_working(opens - 1) == office.next_working(opens) == opens
    assert office.next_working(closes - 1) == closes - 1
    assert office.next_working(closes) == at("2026-05-19 09:00", KYIV)
    assert office.intervals(opens - DAY, closes + DAY // 2) == [(opens, closes)]
    assert office.intervals(opens + 1, closes - 1) == [(opens + 1, closes - 1)]
    assert office.intervals(closes, closes) == office.intervals(closes, opens) == []


def test_counted_names_what_add_counts() -> None:
    office = calendar(KYIV, week("09:00-13:00", "14:00-18:00"))
    start = at("2026-05-22 12:00", KYIV)
    counted = [(wall(a, KYIV)[5:16], wall(b, KYIV)[5:16]) for a, b in office.counted(start, 21600)]
    assert counted == [
        ("05-22 12:00", "05-22 13:00"),
        ("05-22 14:00", "05-22 18:00"),
        ("05-25 09:00", "05-25 10:00"),
    ]
    assert office.counted(start, 0) == []


def test_intervals_do_not_touch_each_other_wherever_parts_were_compiled() -> None:
    everywhere = calendar("UTC", ALWAYS, focus=ALWAYS)
    around = at(f"{SEAM} 00:00", "UTC")
    everywhere.cover(around - 3 * DAY, around - DAY)
    assert everywhere.intervals(around - DAY, around + DAY) == [(around - DAY, around + DAY)]
    assert everywhere.focus(around - DAY, around + DAY) == [(around - DAY, around + DAY)]


class TestHorizon:
    def test_an_empty_week_has_no_working_time(self) -> None:
        empty = calendar(KYIV, week())
        now = at("2026-05-18 10:00", KYIV)
        for ask in (
            lambda: empty.add(now, 1),
            lambda: empty.next_working(now),
            lambda: empty.counted(now, 1),
            lambda: empty.next_working_day(now),
        ):
            with pytest.raises(NoWorkingTime, match="2026-05-18") as refusal:
                ask()
            assert refusal.value.after == now
        assert empty.between(now, now + DAY) == 0
        assert not empty.is_working(now)
        assert empty.intervals(now, now + DAY) == []

    def test_five_years_ahead_is_the_last_that_counts(self) -> None:
        far = at("2026-05-18 00:00", "UTC")
        once = calendar("UTC", week(), overrides={date(2026, 5, 18): shifts("00:00-00:01")})
        assert once.next_working(far - HORIZON) == far
        assert once.next_working_day(far - HORIZON) == (far, far + 60)
        assert once.add(far + 60 - HORIZON, 60) == far + 60
        for ask in (
            lambda: once.next_working(far - HORIZON - 1),
            lambda: once.next_working_day(far - HORIZON - 1),
            lambda: once.add(far + 59 - HORIZON, 60),
        ):
            with pytest.raises(NoWorkingTime):
                ask()

    def test_it_is_five_years(self) -> None:
        assert moment(HORIZON + at("2026-05-18 00:00", "UTC")).date() == date(2031, 5, 19)

    @pytest.mark.parametrize("year", [1, 9999])
    def test_where_dates_end_nobody_works(self, year: int) -> None:
        office = calendar(KYIV, ALWAYS)
        edge = epoch(datetime(year, 1 if year == 1 else 12, 31, tzinfo=UTC))
        if year == 1:
            assert office.next_working(edge) >= edge
        else:
            with pytest.raises(NoWorkingTime):
                office.add(edge, DAY * 800)
        assert office.between(edge - 800 * DAY, edge + 800 * DAY) >= 0
        assert not office.is_working(edge + (-800 if year == 1 else 800) * DAY)


class TestWorkingDay:
    def test_a_break_does_not_end_it(self) -> None:
        lunch = calendar("Asia/Kolkata", week("10:00-13:00", "14:00-19:00"))
        opens, closes = (at(f"2026-05-20 {hour}:00", "Asia/Kolkata") for hour in (10, 19))
        assert lunch.working_day(at("2026-05-20 13:20", "Asia/Kolkata")) == (opens, closes)
        assert lunch.working_day(opens) == lunch.working_day(closes - 1) == (opens, closes)
        assert lunch.working_day(opens - 1) is None
        assert lunch.working_day(closes) is None
        assert lunch.next_working_day(opens) == (opens, closes)
        assert lunch.next_working_day(opens + 1) == (opens + DAY, closes + DAY)

    def test_a_shift_over_midnight_belongs_to_the_date_on_which_it_starts(self) -> None:
        nights = calendar("UTC", week("20:00-21:00", "22:00-06:00"))
        opens, closes = at("2026-05-18 20:00", "UTC"), at("2026-05-19 06:00", "UTC")
        assert nights.working_day(at("2026-05-19 05:00", "UTC")) == (opens, closes)
        assert nights.working_day(closes) is None
        assert nights.next_working_day(closes) == (opens + DAY, closes + DAY)

    def test_it_may_begin_in_the_part_before(self) -> None:
        nights = calendar("UTC", week("22:00-06:00"))
        midnight = at(f"{SEAM} 00:00", "UTC")
        day = (midnight - 2 * HOUR, midnight + 6 * HOUR)
        assert nights.working_day(midnight + HOUR) == day

    def test_of_two_that_overlap_it_is_the_later(self) -> None:
        both = calendar(
            "UTC",
            week("20:00-19:00", on="mon"),
            overrides={
                date(2026, 5, 19): shifts("06:00-08:00"),
            },
        )
        monday, tuesday = at("2026-05-18 00:00", "UTC"), at("2026-05-19 00:00", "UTC")
        assert both.working_day(tuesday + 7 * HOUR) == (tuesday + 6 * HOUR, tuesday + 8 * HOUR)
        assert both.working_day(tuesday + 9 * HOUR) == (monday + 20 * HOUR, tuesday + 19 * HOUR)

    def test_time_off_in_the_morning_makes_it_begin_later(self) -> None:
        closed = ((local("2026-05-20 09:00"), local("2026-05-20 13:00")),)
        office = calendar("UTC", OFFICE, closed=closed)
        morning = at("2026-05-20 10:00", "UTC")
        assert office.working_day(morning) is None
        assert office.next_working_day(morning)[0] == morning + 3 * HOUR

    def test_a_day_without_a_night_has_its_own_dates(self) -> None:
        everywhere = calendar("UTC", ALWAYS)
        monday = at("2026-05-18 00:00", "UTC")
        assert everywhere.working_day(monday + HOUR) == (monday, monday + DAY)
        assert everywhere.next_working_day(monday + HOUR) == (monday + DAY, monday + 2 * DAY)


class TestFocus:
    def test_focus_is_working_time_of_its_own(self) -> None:
        office = calendar(
            KYIV,
            OFFICE,
            focus=week("08:00-10:00"),
            focus_blocks=((local("2026-05-18 09:30"), local("2026-05-18 11:00")),),
            closed=((local("2026-05-18 10:30"), local("2026-05-18 10:45")),),
        )
        monday = at("2026-05-18 00:00", KYIV)
        found = office.focus(monday, monday + 2 * DAY)
        assert [(wall(a, KYIV)[8:16], wall(b, KYIV)[8:16]) for a, b in found] == [
            ("18 09:00", "18 10:30"),
            ("18 10:45", "18 11:00"),
            ("19 09:00", "19 10:00"),
        ]
        states = [office.is_focus(monday + 9 * HOUR + second) for second in (-1, 0, 5399, 5400)]
        assert states == [False, True, True, False]

    def test_it_takes_no_working_time_away(self) -> None:
        office = calendar(KYIV, OFFICE, focus=week("09:00-18:00"))
        assert office.add(at("2026-05-18 09:00", KYIV), HOUR) == at("2026-05-18 10:00", KYIV)


def test_instants_are_whole_seconds() -> None:
    late = datetime(2026, 5, 18, 10, 0, 0, 999_999, tzinfo=ZoneInfo(KYIV))
    assert epoch(late) == at("2026-05-18 10:00", KYIV)
    assert moment(epoch(late)) == datetime(2026, 5, 18, 7, 0, tzinfo=UTC)
    assert epoch(datetime(1969, 12, 31, 23, 59, 59, 500_000, tzinfo=UTC)) == -1
