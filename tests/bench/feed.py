"""The feed: one event to thousands of sockets, beside asyncio writing the same frames to as many.

Every client is a member of its own with a token of its own, as in a large workspace. An event is
committed by another process, as by another server; time runs from its commit to the last byte.
"""

import asyncio
import resource
import time
from base64 import b64encode
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import asyncpg
import psutil

from dayline.app import create_app
from dayline.kernel.db.clock import DatabaseClock
from dayline.kernel.db.ids import new_id
from dayline.kernel.ops.migrate import upgrade
from dayline.kernel.ops.settings import Settings
from dayline.kernel.text.tokens import hash_secret
from tests.bench.broadcast import HANDSHAKE, Broadcast, broadcasting
from tests.bench.listeners import Listeners, listening
from tests.bench.table import Bench, Row, Sample, Turn, at_least, at_most
from tests.clock import MovableClock
from tests.concurrency.recording import recording
from tests.processes import server_process
from tests.team import NO_PASSWORD, Team

FEW, MANY = 2000, 5000
FAN_OUT = {FEW: "an event to 2,000 sockets", MANY: "an event to 5,000 sockets"}
MEMORY = "memory of a socket, at 5,000"
NAMES = (*FAN_OUT.values(), MEMORY)

EVENTS = 20
"""A turn. Between two of them everything is at rest for a moment."""

REST_S = 0.05
TEXT = "x" * 86
"""With it an event is 300 bytes long."""


async def rows(bench: Bench) -> list[Row]:
    """Every row wanted."""
    url = bench.servers.create_database("bench_feed")
    await asyncio.to_thread(upgrade, Settings(database_url=url))
    settings = Settings(
        database_url=url,
        redis_url=bench.servers.redis_url,
        log_level="warning",
        member_sockets=100_000,
        connections=2 * MANY,
        connections_by_address=2 * MANY,
    )
    app = create_app(settings, DatabaseClock())
    found: list[Row] = []
    with many_files():
        async with app.router.lifespan_context(app):
            team = await Team.create(app, MovableClock())
            tokens = await crowd(url, team, MANY)
            for size, name in FAN_OUT.items():
                if bench.wants(name) or (size == MANY and bench.wants(MEMORY)):
                    found += await _of_size(bench, settings, team, tokens[:size])
            await team.close()
    return [row for row in found if bench.wants(row.name)]


async def _of_size(bench: Bench, settings: Settings, team: Team, tokens: list[str]) -> list[Row]:
    size = len(tokens)
    with (
        server_process(settings, bench.folder) as server,
        broadcasting() as limit,
        listening() as listeners,
    ):
        assert server.process is not None
        ours_at_rest, limit_at_rest = _memory(server.process.pid), _memory(limit.pid)
        handshakes = [_handshake(team, token) for token in tokens]
        await listeners.open("ours", server.settings.port, handshakes)
        await listeners.open("limit", limit.port, [HANDSHAKE] * size)
        ours, raw = Ours(listeners, team), Raw(listeners, limit)
        await asyncio.sleep(2)  # until every client has caught up
        raw.frame = (await ours.once())[1]
        goals = [at_least(0.5), *([at_most("p99", 130)] if size == MANY else [])]
        row = await bench.row(FAN_OUT[size], "/s", _turn(ours.once), _turn(raw.once), *goals)
        memory = Row(
            MEMORY,
            "KiB",
            Sample((_memory(server.process.pid) - ours_at_rest) / size / 1024),
            Sample((_memory(limit.pid) - limit_at_rest) / size / 1024),
            (at_most("ours", 36),),
        )
    return [row, memory] if size == MANY else [row]


Delays = tuple[list[float], bytes]
"""Seconds from the commit to the last byte at each client, and the frame."""


@dataclass
class Ours:
    """Commits an event and says so, as another server process does."""

    listeners: Listeners
    team: Team

    async def once(self) -> Delays:
        arriving = await self.listeners.expect("ours")
        async with recording(self.team, TEXT):
            pass
        committed = time.perf_counter()
        self.team.app.state.announce(self.team.workspace_id)
        instants, frame = await arriving
        return [instant - committed for instant in instants], frame


@dataclass
class Raw:
    """Has the same frame written by bare asyncio."""

    listeners: Listeners
    limit: Broadcast
    frame: bytes = b""

    async def once(self) -> Delays:
        arriving = await self.listeners.expect("limit")
        started = await self.limit.write(self.frame)
        instants, _ = await arriving
        return [instant - started for instant in instants], self.frame


def _turn(once: Callable[[], Awaitable[Delays]]) -> Turn:
    """Frames delivered a second while a fan-out lasts, and the tail of the delays."""

    async def measured() -> Sample:
        runs: list[list[float]] = []
        for _ in range(EVENTS):
            await asyncio.sleep(REST_S)
            runs.append((await once())[0])
        delays = sorted(delay for run in runs for delay in run)
        rate = len(delays) / sum(max(run) for run in runs)
        return Sample(rate, delays[len(delays) * 99 // 100] * 1000)

    return measured


def _handshake(team: Team, token: str) -> bytes:
    lines = (
        f"GET {team.owner.base}/feed HTTP/1.1",
        "Host: localhost",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {b64encode(token.encode()[-16:].rjust(16)).decode()}",
        f"Authorization: Bearer {token}",
    )
    return "\r\n".join((*lines, "", "")).encode()


async def crowd(url: str, team: Team, size: int) -> list[str]:
    """That many members more, all of them straight into the tables; their tokens."""
    at, until = team.clock.now, team.clock.now + timedelta(days=3650)
    tokens = [f"dl_bench_{number}" for number in range(size)]
    ids = [(new_id(), new_id(), number) for number in range(size)]
    accounts = [(a, f"m{n}@example.org", f"Member {n}", NO_PASSWORD, at, 1) for a, _, n in ids]
    members = [
        (team.workspace_id, m, a, f"m{n}", f"Member {n}", "member", at, 1) for a, m, n in ids
    ]
    access = [
        (team.workspace_id, new_id(), m, "bench", "", hash_secret(tokens[n]), ["read"], at, until)
        for _, m, n in ids
    ]
    tables = {
        "accounts": (accounts, "id email name password_hash created_at rev"),
        "members": (members, "workspace_id id account_id handle name role joined_at rev"),
        "access_tokens": (
            access,
            "workspace_id id member_id name hint token_hash scopes created_at expires_at",
        ),
    }
    link = await asyncpg.connect(
        url.replace("+asyncpg", ""), server_settings={"app.all_workspaces": "on"}
    )
    for table, (records, columns) in tables.items():
        await link.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")  # COPY refuses it
        await link.copy_records_to_table(table, records=records, columns=columns.split())
        await link.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        await link.execute(f"ANALYZE {table}")
    await link.close()
    return tokens


@contextmanager
def many_files() -> Iterator[None]:
    """Let this process and its children hold as many sockets as the system lets them."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _memory(pid: int) -> int:
    return int(psutil.Process(pid).memory_info().rss)
