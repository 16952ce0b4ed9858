"""Explaining and writing down, over the API."""

from typing import Any

from tests.team import Person
from tests.timers.desk import done

Json = dict[str, Any]


async def explain(person: Person, words: str = "How VAT works", **fields: Any) -> Json:
    """A note that somebody explained something by talking."""
    noted: Json = await done(person.post("/explanations", {"words": words, **fields}))
    return noted


async def write(
    person: Person, title: str = "How VAT works", body: str = "Simply.", **fields: Any
) -> Json:
    """A new reference."""
    new = {"title": title, "body": body, **fields}
    reference: Json = await done(person.post("/references", new))
    return reference


async def read(person: Person, reference: Json) -> Json:
    """A reference as it is now."""
    found: Json = await done(person.get(f"/references/{reference['id']}"))
    return found


async def edit(person: Person, reference: Json, **changes: Any) -> Json:
    """A reference after a change from the revision that is given."""
    path = f"/references/{reference['id']}"
    changed: Json = await done(person.patch(path, changes, reference["rev"]))
    return changed
