"""The loop in a worker: it finds work by itself, sooner when woken, and outlives its servers."""

import asyncio
import multiprocessing
import os
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest

from dayline.app import create_app
from dayline.kernel.db.clock import DatabaseClock
from dayline.kernel.jobs import outbox_loop
from dayline.kernel.ops.outgoing import Outgoing
from dayline.kernel.ops.settings import Settings
from dayline.notify import loop, queue
from tests.clock import MovableClock
from tests.conftest import STUBS
from tests.logs import KEY
from tests.notify import worker
from tests.notify.desk import Desk
from tests.notify.stub import Reply, SlackStub
from tests.servers import Servers
from tests.team import Team

PATIENCE = 20.0
KILLS = 80 if "DAYLINE_CHAOS" in os.environ else 5
HOOKS = 6


@pytest.fixture
def own_settings(fresh_settings: Settings) -> Settings:
    """An installation of its own, so that no other test's deliveries are sent."""
    return fresh_settings.model_copy(update={"secret_key": (KEY,), "slack_hosts": STUBS})


@pytest.fixture
async def own(own_settings: Settings, stub: SlackStub) -> AsyncIterator[Desk]:
    """A desk in it, by PostgreSQL's time."""
    app = create_app(own_settings, DatabaseClock())
    team = await Team.create(app, MovableClock())
    outgoing = Outgoing(STUBS)
    yield Desk(team, stub, own_settings, outgoing)
    await outgoing.close()
    await team.close()
    await app.state.engine.dispose()


async def run(own: Desk, woken: asyncio.Event | None = None) -> None:
    await loop.run(
        own.sessions, DatabaseClock(), own.settings, woken=woken, pace=worker.QUICK, seconds=1
    )


async def stop(running: asyncio.Task[None]) -> None:
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def until_told(own: Desk, times: int) -> None:
    """Wait until the stub got so many messages."""
    async with asyncio.timeout(PATIENCE):
        while sum(map(len, own.stub.came.values())) < times:
            own.stub.something_came.clear()
            await own.stub.something_came.wait()


async def test_it_finds_what_happened_without_being_told(own: Desk) -> None:
    await own.subscribe()
    running = asyncio.create_task(run(own))
    await own.moves(3)
    await until_told(own, 3)
    await stop(running)
    assert await own.states() == ["delivered"] * 3


async def test_a_hint_wakes_it(own: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox_loop, "POLL_S", 3600)
    await own.subscribe()
    woken = asyncio.Event()
    running = asyncio.create_task(run(own, woken))
    await own.moves(1)
    woken.set()
    await until_told(own, 1)
    await stop(running)


async def test_what_is_on_its_way_may_finish_when_it_ends(own: Desk) -> None:
    await own.subscribe()
    await own.moves(1)
    own.stub.answer("ops", Reply(after=0.3))
    running = asyncio.create_task(run(own))
    await until_told(own, 1)
    await stop(running)
    assert await own.states() == ["delivered"]


async def test_it_goes_on_when_its_connections_break(own: Desk, servers: Servers) -> None:
    await own.subscribe()
    running = asyncio.create_task(run(own))
    await own.moves(1)
    await until_told(own, 1)
    servers.postgres.psql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'dayline_fresh'"
    )
    task = {"key": "ABC-1"}
    async with asyncio.timeout(PATIENCE):
        while (await own.team.owner.get("/tasks/ABC-1")).status_code != 200:
            pass
    await own.move(task, "done")
    await until_told(own, 2)
    await stop(running)


async def test_a_webhook_that_hangs_keeps_no_other_from_its_messages(own: Desk) -> None:
    await own.subscribe("dead")
    await own.subscribe("live")
    own.stub.answer("dead", *[Reply(hangs=True)] * 50)
    running = asyncio.create_task(run(own))
    await own.moves(5)
    async with asyncio.timeout(PATIENCE):
        while len(own.stub.told("live")) < 5:
            own.stub.something_came.clear()
            await own.stub.something_came.wait()
    await stop(running)
    assert len(own.stub.told("dead")) <= 3


async def test_a_fault_of_one_workspace_keeps_no_other_from_its_messages(own: Desk) -> None:
    """Its webhook was sealed with a key that is gone."""
    await own.subscribe("lost")
    await own.moves(1)
    elsewhere = own.settings.model_copy(
        update={"secret_key": ("another key of the same length!!",)}
    )
    there = Desk(await Team.create(own.team.app, MovableClock()), own.stub, elsewhere, own.outgoing)
    own.team.app.state.settings = elsewhere
    await there.subscribe("kept")
    await there.moves(1)
    running = asyncio.create_task(run(there))
    await until_told(own, 1)
    await stop(running)
    assert await there.states() == ["delivered"]
    (waits,) = await own.deliveries()
    assert waits["state"] == "pending"
    assert waits["last_error"] == (
        "This server can’t read the webhook because its key changed or is missing."
    )
    await there.team.close()


async def test_deliveries_of_long_ago_are_forgotten(desk: Desk) -> None:
    await desk.subscribe()
    await desk.moves(2)
    await desk.work()
    desk.team.clock.advance(days=30, seconds=1)
    await queue.RETENTION.prune(desk.sessions, desk.team.clock)
    assert await desk.states() == ["pending"]


Processes = multiprocessing.get_context("forkserver")
Processes.set_forkserver_preload(["tests.notify.worker"])


def start_worker(settings: Settings) -> Any:
    process = Processes.Process(target=worker.work, args=(settings,), daemon=True)
    process.start()
    return process


def marks(messages: list[Any]) -> list[str]:
    """The marks by which people recognise a double."""
    return [message["text"].rpartition("event ")[2].rstrip(")") for message in messages]


async def test_a_worker_that_is_killed_again_and_again_loses_no_message(own: Desk) -> None:
    hooks = {(await own.subscribe(f"h{n}"))["id"]: f"h{n}" for n in range(HOOKS)}
    own.stub.always = Reply(after=0.02)
    await own.moves(1)
    done = asyncio.Event()
    writing = asyncio.create_task(_keep_moving(own, done))
    for _ in range(KILLS):
        process = await asyncio.to_thread(start_worker, own.settings)
        own.stub.something_came.clear()
        await asyncio.wait_for(own.stub.something_came.wait(), PATIENCE)
        await asyncio.sleep(random.uniform(0, 0.3))  # noqa: S311
        process.kill()
        await asyncio.to_thread(process.join)
    done.set()
    moved = await writing
    process = await asyncio.to_thread(start_worker, own.settings)
    await _until_settled(own, HOOKS * (moved + 1))
    process.kill()
    await asyncio.to_thread(process.join)
    came = {(hook, mark) for hook in hooks.values() for mark in marks(own.stub.told(hook))}
    total = sum(len(own.stub.told(hook)) for hook in hooks.values())
    expected = await _expected(own, hooks)
    print(  # noqa: T201 -- the counts that a reader of a chaos run wants
        f"\nkills {KILLS}, deliveries {len(expected)}, lost {len(expected - came)}, "
        f"doubled {total - len(came)}"
    )
    assert expected == came


async def _keep_moving(own: Desk, done: asyncio.Event) -> int:
    """Move a task until told to end; how many times that was."""
    moved = 0
    while not done.is_set():
        await own.move({"key": "ABC-1"}, ("todo", "done")[moved % 2])
        moved += 1
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), 0.2)
    return moved


async def _all(own: Desk) -> list[Any]:
    found, page = [], await own.team.owner.get("/deliveries", limit=200)
    while True:
        found += page.json()
        if "next" not in page.links:
            return found
        page = await own.team.owner.http.get(page.links["next"]["url"])


async def _until_settled(own: Desk, count: int) -> None:
    async with asyncio.timeout(PATIENCE + KILLS):
        while Counter(row["state"] for row in await _all(own)) != {"delivered": count}:
            own.stub.something_came.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(own.stub.something_came.wait(), 0.2)


async def _expected(own: Desk, hooks: dict[str, str]) -> set[tuple[str, str]]:
    return {
        (hooks[row["subscription_id"]], row["event_id"].replace("-", "")[-8:])
        for row in await _all(own)
    }
