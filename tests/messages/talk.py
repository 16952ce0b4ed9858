"""What tests of topics do again and again."""

from typing import Any

from tests.team import Person


async def project(person: Person, key: str = "ABC", guests: tuple[Person, ...] = ()) -> Any:
    """A new project with these guests added to it."""
    made = await person.post("/projects", {"key": key, "name": f"Project {key}"})
    assert made.status_code == 201, made.text
    for guest in guests:
        await person.put(f"/projects/{key}/people/{guest.member_id}")
    return made.json()


async def discussion(person: Person, key: str = "ABC", title: str = "Colours") -> Any:
    """A new thread of the project's discussion."""
    opened = await person.post(f"/projects/{key}/topics", {"title": title})
    assert opened.status_code == 201, opened.text
    return opened.json()


async def direct(person: Person, *others: Person, **fields: Any) -> Any:
    """A new direct topic between `person` and the others."""
    ids = [str(other.member_id) for other in others]
    opened = await person.post("/direct-topics", {"participants": ids, **fields})
    assert opened.status_code == 201, opened.text
    return opened.json()


async def said(person: Person, topic: Any, body: str = "Hello") -> Any:
    """A new message in the topic."""
    posted = await person.post(f"/topics/{topic['id']}/messages", {"body": body})
    assert posted.status_code == 201, posted.text
    return posted.json()


def as_read(written: Any) -> Any:
    """A message that was just written, as it is read later."""
    return {name: value for name, value in written.items() if name != "unreached"}


async def titles(person: Person, **params: Any) -> list[str]:
    """The titles of the topics that a person sees."""
    return [topic["title"] for topic in (await person.get("/topics", **params)).json()]


async def bodies(person: Person, topic: Any, **params: Any) -> list[str]:
    """The texts of a topic's messages."""
    found = await person.get(f"/topics/{topic['id']}/messages", **params)
    return [message["body"] for message in found.json()]
