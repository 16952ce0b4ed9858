"""A team with a project, and short words for what people do with its tasks."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from dayline.identity.models import Role
from tests.team import Person, Team

Card = Any
"""A JSON object."""


@dataclass
class Desk:
    """The project `ABC` of a team, owned by olena."""

    team: Team

    @classmethod
    async def of(cls, team: Team, *more_projects: str) -> "Desk":
        desk = cls(team)
        for key in ("ABC", *more_projects):
            made = await team.owner.post("/projects", {"key": key, "name": f"Project {key}"})
            assert made.status_code == 201, made.text
        return desk

    @property
    def owner(self) -> Person:
        return self.team.owner

    async def guest(self, handle: str, *projects: str) -> Person:
        """A guest who was added to these projects."""
        guest = await self.team.add(handle, Role.GUEST)
        for key in projects:
            path = f"/projects/{key}/people/{guest.member_id}"
            assert (await self.owner.put(path)).status_code == 200
        return guest

    async def task(self, title: str = "A task", by: Person | None = None, **fields: Any) -> Card:
        """A new task as the API answers it."""
        body = {"project": "ABC", "title": title} | fields
        return done(await (by or self.owner).post("/tasks", body), 201)

    async def get(self, key: str, by: Person | None = None) -> Card:
        return done(await (by or self.owner).get(f"/tasks/{key}"))

    async def edit(self, task: Card, by: Person | None = None, **fields: Any) -> httpx.Response:
        """PATCH the revision of `task`."""
        return await (by or self.owner).patch(f"/tasks/{task['key']}", fields, rev=task["rev"])

    async def topic(self, task: Card) -> Card:
        return done(await self.owner.get(f"/topics/{task['topic_id']}"))

    async def events(self, kind: str = "task.") -> list[Card]:
        """The events of the workspace whose kind starts so, oldest first."""
        found = done(await self.owner.get("/events", since=0, limit=200))
        return [event for event in found["events"] if event["kind"].startswith(kind)]


def done(answer: httpx.Response, status: int = 200) -> Any:
    """The body of an answer that must have this status."""
    assert answer.status_code == status, answer.text
    return answer.json()


def keys(answer: httpx.Response) -> list[str]:
    """The keys of a list of tasks."""
    return [card["key"] for card in done(answer)]


def fields(answer: httpx.Response) -> list[str]:
    """The fields that a 422 names."""
    return [error["field"] for error in done(answer, 422)["errors"]]


def member(person: Person | UUID) -> str:
    """A member's id as JSON has it."""
    return str(person.member_id if isinstance(person, Person) else person)
