"""Who works when, as the server says it: over zones, clock changes, nights and leave."""

from typing import Any

import pytest

from dayline.identity.models import Role
from tests.calendars.counting import statements
from tests.calendars.desk import (
    done,
    hours_on,
    locals_of,
    path_of,
    refused,
    seen,
    week,
    weekdays,
    works,
)
from tests.team import Team


async def test_the_team_is_there_by_handle_with_every_time_in_two_zones(team: Team) -> None:
    nia = await team.add("nia")
    await works(nia, "America/New_York", weekdays("09:00-17:00"))
    answer = await done(team.owner.get("/availability"))
    assert answer["at"] == "2026-05-18T07:00:00Z"
    assert (answer["reference_zone"], answer["on"]) == ("Europe/Kyiv", "2026-05-18")
    assert answer["reference"] == "2026-05-18T10:00:00+03:00"
    assert [line["member_id"] for line in answer["members"]] == [
        str(nia.member_id),
        str(team.owner.member_id),
    ]
    line, owner = answer["members"]
    assert owner["is_working"] is True
    assert owner["next_start"] == owner["now"]
    assert line == {
        "member_id": str(nia.member_id),
        "zone": "America/New_York",
        "now": {
            "at": "2026-05-18T07:00:00Z",
            "local": "2026-05-18T03:00:00-04:00",
            "reference": "2026-05-18T10:00:00+03:00",
        },
        "is_working": False,
        "in_focus": False,
        "is_off": False,
        "off_until": None,
        "cover_id": None,
        "next_start": {
            "at": "2026-05-18T13:00:00Z",
            "local": "2026-05-18T09:00:00-04:00",
            "reference": "2026-05-18T16:00:00+03:00",
        },
        "intervals": [
            {
                "start": {
                    "at": "2026-05-18T13:00:00Z",
                    "local": "2026-05-18T09:00:00-04:00",
                    "reference": "2026-05-18T16:00:00+03:00",
                },
                "end": {
                    "at": "2026-05-18T21:00:00Z",
                    "local": "2026-05-18T17:00:00-04:00",
                    "reference": "2026-05-19T00:00:00+03:00",
                },
            }
        ],
        "focus": [],
    }


async def test_the_reference_zone_is_the_workspaces_at_any_time(team: Team) -> None:
    await done(team.owner.patch("", {"reference_zone": "Asia/Tokyo"}, 1))
    answer = await done(team.owner.get("/availability", at="2026-05-18T16:00:00Z"))
    assert answer["reference"] == "2026-05-19T01:00:00+09:00"
    assert answer["on"] == "2026-05-19"


@pytest.mark.parametrize(
    ("on", "span"),
    [
        ("2026-03-06", "2026-03-06T14:00Z/2026-03-06T22:00Z"),
        ("2026-03-09", "2026-03-09T13:00Z/2026-03-09T21:00Z"),
        ("2026-10-30", "2026-10-30T13:00Z/2026-10-30T21:00Z"),
        ("2026-11-02", "2026-11-02T14:00Z/2026-11-02T22:00Z"),
    ],
)
async def test_hours_follow_the_clock_of_the_zone(team: Team, on: str, span: str) -> None:
    await works(team.owner, "America/New_York", weekdays("09:00-17:00"))
    assert await hours_on(team, team.owner, on) == [span]


async def test_a_night_over_a_clock_change_has_its_real_length(team: Team) -> None:
    await works(team.owner, "America/New_York", week(sat="22:00-06:00"))
    assert locals_of(await seen(team, team.owner, on="2026-10-31")) == [
        "2026-10-31T22:00:00-04:00/2026-11-01T06:00:00-05:00"
    ]
    assert await hours_on(team, team.owner, "2026-10-31") == ["2026-11-01T02:00Z/2026-11-01T11:00Z"]
    assert await hours_on(team, team.owner, "2026-03-07") == ["2026-03-08T03:00Z/2026-03-08T10:00Z"]
    assert await hours_on(team, team.owner, "2026-11-01") == []
    await works(team.owner, "Australia/Lord_Howe", week(sat="22:00-06:00"), "2020-01-02")
    assert locals_of(await seen(team, team.owner, on="2026-04-04")) == [
        "2026-04-04T22:00:00+11:00/2026-04-05T06:00:00+10:30"
    ]


async def test_a_gap_in_the_clock_takes_the_hours_that_it_skips(team: Team) -> None:
    await works(team.owner, "Europe/Kyiv", week(sun="03:15-05:00"))
    assert await hours_on(team, team.owner, "2026-03-29") == ["2026-03-29T01:00Z/2026-03-29T02:00Z"]
    await works(team.owner, "Europe/Kyiv", week(sun="03:15-03:45"), "2020-01-02")
    assert await hours_on(team, team.owner, "2026-03-29") == []


async def test_zones_may_differ_by_half_hours_and_by_a_date(team: Team) -> None:
    ravi, kiri, hana = [await team.add(name) for name in ("ravi", "kiri", "hana")]
    await works(ravi, "Asia/Kolkata", weekdays("10:00-13:00 14:00-19:00"))
    await works(kiri, "Pacific/Kiritimati", weekdays("09:00-17:00"))
    await works(hana, "Pacific/Honolulu", weekdays("09:00-17:00"))
    assert await hours_on(team, ravi, "2026-05-20") == [
        "2026-05-20T04:30Z/2026-05-20T07:30Z",
        "2026-05-20T08:30Z/2026-05-20T13:30Z",
    ]
    assert await hours_on(team, kiri, "2026-05-20") == ["2026-05-19T19:00Z/2026-05-20T03:00Z"]
    assert await hours_on(team, hana, "2026-05-20") == ["2026-05-20T19:00Z/2026-05-21T03:00Z"]
    lunch = "2026-05-20T08:00:00Z"
    assert (await seen(team, ravi, at=lunch))["next_start"]["local"] == "2026-05-20T14:00:00+05:30"
    assert (await seen(team, kiri, at=lunch))["now"]["local"] == "2026-05-20T22:00:00+14:00"
    assert (await seen(team, hana, at=lunch))["now"]["local"] == "2026-05-19T22:00:00-10:00"


async def test_a_date_that_a_zone_skipped_has_no_hours(team: Team) -> None:
    await works(team.owner, "Pacific/Apia", weekdays("09:00-17:00"), "2001-01-01")
    assert await hours_on(team, team.owner, "2011-12-30") == []
    assert len(await hours_on(team, team.owner, "2011-12-29")) == 1


async def test_what_a_day_off_leaves_of_a_night_belongs_to_the_date_of_its_start(
    team: Team,
) -> None:
    await works(team.owner, "UTC", week(fri="22:00-06:00", sat="22:00-06:00"))
    off = {"starts_on": "2026-05-22", "ends_on": "2026-05-22"}
    await done(team.owner.post(path_of(team.owner, "time-off"), off))
    assert await hours_on(team, team.owner, "2026-05-22") == ["2026-05-23T00:00Z/2026-05-23T06:00Z"]
    assert await hours_on(team, team.owner, "2026-05-23") == ["2026-05-23T22:00Z/2026-05-24T06:00Z"]


async def test_hours_without_a_break_are_told_date_by_date(team: Team) -> None:
    always = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "00:00-24:00")
    await works(team.owner, "UTC", week(**always))
    assert await hours_on(team, team.owner, "2026-05-20") == ["2026-05-20T00:00Z/2026-05-21T00:00Z"]


async def test_leave_and_a_holiday_that_touch_are_one_absence(team: Team) -> None:
    await works(team.owner, "America/New_York", weekdays("09:00-17:00"), country="US")
    leave = {"starts_on": "2026-05-21", "ends_on": "2026-05-24"}
    await done(team.owner.post(path_of(team.owner, "time-off"), leave))
    line = await seen(team, team.owner, at="2026-05-22T15:00:00Z")
    assert (line["is_off"], line["is_working"]) == (True, False)
    assert line["off_until"]["local"] == "2026-05-26T00:00:00-04:00"  # after Memorial Day
    assert line["next_start"]["local"] == "2026-05-26T09:00:00-04:00"
    assert line["next_start"]["reference"] == "2026-05-26T16:00:00+03:00"
    before = await seen(team, team.owner, at="2026-05-21T03:59:59Z")
    assert before["is_off"] is False


async def test_who_has_no_hours_in_five_years_has_no_next_start(team: Team) -> None:
    leave = {"starts_on": "2026-05-18", "ends_on": "2031-05-18"}
    await done(team.owner.post(path_of(team.owner, "time-off"), leave))
    more = {"starts_on": "2031-05-19", "ends_on": "2033-05-18"}
    await done(team.owner.post(path_of(team.owner, "time-off"), more))
    line = await seen(team, team.owner)
    assert line["next_start"] is None
    assert line["off_until"]["local"] == "2033-05-19T00:00:00+03:00"


async def test_any_instant_can_be_asked_for(team: Team) -> None:
    at = "2026-05-18T17:00:00.75+03:00"
    answer = await done(team.owner.get("/availability", at=at, on="2026-12-01"))
    assert (answer["at"], answer["on"]) == ("2026-05-18T14:00:00Z", "2026-12-01")
    (line,) = answer["members"]
    assert line["is_working"] is False  # half-open: the closing instant is outside
    assert locals_of(line) == ["2026-12-01T09:00:00+02:00/2026-12-01T17:00:00+02:00"]
    for asked in ({"at": "2000-01-01T00:00:00Z"}, {"at": "2199-12-31T23:59:59Z"}):
        assert (await team.owner.get("/availability", **asked)).status_code == 200
    for on in ("2000-01-01", "2199-12-31"):
        assert (await team.owner.get("/availability", on=on)).status_code == 200


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"at": "2026-05-18"}, "at"),
        ({"at": "0001-01-01T00:00:00Z"}, "at"),
        ({"at": "9999-12-31T23:59:59Z"}, "at"),
        ({"at": "1747551600"}, "at"),
        ({"on": "2026-02-30"}, "on"),
        ({"on": "9999-12-31"}, "on"),
    ],
)
async def test_an_instant_or_date_that_is_none_is_refused(
    team: Team, asked: Any, field: str
) -> None:
    assert set(refused(await team.owner.get("/availability", **asked))) == {field}


async def test_guests_see_themselves_and_the_team_sees_guests(team: Team) -> None:
    guest = await team.add("gail", Role.GUEST)
    await team.add("gus", Role.GUEST)
    answer = await done(guest.get("/availability"))
    assert [line["member_id"] for line in answer["members"]] == [str(guest.member_id)]
    assert len((await done(team.owner.get("/availability")))["members"]) == 3


async def test_members_whose_access_ended_are_left_out(team: Team) -> None:
    sam = await team.add("sam")
    await done(team.owner.put(f"/members/{sam.member_id}/disablement"))
    answer = await done(team.owner.get("/availability"))
    assert [line["member_id"] for line in answer["members"]] == [str(team.owner.member_id)]


async def test_the_number_of_statements_does_not_grow_with_the_team(team: Team) -> None:
    await works(team.owner, "Europe/Berlin", weekdays("09:00-17:00"), country="DE")
    with statements(team) as alone:
        await done(team.owner.get("/availability"))
    zones = ("Asia/Tokyo", "America/New_York", "Asia/Kolkata", "Europe/Kyiv", "Australia/Sydney")
    for number, zone in enumerate(zones):
        person = await team.add(f"p{number}")
        await works(person, zone, weekdays("09:00-17:00"), country="US")
    with statements(team) as cold:
        await done(team.owner.get("/availability"))
    with statements(team) as warm:
        await done(team.owner.get("/availability"))
    assert len(cold) <= len(alone) + 1  # nobody to compile again, or everybody at once
    assert len(warm) <= 5
