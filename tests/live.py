"""The app on a real socket, and clients that follow its feed over it."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from urllib.parse import urlencode

import uvicorn
from fastapi import FastAPI
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from dayline import serve
from dayline.local import listening
from tests.feed.client import FeedClient, Next
from tests.team import Person

PATIENCE = 15.0
"""Seconds that a test waits for what must happen sooner."""

Json = dict[str, Any]


class _Server(uvicorn.Server):
    """uvicorn that leaves the signals to pytest."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serving(app: FastAPI, **otherwise: Any) -> AsyncIterator[str]:
    """Serve the app, whose lifespan is the caller's, as `dayline serve` does; its host:port.

    `otherwise` are settings of uvicorn that differ from ours.
    """
    listener = listening.listen("127.0.0.1", 0)
    config = serve.configuration(app.state.settings)
    for name, value in {"app": app, "lifespan": "off", **otherwise}.items():
        setattr(config, name, value)
    server = _Server(config)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started:  # noqa: ASYNC110 -- uvicorn has no event for it
        await asyncio.sleep(0.01)
    yield f"127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    await running


def feed_url(address: str, person: Person, query: Json) -> str:
    return f"ws://{address}{person.base}/feed?{urlencode(query)}"


def feed(address: str, person: Person, query: Json | None = None, **options: Any) -> connect:
    """A socket of the person's feed, as `async with feed(…) as socket`."""
    headers = options.pop("headers", {"Authorization": f"Bearer {person.token}"})
    return connect(
        feed_url(address, person, query or {}),
        additional_headers=headers,
        compression=None,
        proxy=None,
        ping_interval=None,
        **options,
    )


async def next_frame(socket: ClientConnection) -> Json:
    """The next frame, which must come soon."""
    async with asyncio.timeout(PATIENCE):
        frame: Json = json.loads(await socket.recv())
        return frame


async def frames_until(socket: ClientConnection, seq: int) -> list[Json]:
    """The frames up to the one that leads to `seq`; heartbeats left out."""
    frames: list[Json] = []
    while not frames or frames[-1]["seq"] < seq:
        frame = await next_frame(socket)
        if frame["type"] != "heartbeat":
            frames.append(frame)
    return frames


def events_of(frames: list[Json]) -> list[Json]:
    """The events in frames, in their order."""
    return [event for frame in frames for event in frame.get("events", [])]


async def closed_with(socket: ClientConnection) -> int | None:
    """The code with which the server closes; what it says before is passed over."""
    async with asyncio.timeout(PATIENCE):
        try:
            while True:
                await socket.recv()
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else None


async def snapshot_of(person: Person) -> Json:
    """A fresh snapshot; told to come again (503), it does."""
    while (answer := await person.get("/snapshot")).status_code == 503:  # noqa: ASYNC110 -- no event tells it
        await asyncio.sleep(0.1)
    assert answer.status_code == 200, answer.text
    snapshot: Json = answer.json()
    return snapshot


class Follower:
    """A client that follows the documented algorithm over a real socket, until it is stopped."""

    def __init__(self, address: str, person: Person) -> None:
        self.person = person
        self.client = FeedClient()
        self.resets: list[str] = []
        self.connections = 0
        self.seen: list[Json] = []
        self._address = address
        self._moved = asyncio.Condition()
        self._socket: ClientConnection | None = None
        self._running = asyncio.create_task(self._run())

    def cut(self) -> None:
        """Cut the link without a word, as a lost network does. It connects again by itself."""
        if self._socket is not None:
            self._socket.transport.abort()

    async def reach(self, seq: int, epoch: str | None = None) -> Json:
        """The state once it knows all up to `seq`, of `epoch` where one is given."""
        async with asyncio.timeout(PATIENCE * 2), self._moved:
            while (state := self.client.state) is None or not (
                self.client.seq >= seq and epoch in {None, state["epoch"]}
            ):
                if self._running.done():
                    self._running.result()
                await self._moved.wait()
            return state

    async def settle(self) -> tuple[Json, Json]:
        """The state once it is of a fresh snapshot's epoch and as far, and that snapshot."""
        fresh = await snapshot_of(self.person)
        state = await self.reach(fresh["seq"], fresh["epoch"])
        return state, fresh

    async def stop(self) -> None:
        self._running.cancel()
        await asyncio.gather(self._running, return_exceptions=True)

    async def _run(self) -> None:
        self.client.take_snapshot(await snapshot_of(self.person))
        while True:
            try:
                async with feed(
                    self._address, self.person, self.client.resume_from()
                ) as self._socket:
                    self.connections += 1
                    await self._listen(self._socket)
            except (ConnectionClosed, OSError):
                pass

    async def _listen(self, socket: ClientConnection) -> None:
        while True:
            frame = json.loads(await socket.recv())
            if frame["type"] == "reset":
                self.resets.append(frame["reason"])
            self.seen += frame.get("events", [])
            todo = self.client.take(frame)
            if todo is Next.REFETCH:
                todo = self.client.take_snapshot(await snapshot_of(self.person))
            async with self._moved:
                self._moved.notify_all()
            if todo is Next.RESUME:
                return
