"""Small changes of a workspace, for tests that need something to happen."""

from typing import Any
from uuid import UUID

from tests.live import Json
from tests.team import Person, Team


async def done(answer: Any) -> Json:
    """The body of an answer that must be a success."""
    answered = await answer
    assert answered.status_code in {200, 201, 204}, answered.text
    body: Json = answered.json() if answered.content else {}
    return body


async def make_project(team: Team, key: str) -> Json:
    return await done(team.owner.post("/projects", {"key": key, "name": f"Project {key}"}))


async def add_to_project(team: Team, key: str, person: Person) -> None:
    await done(team.owner.put(f"/projects/{key}/people/{person.member_id}"))


async def take_off_project(team: Team, key: str, person: Person) -> None:
    await done(team.owner.delete(f"/projects/{key}/people/{person.member_id}"))


async def make_task(person: Person, project: str, title: str = "A task") -> Json:
    return await done(person.post("/tasks", {"project": project, "title": title}))


async def open_direct(person: Person, *others: Person) -> Json:
    new = {"participants": [str(other.member_id) for other in others], "title": "Between us"}
    return await done(person.post("/direct-topics", new))


async def say(person: Person, topic_id: str | UUID, body: str = "Hello") -> Json:
    return await done(person.post(f"/topics/{topic_id}/messages", {"body": body}))


async def a_busy_week(team: Team, guest: Person) -> None:
    """Events of every audience: two projects, one with the guest, and direct topics."""
    other = await team.add("other")
    for key in ("ABC", "DEF"):
        await make_project(team, key)
    await add_to_project(team, "ABC", guest)
    for key in ("ABC", "DEF", "ABC"):
        task = await make_task(team.owner, key)
        await say(team.owner, task["topic_id"])
    topic = await open_direct(team.owner, other)
    await say(team.owner, topic["id"])
    topic = await open_direct(other, guest)
    await say(guest, topic["id"])
