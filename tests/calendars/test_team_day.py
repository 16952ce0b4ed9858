"""A date hour by hour, as everybody's clock shows it."""

from typing import Any

from dayline.identity.models import Role
from tests.calendars.desk import done, path_of, weekdays, works
from tests.team import Person, Team


async def day(person: Person, on: str) -> Any:
    return await done(person.get("/availability/day", on=on))


def line(found: Any, person: Person) -> dict[str, list[str]]:
    """What a member does, in spans of UTC."""
    (held,) = [each for each in found["members"] if each["member_id"] == str(person.member_id)]
    return {
        part: [f"{span['start']['at'][8:16]} {span['end']['at'][8:16]}" for span in held[part]]
        for part in ("working", "focus", "off")
    }


async def test_hours_are_those_of_the_reference_zone_on_everybodys_clock(team: Team) -> None:
    ned = await team.add("ned")
    await works(ned, "America/New_York", weekdays("09:00-17:00"))
    found = await day(team.owner, "2026-05-20")
    assert (found["starts_at"], found["ends_at"]) == (
        "2026-05-19T21:00:00Z",
        "2026-05-20T21:00:00Z",
    )
    assert len(found["hours"]) == 24
    first = found["hours"][0]
    assert first["reference"] == "2026-05-20T00:00:00+03:00"
    assert first["local"][str(ned.member_id)] == "2026-05-19T17:00:00-04:00"
    assert line(found, ned)["working"] == ["20T13:00 20T21:00"]


async def test_the_days_on_which_clocks_change_have_23_and_25_hours(team: Team) -> None:
    assert len((await day(team.owner, "2026-03-29"))["hours"]) == 23
    assert len((await day(team.owner, "2026-10-25"))["hours"]) == 25


async def test_work_over_midnight_stands_on_both_dates(team: Team) -> None:
    await works(team.owner, "Europe/Kyiv", weekdays("22:00-02:00"))
    assert line(await day(team.owner, "2026-05-20"), team.owner)["working"] == [
        "19T21:00 19T23:00",
        "20T19:00 20T21:00",
    ]


async def test_focus_and_time_off_are_told_apart(team: Team) -> None:
    await works(team.owner, "Europe/Kyiv", weekdays("09:00-18:00"))
    block = {"on": "2026-05-20", "start": "09:30", "end": "10:00"}
    await done(team.owner.post(path_of(team.owner, "focus-blocks"), block))
    half = {"starts_on": "2026-05-20", "ends_on": "2026-05-20"}
    times = {"starts_time": "14:00", "ends_time": "24:00"}
    await done(team.owner.post(path_of(team.owner, "time-off"), half | times))
    assert line(await day(team.owner, "2026-05-20"), team.owner) == {
        "working": ["20T06:00 20T11:00"],
        "focus": ["20T06:30 20T07:00"],
        "off": ["20T11:00 20T21:00"],
    }


async def test_a_guest_sees_themselves_alone(team: Team) -> None:
    guest = await team.add("gus", Role.GUEST)
    found = await day(guest, "2026-05-20")
    assert [each["member_id"] for each in found["members"]] == [str(guest.member_id)]
    assert list(found["hours"][0]["local"]) == [str(guest.member_id)]
