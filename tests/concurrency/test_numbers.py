"""Eight writers race on one workspace; a reader that follows by number misses nothing.

The control does the same with the numbers of a bare sequence, and loses events: it shows that
these tests would see a loss.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from urllib.parse import urlsplit

import asyncpg
import pytest
from fastapi import FastAPI

from dayline.feed import queries
from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from tests.clock import MovableClock
from tests.concurrency.recording import recording
from tests.live import events_of, feed, frames_until, next_frame
from tests.recorded import head
from tests.servers import Servers
from tests.team import Team

WRITERS = 8
Read = Callable[[int], Awaitable[list[int]]]
"""The numbers behind one that are committed now, in order."""


async def followed(
    transactions: Sequence[AbstractAsyncContextManager[None]], read: Read, start: int
) -> list[int]:
    """Open all transactions, then commit the latest first; what a reader by number sees."""
    for transaction in transactions:
        await transaction.__aenter__()
    seen: list[int] = []
    for transaction in reversed(transactions):
        await transaction.__aexit__(None, None, None)
        seen += await read(seen[-1] if seen else start)
    return seen


def reader_of(team: Team) -> Read:
    async def read(after: int) -> list[int]:
        sessions: Sessions = team.app.state.sessions
        async with sessions() as session, session.begin():
            await enter_workspace(session, Scope(team.workspace_id, team.clock.now, None))
            rows = await queries.all_events(
                session, team.workspace_id, after=after, upto=2**62, limit=10_000
            )
            return [row.seq for row in rows]

    return read


async def test_commits_out_of_order_are_all_seen(team: Team) -> None:
    start = await head(team)
    writers = [recording(team, f"{n}") for n in range(WRITERS)]
    seen = await followed(writers, reader_of(team), start)
    assert seen == list(range(start + 1, start + WRITERS + 1))


@pytest.fixture
async def bare(servers: Servers) -> AsyncIterator[str]:
    """A database with a table that a bare sequence numbers."""
    url = urlsplit(servers.create_database("dayline_bare"))._replace(scheme="postgresql").geturl()
    connection = await asyncpg.connect(url)
    await connection.execute("CREATE TABLE numbered (seq bigserial PRIMARY KEY)")
    await connection.close()
    yield url
    servers.drop_database("dayline_bare")


async def test_control_a_bare_sequence_loses_events_to_the_same_reader(bare: str) -> None:
    @asynccontextmanager
    async def writing() -> AsyncIterator[None]:
        connection = await asyncpg.connect(bare)
        async with connection.transaction():
            await connection.execute("INSERT INTO numbered DEFAULT VALUES")
            yield
        await connection.close()

    async def read(after: int) -> list[int]:
        rows = await reading.fetch("SELECT seq FROM numbered WHERE seq > $1 ORDER BY seq", after)
        return [row["seq"] for row in rows]

    reading = await asyncpg.connect(bare)
    seen = await followed([writing() for _ in range(WRITERS)], read, 0)
    written = await read(0)
    await reading.close()
    assert len(written) == WRITERS
    assert len(set(written) - set(seen)) == WRITERS - 1


class Rollback(Exception):
    """A writer thought better of it."""


async def write_at_random(team: Team, number: int) -> int:
    """Transactions of some events each, of which some are rolled back; the events committed."""
    rng, committed = random.Random(number), 0  # noqa: S311
    for turn in range(25):
        texts = [f"{number}.{turn}.{i}" for i in range(rng.randint(1, 3))]
        gives_up = rng.random() < 0.3
        try:
            async with recording(team, *texts):
                await asyncio.sleep(rng.random() / 200)
                if gives_up:
                    raise Rollback
        except Rollback:
            continue
        committed += len(texts)
    return committed


async def test_racing_writers_leave_no_gap_for_readers_and_sockets(
    team: Team, address: str
) -> None:
    start, read = await head(team), reader_of(team)
    async with feed(address, team.owner) as socket:
        await next_frame(socket)
        writers = [asyncio.create_task(write_at_random(team, number)) for number in range(WRITERS)]
        seen: list[int] = []
        while not all(writer.done() for writer in writers):
            seen += await read(seen[-1] if seen else start)
        committed = sum([await writer for writer in writers])
        seen += await read(seen[-1] if seen else start)
        frames = await frames_until(socket, start + committed)
    assert committed > WRITERS
    assert seen == list(range(start + 1, start + committed + 1))
    assert [event["seq"] for event in events_of(frames)] == seen


async def test_a_held_commit_keeps_no_other_workspace_waiting(
    app: FastAPI, clock: MovableClock, team: Team
) -> None:
    other = await Team.create(app, clock)
    before = await head(other)
    async with recording(team, "held"):
        async with recording(other, "not held"):
            pass
        assert await head(other) == before + 1
    await other.close()
