"""A stand-in for Slack: a real HTTP server on loopback that answers as told, and remembers."""

import asyncio
import atexit
import json
import socket
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

REASONS = {200: "OK", 302: "Found", 400: "Bad Request", 403: "Forbidden", 404: "Not Found"}


@dataclass(frozen=True)
class Reply:
    """What it answers after some seconds; `hangs`: it takes the message and then says nothing."""

    status: int = 200
    body: str = "ok"
    headers: dict[str, str] = field(default_factory=dict)
    hangs: bool = False
    after: float = 0


OK = Reply()
LIMITED = Reply(429, "rate_limited", {"Retry-After": "30"})
BROKEN = Reply(500, "rollup_error")
SILENT = Reply(hangs=True)


@dataclass
class SlackStub:
    """By path: what came, and what the next ones are answered (then `always`, which is OK)."""

    port: int = 0
    came: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    heads: list[dict[str, str]] = field(default_factory=list)
    next: dict[str, deque[Reply]] = field(default_factory=lambda: defaultdict(deque))
    always: Reply = OK
    something_came: asyncio.Event = field(default_factory=asyncio.Event)

    def url(self, hook: str) -> str:
        """The address of the webhook of this name."""
        return f"http://127.0.0.1:{self.port}{path_of(hook)}"

    def answer(self, hook: str, *replies: Reply) -> None:
        """Answer the next messages to this webhook so, one after the other."""
        self.next[path_of(hook)].extend(replies)

    def told(self, hook: str) -> list[Any]:
        """The messages that came to this webhook, those that were refused too."""
        return self.came[path_of(hook)]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            path, head, body = await _request(reader)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()
            return
        self.heads.append(head)
        self.came[path].append(json.loads(body))
        self.something_came.set()
        waiting = self.next[path]
        reply = waiting.popleft() if waiting else self.always
        if reply.hangs:
            await reader.read()
        else:
            await asyncio.sleep(reply.after)
            writer.write(_response(reply))
        writer.close()


def path_of(hook: str) -> str:
    return f"/services/T0STUB/B0{hook.upper()}/secret-of-{hook}"


async def _request(reader: asyncio.StreamReader) -> tuple[str, dict[str, str], bytes]:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    head = {
        name.lower(): value for name, _, value in (line.partition(": ") for line in lines) if name
    }
    body = await reader.readexactly(int(head.get("content-length", 0)))
    return first.split(" ")[1], head, body


def _response(reply: Reply) -> bytes:
    reason = REASONS.get(reply.status, "Other")
    body = reply.body.encode()
    headers = {"Content-Length": str(len(body)), "Connection": "close"} | reply.headers
    lines = [f"HTTP/1.1 {reply.status} {reason}", *(f"{n}: {v}" for n, v in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


def _bound() -> socket.socket:
    """A socket that keeps its port for the run; nothing listens on it between two stubs."""
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    atexit.register(bound.close)
    return bound


_SOCKET = _bound()
PORT: int = _SOCKET.getsockname()[1]
"""Where every stub of this run listens, one after the other: the settings name the port."""


@asynccontextmanager
async def slack_stub() -> AsyncIterator[SlackStub]:
    """A running stub."""
    stub = SlackStub(PORT)
    server = await asyncio.start_server(stub.serve, sock=_SOCKET.dup())
    try:
        yield stub
    finally:
        server.close()
