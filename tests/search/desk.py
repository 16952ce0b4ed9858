"""Searching, and what it finds."""

from typing import Any

from tests.team import Person
from tests.timers.desk import done

Json = dict[str, Any]


async def search(person: Person, q: str, **query: Any) -> list[Json]:
    found: list[Json] = await done(person.get("/search", q=q, **query))
    return found


def shown(pieces: list[Json]) -> str:
    """A text with its hits in brackets."""
    return "".join(f"[{p['text']}]" if p["is_hit"] else p["text"] for p in pieces)


async def titles(person: Person, q: str, **query: Any) -> list[str]:
    return ["".join(p["text"] for p in hit["title"]) for hit in await search(person, q, **query)]


async def task(person: Person, title: str, project: str = "ABC", **fields: Any) -> Json:
    """A new task, in a project that is made where it is not there."""
    if (await person.get(f"/projects/{project}")).status_code == 404:
        await done(person.post("/projects", {"key": project, "name": f"Project {project}"}))
    made: Json = await done(person.post("/tasks", {"project": project, "title": title, **fields}))
    return made
