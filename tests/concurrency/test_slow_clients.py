"""Clients that stop reading, and links that are cut: dropped within 15 s, with 256 KB held."""

import asyncio
import time

from dayline.feed.connection import Connection
from dayline.feed.hub import Hub
from tests.concurrency.raw import bare_client, cut_link, needs_packet_filter, open_feed
from tests.concurrency.recording import record
from tests.live import PATIENCE, events_of, feed, frames_until, next_frame
from tests.recorded import head
from tests.team import Person, Team

WITHIN_S = 15.0
PAUSE_S = 0.02
MOST_HELD = 256 * 1024
BELOW = 64 * 1024 * 2
"""What uvicorn may hold beside: it stops taking at 64 KB, in the middle of a frame of 64 KB."""


def connection_of(team: Team, person: Person) -> Connection | None:
    """The person's connection in the hub, while it is there."""
    hub: Hub = team.app.state.hub
    channel = hub.channels.get(team.workspace_id)
    connections = channel.connections if channel else ()
    return next((c for c in connections if c.viewer.member_id == person.member_id), None)


async def joined(team: Team, person: Person) -> Connection:
    for _ in range(int(PATIENCE / PAUSE_S)):
        connection = connection_of(team, person)
        if connection is not None and connection.live:
            return connection
        await asyncio.sleep(PAUSE_S)
    raise AssertionError(f"{person.handle} did not get in")


async def dropped_after(team: Team, person: Person) -> tuple[float, int]:
    """Seconds until the person's connection is gone, and the most bytes it held meanwhile."""
    connection, started, most = await joined(team, person), time.monotonic(), 0
    while connection_of(team, person) is not None:
        most = max(most, connection.outbox.size)
        assert time.monotonic() - started < WITHIN_S * 2
        await asyncio.sleep(PAUSE_S)
    return time.monotonic() - started, most


@needs_packet_filter
async def test_clients_that_take_nothing_are_dropped_and_hold_back_nobody(
    team: Team, address: str
) -> None:
    quiet = await Team.create(team.app, team.clock)
    await asyncio.gather(_in_a_storm(team, address), _in_silence(quiet, address))
    await quiet.close()


async def _in_a_storm(team: Team, address: str) -> None:
    """One stops reading, another's link is cut, while far more comes than both may hold."""
    stuck, gone = [await team.add(handle) for handle in ("stuck", "gone")]
    with bare_client() as stuck_link, bare_client() as gone_link:
        await open_feed(stuck_link, address, stuck)
        await open_feed(gone_link, address, gone)
        async with feed(address, team.owner) as socket:
            hello = await next_frame(socket)
            await asyncio.gather(joined(team, stuck), joined(team, gone))
            drops = asyncio.gather(dropped_after(team, stuck), dropped_after(team, gone))
            cut_link(gone_link)
            started = time.monotonic()
            for _ in range(10):
                await record(team, *("x" * 2000 for _ in range(50)))
            frames = await frames_until(socket, await head(team))
            assert time.monotonic() - started < WITHIN_S / 3
            for seconds, held in await drops:
                assert seconds < WITHIN_S
                assert 0 < held <= MOST_HELD - BELOW
    seen = [event["seq"] for event in events_of(frames)]
    assert seen == list(range(hello["seq"] + 1, await head(team) + 1))


async def _in_silence(team: Team, address: str) -> None:
    """Only heartbeats are sent: they show those who listen that all is well, and find the lost."""
    gone = await team.add("gone")
    with bare_client() as link:
        await open_feed(link, address, gone)
        await joined(team, gone)
        cut_link(link)
        dropping = asyncio.create_task(dropped_after(team, gone))
        async with feed(address, team.owner) as socket:
            assert (await next_frame(socket))["type"] == "hello"
            started = time.monotonic()
            beats = [await next_frame(socket), await next_frame(socket)]
            assert beats == [{"type": "heartbeat", "seq": await head(team)}] * 2
            assert 9 < time.monotonic() - started < 12
            seconds, _ = await dropping
            assert seconds < WITHIN_S
