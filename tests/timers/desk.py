"""Asking, and what comes of it, over the API."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from dayline.kernel.db.database import Sessions
from dayline.timers.sweep import sweep_workspace
from tests.calendars.desk import week, weekdays, works
from tests.recorded import recorded
from tests.team import Person, Team

Json = dict[str, Any]

CALENDARS: dict[str, tuple[str, Json]] = {
    "K": ("Europe/Kyiv", weekdays("09:00-18:00")),
    "N": ("America/New_York", weekdays("09:00-17:00")),
    "T": ("Asia/Tokyo", weekdays("10:00-19:00")),
    "R": ("Asia/Kolkata", weekdays("10:00-13:00 14:00-19:00")),
    "L": (
        "Asia/Riyadh",
        week(**dict.fromkeys(("sun", "mon", "tue", "wed", "thu"), "09:00-17:00")),
    ),
    "night": ("America/New_York", week(sat="22:00-06:00")),
    "howe": ("Australia/Lord_Howe", week(sat="22:00-06:00")),
}


async def member(team: Team, handle: str, calendar: str = "K") -> Person:
    """A member with the hours of one of the worked cases."""
    person = await team.add(handle)
    await works(person, *CALENDARS[calendar])
    return person


def at(wall: str, zone: str = "Europe/Kyiv") -> datetime:
    """An instant, as a clock on a wall shows it: `"2026-05-22 17:30"`."""
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone))


def instant(written: str | None) -> datetime:
    """An instant that the API says."""
    assert written is not None
    return datetime.fromisoformat(written)


async def done(answer: Any) -> Any:
    """The body of an answer that must be a success."""
    answered: httpx.Response = await answer
    assert answered.is_success, answered.text
    return answered.json() if answered.content else None


def refused(answer: httpx.Response, status: int = 422) -> dict[str, str]:
    """Why each field was refused."""
    assert answer.status_code == status, answer.text
    return {error["field"]: error["reason"] for error in answer.json().get("errors", [])}


async def task_topic(person: Person, key: str = "ABC") -> str:
    """The topic of a new task."""
    if (await person.get(f"/projects/{key}")).status_code == 404:
        await done(person.post("/projects", {"key": key, "name": key}))
    task = await done(person.post("/tasks", {"project": key, "title": "A task"}))
    topic: str = task["topic_id"]
    return topic


async def direct_topic(person: Person, *others: Person) -> str:
    """A new direct topic."""
    ids = [str(other.member_id) for other in others]
    topic = await done(person.post("/direct-topics", {"participants": ids}))
    found: str = topic["id"]
    return found


async def post(person: Person, topic: str, body: str = "Done.", **fields: Any) -> Json:
    """A new message in a topic."""
    message: Json = await done(person.post(f"/topics/{topic}/messages", {"body": body, **fields}))
    return message


async def ask(
    person: Person, topic: str, *recipients: Person, body: str = "Which one?", **fields: Any
) -> Json:
    """A message that asks these members; the first one's timer."""
    asks = [str(recipient.member_id) for recipient in recipients]
    message = await post(person, topic, body, asks=asks, **fields)
    (timer_id,) = [each["timer_id"] for each in message["asks"] if each["member_id"] == asks[0]]
    return await timer(person, timer_id)


async def timer(person: Person, timer_id: str) -> Json:
    """A timer as it is now."""
    found: Json = await done(person.get(f"/timers/{timer_id}"))
    return found


async def sweep(team: Team) -> int:
    """Sweep this team's workspace at this instant."""
    sessions: Sessions = team.app.state.sessions
    return await sweep_workspace(sessions, team.clock, team.workspace_id)


async def told(team: Team, after: int = 0) -> list[str]:
    """What happened to timers, in order."""
    rows = await recorded(team, after)
    return [row.kind for row in rows if row.kind.startswith("timer.")]


def ids(*people: Person) -> list[str]:
    return [str(person.member_id) for person in people]


def asked(message: Json) -> set[str]:
    return {each["member_id"] for each in message["asks"]}
