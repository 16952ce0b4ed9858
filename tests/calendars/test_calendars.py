"""A calendar for every member: what it begins with, who sees and changes it, and what is told."""

from typing import Any

import pytest

from dayline.identity.models import Role
from tests.calendars.desk import done, path_of, refused, spans, week
from tests.recorded import head, recorded
from tests.team import Team

OFFICE = {day: spans("09:00-17:00") for day in ("mon", "tue", "wed", "thu", "fri")}
OFFICE |= {"sat": [], "sun": []}


async def test_a_new_member_gets_office_hours_in_the_reference_zone(team: Team) -> None:
    before = await head(team)
    sam = await team.add("sam")
    answer = await sam.get(path_of(sam, "calendar"))
    assert answer.headers["ETag"] == '"1"'
    assert answer.json() == {
        "id": str(sam.member_id),
        "zone": "Europe/Kyiv",
        "country": None,
        "subdivision": None,
        "hours": [{"effective_from": "2026-05-18", "weekly": OFFICE}],
        "rev": 1,
    }
    joined, made = await recorded(team, before)
    assert (joined.kind, made.kind) == ("member.joined", "calendar.changed")
    assert made.data == {"calendar": answer.json(), "part": "calendar"}
    assert made.audience.value == "team"
    assert made.audience_id == sam.member_id


async def test_new_members_begin_with_what_the_workspace_says(team: Team) -> None:
    defaults = await team.owner.get("/calendar-defaults")
    assert defaults.json() == {"zone": None, "weekly": OFFICE, "rev": 1}
    edit = {"zone": "Asia/Tokyo", "weekly": week(mon="10:00-19:00")}
    before = await head(team)
    changed = await team.owner.patch("/calendar-defaults", edit, 1)
    assert changed.headers["ETag"] == '"2"'
    (event,) = await recorded(team, before)
    assert event.kind == "calendar_defaults.changed"
    assert event.data == {"calendar_defaults": changed.json()}
    sam = await team.add("sam")
    calendar = await done(sam.get(path_of(sam, "calendar")))
    assert calendar["zone"] == "Asia/Tokyo"
    assert calendar["hours"][0]["weekly"] == changed.json()["weekly"]
    owner = await done(team.owner.get(path_of(team.owner, "calendar")))
    assert (owner["zone"], owner["hours"][0]["weekly"]) == ("Europe/Kyiv", OFFICE)
    await done(team.owner.patch("/calendar-defaults", {"zone": None}, 2))
    ann = await team.add("ann")
    assert (await done(ann.get(path_of(ann, "calendar"))))["zone"] == "Europe/Kyiv"


async def test_only_admins_change_what_new_members_begin_with(team: Team) -> None:
    sam = await team.add("sam")
    assert (await sam.get("/calendar-defaults")).status_code == 200
    assert (await sam.patch("/calendar-defaults", {"zone": "Asia/Tokyo"}, 1)).status_code == 403
    assert (await team.owner.patch("/calendar-defaults", {}, 7)).status_code == 412
    assert (await team.owner.patch("/calendar-defaults", {})).status_code == 428
    answer = await team.owner.patch("/calendar-defaults", {"weekly": {}}, 1)
    assert refused(answer) == {"weekly": "Pick at least one day."}
    before = await head(team)
    assert (await team.owner.patch("/calendar-defaults", {}, 1)).headers["ETag"] == '"1"'
    assert await head(team) == before


async def test_an_edit_names_its_revision_and_is_told(team: Team) -> None:
    sam = await team.add("sam")
    path = path_of(sam, "calendar")
    assert (await sam.patch(path, {"zone": "Asia/Tokyo"})).status_code == 428
    assert (await sam.patch(path, {"zone": "Asia/Tokyo"}, 2)).status_code == 412
    before = await head(team)
    changed = await sam.patch(path, {"zone": "Asia/Tokyo"}, 1)
    assert (changed.json()["zone"], changed.headers["ETag"]) == ("Asia/Tokyo", '"2"')
    (event,) = await recorded(team, before)
    assert event.data == {"calendar": changed.json(), "part": "calendar"}
    assert (await sam.patch(path, {"zone": "Asia/Tokyo"}, 2)).headers["ETag"] == '"2"'
    assert (await sam.patch(path, {}, 2)).headers["ETag"] == '"2"'
    assert len(await recorded(team, before)) == 1


@pytest.mark.parametrize(
    ("edit", "field"),
    [
        ({"zone": "Europe/Kiyv"}, "zone"),
        ({"zone": None}, "zone"),
        ({"zone": "Factory"}, "zone"),
        ({"country": "XX"}, "country"),
        ({"country": "de"}, "country"),
        ({"country": "DEU"}, "country"),
        ({"country": "DE", "subdivision": "XX"}, "subdivision"),
        ({"country": "DE", "subdivision": "B\x00"}, "subdivision"),
        ({"country": "US", "subdivision": "BY"}, "subdivision"),
        ({"subdivision": "BY"}, "subdivision"),
        ({"country": None, "subdivision": "BY"}, "subdivision"),
        ({"holidays": True}, "holidays"),
    ],
)
async def test_a_bad_value_is_refused_by_its_field(
    team: Team, edit: dict[str, Any], field: str
) -> None:
    answer = await team.owner.patch(path_of(team.owner, "calendar"), edit, 1)
    assert set(refused(answer)) == {field}


async def test_members_change_their_own_calendar_and_admins_anybodys(team: Team) -> None:
    sam, ann = await team.add("sam"), await team.add("ann", Role.ADMIN)
    guest = await team.add("gail", Role.GUEST)
    tokyo = {"zone": "Asia/Tokyo"}
    for owner, other in ((team.owner, sam), (ann, team.owner), (ann, guest)):
        path = path_of(other, "calendar")
        assert (await owner.patch(path, tokyo, 1)).status_code == 200
    refusal = await sam.patch(path_of(ann, "calendar"), tokyo, 1)
    assert refusal.status_code == 403
    assert refusal.json()["needed_role"] == "admin"
    assert (await sam.get(path_of(guest, "calendar"))).status_code == 200
    kyiv = {"zone": "Europe/Kyiv"}
    assert (await guest.patch(path_of(guest, "calendar"), kyiv, 2)).status_code == 200


PARTS = ("calendar", "hours", "overrides", "time-off", "focus-blocks", "holiday-opt-outs")


@pytest.mark.parametrize("part", PARTS)
async def test_guests_see_their_own_calendar_alone(team: Team, part: str) -> None:
    guest = await team.add("gail", Role.GUEST)
    sam = await team.add("sam")
    assert (await guest.get(path_of(guest, part))).status_code == 200
    assert (await guest.get(path_of(sam, part))).status_code == 404
    assert (await sam.get(path_of(guest, part))).status_code == 200


@pytest.mark.parametrize("part", PARTS)
async def test_calendars_of_another_workspace_are_not_there(team: Team, part: str) -> None:
    other = await Team.create(team.app, team.clock)
    assert (await team.owner.get(path_of(other.owner, part))).status_code == 404
    await other.close()


async def test_guests_can_change_no_calendar_but_their_own(team: Team) -> None:
    guest = await team.add("gail", Role.GUEST)
    days = {"starts_on": "2026-06-01", "ends_on": "2026-06-02"}
    for answer in (
        await guest.patch(path_of(team.owner, "calendar"), {"zone": "Asia/Tokyo"}, 1),
        await guest.put(
            path_of(team.owner, "hours/2026-06-01"), {"weekly": week(mon="09:00-10:00")}
        ),
        await guest.post(path_of(team.owner, "time-off"), days),
    ):
        assert answer.status_code == 404
    assert (await guest.post(path_of(guest, "time-off"), days)).status_code == 201
