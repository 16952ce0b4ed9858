"""When people work: known by their zone, inferred from when they wrote, or by default."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dayline.calendars.times import OFFICE_HOURS, week_of
from dayline.core.schedule import DAY, NO_HOURS, Shift, Week
from dayline.transfer.slack.archive import read
from dayline.transfer.slack.hours import (
    FEWEST,
    Source,
    WorkingHours,
    hours_of,
    inferred_week,
    working_hours,
)
from tests.transfer.slack.archives import team

OFFICE = week_of(OFFICE_HOURS)
MONDAY = datetime(2026, 5, 18, tzinfo=UTC)
WEEKS = 6


def written(days: str, hours: range, zone: str = "UTC") -> list[datetime]:
    """A message at the half of each of these hours, on days like `mon tue`, for six weeks.

    Hours from 24 on are those of the next date.
    """
    named = [("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(day) for day in days.split()]
    local = [
        MONDAY.replace(tzinfo=None) + timedelta(weeks=week, days=day, hours=hour, minutes=30)
        for week in range(WEEKS)
        for day in named
        for hour in hours
    ]
    return [at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for at in local]


def inferred(*written_: list[datetime], zone: str = "UTC", like: Week = OFFICE) -> str:
    """The days and hours, like `mon tue 9-17`."""
    week = inferred_week([at for some in written_ for at in some], ZoneInfo(zone), like)
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    days = [name for name, shifts in zip(names, week, strict=True) if shifts]
    ((start, end),) = {shift for shifts in week for shift in shifts}
    return f"{' '.join(days)} {start // 3600}-{end // 3600}"


def test_a_zone_of_ones_own_has_the_default_week() -> None:
    found = working_hours("Asia/Tokyo", written("sun", range(24)), zone="UTC", week=OFFICE)
    assert found == WorkingHours("Asia/Tokyo", OFFICE, Source.ZONE)


def test_thirty_messages_are_enough_to_infer_and_fewer_are_not() -> None:
    at = written("mon tue wed thu fri", range(12, 20))
    few = working_hours(None, at[: FEWEST - 1], zone="Europe/Kyiv", week=OFFICE)
    enough = working_hours(None, at[:FEWEST], zone="Europe/Kyiv", week=OFFICE)
    assert few == WorkingHours("Europe/Kyiv", OFFICE, Source.DEFAULT)
    assert (enough.zone, enough.source) == ("Europe/Kyiv", Source.INFERRED)


@pytest.mark.parametrize(
    ("hours", "found"),
    [
        (range(12, 20), "12-20"),
        (range(13, 17), "11-19"),
        (range(22, 30), "22-30"),
        (range(8), "0-8"),
        (range(16, 24), "16-24"),
    ],
)
def test_the_window_holds_what_was_written_in_its_middle(hours: range, found: str) -> None:
    days = "mon tue wed thu fri"
    assert inferred(written(days, hours)) == f"{days} {found}"


def test_the_window_is_one_of_the_default_zone() -> None:
    days = "mon tue wed thu fri"
    tokyo = written(days, range(9, 17), "Asia/Tokyo")
    assert inferred(tokyo, zone="Asia/Tokyo") == f"{days} 9-17"
    assert inferred(tokyo) == f"{days} 0-8"


def test_an_hour_counts_once_however_much_was_written_in_it() -> None:
    days = "mon tue wed thu fri"
    usual, evening = written(days, range(8, 16)), written("mon", range(21, 22)) * 500
    assert inferred(usual, evening) == f"{days} 8-16"


def test_the_shift_is_as_long_as_the_longest_default_day() -> None:
    morning, short = (Shift(9 * 3600, 12 * 3600), Shift(13 * 3600, 15 * 3600)), ()
    like: Week = (morning, *[(Shift(0, 3600),)] * 4, short, short)  # type: ignore[assignment]
    days = "mon tue wed thu fri"
    assert inferred(written(days, range(9, 14)), like=like) == f"{days} 9-14"


@pytest.mark.parametrize(
    ("more", "days"),
    [
        (written("sat", range(9, 13)), "mon tue wed thu fri"),
        (written("sat sun", range(9, 17)), "mon tue wed thu fri sat sun"),
    ],
)
def test_days_off_count_only_where_they_hold_the_share_of_a_day(
    more: list[datetime], days: str
) -> None:
    assert inferred(written("mon tue wed thu fri", range(9, 17)), more) == f"{days} 9-17"


def test_who_works_from_sunday_to_thursday_does() -> None:
    assert inferred(written("sun mon tue wed thu", range(9, 17))) == "mon tue wed thu sun 9-17"


def test_a_night_belongs_to_the_day_on_which_it_starts() -> None:
    nights = written("sun mon tue wed thu", range(22, 30))
    assert inferred(nights) == "mon tue wed thu sun 22-30"


@given(
    st.lists(st.integers(0, 60 * 24).map(lambda h: MONDAY + timedelta(hours=h)), min_size=1),
    st.sampled_from(["UTC", "Asia/Kathmandu", "America/New_York"]),
)
def test_every_inferred_week_has_hours_and_any_order_gives_the_same(
    at: list[datetime], zone: str
) -> None:
    week = inferred_week(at, ZoneInfo(zone), OFFICE)
    assert week != NO_HOURS
    assert inferred_week(reversed(at), ZoneInfo(zone), OFFICE) == week
    lengths = {(0 <= start < DAY, end - start) for shifts in week for start, end in shifts}
    assert lengths == {(True, 8 * 3600)}


def test_everybody_of_an_export_has_hours(tmp_path: Path) -> None:
    archive = team()
    archive.user("UMEL", None)
    archive.user("UANN", None)
    for minute in range(FEWEST):
        archive.say("UMEL", f"2026-05-18T20:{minute:02}:00Z", "Typing…")
    found = hours_of(read(archive.write(tmp_path)), "UTC", OFFICE)
    assert {id_: hours.source for id_, hours in found.items()} == {
        "UOLENA": Source.ZONE,
        "USAM": Source.ZONE,
        "UAIKO": Source.ZONE,
        "UMEL": Source.INFERRED,
        "UANN": Source.DEFAULT,
    }
    assert found["UMEL"].week[0] == (Shift(16 * 3600, 24 * 3600),)
