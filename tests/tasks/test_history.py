"""A task's history and the labels in use."""

from tests.tasks.desk import Desk, done, member
from tests.team import Team


async def test_the_history_says_who_changed_what(desk: Desk) -> None:
    maria = await desk.team.add("maria")
    task = await desk.task("Roof", state="todo")
    await desk.task("Another")
    desk.team.clock.advance(hours=1)
    done(await desk.edit(task, by=maria, state="done", context="x"))
    done(await desk.owner.post("/tasks/bulk", {"keys": ["ABC-1"], "change": {"state": "todo"}}))
    done(await desk.owner.put(f"/tasks/ABC-1/watchers/{member(maria)}"))
    history = done(await desk.owner.get("/tasks/ABC-1/history"))
    assert [(entry["kind"], entry["state"], entry["actor_id"]) for entry in history] == [
        ("task.changed", "todo", member(desk.owner)),
        ("task.changed", "todo", member(desk.owner)),
        ("task.changed", "done", member(maria)),
        ("task.created", "todo", member(desk.owner)),
    ]
    assert history[2]["changes"] == {
        "state": {"old": "todo", "new": "done"},
        "context": {"old": None, "new": None},
    }
    assert history[3]["changes"] == {}
    assert history[2]["at"] == "2026-05-18T08:00:00Z"
    assert history[2]["at_local"] == "2026-05-18T11:00:00+03:00"
    events = await desk.events("task.")
    assert {entry["id"] for entry in history} < {event["id"] for event in events}


async def test_the_history_is_read_in_pages(desk: Desk) -> None:
    task = await desk.task("Title 0")
    for number in range(1, 6):
        task = done(await desk.edit(task, title=f"Title {number}"))
    whole = done(await desk.owner.get("/tasks/ABC-1/history"))
    assert len(whole) == 6
    walked = []
    answer = await desk.owner.get("/tasks/ABC-1/history", limit=4)
    while True:
        walked += done(answer)
        if "next" not in answer.links:
            break
        answer = await desk.owner.http.get(answer.links["next"]["url"])
    assert walked == whole


async def test_history_ends_at_the_walls(team: Team) -> None:
    desk = await Desk.of(team, "XYZ")
    guest = await desk.guest("sam", "ABC")
    await desk.task()
    hidden = await desk.task(project="XYZ")
    assert len(done(await guest.get("/tasks/ABC-1/history"))) == 1
    assert (await guest.get(f"/tasks/{hidden['key']}/history")).status_code == 404
    other = await Team.create(team.app, team.clock)
    assert (await other.owner.get("/tasks/ABC-1/history")).status_code == 404
    await other.close()


async def test_labels_count_the_open_tasks_that_one_sees(team: Team) -> None:
    desk = await Desk.of(team, "XYZ")
    guest = await desk.guest("sam", "ABC")
    await desk.task(labels=["bug", "UI"])
    await desk.task(labels=["Bug"])
    await desk.task(labels=["bug", "old"], state="done")
    await desk.task(project="XYZ", labels=["bug", "secret"])
    assert done(await desk.owner.get("/labels")) == [
        {"name": "Bug", "open_tasks": 3},
        {"name": "old", "open_tasks": 0},
        {"name": "secret", "open_tasks": 1},
        {"name": "UI", "open_tasks": 1},
    ]
    assert done(await guest.get("/labels")) == [
        {"name": "Bug", "open_tasks": 2},
        {"name": "old", "open_tasks": 0},
        {"name": "UI", "open_tasks": 1},
    ]
