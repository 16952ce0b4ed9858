"""What everybody does all day over HTTP, beside bare ASGI without sign-in or walls."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import httpx

from dayline.app import create_app
from dayline.kernel.db.clock import DatabaseClock
from dayline.kernel.db.database import APP_ROLE
from dayline.kernel.ops.migrate import upgrade
from dayline.kernel.ops.settings import Settings
from dayline.local.postgres import OWNER
from tests.bench.limit import ROLE
from tests.bench.load import Call, call, measure
from tests.bench.table import Bench, Row, Sample, Turn, at_least, at_most
from tests.clock import MovableClock
from tests.processes import free_port, server_process
from tests.servers import Servers
from tests.team import Team

SECONDS = 2.0
CONNECTIONS = 8

LIST = "list of 50 tasks"
UNCHANGED = "the same list, unchanged (304)"
COMMENT = "a comment with ask, timer and events"
NAMES = (LIST, UNCHANGED, COMMENT)

BODY = b'{"body":"@sam, can you look at this before noon?"}'


async def rows(bench: Bench) -> list[Row]:
    """Every row wanted, over eight connections."""
    url = bench.servers.create_database("bench")
    await asyncio.to_thread(upgrade, Settings(database_url=url))
    settings = Settings(database_url=url, redis_url=bench.servers.redis_url, log_level="warning")
    team, topics, message_id = await furnish(settings)
    make_role(bench.servers)
    signed = {"Authorization": f"Bearer {team.owner.token}", "Content-Type": "application/json"}
    tasks, posting = f"{team.owner.base}/tasks", f"{team.owner.base}/topics/%s/messages"
    with (
        server_process(settings, bench.folder) as server,
        limit_process("Limit", "/list", _variables(team, bench.servers, message_id)) as bare,
        limit_process("noop", "/noop", {}) as noop,
    ):
        port = server.settings.port
        known = signed | {"If-None-Match": _tag(server.url + tasks, signed, bare)}
        paths = {
            LIST: (
                [call(port, "GET", tasks, signed)],
                [call(bare, "GET", "/list", {})],
                (at_least(0.55), at_most("p99", 20)),
            ),
            UNCHANGED: (
                [call(port, "GET", tasks, known)],
                [call(noop, "GET", "/noop", {})],
                (at_least(0.6),),
            ),
            COMMENT: (
                [call(port, "POST", posting % topic, signed, BODY) for topic in topics],
                [call(bare, "POST", f"/post/{topic}", {}) for topic in topics],
                (at_least(0.35),),
            ),
        }
        found = [
            await bench.row(name, "/s", _turn(ours), _turn(limit), *goals)
            for name, (ours, limit, goals) in paths.items()
            if bench.wants(name)
        ]
    await team.close()
    await team.app.state.engine.dispose()
    return found


def _turn(wanted: Sequence[Call]) -> Turn:
    """Eight connections, spread over these calls."""

    async def measured() -> Sample:
        each = CONNECTIONS // len(wanted)
        seen = await asyncio.gather(
            *(measure(one, seconds=SECONDS, connections=each) for one in wanted)
        )
        return Sample(sum(one.rate for one in seen), max(one.p99_ms for one in seen))

    return measured


async def furnish(settings: Settings) -> tuple[Team, list[str], str]:
    """A workspace with 200 tasks; topics of eight of them, and a message that asks in one.

    A team talks about many things at once: in one topic eight would queue for its row.
    """
    team = await Team.create(create_app(settings, DatabaseClock()), MovableClock())
    await team.add("sam")
    await team.owner.post("/projects", {"key": "BENCH", "name": "Bench"})
    task = {"project": "BENCH", "title": "A task of the usual length, more or less"}
    made = [
        await team.owner.post("/tasks", task | {"labels": ["one", f"n{number % 7}"]})
        for number in range(200)
    ]
    topics = [answer.json()["topic_id"] for answer in made[:CONNECTIONS]]
    posted = await team.owner.post(f"/topics/{topics[0]}/messages", json.loads(BODY))
    return team, topics, posted.json()["id"]


def _tag(address: str, signed: dict[str, str], bare: int) -> str:
    """The tag of the list. Raises where the limit answers other bytes."""
    listed = httpx.get(address, headers=signed)
    if listed.content != httpx.get(f"http://127.0.0.1:{bare}/list").content:
        raise RuntimeError("the limit answers other bytes")
    return listed.headers["ETag"]


def make_role(servers: Servers) -> None:
    """The role of the limit, which may do what the app may and passes the walls."""
    servers.postgres.psql(f"CREATE ROLE {ROLE} BYPASSRLS")
    servers.postgres.psql(f"GRANT {APP_ROLE} TO {ROLE}; GRANT {ROLE} TO {OWNER}")


def _variables(team: Team, servers: Servers, message_id: str) -> dict[str, str]:
    return {
        "BENCH_DSN": servers.database_url("bench").replace("+asyncpg", ""),
        "BENCH_WORKSPACE": str(team.workspace_id),
        "BENCH_MESSAGE": message_id,
    }


@contextmanager
def limit_process(app: str, path: str, variables: dict[str, str]) -> Iterator[int]:
    """A limit on a port of its own, once it answers at `path`."""
    port = free_port()
    factory = ("--factory",) if app[0].isupper() else ()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "uvicorn", f"tests.bench.limit:{app}", "--port", str(port)),
            *("--no-access-log", "--log-level", "warning", "--lifespan", "off", *factory),
        ],
        env=os.environ | variables,
    )
    try:
        transport = httpx.HTTPTransport(retries=20)
        with httpx.Client(transport=transport, timeout=10) as client:
            client.get(f"http://127.0.0.1:{port}{path}")
        yield port
    finally:
        process.terminate()
        process.wait()
