"""The list of tasks: filters and orders against plain Python, cursors, ETags."""

import base64
import json
import random
from collections.abc import Callable
from typing import Any
from uuid import UUID

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dayline.tasks.listing import TaskSort
from dayline.tasks.models import Priority, TaskState
from tests.tasks.desk import Card, Desk, done, fields, keys, member
from tests.team import Team

STATES = [state.value for state in TaskState]
PRIORITIES = [priority.value for priority in Priority]
DAYS = ["2026-05-01", "2026-05-20", "2026-06-10"]
LABELS = ["api", "Bug", "UI"]
INSTANTS = ["2026-05-18T07:00:00Z", "2026-05-18T10:00:00Z", "2026-05-18T14:30:00+02:00"]


@pytest.fixture
async def busy(team: Team) -> Desk:
    """Two projects, three people and forty tasks of all sorts, made in the course of a day."""
    desk = await Desk.of(team, "XYZ")
    people = [desk.owner, await team.add("maria"), await desk.guest("sam", "ABC", "XYZ")]
    chance = random.Random(7)  # noqa: S311 -- the same tasks in every run
    parents = [await desk.task(project=project) for project in ("ABC", "XYZ")]
    for number in range(40):
        parent = chance.choice(parents)
        assignee, by = chance.choice([None, *people]), chance.choice(people)
        await desk.task(
            f"Task {number}",
            by=by,
            project=parent["key"][:3],
            state=chance.choice(STATES),
            priority=chance.choice(PRIORITIES),
            assignee_id=assignee and member(assignee),
            labels=chance.sample(LABELS, chance.randrange(3)),
            due_on=chance.choice([None, *DAYS]),
            parent=chance.choice([None, parent["key"]]),
            watchers=[member(by)] * chance.randrange(2),
        )
        if chance.random() < 0.5:
            team.clock.advance(minutes=20)
    return desk


def some(values: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True)


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "project": some(["ABC", "xyz", "NONE"]),
        "state": some(STATES),
        "priority": some(PRIORITIES),
        "label": some(["API", "bug", "none"]),
        "assignee": some(["me", "none", "sam", "maria"]),
        "created_by": some(["me", "sam", "maria"]),
        "watcher": some(["me", "sam"]),
        "parent": some(["ABC-1", "XYZ-1", "ABC-99"]),
        "due_before": st.sampled_from(DAYS),
        "due_after": st.sampled_from(DAYS),
        "updated_since": st.sampled_from(INSTANTS),
        "open": st.booleans(),
    },
)


def matches(desk: Desk, card: Card, wanted: dict[str, Any], parents: dict[str, str]) -> bool:
    """What the filters mean, in plain words."""

    def who(names: list[str]) -> list[str | None]:
        people = {name: member(person) for name, person in desk.team.people.items()}
        return [None if n == "none" else people.get(n, member(desk.owner)) for n in names]

    means: dict[str, Callable[[Any], bool]] = {
        "project": lambda v: card["key"][:3] in [key.upper() for key in v],
        "state": lambda v: card["state"] in v,
        "priority": lambda v: card["priority"] in v,
        "label": lambda v: bool({x.lower() for x in v} & {x.lower() for x in card["labels"]}),
        "assignee": lambda v: card["assignee_id"] in who(v),
        "created_by": lambda v: card["created_by"] in who(v),
        "watcher": lambda v: bool({*card["watchers"]} & {*who(v)}),
        "parent": lambda v: card["parent_id"] in [parents.get(key, "") for key in v],
        "due_before": lambda v: card["due_on"] is not None and card["due_on"] < v,
        "due_after": lambda v: card["due_on"] is not None and card["due_on"] > v,
        "updated_since": lambda v: card["updated_at"] >= v.replace("14:30:00+02:00", "12:30:00Z"),
        "open": lambda v: (card["state"] not in {"done", "cancelled"}) is v,
    }
    return all(means[name](value) for name, value in wanted.items() if value != [])


def place(card: Card, sort: str) -> tuple[Any, ...]:
    """Where a card stands in an order."""
    first = {
        "key": (card["key"][:3], card["number"]),
        "created_at": card["created_at"],
        "updated_at": card["updated_at"],
        "due_on": card["due_on"] or "9999-12-31",
        "priority": PRIORITIES.index(card["priority"]),
        "state": STATES.index(card["state"]),
    }[sort.removeprefix("-")]
    return (first, card["id"])


def query(desk: Desk, wanted: dict[str, Any]) -> dict[str, Any]:
    """The filters with people's ids for their names."""
    people = {name: member(person) for name, person in desk.team.people.items()}
    return {
        name: [people.get(v, v) for v in value] if isinstance(value, list) else value
        for name, value in wanted.items()
    }


async def walk(desk: Desk, **params: Any) -> list[Card]:
    """All pages of a list, by their links."""
    answer = await desk.owner.get("/tasks", **params)
    cards: list[Card] = done(answer)
    while "next" in answer.links:
        answer = await next_page(desk, answer)
        cards += done(answer)
    return cards


async def next_page(desk: Desk, answer: httpx.Response) -> httpx.Response:
    return await desk.owner.http.get(answer.links["next"]["url"])


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(wanted=FILTERS, sort=st.sampled_from([s.value for s in TaskSort]), limit=st.integers(1, 30))
async def test_pages_are_the_whole_list_filtered_and_sorted(
    busy: Desk, wanted: dict[str, Any], sort: str, limit: int
) -> None:
    every = done(await busy.owner.get("/tasks", limit=200))
    parents = {card["key"]: card["id"] for card in every}
    expected = sorted(
        (card for card in every if matches(busy, card, wanted, parents)),
        key=lambda card: place(card, sort),
        reverse=sort.startswith("-"),
    )
    asked = query(busy, wanted)
    assert done(await busy.owner.get("/tasks", **asked, sort=sort, limit=200)) == expected
    assert await walk(busy, **asked, sort=sort, limit=limit) == expected


async def test_tasks_that_come_meanwhile_move_no_page(busy: Desk) -> None:
    chance = random.Random(11)  # noqa: S311 -- the same tasks in every run
    for sort in TaskSort:
        before = keys(await busy.owner.get("/tasks", sort=sort, limit=200))
        answer = await busy.owner.get("/tasks", sort=sort, limit=10)
        seen = keys(answer)
        while "next" in answer.links:
            await busy.task(
                project=chance.choice(["ABC", "XYZ"]),
                state=chance.choice(STATES),
                priority=chance.choice(PRIORITIES),
                due_on=chance.choice([None, *DAYS]),
            )
            answer = await next_page(busy, answer)
            seen += keys(answer)
        assert len(seen) == len(set(seen))
        assert [key for key in seen if key in before] == before


async def test_the_default_order_is_the_latest_change_first(desk: Desk) -> None:
    first, second = await desk.task("First"), await desk.task("Second")
    assert keys(await desk.owner.get("/tasks")) == [second["key"], first["key"]]
    desk.team.clock.advance(minutes=1)
    done(await desk.edit(first, title="Changed"))
    assert keys(await desk.owner.get("/tasks")) == [first["key"], second["key"]]


async def test_numbers_are_sorted_as_numbers(desk: Desk) -> None:
    for _ in range(11):
        await desk.task()
    assert keys(await desk.owner.get("/tasks", sort="key"))[8:] == ["ABC-9", "ABC-10", "ABC-11"]


async def test_an_unchanged_page_is_not_sent_again(desk: Desk) -> None:
    task = await desk.task()
    tag = (await desk.owner.get("/tasks")).headers["ETag"]
    assert tag.startswith('W/"')
    for named in (tag, f'W/"other", {tag}', tag.removeprefix("W/")):
        again = await _get_if(desk, named)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == tag
    done(await desk.owner.put(f"/tasks/{task['key']}/watchers/{member(desk.owner)}"))
    after = await _get_if(desk, tag)
    assert after.status_code == 200
    assert after.headers["ETag"] != tag


async def _get_if(desk: Desk, tag: str, path: str = "/tasks") -> httpx.Response:
    return await desk.owner.http.get(desk.owner.base + path, headers={"If-None-Match": tag})


async def test_a_page_says_when_more_pages_come(desk: Desk) -> None:
    await desk.task("First")
    tag = (await desk.owner.get("/tasks", sort="key", limit=1)).headers["ETag"]
    assert (await _get_if(desk, tag, "/tasks?sort=key&limit=1")).status_code == 304
    await desk.task("Second")
    answer = await _get_if(desk, tag, "/tasks?sort=key&limit=1")
    assert answer.status_code == 200
    assert "next" in answer.links


@pytest.mark.parametrize(
    ("params", "refused"),
    [
        ({"project": "A"}, "project.0"),
        ({"state": ["todo", "doing"]}, "state.1"),
        ({"priority": ""}, "priority.0"),
        ({"assignee": "olena"}, "assignee.0"),
        ({"created_by": "none"}, "created_by.0"),
        ({"watcher": "none"}, "watcher.0"),
        ({"label": "a\x00b"}, "label.0"),
        ({"label": ["x"] * 51}, "label"),
        ({"parent": "ABC-0"}, "parent.0"),
        ({"parent": "ABC-99999999999"}, "parent.0"),
        ({"due_before": "17"}, "due_before"),
        ({"due_after": "10000-01-01"}, "due_after"),
        ({"updated_since": "2026-05-18"}, "updated_since"),
        ({"updated_since": "2026-05-18T07:00:00"}, "updated_since"),
        ({"updated_since": "1779087600"}, "updated_since"),
        ({"open": "maybe"}, "open"),
        ({"sort": "title"}, "sort"),
        ({"limit": 0}, "limit"),
        ({"limit": 201}, "limit"),
        ({"cursor": "nonsense"}, "cursor"),
    ],
)
async def test_a_wrong_parameter_is_named(desk: Desk, params: dict[str, Any], refused: str) -> None:
    assert fields(await desk.owner.get("/tasks", **params)) == [refused]


@pytest.mark.parametrize("instant", ["0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00"])
async def test_an_instant_beyond_the_years_is_refused(desk: Desk, instant: str) -> None:
    answer = await desk.owner.http.get(f"{desk.owner.base}/tasks?updated_since={instant}")
    assert fields(answer) == ["updated_since"]


async def test_a_cursor_of_another_order_is_refused(desk: Desk) -> None:
    for _ in range(2):
        await desk.task()
    cursor = (await desk.owner.get("/tasks", limit=1)).links["next"]["url"].split("cursor=")[1]
    refused = await desk.owner.get("/tasks", sort="key", cursor=cursor)
    assert fields(refused) == ["cursor"]


@pytest.mark.parametrize(
    ("sort", "values"),
    [
        ("updated_at", ["9999-12-31T23:59:59-14:00", str(UUID(int=1))]),
        ("updated_at", ["2026-05-18T07:00:00", str(UUID(int=1))]),
        ("updated_at", [1779087600, str(UUID(int=1))]),
        ("key", ["ABC", 2**31, str(UUID(int=1))]),
        ("key", ["A\x00C", 1, str(UUID(int=1))]),
        ("key", ["\ud800", 1, str(UUID(int=1))]),
        ("due_on", ["2026-02-30", str(UUID(int=1))]),
        ("state", ["todo", str(UUID(int=1))]),
        ("state", [1, "nobody"]),
        ("state", [1]),
    ],
)
async def test_a_forged_cursor_is_refused(desk: Desk, sort: str, values: list[Any]) -> None:
    cursor = base64.urlsafe_b64encode(json.dumps([sort, *values]).encode()).decode()
    assert fields(await desk.owner.get("/tasks", sort=sort, cursor=cursor)) == ["cursor"]


async def test_the_list_ends_at_the_walls(busy: Desk) -> None:
    guest = await busy.guest("gina", "XYZ")
    seen = keys(await guest.get("/tasks", limit=200))
    assert seen
    assert {key[:3] for key in seen} == {"XYZ"}
    assert keys(await guest.get("/tasks", project="ABC")) == []
    assert keys(await guest.get("/tasks", parent="ABC-1")) == []
    other = await Team.create(busy.team.app, busy.team.clock)
    assert done(await other.owner.get("/tasks")) == []
    assert done(await other.owner.get("/labels")) == []
    await other.close()
