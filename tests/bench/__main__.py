"""`make bench`: a table for people, and `bench.json` in the cache folder for programs.

Each path runs beside its limit, in turns, in the same minutes of the same machine; what counts is
the ratio. The limit is bare ASGI over asyncpg without sign-in, walls or schemas.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx
from rich.console import Console
from rich.table import Table

from dayline.app import create_app
from dayline.kernel import logging
from dayline.kernel.clock import DatabaseClock
from dayline.kernel.migrate import upgrade
from dayline.kernel.settings import Settings
from tests.bench.load import Call, Measured, call, measure
from tests.clock import MovableClock
from tests.processes import free_port, server_process
from tests.servers import Servers, running_servers
from tests.team import Team

ROUNDS = 3
SECONDS = 2.0
CONNECTIONS = 8
RESULT = Path(".cache") / "bench.json"


@dataclass(frozen=True)
class Row:
    """One path beside its limit: medians of the rounds."""

    path: str
    ours: Measured
    limit: Measured

    @property
    def ratio(self) -> float:
        """Requests a second, ours over the limit's."""
        return self.ours.rate / self.limit.rate


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


async def furnish(settings: Settings) -> tuple[Team, str, str]:
    """A workspace with 200 tasks; the topic of the last one, and the ETag of the list."""
    team = await Team.create(create_app(settings, DatabaseClock()), MovableClock())
    await team.owner.post("/projects", {"key": "BENCH", "name": "Bench"})
    task = {"project": "BENCH", "title": "A task of the usual length, more or less"}
    for number in range(200):
        made = await team.owner.post("/tasks", task | {"labels": ["one", f"n{number % 7}"]})
    listed = await team.owner.get("/tasks")
    return team, made.json()["topic_id"], listed.headers["ETag"]


async def interleaved(ours: Call, limit: Call) -> tuple[Measured, Measured]:
    """Both in turns; the medians of the rounds."""
    runs: list[tuple[Measured, Measured]] = []
    for _ in range(ROUNDS):
        first = await measure(ours, seconds=SECONDS, connections=CONNECTIONS)
        second = await measure(limit, seconds=SECONDS, connections=CONNECTIONS)
        runs.append((first, second))
    return _median([run[0] for run in runs]), _median([run[1] for run in runs])


def _median(runs: list[Measured]) -> Measured:
    return Measured(
        *(
            statistics.median(getattr(run, name) for run in runs)
            for name in ("rate", "p50_ms", "p99_ms")
        )
    )


async def run(servers: Servers, folder: Path) -> list[Row]:
    """Every row of the table."""
    url = servers.create_database("bench")
    await asyncio.to_thread(upgrade, Settings(database_url=url))
    settings = Settings(database_url=url, redis_url=servers.redis_url, log_level="warning")
    team, topic_id, etag = await furnish(settings)
    signed = {"Authorization": f"Bearer {team.owner.token}", "Content-Type": "application/json"}
    base = team.owner.base
    with server_process(settings, folder) as server, limit_process(team, servers, topic_id) as bare:
        port = server.settings.port
        bare_list = call(bare, "GET", "/list", {})
        paths = {
            "list of 50 tasks": (call(port, "GET", f"{base}/tasks", signed), bare_list),
            "the same, unchanged (304)": (
                call(port, "GET", f"{base}/tasks", signed | {"If-None-Match": etag}),
                bare_list,
            ),
            "a comment with its event": (
                call(port, "POST", f"{base}/topics/{topic_id}/messages", signed, b'{"body":"Hi"}'),
                call(bare, "POST", "/post", {}),
            ),
        }
        rows = [Row(name, *await interleaved(*pair)) for name, pair in paths.items()]
    await team.close()
    await team.app.state.engine.dispose()
    return rows


def show(rows: list[Row]) -> None:
    """The table, and the same as JSON."""
    table = Table(title=f"{CONNECTIONS} connections, medians of {ROUNDS} rounds")
    for heading in ("path", "ours/s", "p99 ms", "limit/s", "p99 ms", "ratio"):
        table.add_column(heading, justify="left" if heading == "path" else "right")
    for row in rows:
        ours, limit = row.ours, row.limit
        numbers = (ours.rate, ours.p99_ms, limit.rate, limit.p99_ms)
        table.add_row(row.path, *(f"{number:,.0f}" for number in numbers), f"{row.ratio:.2f}")
    Console().print(table)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps([asdict(row) | {"ratio": row.ratio} for row in rows], indent=2))


def main() -> None:
    """Measure and show."""
    logging.configure("warning")
    with running_servers() as servers, tempfile.TemporaryDirectory() as folder:
        show(asyncio.run(run(servers, Path(folder))))


if __name__ == "__main__":
    main()
