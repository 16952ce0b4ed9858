"""Making tasks: numbers, topics, people, labels, and what is refused."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import update
from sqlmodel import col

from dayline.kernel.db.database import Scope, enter_workspace
from dayline.members.models import Member
from tests.tasks.desk import Desk, done, fields, member
from tests.team import Team


async def test_a_task_has_a_key_a_topic_and_an_event(desk: Desk) -> None:
    answer = await desk.owner.post("/tasks", {"project": "abc", "title": " Write it down "})
    task = done(answer, 201)
    assert answer.headers["Location"] == f"{desk.owner.base}/tasks/ABC-1"
    assert answer.headers["ETag"] == '"1"'
    assert (task["key"], task["number"], task["title"]) == ("ABC-1", 1, "Write it down")
    assert (task["state"], task["priority"]) == ("backlog", "normal")
    assert task["closed_at"] is None
    topic = await desk.topic(task)
    assert (topic["kind"], topic["title"]) == ("task", "Write it down")
    [event] = await desk.events()
    assert event["kind"] == "task.created"
    listed = done(await desk.owner.get("/tasks"))
    assert [event["data"]["task"]] == listed


async def test_a_task_keeps_all_that_it_was_given(desk: Desk) -> None:
    maria = await desk.team.add("maria")
    parent = await desk.task("Parent")
    task = await desk.task(
        "Child",
        state="in_progress",
        priority="critical",
        assignee_id=member(maria),
        labels=["urgent", "Backend", "URGENT"],
        due_on="2020-02-29",
        parent=parent["key"].lower(),
        context="Since *May*",
        options=" \n",
        watchers=[member(maria), member(desk.owner), member(maria)],
    )
    assert task["state"] == "in_progress"
    assert task["priority"] == "critical"
    assert task["assignee_id"] == member(maria)
    assert task["labels"] == ["Backend", "urgent"]
    assert task["due_on"] == "2020-02-29"
    assert task["parent_id"] == parent["id"]
    assert task["watchers"] == sorted([member(maria), member(desk.owner)])
    assert task["points"] == {
        "context": True,
        "request": False,
        "deadline": False,
        "options": False,
        "authority": False,
    }
    assert task["html"]["context"] == "<p>Since <em>May</em></p>"
    assert await desk.get(task["key"]) == task


async def test_racing_makers_get_different_numbers(desk: Desk) -> None:
    made = await asyncio.gather(*(desk.task(f"Task {i}") for i in range(12)))
    assert sorted(task["number"] for task in made) == list(range(1, 13))


async def test_a_task_that_is_made_done_is_closed_and_its_topic_resolved(desk: Desk) -> None:
    task = await desk.task("Done before it was written", state="done")
    assert task["closed_at"] == task["created_at"]
    assert (await desk.topic(task))["resolved_at"] is not None


async def test_a_repeated_post_makes_one_task(desk: Desk) -> None:
    body = {"project": "ABC", "title": "Once"}
    first = await desk.owner.post("/tasks", body, Idempotency_Key="k1")
    again = await desk.owner.post("/tasks", body, Idempotency_Key="k1")
    assert done(first, 201) == done(again, 201)
    assert again.headers["ETag"] == first.headers["ETag"]
    assert len(done(await desk.owner.get("/tasks"))) == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"project": None}, "project"),
        ({"project": "NONE"}, "project"),
        ({"project": "A-1"}, "project"),
        ({"title": "  "}, "title"),
        ({"title": "two\nlines"}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": "nul\x00"}, "title"),
        ({"title": "\ud800"}, "title"),
        ({"state": "doing"}, "state"),
        ({"state": None}, "state"),
        ({"priority": "urgent"}, "priority"),
        ({"assignee_id": "olena"}, "assignee_id"),
        ({"assignee_id": str(uuid4())}, "assignee_id"),
        ({"labels": [f"l{i}" for i in range(21)]}, "labels"),
        ({"labels": ["ok", " "]}, "labels.1"),
        ({"labels": ["x" * 51]}, "labels.0"),
        ({"labels": ["a\nb"]}, "labels.0"),
        ({"labels": "backend"}, "labels"),
        ({"due_on": "2026-02-30"}, "due_on"),
        ({"due_on": 20}, "due_on"),
        ({"due_on": "20"}, "due_on"),
        ({"due_on": "10000-01-01"}, "due_on"),
        ({"due_on": "2026-05-18T00:00:00Z"}, "due_on"),
        ({"parent": "ABC-99"}, "parent"),
        ({"parent": "ABC-99999999999999"}, "parent"),
        ({"parent": "ABC"}, "parent"),
        ({"context": "x" * 20_001}, "context"),
        ({"options": "nul\x00"}, "options"),
        ({"watchers": [str(uuid4())]}, "watchers.0"),
        ({"number": 7}, "number"),
    ],
)
async def test_what_is_wrong_is_named_by_field(
    desk: Desk, body: dict[str, Any], field: str
) -> None:
    whole = json.dumps({"project": "ABC", "title": "x"} | body)  # a lone surrogate has no UTF-8
    answer = await desk.owner.http.post(
        desk.owner.base + "/tasks", content=whole, headers={"Content-Type": "application/json"}
    )
    assert fields(answer) == [field]


async def test_a_project_and_a_title_are_needed(desk: Desk) -> None:
    assert fields(await desk.owner.post("/tasks", {})) == ["project", "title"]


async def test_any_day_may_be_due(desk: Desk) -> None:
    for day in ("0001-01-01", "9999-12-31"):
        task = await desk.task(due_on=day)
        assert task["due_on"] == day
        assert (await desk.get(task["key"]))["due_on"] == day


async def test_the_parent_lies_in_the_same_project(team: Team) -> None:
    desk = await Desk.of(team, "XYZ")
    other = await desk.task(project="XYZ")
    body = {"project": "ABC", "title": "x", "parent": other["key"]}
    assert fields(await desk.owner.post("/tasks", body)) == ["parent"]


async def test_people_must_see_the_project(desk: Desk) -> None:
    outside = await desk.guest("sam")
    inside = await desk.guest("gina", "ABC")
    watchers = [member(inside), member(outside)]
    body = {"project": "ABC", "title": "x", "assignee_id": member(outside), "watchers": watchers}
    assert fields(await desk.owner.post("/tasks", body)) == ["watchers.1", "assignee_id"]
    task = await desk.task(assignee_id=member(inside), watchers=[member(inside)])
    assert task["assignee_id"] == member(inside)


async def test_a_member_whose_access_ended_gets_no_task(desk: Desk) -> None:
    maria = await desk.team.add("maria")
    team = desk.team
    async with team.app.state.sessions() as session, session.begin():
        scope = Scope(team.workspace_id, team.clock.now, team.owner.member_id)
        await enter_workspace(session, scope)
        ended = update(Member).where(col(Member.id) == maria.member_id)
        await session.execute(ended.values(disabled_at=team.clock.now))
    body = {"project": "ABC", "title": "x", "assignee_id": member(maria)}
    assert fields(await desk.owner.post("/tasks", body)) == ["assignee_id"]


async def test_a_member_of_another_team_gets_no_task(desk: Desk) -> None:
    other = await Team.create(desk.team.app, desk.team.clock)
    body = {"project": "ABC", "title": "x", "assignee_id": member(other.owner)}
    assert fields(await desk.owner.post("/tasks", body)) == ["assignee_id"]
    await other.close()


async def test_an_archived_project_takes_no_new_tasks(desk: Desk) -> None:
    done(await desk.owner.put("/projects/ABC/archival"))
    answer = await desk.owner.post("/tasks", {"project": "ABC", "title": "Too late"})
    assert done(answer, 409)["type"].endswith(":archived")


async def test_a_guest_makes_tasks_where_they_were_added(team: Team) -> None:
    desk = await Desk.of(team, "XYZ")
    guest = await desk.guest("sam", "ABC")
    task = await desk.task("From outside", by=guest, watchers=[member(guest)])
    assert task["created_by"] == member(guest)
    unseen = {"project": "XYZ", "title": "x"}
    assert fields(await guest.post("/tasks", unseen)) == ["project"]
    body = {"project": "ABC", "title": "x", "watchers": [member(guest), member(desk.owner)]}
    assert fields(await guest.post("/tasks", body)) == ["watchers.1"]
