"""Short ways to read, write, publish and sign an agreement."""

from datetime import datetime
from typing import Any

import httpx

from dayline.agreements import default
from tests.team import Person

HOUR = 3600
HOURS = {
    "task_comment": 4,
    "project_update": 4,
    "project_discussion": 4,
    "direct_message": 2,
    "urgent": 1,
    "decision_input": 8,
    "decision_outcome": 8,
}
Json = dict[str, Any]


def clauses(**seconds: int) -> Json:
    """The default clauses, but for the answer times that are named."""
    all_of_them = {kind: hours * HOUR for kind, hours in HOURS.items()} | seconds
    return {
        kind: {"allowance_s": allowance, "escalation": default.ESCALATIONS.get(kind, [])}
        for kind, allowance in all_of_them.items()
    }


def done(answer: httpx.Response, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


def fields(answer: httpx.Response) -> list[str]:
    """The names of the fields that were refused."""
    assert answer.status_code == 422, answer.text
    return [error["field"] for error in answer.json()["errors"]]


async def draft(person: Person) -> Json:
    found: Json = done(await person.get("/agreement/draft"))
    return found


async def post_draft(
    person: Person, rev: int, in_force_from: datetime | str | None = None
) -> httpx.Response:
    at = in_force_from.isoformat() if isinstance(in_force_from, datetime) else in_force_from
    body = {} if at is None else {"in_force_from": at}
    return await person.post("/agreement/versions", body, If_Match=f'"{rev}"')


async def publish(person: Person, in_force_from: datetime | None = None, **changes: Any) -> Json:
    """Publish the draft with these changes; the new version's card."""
    found = await draft(person)
    if changes:
        found = done(await person.patch("/agreement/draft", changes, rev=found["rev"]))
    card: Json = done(await post_draft(person, found["rev"], in_force_from), 201)
    return card


async def sign(person: Person, version: int) -> httpx.Response:
    return await person.put(f"/agreement/versions/{version}/signature")


async def read(person: Person, version: int | None = None) -> Json:
    """A version as `person` sees it, or the one in force."""
    path = "/agreement" if version is None else f"/agreement/versions/{version}"
    found: Json = done(await person.get(path))
    return found
