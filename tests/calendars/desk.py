"""Calendars as tests set them up, and what the server says of them."""

from typing import Any

import httpx

from tests.team import Person, Team

Json = dict[str, Any]


def path_of(person: Person, part: str) -> str:
    """A part of somebody's calendar."""
    return f"/members/{person.member_id}/{part}"


def spans(*written: str) -> list[Json]:
    """`"09:00-13:00"` → an interval."""
    return [dict(zip(("start", "end"), span.split("-"), strict=True)) for span in written]


def week(**days: str) -> Json:
    """`mon="09:00-13:00 14:00-18:00"` → the hours of a week."""
    return {day: spans(*hours.split()) for day, hours in days.items()}


def weekdays(hours: str) -> Json:
    return week(**dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), hours))


async def done(answer: Any) -> Any:
    """The body of an answer that must be a success."""
    answered: httpx.Response = await answer
    assert answered.is_success, answered.text
    return answered.json() if answered.content else None


def refused(answer: httpx.Response, status: int = 422) -> dict[str, str]:
    """Why each field was refused."""
    assert answer.status_code == status, answer.text
    return {error["field"]: error["reason"] for error in answer.json().get("errors", [])}


async def works(
    person: Person, zone: str, weekly: Json, since: str = "2020-01-01", **place: str
) -> None:
    """Let a person work these hours in a zone."""
    held = await person.get(path_of(person, "calendar"))
    rev = int(held.headers["ETag"].strip('"'))
    await done(person.patch(path_of(person, "calendar"), {"zone": zone, **place}, rev))
    for hours in held.json()["hours"]:
        if hours["effective_from"] != since:
            await done(person.put(path_of(person, f"hours/{since}"), {"weekly": weekly}))
            await done(person.delete(path_of(person, f"hours/{hours['effective_from']}")))


async def seen(team: Team, person: Person, at: str | None = None, on: str | None = None) -> Json:
    """A person's line in the team's availability."""
    asked = {name: value for name, value in (("at", at), ("on", on)) if value is not None}
    answer = await done(team.owner.get("/availability", **asked))
    (line,) = [line for line in answer["members"] if line["member_id"] == str(person.member_id)]
    found: Json = line
    return found


async def hours_on(team: Team, person: Person, on: str) -> list[str]:
    """A person's intervals of a date, in UTC: `"2026-05-20T06:00Z/14:00Z"`-like."""
    line = await seen(team, person, on=on)
    return [_short(span) for span in line["intervals"]]


def _short(span: Json) -> str:
    return "/".join(span[edge]["at"].replace(":00Z", "Z") for edge in ("start", "end"))


def locals_of(line: Json, part: str = "intervals") -> list[str]:
    """Intervals of an availability line as their wall times with offsets."""
    return ["/".join(span[edge]["local"] for edge in ("start", "end")) for span in line[part]]
