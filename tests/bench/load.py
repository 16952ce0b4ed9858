"""A closed loop of clients on raw sockets, so that the client costs little beside the server."""

import asyncio
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """What a run saw: requests a second, and the 50th and 99th percentile in milliseconds."""

    rate: float
    p50_ms: float
    p99_ms: float


@dataclass(frozen=True)
class Call:
    """One HTTP request, sent again and again."""

    port: int
    head: bytes
    body: bytes = b""

    @property
    def wire(self) -> bytes:
        """The request as it goes over the wire."""
        return self.head + b"Content-Length: %d\r\n\r\n" % len(self.body) + self.body


def call(port: int, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Call:
    """A request of HTTP/1.1 that keeps its connection."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return Call(port, ("\r\n".join(lines) + "\r\n").encode(), body)


async def measure(wanted: Call, *, seconds: float, connections: int) -> Measured:
    """Send `wanted` over `connections` connections for `seconds`. Any answer above 399 raises."""
    until = time.perf_counter() + seconds
    runs = await asyncio.gather(*(_client(wanted, until) for _ in range(connections)))
    took = sorted(ms for run in runs for ms in run)
    return Measured(
        rate=len(took) / seconds,
        p50_ms=took[len(took) // 2],
        p99_ms=took[len(took) * 99 // 100],
    )


async def _client(wanted: Call, until: float) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", wanted.port, limit=1 << 20)
    took = []
    try:
        while (started := time.perf_counter()) < until:
            writer.write(wanted.wire)
            await _answer(reader)
            took.append((time.perf_counter() - started) * 1000)
    finally:
        writer.close()
    return took


async def _answer(reader: asyncio.StreamReader) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    if status >= 400:
        raise RuntimeError(head.decode())
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            await reader.readexactly(int(line.split(b":")[1]))
        elif line == b"transfer-encoding: chunked":
            await _chunks(reader)


async def _chunks(reader: asyncio.StreamReader) -> None:
    size = 1
    while size:
        size = int(await reader.readline(), 16)
        await reader.readexactly(size + 2)
