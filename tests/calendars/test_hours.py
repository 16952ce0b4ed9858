"""Weekly hours and the hours of single dates: what is refused, what holds when."""

from typing import Any

import pytest

from tests.calendars import desk
from tests.calendars.desk import done, hours_on, path_of, refused, spans, week, weekdays, works
from tests.recorded import head, kinds, recorded
from tests.team import Team


async def test_hours_hold_from_their_date_until_the_next_ones(team: Team) -> None:
    owner = team.owner
    await done(owner.put(path_of(owner, "hours/2026-06-08"), {"weekly": weekdays("10:00-14:00")}))
    before = await head(team)
    answer = await owner.put(
        path_of(owner, "hours/2026-06-15"), {"weekly": weekdays("12:00-20:00")}
    )
    dates = [hours["effective_from"] for hours in answer.json()["hours"]]
    assert dates == ["2026-05-18", "2026-06-08", "2026-06-15"]
    assert answer.headers["ETag"] == '"3"'
    (event,) = await recorded(team, before)
    assert (event.kind, event.data["part"]) == ("calendar.changed", "hours")
    assert event.data["calendar"] == answer.json()
    assert await done(owner.get(path_of(owner, "hours"))) == answer.json()["hours"]
    assert await hours_on(team, owner, "2026-01-05") == ["2026-01-05T07:00Z/2026-01-05T15:00Z"]
    assert await hours_on(team, owner, "2026-06-05") == ["2026-06-05T06:00Z/2026-06-05T14:00Z"]
    assert await hours_on(team, owner, "2026-06-08") == ["2026-06-08T07:00Z/2026-06-08T11:00Z"]
    assert await hours_on(team, owner, "2026-06-12") == ["2026-06-12T07:00Z/2026-06-12T11:00Z"]
    assert await hours_on(team, owner, "2026-06-15") == ["2026-06-15T09:00Z/2026-06-15T17:00Z"]


async def test_setting_hours_again_replaces_them_and_the_same_change_nothing(team: Team) -> None:
    owner, path = team.owner, path_of(team.owner, "hours/2026-06-01")
    for hours, rev in (("09:00-12:00", 2), ("09:00-12:00", 2), ("09:00-13:00", 3)):
        answer = await owner.put(path, {"weekly": week(mon=hours)})
        assert answer.json()["rev"] == rev
    assert len(answer.json()["hours"]) == 2
    assert answer.json()["hours"][1]["weekly"]["mon"] == spans("09:00-13:00")


async def test_hours_are_taken_back_but_for_the_last(team: Team) -> None:
    owner = team.owner
    await done(owner.put(path_of(owner, "hours/2026-06-01"), {"weekly": week(mon="09:00-12:00")}))
    answer = await owner.delete(path_of(owner, "hours/2026-05-18"))
    assert [hours["effective_from"] for hours in answer.json()["hours"]] == ["2026-06-01"]
    before = await head(team)
    assert (await owner.delete(path_of(owner, "hours/2026-05-18"))).status_code == 200
    assert await kinds(team, before) == []
    last = await owner.delete(path_of(owner, "hours/2026-06-01"))
    assert (last.status_code, last.json()["type"]) == (409, "urn:dayline:problem:hours-needed")


async def test_several_intervals_are_kept_in_their_order(team: Team) -> None:
    hours = {"weekly": week(mon="14:00-19:00 10:00-13:00")}
    answer = await team.owner.put(path_of(team.owner, "hours/2026-05-01"), hours)
    assert answer.json()["hours"][0]["weekly"]["mon"] == spans("10:00-13:00", "14:00-19:00")


@pytest.mark.parametrize(
    ("hours", "on", "expected"),
    [
        (week(fri="22:00-06:00"), "2026-05-22", "2026-05-22T22:00Z/2026-05-23T06:00Z"),
        (week(fri="18:00-24:00"), "2026-05-22", "2026-05-22T18:00Z/2026-05-23T00:00Z"),
        (week(fri="08:00-08:00"), "2026-05-22", "2026-05-22T08:00Z/2026-05-23T08:00Z"),
        (week(fri="00:00-24:00"), "2026-05-22", "2026-05-22T00:00Z/2026-05-23T00:00Z"),
        (
            week(sun="22:00-06:00", mon="06:00-08:00"),
            "2026-05-17",
            "2026-05-17T22:00Z/2026-05-18T06:00Z",
        ),
    ],
)
async def test_hours_may_cross_midnight(
    team: Team, hours: dict[str, Any], on: str, expected: str
) -> None:
    await works(team.owner, "UTC", hours)
    assert await hours_on(team, team.owner, on) == [expected]


@pytest.mark.parametrize(
    ("hours", "field", "reason"),
    [
        ({}, "weekly", "Pick at least one day."),
        (week(mon=""), "weekly", "Pick at least one day."),
        (week(mon="09:00-12:00 11:00-13:00"), "weekly.mon.1", "Overlaps weekly.mon.0."),
        (week(mon="11:00-13:00 09:00-12:00"), "weekly.mon.0", "Overlaps weekly.mon.1."),
        (week(mon="09:00-12:00 09:00-12:00"), "weekly.mon.1", "Overlaps weekly.mon.0."),
        (
            week(mon="22:00-06:00", tue="05:00-09:00"),
            "weekly.tue.0",
            "Overlaps weekly.mon.0.",
        ),
        (
            week(sun="22:00-06:00", mon="05:00-09:00"),
            "weekly.mon.0",
            "Overlaps weekly.sun.0.",
        ),
        (
            week(mon="09:00-09:00", tue="08:59-10:00"),
            "weekly.tue.0",
            "Overlaps weekly.mon.0.",
        ),
    ],
)
async def test_a_week_that_makes_no_sense_is_refused(
    team: Team, hours: dict[str, Any], field: str, reason: str
) -> None:
    path = path_of(team.owner, "hours/2026-06-01")
    assert refused(await team.owner.put(path, {"weekly": hours})) == {field: reason}


@pytest.mark.parametrize(
    ("hours", "field"),
    [
        (week(mon="9:00-17:00"), "weekly.mon.0.start"),
        (week(mon="24:00-17:00"), "weekly.mon.0.start"),
        (week(mon="09:00-24:01"), "weekly.mon.0.end"),
        (week(mon="09:00-17:60"), "weekly.mon.0.end"),
        (week(mon="\u0660\u0669:\u0660\u0660-17:00"), "weekly.mon.0.start"),
        ({"monday": []}, "weekly.monday"),
        ({"mon": spans(*["09:00-10:00"] * 13)}, "weekly.mon"),
        ({"mon": [{"start": "09:00"}]}, "weekly.mon.0.end"),
    ],
)
async def test_a_time_that_is_none_is_refused(
    team: Team, hours: dict[str, Any], field: str
) -> None:
    path = path_of(team.owner, "hours/2026-06-01")
    assert set(refused(await team.owner.put(path, {"weekly": hours}))) == {field}


@pytest.mark.parametrize("date", ["2026-02-30", "1999-12-31", "2200-01-01", "0", "20260601", "x"])
async def test_a_date_that_is_none_is_refused(team: Team, date: str) -> None:
    hours = {"weekly": week(mon="09:00-10:00")}
    answer = await team.owner.put(path_of(team.owner, f"hours/{date}"), hours)
    assert set(refused(answer)) == {"effective_from"}
    answer = await team.owner.put(path_of(team.owner, f"overrides/{date}"), {"intervals": []})
    assert set(refused(answer)) == {"date"}


async def test_a_date_may_have_hours_of_its_own_or_none(team: Team) -> None:
    owner = team.owner
    before = await head(team)
    saturday = await owner.put(
        path_of(owner, "overrides/2026-05-23"), {"intervals": spans("14:00-16:00", "10:00-12:00")}
    )
    assert saturday.json() == {
        "on": "2026-05-23",
        "intervals": spans("10:00-12:00", "14:00-16:00"),
    }
    await done(owner.put(path_of(owner, "overrides/2026-05-22"), {"intervals": []}))
    assert await hours_on(team, owner, "2026-05-22") == []
    assert await hours_on(team, owner, "2026-05-23") == [
        "2026-05-23T07:00Z/2026-05-23T09:00Z",
        "2026-05-23T11:00Z/2026-05-23T13:00Z",
    ]
    listed = await done(owner.get(path_of(owner, "overrides"), since="2026-05-23"))
    assert listed == [saturday.json()]
    listed = await done(owner.get(path_of(owner, "overrides"), until="2026-05-22"))
    assert listed == [{"on": "2026-05-22", "intervals": []}]
    for _ in range(2):
        answer = await owner.delete(path_of(owner, "overrides/2026-05-22"))
        assert answer.status_code == 204
    assert await hours_on(team, owner, "2026-05-22") == ["2026-05-22T06:00Z/2026-05-22T14:00Z"]
    events = await recorded(team, before)
    assert [event.data["part"] for event in events] == ["overrides"] * 3


async def test_an_override_and_the_night_before_are_united(team: Team) -> None:
    await works(team.owner, "UTC", week(mon="22:00-06:00"))
    path = path_of(team.owner, "overrides/2026-05-19")
    await done(team.owner.put(path, {"intervals": spans("05:00-09:00")}))
    line = await desk.seen(team, team.owner, at="2026-05-19T05:30:00Z")
    assert line["is_working"] is True
    answer = await team.owner.put(path, {"intervals": spans("05:00-09:00", "08:00-10:00")})
    assert refused(answer) == {"intervals.1": "Overlaps intervals.0."}


async def test_only_the_member_and_admins_set_hours(team: Team) -> None:
    sam, ann = await team.add("sam"), await team.add("ann")
    hours = {"weekly": week(mon="09:00-10:00")}
    assert (await sam.put(path_of(ann, "hours/2026-06-01"), hours)).status_code == 403
    assert (await sam.delete(path_of(ann, "hours/2026-05-18"))).status_code == 403
    free: dict[str, Any] = {"intervals": []}
    assert (await sam.put(path_of(ann, "overrides/2026-06-01"), free)).status_code == 403
    assert (await sam.delete(path_of(ann, "overrides/2026-06-01"))).status_code == 403
    assert (await team.owner.put(path_of(ann, "hours/2026-06-01"), hours)).status_code == 200


async def test_a_calendar_holds_so_many_weekly_hours_and_no_more(team: Team) -> None:
    hours = {"weekly": week(mon="09:00-10:00")}
    for year in range(2030, 2079):
        await done(team.owner.put(path_of(team.owner, f"hours/{year}-01-01"), hours))
    answer = await team.owner.put(path_of(team.owner, "hours/2079-01-01"), hours)
    assert (answer.status_code, answer.json()["most"]) == (409, 50)
    again = await team.owner.put(path_of(team.owner, "hours/2078-01-01"), hours)
    assert again.status_code == 200
