"""Changing a task: revisions, states, texts, labels, the parent, and the event of each."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from tests.tasks.desk import Card, Desk, done, fields, member
from tests.team import Team

STATES = ["backlog", "todo", "in_progress", "waiting", "in_review", "done", "cancelled"]


async def test_a_change_is_a_new_revision_with_an_event(desk: Desk) -> None:
    task = await desk.task("Old title")
    desk.team.clock.advance(hours=1)
    answer = await desk.edit(
        task, title="New title", state="todo", due_on="2026-06-01", context="Because"
    )
    after = done(answer)
    assert answer.headers["ETag"] == '"2"'
    assert after["rev"] == 2
    assert after["updated_at"] == "2026-05-18T08:00:00Z"
    assert (await desk.topic(task))["title"] == "New title"
    event = (await desk.events())[-1]
    assert event["kind"] == "task.changed"
    assert event["data"]["changes"] == {
        "title": {"old": "Old title", "new": "New title"},
        "state": {"old": "backlog", "new": "todo"},
        "due_on": {"old": None, "new": "2026-06-01"},
        "context": {"old": None, "new": None},
    }
    assert [event["data"]["task"]] == done(await desk.owner.get("/tasks"))


async def test_what_stays_the_same_is_no_revision_and_no_event(desk: Desk) -> None:
    task = await desk.task("Same", labels=["b", "A"], context="x", due_on="2026-06-01")
    desk.team.clock.advance(hours=1)
    events = len(await desk.events(""))
    same: dict[str, Any] = {
        "title": "Same",
        "labels": ["A", "b"],
        "context": "x",
        "due_on": "2026-06-01",
        "state": "backlog",
        "assignee_id": None,
        "parent": None,
    }
    for edit in (same, {}):
        assert done(await desk.edit(task, **edit)) == task
    assert len(await desk.events("")) == events


async def test_null_clears_and_absence_keeps(desk: Desk) -> None:
    parent = await desk.task("Parent")
    task = await desk.task(
        assignee_id=member(desk.owner), due_on="2026-06-01", parent=parent["key"], labels=["a"]
    )
    task = done(await desk.edit(task, priority="high"))
    assert (task["due_on"], task["parent_id"]) == ("2026-06-01", parent["id"])
    task = done(await desk.edit(task, assignee_id=None, due_on=None, parent=None, labels=[]))
    assert [task[name] for name in ("assignee_id", "due_on", "parent_id")] == [None, None, None]
    assert task["labels"] == []


@pytest.mark.parametrize(
    "edit",
    [
        {"title": None},
        {"state": None},
        {"priority": None},
        {"labels": None},
        {"context": None},
        {"key": "ABC-2"},
        {"project": "XYZ"},
        {"title": ""},
        {"due_on": 0},
        {"parent": "ABC-77"},
        {"assignee_id": str(uuid4())},
    ],
)
async def test_a_refused_field_is_named_and_nothing_changes(
    desk: Desk, edit: dict[str, Any]
) -> None:
    task = await desk.task()
    refused = await desk.edit(task, **{"priority": "high"} | edit)
    assert fields(refused) == [*edit]
    assert await desk.get(task["key"]) == task


async def test_an_edit_names_its_revision(desk: Desk) -> None:
    task = await desk.task()
    path = f"/tasks/{task['key']}"
    assert (await desk.owner.patch(path, {"title": "x"})).status_code == 428
    assert (await desk.owner.patch(path, {"title": "x"}, rev=2)).status_code == 412
    assert (await desk.owner.patch(path, {"title": "x"}, rev=1)).status_code == 200
    assert (await desk.owner.patch(path, {"title": "y"}, rev=1)).status_code == 412


async def test_of_racing_edits_one_wins(desk: Desk) -> None:
    task = await desk.task()
    answers = await asyncio.gather(*(desk.edit(task, title=f"Title {i}") for i in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 7
    assert (await desk.get(task["key"]))["rev"] == 2
    assert len(await desk.events("task.changed")) == 1


async def test_every_state_leads_to_every_other(desk: Desk) -> None:
    task = await desk.task()
    for one in STATES:
        for other in STATES:
            task = await _moved(desk, task, one)
            task = await _moved(desk, task, other)


async def _moved(desk: Desk, task: Card, state: str) -> Card:
    now = desk.team.clock.advance(minutes=1).isoformat().replace("+00:00", "Z")
    after: Card = done(await desk.edit(task, state=state))
    assert after["state"] == state
    assert after["state_changed_at"] == (now if state != task["state"] else task["updated_at"])
    closed = state in {"done", "cancelled"}
    assert (after["closed_at"] is not None) is closed
    return after


async def test_closing_resolves_the_topic_and_leaving_reopens_it(desk: Desk) -> None:
    task = await desk.task(state="in_review")
    desk.team.clock.advance(hours=1)
    task = done(await desk.edit(task, state="done"))
    closed_at = task["closed_at"]
    assert closed_at == task["state_changed_at"] == "2026-05-18T08:00:00Z"
    assert (await desk.topic(task))["resolved_at"] == closed_at
    desk.team.clock.advance(hours=1)
    task = done(await desk.edit(task, state="cancelled"))
    assert task["closed_at"] == closed_at
    assert task["state_changed_at"] == "2026-05-18T09:00:00Z"
    task = done(await desk.edit(task, state="todo"))
    assert task["closed_at"] is None
    assert (await desk.topic(task))["resolved_at"] is None
    kinds = [event["kind"] for event in await desk.events("topic.re")]
    assert kinds == ["topic.resolved", "topic.reopened"]


async def test_another_field_leaves_the_time_of_the_state(desk: Desk) -> None:
    task = await desk.task()
    desk.team.clock.advance(hours=1)
    after = done(await desk.edit(task, title="Other"))
    assert after["state_changed_at"] == task["created_at"]


async def test_a_label_may_change_its_spelling(desk: Desk) -> None:
    task = await desk.task(labels=["bug", "ui"])
    after = done(await desk.edit(task, labels=["Bug", "ui"]))
    assert after["labels"] == ["Bug", "ui"]
    assert (await desk.events())[-1]["data"]["changes"] == {
        "labels": {"old": ["bug", "ui"], "new": ["Bug", "ui"]}
    }


async def test_labels_that_fold_to_the_same_are_one(desk: Desk) -> None:
    task = await desk.task(labels=["Straße", "STRASSE", "ß" * 50])
    assert task["labels"] == ["ß" * 50, "Straße"]


async def test_a_long_text_is_told_by_name_only(desk: Desk) -> None:
    task = await desk.task(request="Old secret")
    done(await desk.edit(task, request="New secret"))
    assert "secret" not in str(await desk.events(""))


async def test_no_task_lies_under_itself(desk: Desk) -> None:
    first = await desk.task("First")
    second = await desk.task("Second", parent=first["key"])
    third = await desk.task("Third", parent=second["key"])
    for parent in (first, second, third):
        refused = await desk.edit(first, parent=parent["key"])
        assert done(refused, 409)["type"].endswith(":task-cycle")
    done(await desk.edit(third, parent=first["key"]))


async def test_of_two_tasks_that_race_under_each_other_one_loses(desk: Desk) -> None:
    for _ in range(5):
        a, b = await desk.task("A"), await desk.task("B")
        answers = await asyncio.gather(desk.edit(a, parent=b["key"]), desk.edit(b, parent=a["key"]))
        assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_the_parent_stays_in_the_project(team: Team) -> None:
    desk = await Desk.of(team, "XYZ")
    task, other = await desk.task(), await desk.task(project="XYZ")
    assert fields(await desk.edit(task, parent=other["key"])) == ["parent"]


async def test_a_guest_edits_what_they_made_or_have_to_do(desk: Desk) -> None:
    guest = await desk.guest("sam", "ABC")
    theirs = await desk.task(by=guest)
    assigned = await desk.task(assignee_id=member(guest))
    foreign = await desk.task()
    for task in (theirs, assigned):
        done(await desk.edit(task, by=guest, state="done"))
    refused = await desk.edit(foreign, by=guest, state="done")
    assert done(refused, 403)["type"].endswith(":not-your-task")
    assert await desk.get(foreign["key"], by=guest) == foreign


async def test_an_assignee_must_see_the_project(desk: Desk) -> None:
    outside = await desk.guest("sam")
    task = await desk.task()
    assert fields(await desk.edit(task, assignee_id=member(outside))) == ["assignee_id"]


@pytest.mark.parametrize("key", ["ABC-1x", "bulk", "ABC", "ABC-0", "ABC-9999999999", "-1", "é-1"])
async def test_what_is_no_key_is_not_there(desk: Desk, key: str) -> None:
    assert (await desk.owner.get(f"/tasks/{key}")).status_code in {404, 405}


async def test_a_key_is_read_in_any_case(desk: Desk) -> None:
    task = await desk.task()
    assert await desk.get("abc-1") == task
    assert (await desk.owner.get("/tasks/ABC-2")).status_code == 404
