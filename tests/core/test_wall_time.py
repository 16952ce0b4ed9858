"""From shifts, dates and days off to instants: wall time, and the order of the layers."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dayline.core.schedule import DAY, Schedule, Shift, read_shift, shift, whole_days
from dayline.core.worktime import Calendar, epoch
from tests.core.calendars import at, calendar, local, shifts, wall, week

HOUR = 3600
KYIV = "Europe/Kyiv"
NEW_YORK = "America/New_York"
OFFICE = week("09:00-18:00")
NIGHTS = week("22:00-06:00")
ALWAYS = week("00:00-24:00", on="mon tue wed thu fri sat sun")


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
        assert read_shift("18:00", "24:00:00") == (18 * HOUR, DAY)
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
        with pytest.raises(ValueError, match=r"fields\.(time-of-day|shift)"):
            read_shift(start, end)

    @pytest.mark.parametrize(("start", "end"), [(-1, 5), (DAY, 5), (0, DAY + 1), (0, -1)])
    def test_seconds_outside_the_day_are_refused(self, start: int, end: int) -> None:
        with pytest.raises(ValueError, match=r"fields\.shift"):
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


def test_a_day_off_may_last_until_dates_end() -> None:
    assert whole_days(date(2026, 5, 20), date.max)[1].date() == date.max
