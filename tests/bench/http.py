"""What everybody does all day over HTTP, beside bare ASGI over asyncpg without sign-in or walls."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from dayline.app import create_app
from dayline.kernel.clock import DatabaseClock
from dayline.kernel.migrate import upgrade
from dayline.kernel.settings import Settings
from tests.bench.load import Call, call, measure
from tests.bench.table import Bench, Goal, Row, Sample, Turn, at_least, at_most
from tests.clock import MovableClock
from tests.processes import free_port, server_process
from tests.servers import Servers
from tests.team import Team

SECONDS = 2.0
CONNECTIONS = 8

LIST = "list of 50 tasks"
UNCHANGED = "the same list, unchanged (304)"
COMMENT = "a comment with its event"
NAMES = (LIST, UNCHANGED, COMMENT)

GOALS: dict[str, tuple[Goal, ...]] = {LIST: (at_least(0.55), at_most("p99", 20))}


async def rows(bench: Bench) -> list[Row]:
    """Every row wanted, over eight connections."""
    url = bench.servers.create_database("bench")
    await asyncio.to_thread(upgrade, Settings(database_url=url))
    settings = Settings(database_url=url, redis_url=bench.servers.redis_url, log_level="warning")
    team, topic_id, etag = await furnish(settings)
    signed = {"Authorization": f"Bearer {team.owner.token}", "Content-Type": "application/json"}
    base = team.owner.base
    with (
        server_process(settings, bench.folder) as server,
        limit_process(team, bench.servers, topic_id) as bare,
    ):
        port = server.settings.port
        bare_list = call(bare, "GET", "/list", {})
        paths = {
            LIST: (call(port, "GET", f"{base}/tasks", signed), bare_list),
            UNCHANGED: (
                call(port, "GET", f"{base}/tasks", signed | {"If-None-Match": etag}),
                bare_list,
            ),
            COMMENT: (
                call(port, "POST", f"{base}/topics/{topic_id}/messages", signed, b'{"body":"Hi"}'),
                call(bare, "POST", "/post", {}),
            ),
        }
        found = [
            await bench.row(name, "/s", _turn(ours), _turn(limit), *GOALS.get(name, ()))
            for name, (ours, limit) in paths.items()
            if bench.wants(name)
        ]
    await team.close()
    await team.app.state.engine.dispose()
    return found


def _turn(wanted: Call) -> Turn:
    async def measured() -> Sample:
        return Sample.rate(await measure(wanted, seconds=SECONDS, connections=CONNECTIONS))

    return measured


async def furnish(settings: Settings) -> tuple[Team, str, str]:
    """A workspace with 200 tasks; the topic of the last one, and the ETag of the list."""
    team = await Team.create(create_app(settings, DatabaseClock()), MovableClock())
    await team.owner.post("/projects", {"key": "BENCH", "name": "Bench"})
    task = {"project": "BENCH", "title": "A task of the usual length, more or less"}
    for number in range(200):
        made = await team.owner.post("/tasks", task | {"labels": ["one", f"n{number % 7}"]})
    listed = await team.owner.get("/tasks")
    return team, made.json()["topic_id"], listed.headers["ETag"]


@contextmanager
def limit_process(team: Team, servers: Servers, topic_id: str) -> Iterator[int]:
    """The bare application on a port of its own."""
    port = free_port()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "uvicorn", "tests.bench.limit:app", "--port", str(port)),
            *("--no-access-log", "--log-level", "warning", "--lifespan", "off"),
        ],
        env=os.environ
        | {
            "BENCH_DSN": servers.database_url("bench").replace("+asyncpg", ""),
            "BENCH_WORKSPACE": str(team.workspace_id),
            "BENCH_TOPIC": topic_id,
            "BENCH_MEMBER": str(team.owner.member_id),
        },
    )
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait(port: int) -> None:
    transport = httpx.HTTPTransport(retries=20)
    with httpx.Client(transport=transport, timeout=10) as client:
        client.get(f"http://127.0.0.1:{port}/list").raise_for_status()
