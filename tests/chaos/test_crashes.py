"""Servers die while clients write: no acknowledged write is lost, none happens twice."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from dayline.app import create_app
from dayline.kernel.db.clock import DatabaseClock
from dayline.kernel.ops.settings import Settings
from tests.chaos.counts import LONG
from tests.clock import MovableClock
from tests.processes import ServerProcess, server_process
from tests.servers import Servers
from tests.team import Team

SERVER_KILLS = 20 if LONG else 2
CRASHES = 6 if LONG else 2
WRITERS = 4


@dataclass
class Writer:
    """Sends tasks one by one, each until it is acknowledged, always with the same key."""

    url: str
    token: str
    project: str
    acknowledged: dict[str, str] = field(default_factory=dict)
    repeated: int = 0

    async def write(self, until: Callable[[], bool]) -> None:
        headers = {"Authorization": f"Bearer {self.token}"}
        async with httpx.AsyncClient(base_url=self.url, headers=headers, timeout=10) as client:
            while not until():
                title = uuid4().hex
                self.acknowledged[title] = await self._insist(client, title)

    async def _insist(self, client: httpx.AsyncClient, title: str) -> str:
        while True:
            try:
                answer = await client.post(
                    "/tasks",
                    json={"project": self.project, "title": title},
                    headers={"Idempotency-Key": title},
                )
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code == httpx.codes.CREATED:
                return str(answer.json()["id"])
            if answer is not None and answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR:
                raise AssertionError(answer.text)
            self.repeated += 1
            await asyncio.sleep(0.02)


async def write_through(team: Team, server: ServerProcess, break_it: Any) -> list[Writer]:
    """Let writers write while `break_it()` runs to its end; the writers."""
    created = await team.owner.post("/projects", {"key": "CRASH", "name": "Crash"})
    assert created.status_code == httpx.codes.CREATED, created.text
    base = f"{server.url}/api/workspaces/{team.slug}"
    writers = [Writer(base, team.owner.token, "CRASH") for _ in range(WRITERS)]
    done = False
    writing = [asyncio.create_task(writer.write(lambda: done)) for writer in writers]
    await break_it()
    done = True
    await asyncio.gather(*writing)
    return writers


async def all_events(server: ServerProcess, team: Team) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    headers = {"Authorization": f"Bearer {team.owner.token}"}
    base = f"{server.url}/api/workspaces/{team.slug}"
    async with httpx.AsyncClient(base_url=base, headers=headers) as client:
        since = 0
        while True:
            page = (await client.get("/events", params={"since": since})).json()
            events += page["events"]
            if page["seq"] == page["head"]:
                return events
            since = page["seq"]


async def check(server: ServerProcess, team: Team, writers: list[Writer]) -> None:
    events = await all_events(server, team)
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    made = [event["data"]["task"] for event in events if event["kind"] == "task.created"]
    acknowledged = {title: id_ for writer in writers for title, id_ in writer.acknowledged.items()}
    assert acknowledged.items() <= {task["title"]: task["id"] for task in made}.items()
    assert Counter(task["title"] for task in made).most_common(1)[0][1] == 1
    print(  # noqa: T201 -- the counts that a reader of a chaos run wants
        f"\nacknowledged {len(acknowledged)}, events {len(made)}, "
        f"repeated requests {sum(writer.repeated for writer in writers)}"
    )


async def new_team(settings: Settings) -> Team:
    return await Team.create(create_app(settings, DatabaseClock()), MovableClock())


async def test_a_killed_server_loses_no_acknowledged_write(
    settings: Settings, tmp_path: Path
) -> None:
    team = await new_team(settings)
    with server_process(settings, tmp_path) as server:

        async def kill_and_start() -> None:
            for _ in range(SERVER_KILLS):
                await asyncio.sleep(random.uniform(0.1, 0.6))  # noqa: S311
                await asyncio.to_thread(server.kill)
                await asyncio.to_thread(server.start)
            await asyncio.sleep(0.3)

        writers = await write_through(team, server, kill_and_start)
        assert sum(writer.repeated for writer in writers) > 0
        await check(server, team, writers)
    await team.close()
    await team.app.state.engine.dispose()


async def test_a_crash_of_postgresql_loses_no_acknowledged_write(
    settings: Settings, own_servers: Servers, tmp_path: Path
) -> None:
    team = await new_team(settings)
    with server_process(settings, tmp_path) as server:

        async def crash_and_recover() -> None:
            for _ in range(CRASHES):
                await asyncio.sleep(random.uniform(0.2, 0.8))  # noqa: S311
                own_servers.kill_postgres()
                await asyncio.sleep(0.2)
                own_servers.start_postgres()
            await asyncio.sleep(0.5)

        writers = await write_through(team, server, crash_and_recover)
        assert sum(writer.repeated for writer in writers) > 0
        await check(server, team, writers)
    await team.close()
    await team.app.state.engine.dispose()
