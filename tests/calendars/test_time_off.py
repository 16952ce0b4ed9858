"""Time off: what it takes away, what is refused, and who learns the reason."""

import json
from typing import Any

import pytest

from dayline.identity.models import Role
from tests.calendars.desk import done, hours_on, path_of, refused, seen, week, works
from tests.recorded import head, recorded
from tests.team import Person, Team

SICK = {"starts_on": "2026-05-19", "ends_on": "2026-05-20", "reason": "Migraine"}


async def take(person: Person, **given: Any) -> Any:
    return await done(person.post(path_of(person, "time-off"), given))


async def test_days_off_are_local_midnight_to_midnight(team: Team) -> None:
    sam = await team.add("sam")
    await works(sam, "America/New_York", week(mon="22:00-06:00", tue="22:00-06:00"))
    made = await sam.post(path_of(sam, "time-off"), SICK)
    assert made.status_code == 201
    assert made.headers["Location"].endswith(path_of(sam, f"time-off/{made.json()['id']}"))
    assert made.headers["ETag"] == '"1"'
    assert made.json() == SICK | {
        "id": made.json()["id"],
        "member_id": str(sam.member_id),
        "starts_time": None,
        "ends_time": None,
        "cover_id": None,
        "created_at": "2026-05-18T07:00:00Z",
        "rev": 1,
    }
    assert await hours_on(team, sam, "2026-05-18") == ["2026-05-19T02:00Z/2026-05-19T04:00Z"]
    assert await hours_on(team, sam, "2026-05-19") == []
    line = await seen(team, sam, at="2026-05-19T05:00:00Z")
    assert (line["is_off"], line["is_working"]) == (True, False)
    assert line["off_until"]["local"] == "2026-05-21T00:00:00-04:00"


async def test_hours_off_are_from_a_local_time_to_a_local_time(team: Team) -> None:
    when = {"starts_on": "2026-05-18", "ends_on": "2026-05-18"}
    await take(team.owner, **when, starts_time="13:00", ends_time="15:30")
    assert await hours_on(team, team.owner, "2026-05-18") == [
        "2026-05-18T06:00Z/2026-05-18T10:00Z",
        "2026-05-18T12:30Z/2026-05-18T14:00Z",
    ]
    line = await seen(team, team.owner, at="2026-05-18T11:00:00Z")
    assert (line["is_off"], line["off_until"]["at"]) == (True, "2026-05-18T12:30:00Z")
    line = await seen(team, team.owner, at="2026-05-18T12:30:00Z")
    assert (line["is_off"], line["is_working"]) == (False, True)


async def test_hours_off_may_last_over_midnight_and_until_it(team: Team) -> None:
    await take(
        team.owner,
        starts_on="2026-05-18",
        starts_time="16:00",
        ends_on="2026-05-19",
        ends_time="24:00",
    )
    assert await hours_on(team, team.owner, "2026-05-18") == ["2026-05-18T06:00Z/2026-05-18T13:00Z"]
    assert await hours_on(team, team.owner, "2026-05-19") == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"starts_on": "2026-05-20", "ends_on": "2026-05-19"}, "ends_on"),
        ({"starts_on": "2026-05-20", "ends_on": "2036-05-20"}, "ends_on"),
        ({"starts_on": "2026-05-20"}, "ends_on"),
        ({"starts_on": 0, "ends_on": "2026-05-20"}, "starts_on"),
        ({"starts_on": "0", "ends_on": "2026-05-20"}, "starts_on"),
        ({"starts_on": "2026-05-20T00:00:00", "ends_on": "2026-05-20"}, "starts_on"),
        ({"starts_on": "9999-12-31", "ends_on": "9999-12-31"}, "ends_on"),
        ({"starts_time": "12:00"}, "ends_time"),
        ({"ends_time": "12:00"}, "starts_time"),
        ({"starts_time": "12:00", "ends_time": "12:00"}, "ends_time"),
        ({"starts_time": "12:00", "ends_time": "11:00"}, "ends_time"),
        ({"starts_time": "25:00", "ends_time": "11:00"}, "starts_time"),
        ({"reason": "x" * 201}, "reason"),
        ({"reason": "a\x00b"}, "reason"),
    ],
)
async def test_time_off_that_makes_no_sense_is_refused(
    team: Team, given: dict[str, Any], field: str
) -> None:
    one_day = {"starts_on": "2026-05-20", "ends_on": "2026-05-20"}
    body = given if "starts_on" in given else one_day | given
    answer = await team.owner.post(path_of(team.owner, "time-off"), body)
    assert field in refused(answer)
    assert await done(team.owner.get(path_of(team.owner, "time-off"))) == []


async def test_the_reason_is_between_the_member_and_the_admins(team: Team) -> None:
    sam, ann = await team.add("sam"), await team.add("ann")
    admin = await team.add("ada", Role.ADMIN)
    before = await head(team)
    one = await take(sam, **SICK)
    path = path_of(sam, f"time-off/{one['id']}")
    for reader, reason in ((sam, "Migraine"), (admin, "Migraine"), (ann, None)):
        (listed,) = await done(reader.get(path_of(sam, "time-off")))
        assert listed["reason"] == reason
        assert (await done(reader.get(path)))["reason"] == reason
        assert (listed["starts_on"], listed["ends_on"]) == ("2026-05-19", "2026-05-20")
    await done(sam.patch(path, {"reason": "Headache"}, 1))
    await done(sam.delete(path))
    told = json.dumps([event.data for event in await recorded(team, before)])
    assert "Migraine" not in told
    assert "Headache" not in told
    assert "Migraine" not in json.dumps(await done(ann.get("/availability")))


async def test_an_admins_token_without_the_scope_does_not_show_reasons(team: Team) -> None:
    sam = await team.add("sam")
    await take(sam, **SICK)
    made = await done(
        team.owner.post("/tokens", {"name": "b", "scopes": ["read"], "expires_in_days": 1})
    )
    bearer = {"Authorization": f"Bearer {made['secret']}"}
    url = team.owner.base + path_of(sam, "time-off")
    answer = await team.owner.http.get(url, headers=bearer)
    assert answer.json()[0]["reason"] is None


async def test_time_off_is_changed_by_revision_and_told(team: Team) -> None:
    sam = await team.add("sam")
    one = await take(sam, **SICK)
    path = path_of(sam, f"time-off/{one['id']}")
    assert (await sam.patch(path, {"ends_on": "2026-05-21"})).status_code == 428
    assert (await sam.patch(path, {"ends_on": "2026-05-21"}, 9)).status_code == 412
    before = await head(team)
    answer = await sam.patch(path, {"ends_on": "2026-05-21", "reason": None}, 1)
    assert (answer.json()["ends_on"], answer.json()["reason"]) == ("2026-05-21", None)
    assert answer.headers["ETag"] == '"2"'
    (event,) = await recorded(team, before)
    assert (event.kind, event.data["part"]) == ("calendar.changed", "time_off")
    assert event.data["calendar"]["rev"] == 3
    assert (await sam.patch(path, {"ends_on": "2026-05-21"}, 2)).headers["ETag"] == '"2"'
    assert set(refused(await sam.patch(path, {"ends_on": "2026-05-18"}, 2))) == {"ends_on"}
    assert set(refused(await sam.patch(path, {"ends_on": None}, 2))) == {"ends_on"}
    times = {"starts_time": "12:00", "ends_time": "13:00"}
    assert (await done(sam.patch(path, times, 2)))["starts_time"] == "12:00"
    cleared = await done(sam.patch(path, {"starts_time": None, "ends_time": None}, 3))
    assert cleared["ends_time"] is None


async def test_time_off_taken_back_is_gone(team: Team) -> None:
    sam, ann = await team.add("sam"), await team.add("ann")
    one = await take(sam, **SICK)
    path = path_of(sam, f"time-off/{one['id']}")
    assert (await ann.delete(path)).status_code == 403
    assert (await ann.patch(path, {"reason": "x"}, 1)).status_code == 403
    assert (await ann.post(path_of(sam, "time-off"), SICK)).status_code == 403
    assert (await team.owner.delete(path_of(ann, f"time-off/{one['id']}"))).status_code == 404
    assert (await team.owner.delete(path)).status_code == 204
    for gone in (await sam.get(path), await sam.delete(path), await sam.patch(path, {}, 1)):
        assert gone.status_code == 404
    assert (await seen(team, sam, at="2026-05-19T10:00:00Z"))["is_working"] is True


async def test_time_off_is_listed_by_page_from_its_start(team: Team) -> None:
    for day in ("20", "18", "19"):
        await take(team.owner, starts_on=f"2026-05-{day}", ends_on=f"2026-05-{day}")
    page = await team.owner.get(path_of(team.owner, "time-off"), limit=2)
    assert [row["starts_on"] for row in page.json()] == ["2026-05-18", "2026-05-19"]
    following = page.headers["Link"].partition(">")[0].removeprefix("<")
    rest = await team.owner.http.get(following)
    assert [row["starts_on"] for row in rest.json()] == ["2026-05-20"]
    listed = await done(team.owner.get(path_of(team.owner, "time-off"), since="2026-05-19"))
    assert [row["starts_on"] for row in listed] == ["2026-05-19", "2026-05-20"]


async def test_a_request_sent_twice_takes_time_off_once(team: Team) -> None:
    path = path_of(team.owner, "time-off")
    first = await team.owner.post(path, SICK, Idempotency_Key="once")
    second = await team.owner.post(path, SICK, Idempotency_Key="once")
    assert first.json() == second.json()
    assert len(await done(team.owner.get(path))) == 1
