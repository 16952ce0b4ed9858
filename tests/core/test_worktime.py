"""The rules of working time, one by one."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dayline.core.schedule import DAY, Schedule, Shift, read_shift, shift, whole_days
from dayline.core.worktime import HORIZON, Calendar, NoWorkingTime, epoch, moment
from tests.core.calendars import at, calendar, local, shifts, wall, week

HOUR = 3600
KYIV = "Europe/Kyiv"
NEW_YORK = "America/New_York"
OFFICE = week("09:00-18:00")
NIGHTS = week("22:00-06:00")
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


class TestShifts:
    def test_an_end_before_the_start_is_on_the_next_date(self) -> None:
        nights = calendar(NEW_YORK, week("22:00-06:00", on="sat"))
        saturday = at("2026-05-23 12:00", NEW_YORK)
        counted = nights.intervals(saturday, saturday + 2 * DAY)
        assert counted == [(at("2026-05-23 22:00", NEW_YORK), at("2026-05-24 06:00", NEW_YORK))]

    def test_equal_ends_are_24_hours_and_24_00_the_next_midnight(self) -> None:
        assert read_shift("09:00", "09:00") == Shift(9 * HOUR, 33 * HOUR)
        assert read_shift("18:00", "24:00") == read_shift("18:00", "00:00") == (18 * HOUR, DAY)
        assert read_shift("00:00", "24:00") == read_shift("00:00", "00:00") == (0, DAY)
        assert read_shift("09:00:30", "09:00:31") == (9 * HOUR + 30, 9 * HOUR + 31)

    @pytest.mark.parametrize(
        ("start", "end"),
        [
            ("24:00", "25:00"),
            ("24:00", "06:00"),
            ("9", "17:00"),
            ("09:00+02:00", "17:00"),
            ("0900", "17:00"),
            ("T09:00", "17:00"),
            ("09:00:00.5", "17:00"),
            ("", "17:00"),
            ("09:00", "17:60"),
            ("24:01", "06:00"),
        ],
    )
    def test_what_is_no_time_of_day_is_refused(self, start: str, end: str) -> None:
        with pytest.raises(ValueError, match=r"time of day|a shift starts"):
            read_shift(start, end)

    @pytest.mark.parametrize(("start", "end"), [(-1, 5), (DAY, 5), (0, DAY + 1), (0, -1)])
    def test_seconds_outside_the_day_are_refused(self, start: int, end: int) -> None:
        with pytest.raises(ValueError, match="a shift starts"):
            shift(start, end)

    def test_overlapping_shifts_count_once(self) -> None:
        twice = calendar("UTC", week("09:00-13:00", "12:00-17:00", "13:00-14:00"))
        monday = at("2026-05-18 00:00", "UTC")
        assert twice.intervals(monday, monday + DAY) == [(monday + 9 * HOUR, monday + 17 * HOUR)]


class TestClockChanges:
    def test_a_boundary_that_the_clock_skips_is_the_end_of_the_gap(self) -> None:
        changes = at("2026-03-08 03:00", NEW_YORK)
        opens = calendar(NEW_YORK, week("02:30-05:00", on="sun"))
        closes = calendar(NEW_YORK, week("00:00-02:30", on="sun"))
        assert opens.next_working(changes - HOUR) == changes
        assert closes.intervals(changes - DAY, changes + DAY) == [(changes - 2 * HOUR, changes)]

    def test_a_shift_inside_the_gap_is_empty(self) -> None:
        skipped = calendar(NEW_YORK, week("02:10-02:50", on="sun"))
        sunday = at("2026-03-08 00:00", NEW_YORK)
        assert skipped.intervals(sunday, sunday + DAY) == []
        assert skipped.working_day(at("2026-03-08 03:00", NEW_YORK)) is None

    def test_a_shift_over_the_fold_has_its_extra_hour(self) -> None:
        nights = calendar(NEW_YORK, week("22:00-06:00", on="sat"))
        evening = at("2026-10-31 22:00", NEW_YORK)
        assert nights.between(evening - HOUR, evening + DAY) == 9 * HOUR

    @pytest.mark.parametrize(
        ("hours", "expected"),
        [
            ("00:30-01:00", (-1800, 0)),
            ("00:30-01:30", (-1800, 5400)),
            ("01:00-01:30", (0, 5400)),
            ("01:30-02:00", (1800, 7200)),
            ("02:00-03:00", (7200, 10800)),
        ],
    )
    def test_a_repeated_hour_opens_at_first_and_closes_at_last(
        self, hours: str, expected: tuple[int, int]
    ) -> None:
        first_one_oclock = epoch(datetime(2026, 11, 1, 5, tzinfo=UTC))
        sunday = calendar(NEW_YORK, week(hours, on="sun"))
        found = sunday.intervals(first_one_oclock - 6 * HOUR, first_one_oclock + DAY // 2)
        assert found == [tuple(first_one_oclock + second for second in expected)]

    def test_midnight_may_be_skipped(self) -> None:
        sao_paulo = calendar("America/Sao_Paulo", week("00:00-08:00", on="sun"))
        opens = at("2018-11-04 01:00", "America/Sao_Paulo")
        assert sao_paulo.next_working(opens - HOUR) == opens
        assert sao_paulo.between(opens - HOUR, opens + DAY) == 7 * HOUR

    def test_a_date_may_be_skipped(self) -> None:
        apia = calendar("Pacific/Apia", week("09:00-17:00", "22:00-24:00", on="thu fri"))
        thursday = at("2011-12-29 12:00", "Pacific/Apia")
        saturday = at("2011-12-31 00:00", "Pacific/Apia")
        assert apia.intervals(thursday, saturday + DAY // 2) == [
            (thursday, thursday + 5 * HOUR),
            (thursday + 10 * HOUR, saturday),
        ]
        assert saturday == thursday + 12 * HOUR
        assert apia.working_day(saturday - 1) == (thursday - 3 * HOUR, saturday)

    def test_what_elapses_is_real_time(self) -> None:
        everywhere = calendar(KYIV, ALWAYS)
        spring = at("2026-03-28 12:00", KYIV)
        assert everywhere.add(spring, DAY) == spring + DAY == at("2026-03-29 13:00", KYIV)


class TestLayers:
    def test_weekly_hours_are_in_force_from_their_date_on(self) -> None:
        weeks = (
            (date(2026, 5, 20), week("12:00-14:00")),
            (date(2026, 5, 18), week("09:00-10:00")),
            (date(2026, 5, 22), week()),
        )
        changing = Calendar(Schedule(zone=ZoneInfo("UTC"), weeks=weeks))
        start = at("2026-05-11 00:00", "UTC")
        found = changing.intervals(start, start + 28 * DAY)
        assert [wall(opens, "UTC")[5:13] for opens, _ in found] == [
            "05-18 09",
            "05-19 09",
            "05-20 12",
            "05-21 12",
        ]

    def test_an_override_replaces_the_shifts_that_start_on_its_date(self) -> None:
        nights = calendar(
            "UTC",
            NIGHTS,
            overrides={date(2026, 5, 19): shifts("10:00-12:00"), date(2026, 5, 20): ()},
        )
        monday = at("2026-05-18 12:00", "UTC")
        found = nights.intervals(monday, monday + 4 * DAY)
        assert [(wall(a, "UTC")[8:13], wall(b, "UTC")[8:13]) for a, b in found] == [
            ("18 22", "19 06"),
            ("19 10", "19 12"),
            ("21 22", "22 06"),
        ]

    def test_a_day_off_takes_midnight_to_midnight_whichever_date_a_shift_started(self) -> None:
        nights = calendar("UTC", NIGHTS, closed=(whole_days(date(2026, 5, 20)),))
        tuesday = at("2026-05-19 12:00", "UTC")
        found = nights.intervals(tuesday, tuesday + 2 * DAY)
        assert [(wall(a, "UTC")[8:13], wall(b, "UTC")[8:13]) for a, b in found] == [
            ("19 22", "20 00"),
            ("21 00", "21 06"),
        ]

    def test_a_day_off_on_which_the_clocks_change_is_23_or_25_hours(self) -> None:
        for day, hours in ((date(2026, 3, 8), 23), (date(2026, 11, 1), 25)):
            off = calendar(NEW_YORK, ALWAYS, closed=(whole_days(day),))
            before = at(f"{day - timedelta(days=1)} 12:00", NEW_YORK)
            after = at(f"{day + timedelta(days=1)} 12:00", NEW_YORK)
            assert after - before - off.between(before, after) == hours * HOUR

    def test_closed_wins_over_an_override(self) -> None:
        off = calendar(
            "UTC",
            OFFICE,
            overrides={date(2026, 5, 20): shifts("09:00-18:00")},
            closed=((local("2026-05-20 12:00"), local("2026-05-20 15:00")),),
        )
        wednesday = at("2026-05-20 00:00", "UTC")
        assert off.between(wednesday, wednesday + DAY) == 6 * HOUR

    def test_closed_intervals_may_overlap_and_last_for_years(self) -> None:
        closed = (whole_days(date(2026, 5, 20), date(2029, 5, 22)), whole_days(date(2028, 1, 1)))
        away = calendar("UTC", OFFICE, closed=closed)
        assert away.next_working(at("2026-05-20 00:00", "UTC")) == at("2029-05-23 09:00", "UTC")
        assert away.next_working(at("2026-05-19 00:00", "UTC")) == at("2026-05-19 09:00", "UTC")


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
