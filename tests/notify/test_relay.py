"""Which events become deliveries: those that a subscription wants, each once; nothing private."""

import asyncio
from dataclasses import replace
from itertools import pairwise
from typing import Any

from dayline.identity.models import Role
from dayline.notify.relay import RELAY
from tests.notify.desk import Desk
from tests.notify.timers import happens, timer

Json = dict[str, Any]


async def kinds(desk: Desk) -> list[str]:
    await desk.relay()
    return [delivery["kind"] for delivery in await desk.deliveries()]


async def asked(desk: Desk, topic: Json, **more: Any) -> Json:
    """A message in a topic, and a timer that it might have started."""
    owner, sam = desk.team.owner, await desk.team.add("sam")
    new = {"body": "When, @sam?", "asks": [], "kept_as_text": ["sam"]}
    message = await owner.post(f"/topics/{topic['id']}/messages", new)
    return timer(owner, sam, topic, message.json()["id"], **more)


async def discussion(desk: Desk, key: str = "ABC") -> Json:
    await desk.project(key)
    made = await desk.team.owner.post(f"/projects/{key}/topics", {"title": "A question"})
    topic: Json = made.json()
    return topic


async def test_each_kind_of_event_is_told_as_what_it_is(desk: Desk) -> None:
    await desk.subscribe()
    topic = await discussion(desk)
    ask = await asked(desk, topic)
    await happens(desk.team, "timer.started", ask)
    await happens(desk.team, "timer.started", ask | {"urgent": True})
    await happens(desk.team, "timer.warned", ask)
    await happens(desk.team, "timer.breached", ask)
    await desk.team.owner.post("/projects/ABC/updates", {"condition": "at_risk", "body": "Late"})
    await desk.move(await desk.task(), "done")
    assert await kinds(desk) == [
        "ask",
        "urgent",
        "warning",
        "breach",
        "project_update",
        "task_state",
    ]


async def test_other_events_are_told_to_nobody(desk: Desk) -> None:
    await desk.subscribe()
    topic = await discussion(desk)
    ask = await asked(desk, topic)
    for kind in ("timer.responded", "timer.moved", "timer.cancelled", "timer.paused"):
        await happens(desk.team, kind, ask)
    await happens(desk.team, "timer.started", ask | {"follows": ask["id"]})
    task = await desk.task()
    await desk.team.owner.patch(f"/tasks/{task['key']}", {"title": "Renamed"}, 1)
    assert await kinds(desk) == []


async def test_a_comment_on_an_update_is_not_the_update(desk: Desk) -> None:
    await desk.subscribe()
    await desk.project()
    owner = desk.team.owner
    new = {"condition": "on_track", "body": "Fine"}
    update = (await owner.post("/projects/ABC/updates", new)).json()
    await owner.post(f"/topics/{update['topic_id']}/messages", {"body": "Good!"})
    assert await kinds(desk) == ["project_update"]


async def test_nothing_of_a_direct_topic_is_told(desk: Desk) -> None:
    await desk.subscribe()
    guest = await desk.team.add("gus", Role.GUEST)
    new = {"participants": [str(guest.member_id)], "title": "Us"}
    topic = (await desk.team.owner.post("/direct-topics", new)).json()
    ask = await asked(desk, topic)
    for kind in ("timer.started", "timer.warned", "timer.breached"):
        await happens(desk.team, kind, ask)
    assert await kinds(desk) == []


async def test_a_subscription_gets_its_kinds_and_projects_alone(desk: Desk) -> None:
    abc, _def = await desk.project("ABC"), await desk.project("DEF")
    mine = await desk.subscribe("abc", ["task_state"], project_ids=[abc["id"]])
    every = await desk.subscribe("all", ["task_state"])
    none = await desk.subscribe("breaches", ["breach"])
    for key in ("ABC", "DEF"):
        await desk.move(await desk.task(key), "done")
    await desk.relay()
    by = [delivery["subscription_id"] for delivery in await desk.deliveries()]
    assert sorted(by) == sorted([mine["id"], every["id"], every["id"]])
    assert none["id"] not in by


async def test_what_was_before_a_subscription_is_not_told(desk: Desk) -> None:
    await desk.subscribe("first")
    await desk.moves(1)
    late = await desk.subscribe("late")
    await desk.relay()
    assert late["id"] not in [row["subscription_id"] for row in await desk.deliveries()]


async def test_what_happened_while_it_was_off_is_not_told(desk: Desk) -> None:
    made = await desk.subscribe()
    await desk.project()
    task = await desk.task()
    path = f"/subscriptions/{made['id']}"
    off = (await desk.team.owner.patch(path, {"enabled": False}, made["rev"])).json()
    await desk.move(task, "todo")
    await desk.team.owner.patch(path, {"enabled": True}, off["rev"])
    assert await kinds(desk) == []
    await desk.move(task, "done")
    assert await kinds(desk) == ["task_state"]


async def test_workers_that_relay_at_once_relay_each_event_once(desk: Desk) -> None:
    await desk.subscribe()
    await desk.moves(12)
    await asyncio.gather(*(desk.relay() for _ in range(4)))
    await desk.relay()
    numbers = [delivery["event_seq"] for delivery in await desk.deliveries()]
    assert len(numbers) == len(set(numbers)) == 12


async def test_more_events_than_a_transaction_takes_are_relayed_in_parts(desk: Desk) -> None:
    await desk.subscribe()
    await desk.moves(7)
    in_parts, counts = replace(RELAY, at_once=3), list[int]()
    while await in_parts.handle_next(desk.sessions, desk.team.clock, desk.team.workspace_id):
        counts.append(len(await desk.deliveries()))
    assert len(await desk.deliveries()) == 7
    assert all(after - before <= 3 for before, after in pairwise([0, *counts]))


async def test_a_workspace_is_found_while_it_has_something_to_relay(desk: Desk) -> None:
    found = await RELAY.workspaces(desk.sessions, desk.team.clock)
    assert desk.team.workspace_id not in found, "nobody listens"
    await desk.subscribe()
    assert desk.team.workspace_id in await RELAY.workspaces(desk.sessions, desk.team.clock)
    await desk.relay()
    assert desk.team.workspace_id not in await RELAY.workspaces(desk.sessions, desk.team.clock)
