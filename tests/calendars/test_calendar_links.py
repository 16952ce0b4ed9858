"""A calendar that other programs subscribe to, by a secret link."""

from datetime import date, datetime
from typing import Any

import httpx
from icalendar import Calendar, Event

from tests.calendars.desk import done, path_of, weekdays, works
from tests.team import Person, Team

HALF_DAY = {
    "starts_on": "2026-05-20",
    "ends_on": "2026-05-20",
    "starts_time": "13:00",
    "ends_time": "15:00",
}


async def link_of(person: Person) -> str:
    made = await done(person.put("/me/calendar-link"))
    url: str = made["url"]
    return url


async def events(visitor: httpx.AsyncClient, url: str) -> dict[str, list[Any]]:
    """What the calendar holds: start, end and whether it is busy, by the words."""
    answer = await visitor.get(url)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    found: dict[str, list[Any]] = {}
    for part in Calendar.from_ical(answer.content).walk("VEVENT"):
        assert isinstance(part, Event)
        span = (part.decoded("dtstart"), part.decoded("dtend"), str(part["transp"]))
        found.setdefault(str(part["summary"]), []).append(span)
    return found


def utc(written: str) -> datetime:
    return datetime.fromisoformat(f"{written}+00:00")


async def test_a_calendar_shows_when_somebody_works_is_in_focus_and_off(
    team: Team, visitor: httpx.AsyncClient
) -> None:
    sam = await team.add("sam")
    await works(sam, "America/New_York", weekdays("09:00-17:00"))
    week = {"starts_on": "2026-06-01", "ends_on": "2026-06-05", "reason": "Ours alone"}
    await done(sam.post(path_of(sam, "time-off"), week))
    await done(sam.post(path_of(sam, "time-off"), HALF_DAY))
    block = {"on": "2026-05-19", "start": "10:00", "end": "11:00"}
    await done(sam.post(path_of(sam, "focus-blocks"), block))
    url = await link_of(sam)
    found = await events(visitor, url)
    assert found["Sam · focus time"] == [
        (utc("2026-05-19T14:00:00"), utc("2026-05-19T15:00:00"), "OPAQUE")
    ]
    assert found["Sam · off"] == [
        (utc("2026-05-20T17:00:00"), utc("2026-05-20T19:00:00"), "OPAQUE"),
        (date(2026, 6, 1), date(2026, 6, 6), "OPAQUE"),
    ]
    monday = (utc("2026-05-18T13:00:00"), utc("2026-05-18T21:00:00"), "TRANSPARENT")
    assert monday in found["Sam · working"]
    assert not [span for span in found["Sam · working"] if span[0].date() == date(2026, 6, 1)]
    assert "Ours alone" not in (await visitor.get(url)).text


async def test_every_event_has_a_name_of_its_own(team: Team, visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get(await link_of(team.owner))
    names = [part["uid"] for part in Calendar.from_ical(answer.content).walk("VEVENT")]
    assert len(set(names)) == len(names) > 50


async def test_a_new_link_ends_the_one_before_and_revoking_ends_it(
    team: Team, visitor: httpx.AsyncClient
) -> None:
    assert await done(team.owner.get("/me/calendar-link")) == {"created_at": None}
    first, second = await link_of(team.owner), await link_of(team.owner)
    assert (await visitor.get(first)).status_code == 404
    assert (await visitor.get(second)).status_code == 200
    shown = await done(team.owner.get("/me/calendar-link"))
    assert shown == {"created_at": "2026-05-18T07:00:00Z"}
    await done(team.owner.delete("/me/calendar-link"))
    assert (await visitor.get(second)).status_code == 404


async def test_who_has_no_access_has_no_calendar(team: Team, visitor: httpx.AsyncClient) -> None:
    sam = await team.add("sam")
    url = await link_of(sam)
    disablement = f"/members/{sam.member_id}/disablement"
    await done(team.owner.put(disablement))
    assert (await visitor.get(url)).status_code == 404
    await done(team.owner.delete(disablement))
    assert (await visitor.get(url)).status_code == 404, "it ended for good"


async def test_a_link_is_its_members_alone(team: Team, visitor: httpx.AsyncClient) -> None:
    sam = await team.add("sam")
    await link_of(sam)
    assert await done(team.owner.get("/me/calendar-link")) == {"created_at": None}
    guess = "http://localhost:8080/api/calendars/dlcalendar_guess.ics"
    assert (await visitor.get(guess)).status_code == 404
