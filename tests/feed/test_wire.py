"""The way of frames: written at once on our own server, sent through ASGI on any other."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI

from dayline.feed.connection import GOING_AWAY, Connection
from dayline.feed.hub import Hub
from tests.concurrency.recording import record
from tests.live import closed_with, events_of, feed, frames_until, next_frame, serving
from tests.recorded import head
from tests.team import Team

SERVERS: dict[str, dict[str, Any]] = {"ours": {}, "another": {"ws": "websockets-sansio"}}


@pytest.fixture(params=SERVERS)
async def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def place(app: FastAPI, kind: str) -> AsyncIterator[str]:
    """Where the app listens on a server of this kind."""
    async with serving(app, **SERVERS[kind]) as address:
        yield address


def the_connection(team: Team) -> Connection:
    hub: Hub = team.app.state.hub
    (connection,) = hub.channels[team.workspace_id].connections
    return connection


async def test_each_server_brings_every_event_and_the_end(
    team: Team, place: str, kind: str
) -> None:
    async with feed(place, team.owner) as socket:
        hello = await next_frame(socket)
        for size in (10, 100, 3000, 70_000):
            await record(team, *("é" * size for _ in range(3)))
            await frames_until(socket, await head(team))
        await record(team, *("x" * 2000 for _ in range(400)))
        frames = await frames_until(socket, await head(team))
        seen = [event["seq"] for event in events_of(frames)]
        assert seen == list(range(hello["seq"] + 13, await head(team) + 1))
        assert the_connection(team).wire.write(b"") is (kind == "ours")
        the_connection(team).end(GOING_AWAY)
        assert await closed_with(socket) == GOING_AWAY


async def test_nothing_is_written_behind_the_goodbye(team: Team, place: str) -> None:
    async with feed(place, team.owner) as socket:
        await next_frame(socket)
        connection = the_connection(team)
        connection.end(GOING_AWAY)
        assert await closed_with(socket) == GOING_AWAY
        assert connection.wire.write(b"\x81\x00") is False
