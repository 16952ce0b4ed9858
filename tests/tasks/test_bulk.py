"""One change of many tasks: all or nothing, in few statements, without deadlocks."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import event

from tests.tasks.desk import Desk, done, fields, member
from tests.team import Person, Team


async def bulk(
    desk: Desk, keys: list[str], by: Person | None = None, **change: Any
) -> httpx.Response:
    return await (by or desk.owner).post("/tasks/bulk", {"keys": keys, "change": change})


async def test_a_bulk_changes_all_and_tells_each(desk: Desk) -> None:
    maria = await desk.team.add("maria")
    tasks = [await desk.task(f"Task {i}", labels=["old", "Kept"]) for i in range(3)]
    desk.team.clock.advance(hours=1)
    keys = [task["key"] for task in reversed(tasks)]
    changed = done(
        await bulk(
            desk,
            [key.lower() for key in keys],
            state="done",
            priority="high",
            assignee_id=member(maria),
            labels_add=["new", "kept"],
            labels_remove=["OLD"],
            due_on="2026-06-01",
        )
    )["changed"]
    assert [card["key"] for card in changed] == keys
    for card in changed:
        assert (card["state"], card["priority"]) == ("done", "high")
        assert card["assignee_id"] == member(maria)
        assert card["labels"] == ["Kept", "new"]
        assert card["due_on"] == "2026-06-01"
        assert card["rev"] == 2
        assert card["closed_at"] == card["state_changed_at"] == card["updated_at"]
        assert card["updated_at"] == "2026-05-18T08:00:00Z"
        assert (await desk.topic(card))["resolved_at"] == card["closed_at"]
    events = await desk.events("task.changed")
    assert [event["data"]["task"] for event in events] == changed
    told = {"state", "priority", "assignee_id", "due_on", "labels"}
    assert [set(event["data"]["changes"]) for event in events] == [told] * 3
    listed = done(await desk.owner.get("/tasks", sort="-key"))
    assert listed == changed


async def test_a_task_that_stays_the_same_is_not_told(desk: Desk) -> None:
    todo = await desk.task("To do", state="todo", labels=["a"])
    other = await desk.task("Other")
    changed = done(await bulk(desk, [todo["key"], other["key"]], state="todo", labels_add=["A"]))[
        "changed"
    ]
    assert [card["key"] for card in changed] == [other["key"]]
    assert await desk.get(todo["key"]) == todo
    assert len(await desk.events("task.changed")) == 1
    assert done(await bulk(desk, [todo["key"]], state="todo"))["changed"] == []
    assert done(await bulk(desk, [todo["key"]]))["changed"] == []


async def test_a_bulk_reopens_topics_and_clears(desk: Desk) -> None:
    task = await desk.task(state="done", assignee_id=member(desk.owner), due_on="2026-06-01")
    still = await desk.task(state="todo")
    keys = [task["key"], still["key"]]
    changed = done(await bulk(desk, keys, state="todo", assignee_id=None, due_on=None))["changed"]
    [card] = changed
    assert [card[name] for name in ("closed_at", "assignee_id", "due_on")] == [None] * 3
    assert (await desk.topic(card))["resolved_at"] is None
    assert len(await desk.events("topic.reopened")) == 1


async def test_closed_tasks_that_move_keep_the_time_they_were_closed(desk: Desk) -> None:
    task = await desk.task(state="done")
    desk.team.clock.advance(hours=1)
    [card] = done(await bulk(desk, [task["key"]], state="cancelled"))["changed"]
    assert card["closed_at"] == task["closed_at"]
    assert card["state_changed_at"] == "2026-05-18T08:00:00Z"
    [card] = done(await bulk(desk, [task["key"]], priority="low"))["changed"]
    assert card["state_changed_at"] == "2026-05-18T08:00:00Z"


@pytest.mark.parametrize(
    ("keys", "change", "refused"),
    [
        (["ABC-1", "ABC-2", "ABC-9", "XYZ-1"], {}, ["keys.2", "keys.3"]),
        (["ABC-1", "ABC-2", "abc-1"], {}, ["keys.2"]),
        ([], {}, ["keys"]),
        (["ABC-1", "nonsense"], {}, ["keys.1"]),
        ([f"ABC-{i}" for i in range(1, 202)], {}, ["keys"]),
        (["ABC-1", "ABC-2"], {"assignee_id": str(uuid4())}, ["change.assignee_id"]),
        (["ABC-1", "ABC-2"], {"state": None}, ["change.state"]),
        (["ABC-1", "ABC-2"], {"title": "x"}, ["change.title"]),
        (["ABC-1", "ABC-2"], {"due_on": "soon"}, ["change.due_on"]),
        (["ABC-1", "ABC-2"], {"labels_add": ["a" * 51]}, ["change.labels_add.0"]),
        (
            ["ABC-1", "ABC-2"],
            {"labels_add": [f"l{i}" for i in range(20)]},
            ["change.labels_add"],
        ),
    ],
)
async def test_a_refused_bulk_changes_nothing(
    desk: Desk, keys: list[str], change: dict[str, Any], refused: list[str]
) -> None:
    before = [await desk.task(), await desk.task(labels=["one of twenty-one"])]
    answer = await bulk(desk, keys, **{"priority": "high"} | change)
    assert fields(answer) == refused
    assert [await desk.get(task["key"]) for task in before] == before
    assert await desk.events("task.changed") == []


async def test_every_project_must_be_seen_by_the_assignee(team: Team) -> None:
    desk = await Desk.of(team, "XYZ")
    guest = await desk.guest("sam", "ABC")
    keys = [(await desk.task(project=key))["key"] for key in ("ABC", "XYZ")]
    answer = await bulk(desk, keys, assignee_id=member(guest))
    assert fields(answer) == ["change.assignee_id"]
    assert len(done(await bulk(desk, keys[:1], assignee_id=member(guest)))["changed"]) == 1


async def test_guests_have_no_bulk(desk: Desk) -> None:
    guest = await desk.guest("sam", "ABC")
    task = await desk.task(by=guest)
    assert (await bulk(desk, [task["key"]], by=guest, state="done")).status_code == 403


async def test_tasks_of_another_team_are_unknown(desk: Desk) -> None:
    other = await Desk.of(await Team.create(desk.team.app, desk.team.clock))
    await other.task()
    assert fields(await bulk(desk, ["ABC-1"], state="done")) == ["keys.0"]
    await other.team.close()


async def test_a_repeated_bulk_gets_the_first_answer(desk: Desk) -> None:
    task = await desk.task()
    body = {"keys": [task["key"]], "change": {"state": "done"}}
    first = await desk.owner.post("/tasks/bulk", body, Idempotency_Key="b1")
    again = await desk.owner.post("/tasks/bulk", body, Idempotency_Key="b1")
    assert done(first)["changed"] == done(again)["changed"] != []


async def test_racing_bulks_in_opposite_orders_all_succeed(desk: Desk) -> None:
    keys = [(await desk.task(f"Task {i}"))["key"] for i in range(20)]
    priorities = ["low", "high", "critical", "normal"] * 3
    answers = await asyncio.gather(
        *(
            bulk(desk, keys if i % 2 else keys[::-1], priority=priority, labels_add=[f"l{i}"])
            for i, priority in enumerate(priorities)
        )
    )
    assert {answer.status_code for answer in answers} == {200}
    cards = done(await desk.owner.get("/tasks"))
    assert len({card["priority"] for card in cards}) == 1
    assert {card["rev"] for card in cards} == {1 + len(priorities)}
    assert {len(card["labels"]) for card in cards} == {len(priorities)}


async def test_of_equal_bulks_that_race_one_changes_the_tasks(desk: Desk) -> None:
    keys = [(await desk.task(f"Task {i}"))["key"] for i in range(5)]
    answers = await asyncio.gather(
        *(bulk(desk, keys, state="done", labels_add=["same"]) for _ in range(4))
    )
    assert sorted(len(done(answer)["changed"]) for answer in answers) == [0, 0, 0, 5]
    assert len(await desk.events("task.changed")) == 5


async def test_a_bulk_and_edits_that_race_lose_nothing(desk: Desk) -> None:
    tasks = [await desk.task(f"Task {i}") for i in range(10)]
    keys = [task["key"] for task in tasks]
    answer, *edits = await asyncio.gather(
        bulk(desk, keys, priority="high"),
        *(desk.edit(task, title=f"{task['title']} edited") for task in tasks),
    )
    assert len(done(answer)["changed"]) == 10
    assert {edit.status_code for edit in edits} <= {200, 412}
    for task, edit in zip(tasks, edits, strict=True):
        after = await desk.get(task["key"])
        assert after["priority"] == "high"
        assert after["title"].endswith("edited") is (edit.status_code == 200)


async def test_two_hundred_tasks_take_as_many_statements_as_two(desk: Desk) -> None:
    keys = [(await desk.task(f"Task {i}"))["key"] for i in range(200)]
    change: dict[str, Any] = {"state": "done", "labels_add": ["a", "b"], "labels_remove": ["c"]}
    with counted(desk) as few:
        done(await bulk(desk, keys[:2], **change))
    with counted(desk) as many:
        changed = done(await bulk(desk, keys[2:], **change))["changed"]
    assert len(changed) == 198
    assert len(many) == len(few)


@contextmanager
def counted(desk: Desk) -> Iterator[list[str]]:
    """The statements that the server sends meanwhile."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    engine = desk.team.app.state.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)
