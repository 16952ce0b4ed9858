"""The limit of a fan-out: asyncio writes a finished frame to every transport, and that is all."""

import asyncio
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from typing import Any

import uvloop

from tests.bench.listeners import child

HANDSHAKE = b"GET / HTTP/1.1\r\n\r\n"


class Receiver(asyncio.Protocol):
    """A link that is written to."""

    def __init__(self, transports: set[Any]) -> None:
        self._transports = transports

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self._transports.add(transport)

    def connection_lost(self, _exc: Exception | None) -> None:
        self._transports.discard(self._transport)

    def data_received(self, _data: bytes) -> None:
        self._transport.write(b"HTTP/1.1 101 Switching Protocols\r\n\r\n")


async def _serve(pipe: Pipe) -> None:
    transports: set[Any] = set()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Receiver(transports), "127.0.0.1", 0, backlog=2048)
    pipe.send((os.getpid(), server.sockets[0].getsockname()[1]))
    while (frame := await loop.run_in_executor(None, pipe.recv)) is not None:
        started = time.perf_counter()
        for transport in transports:
            transport.write(frame)
        pipe.send(started)


def _run(pipe: Pipe) -> None:
    uvloop.run(_serve(pipe))


@dataclass
class Broadcast:
    """The process that writes."""

    pipe: Pipe
    pid: int
    port: int

    async def write(self, frame: bytes) -> float:
        """Have the frame written to every link; when that began."""
        self.pipe.send(frame)
        started: float = await asyncio.to_thread(self.pipe.recv)
        return started


@contextmanager
def broadcasting() -> Iterator[Broadcast]:
    """A running process."""
    with child(_run) as pipe:
        yield Broadcast(pipe, *pipe.recv())
