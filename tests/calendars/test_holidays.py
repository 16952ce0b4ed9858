"""Public holidays: what the library knows, what admins change in it, and who works all the same."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from dayline.calendars import library
from dayline.calendars.actions import edit_calendar
from dayline.calendars.holidays import add_holiday
from dayline.calendars.models import Holiday, HolidaySet
from dayline.calendars.refreshing import refresh_holidays
from dayline.calendars.schemas import CalendarEdit, HolidayIn
from dayline.identity.models import Role
from tests.calendars.desk import Json, done, hours_on, path_of, refused, seen
from tests.races import acting, meanwhile
from tests.recorded import head, kinds, recorded
from tests.team import Person, Team

CORPUS_CHRISTI = "2026-06-04"
"""Free in Bavaria, and not in Berlin."""


async def follow(person: Person, country: str | None, subdivision: str | None = None) -> Json:
    path = path_of(person, "calendar")
    rev = int((await person.get(path)).headers["ETag"].strip('"'))
    place = {"country": country, "subdivision": subdivision}
    found: Json = await done(person.patch(path, place, rev))
    return found


async def holiday_on(person: Person, on: str, **place: str) -> Json:
    listed = await done(person.get("/holidays", year=int(on[:4]), **place))
    (found,) = [holiday for holiday in listed if holiday["on"] == on]
    one: Json = found
    return one


async def test_countries_and_their_subdivisions_are_listed(team: Team) -> None:
    guest = await team.add("gail", Role.GUEST)
    listed = {country["code"]: country for country in await done(guest.get("/countries"))}
    assert {"DE", "JP", "UA", "US"} <= set(listed)
    assert all(len(code) == 2 for code in listed)
    assert {"code": "BY", "name": "Bayern"} in listed["DE"]["subdivisions"]
    assert listed["UA"]["subdivisions"] == []


async def test_a_subdivision_has_holidays_that_another_has_not(team: Team) -> None:
    bavarian, berliner = await team.add("bav"), await team.add("ber")
    calendar = await follow(bavarian, "DE", "BY")
    assert (calendar["country"], calendar["subdivision"]) == ("DE", "BY")
    await follow(berliner, "DE", "BE")
    assert await hours_on(team, bavarian, CORPUS_CHRISTI) == []
    assert len(await hours_on(team, berliner, CORPUS_CHRISTI)) == 1
    assert len(await hours_on(team, bavarian, "2026-06-05")) == 1
    both_free = "2026-05-25"  # Whit Monday
    assert await hours_on(team, bavarian, both_free) == []
    assert await hours_on(team, berliner, both_free) == []
    assert await hours_on(team, bavarian, "2031-06-12") == []  # Corpus Christi, five years on
    assert (await seen(team, bavarian, at="2026-06-04T09:00:00Z"))["is_off"] is True


async def test_days_that_stand_in_for_a_holiday_are_free(team: Team) -> None:
    american, japanese = await team.add("amy"), await team.add("jun")
    await follow(american, "US")
    await follow(japanese, "JP")
    assert await hours_on(team, american, "2026-07-03") == []  # for Saturday, 4 July
    assert await hours_on(team, american, "2026-05-25") == []
    assert await hours_on(team, japanese, "2026-05-06") == []  # for Sunday, 3 May
    assert await hours_on(team, japanese, "2026-09-22") == []  # between two holidays
    assert len(await hours_on(team, american, "2026-09-22")) == 1


async def test_a_country_whose_holidays_are_worked_has_none(team: Team) -> None:
    """Ukraine, under martial law since 2022."""
    await follow(team.owner, "UA")
    assert len(await hours_on(team, team.owner, "2026-08-24")) == 1
    assert await done(team.owner.get("/holidays")) == []


async def test_ones_own_holidays_are_listed_where_no_place_is_named(team: Team) -> None:
    guest = await team.add("gail", Role.GUEST)
    assert await done(guest.get("/holidays")) == []
    await follow(guest, "DE", "BY")
    mine = await done(guest.get("/holidays"))
    assert mine == await done(guest.get("/holidays", country="DE", subdivision="BY", year=2026))
    assert [holiday["on"] for holiday in mine[:3]] == ["2026-01-01", "2026-01-06", "2026-04-03"]
    assert mine[0]["name"] == mine[0]["library_name"] == "New Year's Day"
    assert len(await done(guest.get("/holidays", year=2025))) > 0
    assert len(await done(guest.get("/holidays", year=2032))) > 0
    assert await done(guest.get("/holidays", country="DE", year=2026)) == []


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"country": "XX"}, "country"),
        ({"country": "DE", "subdivision": "XX"}, "subdivision"),
        ({"subdivision": "BY"}, "subdivision"),
        ({"year": 1999}, "year"),
        ({"year": 10**20}, "year"),
    ],
)
async def test_a_place_that_is_none_is_refused(team: Team, asked: Any, field: str) -> None:
    assert set(refused(await team.owner.get("/holidays", **asked))) == {field}
    body = {"country": "DE", "on": "2026-05-20", "name": "Day"} | asked
    if "year" not in asked:
        answer = await team.owner.post("/holidays", body | {"country": asked.get("country", "US")})
        assert set(refused(answer)) == {field}


async def test_another_country_forgets_the_subdivision(team: Team) -> None:
    await follow(team.owner, "DE", "BY")
    path = path_of(team.owner, "calendar")
    calendar = await done(team.owner.patch(path, {"country": "US"}, 2))
    assert (calendar["country"], calendar["subdivision"]) == ("US", None)
    calendar = await done(team.owner.patch(path, {"subdivision": "CA"}, 3))
    assert (calendar["country"], calendar["subdivision"]) == ("US", "CA")
    calendar = await done(team.owner.patch(path, {"country": None}, 4))
    assert (calendar["country"], calendar["subdivision"]) == (None, None)
    assert len(await hours_on(team, team.owner, "2026-05-25")) == 1


async def test_an_admin_adds_a_holiday_for_everybody_who_follows_the_place(team: Team) -> None:
    sam, ann = await team.add("sam"), await team.add("ann")
    await follow(sam, "DE", "BY")
    await follow(ann, "DE", "BE")
    before = await head(team)
    new = {"country": "DE", "subdivision": "BY", "on": "2026-05-20", "name": "Founding day"}
    made = await team.owner.post("/holidays", new)
    assert made.status_code == 201
    assert made.headers["Location"].endswith(f"/holidays/{made.json()['id']}")
    assert (made.json()["name"], made.json()["library_name"]) == ("Founding day", None)
    told, moved = await recorded(team, before)
    assert told.kind == "holidays.changed"
    assert told.data == {"country": "DE", "subdivision": "BY", "holiday": made.json()}
    assert (moved.kind, moved.data["part"]) == ("calendar.changed", "holidays")
    assert moved.data["calendar"]["id"] == str(sam.member_id)
    assert moved.data["calendar"] == await done(sam.get(path_of(sam, "calendar")))
    assert await hours_on(team, sam, "2026-05-20") == []
    assert len(await hours_on(team, ann, "2026-05-20")) == 1
    again = await team.owner.post("/holidays", new)
    assert (again.status_code, again.json()["type"]) == (
        409,
        "urn:dayline:problem:holiday-there",
    )


async def test_an_admin_renames_and_removes_and_brings_back(team: Team) -> None:
    sam = await team.add("sam")
    await follow(sam, "DE", "BY")
    one = await holiday_on(sam, CORPUS_CHRISTI)
    path = f"/holidays/{one['id']}"
    assert (await team.owner.patch(path, {"name": "Fronleichnam"})).status_code == 428
    assert (await team.owner.patch(path, {"name": "Fronleichnam"}, 2)).status_code == 412
    before = await head(team)
    renamed = await team.owner.patch(path, {"name": "Fronleichnam"}, 1)
    assert (renamed.json()["name"], renamed.headers["ETag"]) == ("Fronleichnam", '"2"')
    assert renamed.json()["library_name"] == "Corpus Christi"
    assert await kinds(team, before) == ["holidays.changed"]
    assert (await team.owner.delete(path)).status_code == 204
    assert (await team.owner.delete(path)).status_code == 204
    assert await kinds(team, before) == ["holidays.changed"] * 2 + ["calendar.changed"]
    assert len(await hours_on(team, sam, CORPUS_CHRISTI)) == 1
    assert one["id"] not in [holiday["id"] for holiday in await done(sam.get("/holidays"))]
    (removed,) = await done(sam.get("/holidays", removed=True))
    assert removed["removed_at"] == "2026-05-18T07:00:00Z"
    assert await done(sam.get(path)) == removed
    new = {"country": "DE", "subdivision": "BY", "on": CORPUS_CHRISTI, "name": "Back"}
    back = await done(team.owner.post("/holidays", new))
    assert (back["id"], back["name"], back["removed_at"]) == (one["id"], "Back", None)
    assert await hours_on(team, sam, CORPUS_CHRISTI) == []


async def test_only_admins_change_holidays(team: Team) -> None:
    sam = await team.add("sam")
    await follow(sam, "DE", "BY")
    one = await holiday_on(sam, CORPUS_CHRISTI)
    new = {"country": "DE", "on": "2026-05-20", "name": "Day"}
    assert (await sam.post("/holidays", new)).status_code == 403
    assert (await sam.patch(f"/holidays/{one['id']}", {"name": "x"}, 1)).status_code == 403
    assert (await sam.delete(f"/holidays/{one['id']}")).status_code == 403


async def test_holidays_of_another_workspace_are_not_there(team: Team) -> None:
    other = await Team.create(team.app, team.clock)
    await follow(other.owner, "DE", "BY")
    await follow(team.owner, "DE", "BY")
    path = f"/holidays/{(await holiday_on(other.owner, CORPUS_CHRISTI))['id']}"
    assert (await team.owner.get(path)).status_code == 404
    assert (await team.owner.patch(path, {"name": "x"}, 1)).status_code == 404
    assert (await team.owner.delete(path)).status_code == 404
    mine = path_of(team.owner, f"holiday-opt-outs/{path.rpartition('/')[2]}")
    assert (await team.owner.put(mine)).status_code == 404
    assert (await team.owner.delete(mine)).status_code == 404
    assert await hours_on(other, other.owner, CORPUS_CHRISTI) == []
    await other.close()


async def test_a_member_may_work_on_a_holiday(team: Team) -> None:
    sam, ann = await team.add("sam"), await team.add("ann")
    for person in (sam, ann):
        await follow(person, "DE", "BY")
    one = await holiday_on(sam, CORPUS_CHRISTI)
    path = path_of(sam, f"holiday-opt-outs/{one['id']}")
    assert (await ann.put(path)).status_code == 403
    before = await head(team)
    for _ in range(2):
        assert (await sam.put(path)).status_code == 204
    (event,) = await recorded(team, before)
    assert (event.kind, event.data["part"]) == ("calendar.changed", "holidays")
    assert await done(ann.get(path_of(sam, "holiday-opt-outs"))) == [one]
    assert len(await hours_on(team, sam, CORPUS_CHRISTI)) == 1
    assert await hours_on(team, ann, CORPUS_CHRISTI) == []
    assert (await seen(team, sam, at="2026-06-04T09:00:00Z"))["is_off"] is False
    assert (await ann.delete(path)).status_code == 403
    for _ in range(2):
        assert (await sam.delete(path)).status_code == 204
    assert await kinds(team, before) == ["calendar.changed"] * 2
    assert await hours_on(team, sam, CORPUS_CHRISTI) == []


async def test_one_works_only_on_holidays_that_one_has(team: Team) -> None:
    sam = await team.add("sam")
    await follow(team.owner, "DE", "BY")
    await follow(sam, "DE", "BE")
    one = await holiday_on(team.owner, CORPUS_CHRISTI)
    assert (await sam.put(path_of(sam, f"holiday-opt-outs/{one['id']}"))).status_code == 404


async def forget(team: Team, on: str, *, name: str | None = None) -> None:
    """As if an older library had written the holidays down: one missing, or under another name."""
    async with acting(team, team.owner) as caller:
        here = col(Holiday.workspace_id) == team.workspace_id
        that_day = select(Holiday).where(here, col(Holiday.on) == date.fromisoformat(on))
        row = (await caller.session.scalars(that_day)).one()
        if name is None:
            await caller.session.delete(row)
        else:
            row.name = row.library_name = name
        await age(caller.session)


async def age(session: Any) -> None:
    await session.execute(update(HolidaySet).values(library_version="0.1"))


async def sets_of(team: Team) -> list[tuple[str, int]]:
    async with acting(team, team.owner) as caller:
        rows = await caller.session.scalars(select(HolidaySet))
        return [(row.library_version, row.last_year) for row in rows]


async def test_a_new_library_brings_holidays_up_to_date(team: Team) -> None:
    sam = await team.add("sam")
    await follow(sam, "DE", "BY")
    await forget(team, CORPUS_CHRISTI)
    await forget(team, "2026-10-03", name="Unity")
    assert (await holiday_on(sam, "2026-10-03"))["name"] == "Unity"
    before = await head(team)
    assert await refresh_holidays(team.app.state.sessions, team.clock) >= 1
    assert await sets_of(team) == [(library.VERSION, 2032)]
    assert (await holiday_on(sam, "2026-10-03"))["name"] == "German Unity Day"
    assert await hours_on(team, sam, CORPUS_CHRISTI) == []
    told, moved = await recorded(team, before)
    assert told.data == {"country": "DE", "subdivision": "BY", "holiday": None}
    assert moved.data["calendar"]["id"] == str(sam.member_id)
    assert await refresh_holidays(team.app.state.sessions, team.clock) == 0


async def test_what_admins_changed_is_kept_when_holidays_are_brought_up_to_date(
    team: Team,
) -> None:
    sam = await team.add("sam")
    await follow(sam, "DE", "BY")
    renamed = await holiday_on(sam, "2026-10-03")
    removed = await holiday_on(sam, CORPUS_CHRISTI)
    new = {"country": "DE", "subdivision": "BY", "on": "2026-05-20", "name": "Founding day"}
    await done(team.owner.post("/holidays", new))
    await done(team.owner.patch(f"/holidays/{renamed['id']}", {"name": "Unity"}, 1))
    await done(team.owner.delete(f"/holidays/{removed['id']}"))
    async with acting(team, team.owner) as caller:
        await age(caller.session)
    before = await head(team)
    assert await refresh_holidays(team.app.state.sessions, team.clock) >= 1
    assert await kinds(team, before) == []
    assert (await holiday_on(sam, "2026-10-03"))["name"] == "Unity"
    assert (await holiday_on(sam, "2026-05-20"))["name"] == "Founding day"
    assert len(await hours_on(team, sam, CORPUS_CHRISTI)) == 1


async def test_each_year_the_next_one_is_written_down(team: Team) -> None:
    await follow(team.owner, "DE", "BY")
    assert len(await hours_on(team, team.owner, "2033-06-16")) == 1  # Corpus Christi
    team.clock.advance(days=365)
    assert await refresh_holidays(team.app.state.sessions, team.clock) >= 1
    assert await sets_of(team) == [(library.VERSION, 2033)]
    assert await hours_on(team, team.owner, "2033-06-16") == []
    assert len(await done(team.owner.get("/holidays", year=2025))) > 0


async def test_what_an_older_library_had_too_much_goes(team: Team) -> None:
    await follow(team.owner, "DE", "BY")
    async with acting(team, team.owner) as caller:
        extra = Holiday(
            workspace_id=team.workspace_id,
            country="DE",
            subdivision="BY",
            on=team.clock.now.date().replace(day=20),
            name="Mistake",
            library_name="Mistake",
        )
        caller.session.add(extra)
        await age(caller.session)
    assert await refresh_holidays(team.app.state.sessions, team.clock) >= 1
    assert len(await hours_on(team, team.owner, "2026-05-20")) == 1


async def test_who_begins_to_follow_a_place_while_it_changes_hears_of_it(team: Team) -> None:
    sam, ann = await team.add("sam"), await team.add("ann")
    await follow(sam, "DE", "BY")
    new = {"country": "DE", "subdivision": "BY", "on": "2026-05-20", "name": "Founding day"}
    async with acting(team, team.owner, Role.OWNER) as caller:
        await add_holiday(caller, HolidayIn.model_validate(new))
        following = await meanwhile(caller, follow(ann, "DE", "BY"))
    await following
    assert await hours_on(team, ann, "2026-05-20") == []


async def test_two_who_choose_a_country_at_once_write_it_down_once(team: Team) -> None:
    sam = await team.add("sam")
    async with acting(team, team.owner, Role.OWNER) as caller:
        edit = CalendarEdit(country="DE", subdivision="BY")
        await edit_calendar(caller, team.owner.member_id, 1, edit)
        following = await meanwhile(caller, follow(sam, "DE", "BY"))
    await following
    assert len(await sets_of(team)) == 1
    assert await hours_on(team, sam, CORPUS_CHRISTI) == []
