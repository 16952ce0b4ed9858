"""The board filters tasks in the browser, by the addresses of the list: both mean the same tasks.

What the list answers to hundreds of addresses stands in a file that the front end tests by, too
(`filter.test.ts`). Where the list means something else now, this test fails: write the file anew
with `DAYLINE_WRITE_VECTORS=1`, and let the front end follow.
"""

import json
import os
import random
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import httpx

from dayline.tasks.listing import TaskSort
from dayline.tasks.models import Priority, TaskState
from tests.tasks.desk import Card, Desk, done, member
from tests.team import Team

VECTORS = Path(__file__).parents[2] / "frontend/src/pages/board/filter-vectors.json"
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

LABELS = ["api", "Bug", "UI", "Straße", "ΣΟΦΟΣ", "\u0131l\u0131k", "a b"]
DAYS = ["2026-05-01", "2026-05-20", "2026-06-10"]
INSTANTS = [
    "2026-05-18T07:00:00Z",
    "2026-05-18t10:20:00.000250+03:00",
    "2026-05-18T07:40:00.000249Z",
    "2026-05-18T07:40:00.000250999Z",
]
SPELLINGS: dict[str, list[str]] = {
    "project": ["ABC", "xyz", "NONE"],
    "state": [state.value for state in TaskState],
    "priority": [priority.value for priority in Priority],
    "label": ["API", "bug", " ui ", "STRASSE", "σοφος", "ILIK", "\u0131l\u0131k", "A B", "none"],
    "assignee": ["me", "none", "sam", "maria"],
    "created_by": ["me", "sam", "maria"],
    "watcher": ["me", "sam"],
    "parent": ["abc-1", "XYZ-1", "ABC-99"],
}
ONE: dict[str, list[str]] = {
    "due_before": DAYS,
    "due_after": DAYS,
    "updated_since": INSTANTS,
    "open": ["true", "false", "1", "0", "Yes", "OFF"],
}
REFUSED = [
    "project=a",
    "project=",
    "state=DONE",
    "state=",
    "priority=urgent",
    "label=",
    "label=%20",
    "label=a%0Ab",
    "assignee=sam",
    "assignee=ME",
    "created_by=none",
    "watcher=",
    "parent=ABC",
    "parent=ABC-0",
    "parent=ABC-01",
    "due_before=",
    "due_before=2026-02-30",
    "due_before=2026-5-1",
    "open=",
    "open=maybe",
    "due_after=20260501",
    "updated_since=2026-05-18",
    "updated_since=2026-05-18T07:00:00",
    "updated_since=2026-05-18T25:00:00Z",
    "sort=",
    "sort=mood",
    "sort=--key",
    "label=" + "x" * 51,
    "&".join(["state=done"] * 51),
]


async def generated(team: Team) -> Desk:
    """Two projects, three people and sixty tasks of all sorts, made in the course of a day."""
    desk = await Desk.of(team, "XYZ")
    people = [desk.owner, await team.add("maria"), await desk.guest("sam", "ABC", "XYZ")]
    chance = random.Random(23)  # noqa: S311 -- the same tasks in every run
    parents = [await desk.task(project=project) for project in ("ABC", "XYZ")]
    for number in range(60):
        parent = chance.choice(parents)
        assignee, by = chance.choice([None, *people]), chance.choice(people)
        await desk.task(
            f"Task {number}",
            by=by,
            project=parent["key"][:3],
            state=chance.choice(SPELLINGS["state"]),
            priority=chance.choice(SPELLINGS["priority"]),
            assignee_id=assignee and member(assignee),
            labels=chance.sample(LABELS, chance.randrange(3)),
            due_on=chance.choice([None, *DAYS]),
            parent=chance.choice([None, parent["key"]]),
            watchers=[member(by)] * chance.randrange(2),
        )
        team.clock.advance(minutes=chance.choice([0, 20]), microseconds=chance.choice([0, 250]))
    return desk


def addresses(people: dict[str, str]) -> list[str]:
    """Queries of all sorts, the same in every run but for the people's ids."""
    chance = random.Random(11)  # noqa: S311 -- the same queries in every run
    ids = {"sam": people["sam"].upper(), "maria": people["maria"].replace("-", "")}
    found = ["", *REFUSED, "open=true&open=false", "due_before=2026-05-20&due_before=2026-05-01"]
    for name, values in (SPELLINGS | ONE).items():
        found += [urlencode({name: ids.get(value, value)}) for value in values]
    for _ in range(300):
        query: list[tuple[str, str]] = []
        for name in chance.sample(list(SPELLINGS), chance.randrange(1, 3)):
            some = chance.sample(SPELLINGS[name], chance.randrange(1, 3))
            query += [(name, ids.get(value, value)) for value in some]
        for name in chance.sample(list(ONE), chance.randrange(2)):
            query.append((name, chance.choice(ONE[name])))
        found.append(urlencode(query))
    return found


async def answered(desk: Desk, query: str) -> list[str] | None:
    """The keys that the list gives, in their order; None where it refuses."""
    path = f"{desk.owner.base}/tasks?{query}{'&' if query else ''}limit=200"
    answer: httpx.Response = await desk.owner.http.get(path)
    if answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY:
        return None
    return [card["key"] for card in done(answer)]


def groups(cards: list[Card], sort: str) -> list[list[str]]:
    """Keys in the list's order; those that it holds to be equal stand together."""
    field = sort.removeprefix("-")
    found: list[list[str]] = []
    before: Any = object()
    for card in cards:
        if card[field] != before or field == "key":
            found.append([])
        found[-1].append(card["key"])
        before = card[field]
    return [sorted(group) for group in found]


async def vectors(team: Team) -> dict[str, Any]:
    """All of it, with ids that are the same in every run."""
    desk = await generated(team)
    people = {name: member(person) for name, person in team.people.items()}
    cards = done(await desk.owner.get("/tasks", sort="key", limit=200))
    projects = {each["id"]: each["key"] for each in done(await desk.owner.get("/projects"))}
    made = {
        "me": member(desk.owner),
        "projects": dict(sorted(projects.items(), key=lambda project: project[1])),
        "tasks": cards,
        "addresses": [[query, await answered(desk, query)] for query in addresses(people)],
        "orders": {
            sort.value: groups(done(await desk.owner.get("/tasks", sort=sort, limit=200)), sort)
            for sort in TaskSort
        },
    }
    ids: dict[str, str] = {}
    for found in _ID.findall(json.dumps(made)):
        ids.setdefault(found, str(UUID(int=len(ids) + 0xA_0000)))
    text = json.dumps(made, ensure_ascii=False)
    for old, new in ids.items():
        for spelling in (str, str.upper, lambda id_: id_.replace("-", "")):
            text = text.replace(spelling(old), spelling(new))
    same: dict[str, Any] = json.loads(text)
    return same


async def test_the_board_is_tested_by_what_the_list_means_now(team: Team) -> None:
    made = await vectors(team)
    if os.environ.get("DAYLINE_WRITE_VECTORS"):
        VECTORS.write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n")
    refused = {query for query, keys in made["addresses"] if keys is None}
    assert refused == set(REFUSED)
    assert made == json.loads(VECTORS.read_text())
