"""What hangs on tasks: watchers and blockers, without circles."""

import asyncio
from itertools import pairwise
from uuid import uuid4

from tests.tasks.desk import Desk, done, fields, member
from tests.team import Team


async def test_watching_twice_is_watching_once(desk: Desk) -> None:
    task = await desk.task()
    path = f"/tasks/{task['key']}/watchers/{member(desk.owner)}"
    first = await desk.owner.put(path)
    assert done(first)["watchers"] == [member(desk.owner)]
    assert first.headers["ETag"] == '"2"'
    assert done(await desk.owner.put(path)) == done(first)
    gone = done(await desk.owner.delete(path))
    assert (gone["watchers"], gone["rev"]) == ([], 3)
    assert done(await desk.owner.delete(path)) == gone
    changes = [event["data"]["changes"] for event in await desk.events("task.changed")]
    assert changes == [
        {"watchers": {"old": [], "new": [member(desk.owner)]}},
        {"watchers": {"old": [member(desk.owner)], "new": []}},
    ]


async def test_a_watcher_must_see_the_project(desk: Desk) -> None:
    outside = await desk.guest("sam")
    task = await desk.task()
    for stranger in (member(outside), str(uuid4())):
        refused = await desk.owner.put(f"/tasks/{task['key']}/watchers/{stranger}")
        assert fields(refused) == ["member_id"]
    wrong = await desk.owner.put(f"/tasks/{task['key']}/watchers/olena")
    assert fields(wrong) == ["member_id"]


async def test_a_guest_decides_for_themselves_alone(desk: Desk) -> None:
    guest = await desk.guest("sam", "ABC")
    task = await desk.task(watchers=[member(desk.owner)])
    mine, hers = (
        f"/tasks/{task['key']}/watchers/{member(person)}" for person in (guest, desk.owner)
    )
    assert member(guest) in done(await guest.put(mine))["watchers"]
    assert member(guest) not in done(await guest.delete(mine))["watchers"]
    assert done(await guest.put(hers), 403)["type"].endswith(":only-yourself")
    assert done(await guest.delete(hers), 403)["type"].endswith(":only-yourself")


async def test_racing_watchers_are_all_there(desk: Desk) -> None:
    task = await desk.task()
    people = [await desk.team.add(f"maria{i}") for i in range(5)]
    answers = await asyncio.gather(
        *(person.put(f"/tasks/{task['key']}/watchers/{member(person)}") for person in people)
    )
    assert {answer.status_code for answer in answers} == {200}
    after = await desk.get(task["key"])
    assert after["watchers"] == sorted(member(person) for person in people)
    assert after["rev"] == 6


async def test_waiting_twice_is_waiting_once(desk: Desk) -> None:
    task, other = await desk.task("Roof"), await desk.task("Wall")
    path = f"/tasks/{task['key']}/blockers/{other['key']}"
    first = done(await desk.owner.put(path))
    assert (first["blocked_by"], first["rev"]) == ([other["id"]], 2)
    assert done(await desk.owner.put(path)) == first
    gone = done(await desk.owner.delete(path))
    assert (gone["blocked_by"], gone["rev"]) == ([], 3)
    assert done(await desk.owner.delete(path)) == gone
    assert len(await desk.events("task.changed")) == 2
    assert await desk.get(other["key"]) == other


async def test_no_task_waits_for_itself(desk: Desk) -> None:
    tasks = [await desk.task(f"Task {i}") for i in range(4)]
    for waiting, blocker in pairwise(tasks):
        done(await desk.owner.put(f"/tasks/{waiting['key']}/blockers/{blocker['key']}"))
    for first in tasks:
        refused = await desk.owner.put(f"/tasks/{tasks[-1]['key']}/blockers/{first['key']}")
        assert done(refused, 409)["type"].endswith(":task-cycle")
    done(await desk.owner.put(f"/tasks/{tasks[0]['key']}/blockers/{tasks[3]['key']}"))


async def test_of_two_that_race_to_wait_for_each_other_one_loses(desk: Desk) -> None:
    for _ in range(5):
        a, b = await desk.task("A"), await desk.task("B")
        answers = await asyncio.gather(
            desk.owner.put(f"/tasks/{a['key']}/blockers/{b['key']}"),
            desk.owner.put(f"/tasks/{b['key']}/blockers/{a['key']}"),
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_a_long_circle_closed_by_racers_stays_open(desk: Desk) -> None:
    tasks = [await desk.task(f"Task {i}") for i in range(6)]
    answers = await asyncio.gather(
        *(
            desk.owner.put(f"/tasks/{task['key']}/blockers/{tasks[i - 1]['key']}")
            for i, task in enumerate(tasks)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [409]


async def test_a_task_of_another_project_may_block(team: Team) -> None:
    desk = await Desk.of(team, "XYZ")
    guest = await desk.guest("sam", "ABC")
    task = await desk.task(assignee_id=member(guest))
    other = await desk.task(project="XYZ")
    path = f"/tasks/{task['key']}/blockers/{other['key']}"
    assert (await guest.put(path)).status_code == 404
    done(await desk.owner.put(path))
    assert (await desk.get(task["key"], by=guest))["blocked_by"] == [other["id"]]
    assert (await guest.delete(path)).status_code == 404
    assert (await guest.get(f"/tasks/{other['key']}")).status_code == 404


async def test_a_guest_links_only_their_tasks(desk: Desk) -> None:
    guest = await desk.guest("sam", "ABC")
    theirs, foreign = await desk.task(by=guest), await desk.task()
    done(await guest.put(f"/tasks/{theirs['key']}/blockers/{foreign['key']}"))
    refused = await guest.put(f"/tasks/{foreign['key']}/blockers/{theirs['key']}")
    assert refused.status_code == 403


async def test_what_is_not_there_blocks_nothing(desk: Desk) -> None:
    task = await desk.task()
    for path in (f"/tasks/{task['key']}/blockers/ABC-9", f"/tasks/ABC-9/blockers/{task['key']}"):
        assert (await desk.owner.put(path)).status_code == 404
        assert (await desk.owner.delete(path)).status_code == 404
