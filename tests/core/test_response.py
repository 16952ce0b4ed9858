"""The worked cases of the product: when a message is due, and what else happens on the way."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dayline.core.agreement import Agreement, ClauseKind, in_force
from dayline.core.response import Pause, Window, counted, response_window
from dayline.core.schedule import whole_days
from dayline.core.worktime import Calendar, NoWorkingTime
from tests.core.calendars import calendar, local, week

HOUR = 3600
COMMENTS = ClauseKind.TASK_COMMENT
COMMENT, DIRECT, URGENT = 4 * HOUR, 2 * HOUR, HOUR
KYIV, NEW_YORK = "Europe/Kyiv", "America/New_York"
KOLKATA, RIYADH, LORD_HOWE = "Asia/Kolkata", "Asia/Riyadh", "Australia/Lord_Howe"

K = calendar(KYIV, week("09:00-18:00"))
N = calendar(NEW_YORK, week("09:00-17:00"))
R = calendar(KOLKATA, week("10:00-13:00", "14:00-19:00"))
L = calendar(RIYADH, week("09:00-17:00", on="sun mon tue wed thu"))


def when(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def window(
    calendar: Calendar, sent_at: datetime, allowance_s: int = COMMENT, pauses: Sequence[Pause] = ()
) -> Window:
    return response_window(
        calendar,
        sent_at,
        allowance_s=allowance_s,
        warn_share=75,
        first_check_minutes=60,
        pauses=pauses,
    )


def shown(instant: datetime | None, zone: str) -> str | None:
    return f"{instant.astimezone(ZoneInfo(zone)):%a %Y-%m-%d %H:%M}" if instant else None


def due(calendar: Calendar, sent_at: datetime, allowance_s: int, zone: str) -> str | None:
    return shown(window(calendar, sent_at, allowance_s).due_at, zone)


class TestWorkedCases:
    def test_1_from_kyiv_to_new_york(self) -> None:
        sent = when("2026-05-22 17:30", KYIV)
        assert due(N, sent, COMMENT, NEW_YORK) == "Fri 2026-05-22 14:30"
        assert due(N, sent, DIRECT, NEW_YORK) == "Fri 2026-05-22 12:30"
        assert due(N, sent, URGENT, NEW_YORK) == "Fri 2026-05-22 11:30"
        comment = window(N, sent)
        assert shown(comment.warn_at, NEW_YORK) == "Fri 2026-05-22 13:30"
        assert comment.first_check_at is None

    def test_2_at_the_closing_instant(self) -> None:
        sent = when("2026-05-22 18:00", KYIV)
        dues = [due(K, sent, allowance, KYIV) for allowance in (COMMENT, DIRECT, URGENT)]
        assert dues == ["Mon 2026-05-25 13:00", "Mon 2026-05-25 11:00", "Mon 2026-05-25 10:00"]
        for allowance in (COMMENT, DIRECT, URGENT):
            check = window(K, sent, allowance).first_check_at
            assert shown(check, KYIV) == "Mon 2026-05-25 10:00"

    def test_3_when_only_one_of_the_two_has_changed_its_clock(self) -> None:
        found = window(N, when("2026-03-13 17:30", KYIV)).due_at
        assert found == datetime(2026, 3, 13, 19, 30, tzinfo=UTC)
        assert shown(found, NEW_YORK) == "Fri 2026-03-13 15:30"

    @pytest.mark.parametrize(
        ("friday", "monday", "hours"),
        [
            ("2026-03-27 16:00", datetime(2026, 3, 30, 8, tzinfo=UTC), 66),
            ("2026-10-23 16:00", datetime(2026, 10, 26, 9, tzinfo=UTC), 68),
        ],
        ids=["4 over the spring change", "5 over the autumn change"],
    )
    def test_4_and_5_over_a_weekend_on_which_the_clocks_change(
        self, friday: str, monday: datetime, hours: int
    ) -> None:
        sent = when(friday, KYIV)
        found = window(K, sent).due_at
        assert found == monday
        assert shown(found, KYIV) == f"Mon {monday:%Y-%m-%d} 11:00"
        assert found - sent.astimezone(UTC) == timedelta(hours=hours)

    @pytest.mark.parametrize(
        ("saturday", "due_at"),
        [("2026-10-31 23:00", "02:00 EST"), ("2026-03-07 23:00", "04:00 EDT")],
    )
    def test_6_a_night_shift_over_a_clock_change(self, saturday: str, due_at: str) -> None:
        nights = calendar(NEW_YORK, week("22:00-06:00", on="sat"))
        found = window(nights, when(saturday, NEW_YORK)).due_at
        assert f"{found.astimezone(ZoneInfo(NEW_YORK)):%H:%M %Z}" == due_at

    def test_7_a_clock_change_of_half_an_hour(self) -> None:
        nights = calendar(LORD_HOWE, week("22:00-06:00", on="sat"))
        found = window(nights, when("2026-04-04 23:00", LORD_HOWE)).due_at
        local_due = found.astimezone(ZoneInfo(LORD_HOWE))
        assert local_due.isoformat() == "2026-04-05T02:30:00+10:30"

    def test_8_over_a_holiday(self) -> None:
        off = calendar(
            NEW_YORK, week("09:00-17:00"), closed=(whole_days(local("2026-05-25").date()),)
        )
        sent = when("2026-05-22 22:00", KYIV)
        assert due(off, sent, COMMENT, NEW_YORK) == "Tue 2026-05-26 11:00"
        spans = [
            (shown(start, NEW_YORK), shown(end, NEW_YORK))
            for start, end in counted(off, sent, allowance_s=COMMENT)
        ]
        assert spans == [
            ("Fri 2026-05-22 15:00", "Fri 2026-05-22 17:00"),
            ("Tue 2026-05-26 09:00", "Tue 2026-05-26 11:00"),
        ]

    def test_9_a_week_that_begins_on_sunday(self) -> None:
        sent = when("2026-05-21 16:00", RIYADH)
        assert due(L, sent, DIRECT, RIYADH) == "Sun 2026-05-24 10:00"

    def test_10_a_break_is_not_after_hours(self) -> None:
        before, during = when("2026-05-20 12:30", KOLKATA), when("2026-05-20 13:20", KOLKATA)
        assert due(R, before, DIRECT, KOLKATA) == "Wed 2026-05-20 15:30"
        assert due(R, during, DIRECT, KOLKATA) == "Wed 2026-05-20 16:00"
        assert window(R, during, DIRECT).first_check_at is None

    def test_11_paused_time_does_not_count(self) -> None:
        sent = when("2026-05-19 10:00", KYIV)
        paused = when("2026-05-19 11:00", KYIV)
        short = window(K, sent, pauses=[(paused, when("2026-05-19 15:00", KYIV))])
        long = window(K, sent, pauses=[(paused, when("2026-05-19 16:30", KYIV))])
        assert shown(short.due_at, KYIV) == "Tue 2026-05-19 18:00"
        assert shown(long.due_at, KYIV) == "Wed 2026-05-20 10:30"

    def test_12_a_day_off_taken_later_moves_it(self) -> None:
        sent = when("2026-05-18 15:00", NEW_YORK)
        off = calendar(
            NEW_YORK, week("09:00-17:00"), closed=(whole_days(local("2026-05-19").date()),)
        )
        before, after = window(N, sent), window(off, sent)
        assert shown(before.due_at, NEW_YORK) == "Tue 2026-05-19 11:00"
        assert shown(after.due_at, NEW_YORK) == "Wed 2026-05-20 11:00"
        assert shown(before.warn_at, NEW_YORK) == "Tue 2026-05-19 10:00"
        assert shown(after.warn_at, NEW_YORK) == "Wed 2026-05-20 10:00"

    def test_14_the_version_in_force_when_it_was_sent_counts(self) -> None:
        versions = [
            Agreement(version, when(since, KYIV), {COMMENTS: hours * HOUR}, 75, 60)
            for version, since, hours in ((1, "2026-01-01 00:00", 4), (2, "2026-06-01 00:00", 3))
        ]
        sent = when("2026-05-29 17:00", KYIV)
        allowance = in_force(versions, sent).clause(COMMENTS).allowance_s
        assert due(K, sent, allowance, KYIV) == "Mon 2026-06-01 12:00"
        assert due(K, sent, 3 * HOUR, KYIV) == "Mon 2026-06-01 11:00"


class TestFirstCheck:
    @pytest.mark.parametrize(
        ("sent", "check"),
        [
            ("2026-05-20 03:00", "Wed 2026-05-20 11:00"),
            ("2026-05-20 09:59", "Wed 2026-05-20 11:00"),
            ("2026-05-20 10:00", None),
            ("2026-05-20 13:00", None),
            ("2026-05-20 18:59", None),
            ("2026-05-20 19:00", "Thu 2026-05-21 11:00"),
            ("2026-05-22 19:00", "Mon 2026-05-25 11:00"),
            ("2026-05-23 12:00", "Mon 2026-05-25 11:00"),
        ],
    )
    def test_it_is_an_hour_into_the_next_working_day(self, sent: str, check: str | None) -> None:
        assert shown(window(R, when(sent, KOLKATA)).first_check_at, KOLKATA) == check

    def test_it_never_exceeds_the_due_instant(self) -> None:
        sent = when("2026-05-20 03:00", KOLKATA)
        found = window(R, sent, HOUR // 2)
        assert found.first_check_at == found.due_at
        assert shown(found.due_at, KOLKATA) == "Wed 2026-05-20 10:30"

    def test_what_follows_a_day_off_is_the_next_working_day(self) -> None:
        off = calendar(KYIV, week("09:00-18:00"), closed=(whole_days(local("2026-05-20").date()),))
        found = window(off, when("2026-05-20 12:00", KYIV)).first_check_at
        assert shown(found, KYIV) == "Thu 2026-05-21 10:00"

    def test_a_night_shift_has_its_day_after_midnight_too(self) -> None:
        nights = calendar(KYIV, week("22:00-06:00"))
        assert window(nights, when("2026-05-20 03:00", KYIV)).first_check_at is None
        found = window(nights, when("2026-05-20 12:00", KYIV)).first_check_at
        assert shown(found, KYIV) == "Wed 2026-05-20 23:00"

    def test_where_somebody_always_works_it_is_never(self) -> None:
        everywhere = calendar("UTC", week("00:00-24:00", on="mon tue wed thu fri sat sun"))
        assert window(everywhere, when("2026-05-20 00:00", "UTC")).first_check_at is None


class TestPauses:
    MONDAY = when("2026-05-18 09:00", KYIV)

    def test_several_in_order(self) -> None:
        pauses = [
            (when("2026-05-18 10:00", KYIV), when("2026-05-18 12:00", KYIV)),
            (when("2026-05-18 13:00", KYIV), when("2026-05-19 10:00", KYIV)),
        ]
        found = window(K, self.MONDAY, pauses=pauses)
        assert shown(found.warn_at, KYIV) == "Tue 2026-05-19 11:00"
        assert shown(found.due_at, KYIV) == "Tue 2026-05-19 12:00"
        spans = counted(K, self.MONDAY, allowance_s=COMMENT, pauses=pauses)
        assert [(shown(start, KYIV), shown(end, KYIV)) for start, end in spans] == [
            ("Mon 2026-05-18 09:00", "Mon 2026-05-18 10:00"),
            ("Mon 2026-05-18 12:00", "Mon 2026-05-18 13:00"),
            ("Tue 2026-05-19 10:00", "Tue 2026-05-19 12:00"),
        ]

    def test_outside_working_time_it_changes_nothing(self) -> None:
        night = (when("2026-05-18 18:00", KYIV), when("2026-05-19 09:00", KYIV))
        sent = when("2026-05-18 16:00", KYIV)
        assert window(K, sent, pauses=[night]) == window(K, sent)

    def test_after_the_warning_it_moves_only_the_due_instant(self) -> None:
        pause = (when("2026-05-18 12:00", KYIV), when("2026-05-18 14:00", KYIV))
        found = window(K, self.MONDAY, pauses=[pause])
        assert shown(found.warn_at, KYIV) == "Mon 2026-05-18 12:00"
        assert shown(found.due_at, KYIV) == "Mon 2026-05-18 15:00"

    def test_after_the_due_instant_it_moves_nothing(self) -> None:
        pause = (when("2026-05-18 13:00", KYIV), when("2026-05-18 14:00", KYIV))
        assert window(K, self.MONDAY, pauses=[pause]) == window(K, self.MONDAY)


def test_who_never_works_owes_nothing() -> None:
    with pytest.raises(NoWorkingTime):
        window(calendar(KYIV, week()), when("2026-05-18 09:00", KYIV))


def test_what_is_sent_within_a_second_counts_from_the_next() -> None:
    sent = when("2026-05-18 17:59:58.1", KYIV)
    found = window(K, sent)
    assert found == window(K, when("2026-05-18 17:59:59", KYIV))
    assert found.first_check_at is None


def test_a_pause_within_a_second_takes_nothing_else_away() -> None:
    sent = when("2026-05-18 10:00:00.2", KYIV)
    pause = when("2026-05-18 10:00:00.4", KYIV), when("2026-05-18 10:00:00.6", KYIV)
    assert window(K, sent, pauses=[pause, pause]) == window(K, sent)
