"""Clients of the feed in a process of their own, at little cost: they note when each frame came."""

import asyncio
import multiprocessing
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection as Pipe
from typing import Any

import uvloop

SMALL = 126
"""Shorter frames are greetings and heartbeats: nobody waits for them."""

AT_ONCE = 50
"""Handshakes under way at once."""

PING, PONG = 0x89, 0x8A


@dataclass
class Arrivals:
    """What a fan-out brought: the instant of each client's last byte, on the machine's clock."""

    wanted: int = 0
    instants: list[float] = field(default_factory=list)
    frame: bytes = b""
    all_here: asyncio.Event = field(default_factory=asyncio.Event)

    def expect(self, wanted: int) -> None:
        self.wanted, self.instants = wanted, []
        self.all_here.clear()

    def note(self, frame: bytes) -> None:
        self.frame = frame
        self.instants.append(time.perf_counter())
        if len(self.instants) == self.wanted:
            self.all_here.set()


class Listener(asyncio.Protocol):
    """One client: a handshake, then frames."""

    def __init__(self, handshake: bytes, arrivals: Arrivals) -> None:
        self.open = asyncio.get_running_loop().create_future()
        self._handshake = handshake
        self._arrivals = arrivals
        self._rest = b""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self._handshake)

    def connection_lost(self, _exc: Exception | None) -> None:
        if not self.open.done():
            self.open.set_exception(ConnectionError("refused"))

    def data_received(self, data: bytes) -> None:
        if self._rest:
            data = self._rest + data
        if not self.open.done():
            head, found, data = data.partition(b"\r\n\r\n")
            if not found:
                self._rest = head
                return
            if b" 101 " not in head.partition(b"\r\n")[0]:
                self.open.set_exception(ConnectionError(head.decode()))
                return
            self.open.set_result(None)
        while len(data) >= 4 and len(data) >= (end := _end(data)):
            self._take(data[:end])
            data = data[end:]
        self._rest = data

    def _take(self, frame: bytes) -> None:
        if frame[0] == PING:
            self.transport.write(bytes((PONG, 0x80 | (len(frame) - 2))) + bytes(4) + frame[2:])
        elif frame[1] >= SMALL:
            self._arrivals.note(frame)


def _end(data: bytes) -> int:
    """Where the first frame ends; the server masks none and fills none over 64 KB."""
    size = data[1]
    return 2 + size if size < SMALL else 4 + int.from_bytes(data[2:4], "big")


async def _serve(pipe: Pipe) -> None:
    """Do what is asked, one thing after another, until None is."""
    groups: dict[str, tuple[Arrivals, list[Listener]]] = {}
    loop = asyncio.get_running_loop()
    while (asked := await loop.run_in_executor(None, pipe.recv)) is not None:
        verb, name, *more = asked
        if verb == "open":
            arrivals, listeners = groups.setdefault(name, (Arrivals(), []))
            listeners += await _open(arrivals, *more)
            pipe.send(len(listeners))
        elif verb == "expect":
            arrivals, listeners = groups[name]
            arrivals.expect(len(listeners))
            pipe.send(None)
            async with asyncio.timeout(60):
                await arrivals.all_here.wait()
            pipe.send((arrivals.instants, arrivals.frame))
        else:
            for listener in groups.pop(name)[1]:
                listener.transport.abort()
            pipe.send(None)


async def _open(arrivals: Arrivals, port: int, handshakes: Sequence[bytes]) -> list[Listener]:
    turns = asyncio.Semaphore(AT_ONCE)
    loop = asyncio.get_running_loop()

    async def one(handshake: bytes) -> Listener:
        async with turns:
            _, listener = await loop.create_connection(
                lambda: Listener(handshake, arrivals), "127.0.0.1", port
            )
            await listener.open
        return listener

    return list(await asyncio.gather(*(one(handshake) for handshake in handshakes)))


def _run(pipe: Pipe) -> None:
    uvloop.run(_serve(pipe))


@dataclass
class Listeners:
    """The process that holds the clients, by the name of a group."""

    pipe: Pipe

    async def open(self, name: str, port: int, handshakes: Sequence[bytes]) -> None:
        """Connect a client for each handshake; the answers must be 101."""
        await self._ask("open", name, port, handshakes)

    async def expect(self, name: str) -> "asyncio.Task[tuple[list[float], bytes]]":
        """Begin to note when each client of the group has its next frame, and which it was."""
        await self._ask("expect", name)
        return asyncio.create_task(asyncio.to_thread(self.pipe.recv))

    async def close(self, name: str) -> None:
        """Cut the links of a group."""
        await self._ask("close", name)

    async def _ask(self, *asked: Any) -> Any:
        self.pipe.send(asked)
        return await asyncio.to_thread(self.pipe.recv)


@contextmanager
def listening() -> Iterator[Listeners]:
    """A running process of clients."""
    with child(_run) as pipe:
        yield Listeners(pipe)


@contextmanager
def child(target: Any, *given: Any) -> Iterator[Pipe]:
    """A fresh process that runs `target` on the other end of the pipe until it reads None."""
    context = multiprocessing.get_context("spawn")
    pipe, other = context.Pipe()
    process = context.Process(target=target, args=(other, *given), daemon=True)
    process.start()
    other.close()
    try:
        yield pipe
    finally:
        pipe.send(None)
        process.join(5)
        process.kill()
