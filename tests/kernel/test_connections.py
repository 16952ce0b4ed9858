"""Connections within bounds, on real sockets: their number, their headers, their patience."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

import pytest

from dayline import serve
from dayline.app import create_app
from dayline.kernel.http.connections import MOST_HEADER_BYTES, MOST_HEADERS, Patience
from dayline.kernel.ops.settings import Settings
from tests.live import PATIENCE, feed, next_frame, serving
from tests.team import Team

QUICK = Patience(headers_s=0.3, body_s=0.3, bytes_per_s=1000)
PROXY = "127.0.0.1"

Address = str


class Client:
    """A connection on which bytes are written as they are."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def write(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def answer(self) -> tuple[int, dict[str, str], Any]:
        """The next answer: its status, headers and JSON."""
        async with asyncio.timeout(PATIENCE):
            head = (await self._reader.readuntil(b"\r\n\r\n")).decode()
            first, *lines = head.strip().split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in lines)
            body = await self._reader.readexactly(int(headers["content-length"]))
        is_json = headers["content-type"].endswith("json")
        return int(first.split()[1]), headers, json.loads(body) if is_json else None

    async def status(self) -> int:
        return (await self.answer())[0]

    async def ends(self) -> bytes:
        """What comes until the server closes."""
        said = b""
        async with asyncio.timeout(PATIENCE):
            with suppress(ConnectionError):
                while part := await self._reader.read(4096):
                    said += part
        return said

    async def close(self) -> None:
        self._writer.close()
        with suppress(ConnectionError):
            await self._writer.wait_closed()


@asynccontextmanager
async def client_of(address: Address) -> AsyncIterator[Client]:
    host, _, port = address.partition(":")
    client = Client(*await asyncio.open_connection(host, int(port)))
    try:
        yield client
    finally:
        await client.close()


@asynccontextmanager
async def server(
    settings: Settings, patience: Patience = serve.PATIENCE, **otherwise: Any
) -> AsyncIterator[Address]:
    """The app as `dayline serve` runs it, with other settings."""
    own = settings.model_copy(update=otherwise)
    http = serve.configuration(own, patience).http
    app = create_app(own)
    async with app.router.lifespan_context(app), serving(app, http=http) as address:
        yield address


def request(*headers: str, method: str = "GET", path: str = "/healthz", body: str = "") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *headers, "", body]
    return "\r\n".join(lines).encode()


def is_problem(answer: tuple[int, dict[str, str], Any], status: int, slug: str) -> bool:
    found, headers, problem = answer
    return (
        found == status == problem["status"]
        and problem["type"] == f"urn:dayline:problem:{slug}"
        and headers["content-type"] == "application/problem+json"
        and headers["connection"] == "close"
        and headers["x-content-type-options"] == "nosniff"
        and "frame-ancestors 'none'" in headers["content-security-policy"]
    )


@pytest.fixture(scope="module")
async def address(settings: Settings) -> AsyncIterator[Address]:
    async with server(settings) as address:
        yield address


@pytest.fixture(scope="module")
async def quick(settings: Settings) -> AsyncIterator[Address]:
    """A server that waits for nobody."""
    async with server(settings, QUICK) as address:
        yield address


UPGRADE = ("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13")


@pytest.mark.parametrize("more", [(), UPGRADE], ids=["request", "socket"])
async def test_a_hundred_headers_are_read_and_one_more_is_not(
    address: Address, more: tuple[str, ...]
) -> None:
    room = MOST_HEADERS - 1 - len(more)
    many = [f"X-{number}: y" for number in range(room)]
    async with client_of(address) as client:
        await client.write(request(*more, *many))
        assert await client.status() in {200, 400, 404}  # a socket without its key, not too large
    async with client_of(address) as client:
        await client.write(request(*more, *many, "X-More: y"))
        assert is_problem(await client.answer(), 431, "headers-too-large")
        assert await client.ends() == b""


@pytest.mark.parametrize("pieces", [1, 7])
async def test_headers_have_64_kib_however_they_come(address: Address, pieces: int) -> None:
    rest = MOST_HEADER_BYTES - 200
    for size, status in ((rest, 200), (rest + 300, 431)):
        whole = request("X-Large: " + "y" * size)
        async with client_of(address) as client:
            step = len(whole) // pieces + 1
            for at in range(0, len(whole), step):
                await client.write(whole[at : at + step])
                await asyncio.sleep(0.01)
            assert await client.status() == status


async def test_a_header_that_never_ends_is_cut_off(address: Address) -> None:
    async with client_of(address) as client:
        await client.write(b"GET /healthz HTTP/1.1\r\nX-Large: ")
        for _ in range(3 * MOST_HEADER_BYTES // 4096):
            try:
                await client.write(b"y" * 4096)
            except ConnectionError:
                break
        assert b" 431 " in await client.ends()


@pytest.mark.parametrize(
    "piece", [b"X: " + b"y" * 4093, b"1;" + b"y" * 4000 + b"\r\nx\r\n"], ids=["trailer", "framing"]
)
async def test_what_is_no_body_is_bounded_behind_the_headers_too(
    address: Address, piece: bytes
) -> None:
    head = request("Transfer-Encoding: chunked", "Content-Type: application/json", method="POST")
    start = b"0\r\n" if piece.startswith(b"X") else b""
    async with client_of(address) as client:
        await client.write(head.replace(b"/healthz", b"/api/sessions") + start)
        said = asyncio.create_task(client.ends())
        while not said.done():
            with suppress(ConnectionError):
                await client.write(piece)
            await asyncio.sleep(0.01)
        assert b" 431 " in await said


async def test_headers_that_trickle_end_the_connection(quick: Address) -> None:
    """Each byte comes in time; the whole does not."""
    async with client_of(quick) as client:
        asked = asyncio.create_task(client.answer())
        for byte in request("X-Slow: " + "y" * 5000):
            if asked.done():
                break
            await client.write(bytes([byte]))
            await asyncio.sleep(0.02)
        assert is_problem(await asked, 408, "request-timeout")
        assert await client.ends() == b""


@pytest.mark.parametrize("first", [b"", b"\r\n", b"G"])
async def test_a_connection_that_says_nothing_ends(quick: Address, first: bytes) -> None:
    async with client_of(quick) as client:
        await client.write(first)
        assert is_problem(await client.answer(), 408, "request-timeout")


async def test_the_second_request_of_a_connection_has_a_deadline_too(quick: Address) -> None:
    async with client_of(quick) as client:
        await client.write(request())
        assert await client.status() == 200
        asked = asyncio.create_task(client.answer())
        while not asked.done():
            await client.write(b"\r\n")  # empty lines between requests begin none
            await asyncio.sleep(0.05)
        assert is_problem(await asked, 408, "request-timeout")


async def test_a_body_that_trickles_ends_the_connection(quick: Address) -> None:
    head = request(
        "Content-Length: 5000",
        "Content-Type: application/json",
        method="POST",
        path="/api/sessions",
    )
    async with client_of(quick) as client:
        await client.write(head)
        asked = asyncio.create_task(client.answer())
        while not asked.done():
            await client.write(b" ")
            await asyncio.sleep(0.02)
        assert is_problem(await asked, 408, "request-timeout")
        assert await client.ends() == b""


async def test_a_body_that_goes_on_after_its_answer_ends_too(quick: Address) -> None:
    head = request("Content-Length: 5000000", method="POST", path="/api/sessions")
    async with client_of(quick) as client:
        await client.write(head)
        assert await client.status() == 413
        ended = asyncio.create_task(client.ends())
        while not ended.done():
            try:
                await client.write(b" ")
            except ConnectionError:
                break
            await asyncio.sleep(0.02)
        assert await ended == b""


async def test_a_long_body_that_keeps_coming_has_its_time(settings: Settings) -> None:
    """It takes longer than the first deadline, and is read whole."""
    patience = Patience(headers_s=5, body_s=0.3, bytes_per_s=100)
    async with server(settings, patience) as address, client_of(address) as client:
        body = b'{"token": "' + b"x" * 3000 + b'"}'
        head = request(
            f"Content-Length: {len(body)}",
            "Content-Type: application/json",
            method="POST",
            path="/api/invites/preview",
        )
        await client.write(head)
        for at in range(0, len(body), 300):
            await client.write(body[at : at + 300])
            await asyncio.sleep(0.06)
        assert await client.status() in {409, 422}


async def test_an_answer_that_takes_long_has_no_deadline(settings: Settings, team: Team) -> None:
    """A socket stays open, and a request whose headers came is the server's to answer."""
    async with server(settings, QUICK) as address, feed(address, team.owner) as socket:
        assert (await next_frame(socket))["type"] == "hello"
        await asyncio.sleep(3 * QUICK.headers_s)
        await team.owner.post("/projects", {"key": "LNG", "name": "Long"})
        assert (await next_frame(socket))["type"] == "events"


async def until(true: Callable[[], Any]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await true():  # noqa: ASYNC110 -- the server says nothing of it
            await asyncio.sleep(0.02)


async def test_more_connections_than_the_server_holds_are_refused(settings: Settings) -> None:
    async with server(settings, connections=3) as address, AsyncExitStack() as stack:
        held = [await stack.enter_async_context(client_of(address)) for _ in range(3)]
        for client in held:
            await client.write(request())
            assert await client.status() == 200
        async with client_of(address) as fourth:
            answer = await fourth.answer()
            assert is_problem(answer, 503, "busy")
            assert int(answer[1]["retry-after"]) > 0
        await held[0].close()
        await until(lambda: _is_served(address))


async def _is_served(address: Address, *headers: str) -> bool:
    async with client_of(address) as client:
        try:
            await client.write(request(*headers))
            return await client.status() == 200
        except (ConnectionError, asyncio.IncompleteReadError):
            return False


async def test_one_address_has_no_more_than_its_share(settings: Settings, team: Team) -> None:
    """A socket counts as long as it is open, and no longer."""
    async with server(settings, connections_by_address=2) as address:
        async with feed(address, team.owner) as socket, client_of(address) as second:
            await next_frame(socket)
            await second.write(request())
            assert await second.status() == 200
            async with client_of(address) as third:
                assert is_problem(await third.answer(), 429, "too-many-connections")
        await until(lambda: _is_served(address))


async def test_behind_a_trusted_proxy_each_client_has_a_share(
    settings: Settings, team: Team
) -> None:
    """The proxy itself may hold any number; who it forwards for may not."""
    own: dict[str, Any] = {"connections_by_address": 1, "trusted_proxies": (PROXY,)}
    async with server(settings, **own) as address, AsyncExitStack() as stack:
        greedy = "X-Forwarded-For: 203.0.113.7"
        headers = {
            "Authorization": f"Bearer {team.owner.token}",
            "X-Forwarded-For": "203.0.113.7",
        }
        socket = await stack.enter_async_context(feed(address, team.owner, headers=headers))
        await next_frame(socket)
        second = await stack.enter_async_context(client_of(address))
        await second.write(request(greedy))
        assert is_problem(await second.answer(), 429, "too-many-connections")
        spoofed = "X-Forwarded-For: 198.51.100.1, 203.0.113.7"  # the proxy adds what it saw
        assert not await _is_served(address, spoofed)
        for other in ("203.0.113.8", "2001:db8::1"):
            assert await _is_served(address, f"X-Forwarded-For: {other}")
        reused = await stack.enter_async_context(client_of(address))
        for client in ("203.0.113.9", "203.0.113.10", "203.0.113.9"):
            await reused.write(request(f"X-Forwarded-For: {client}"))
            assert await reused.status() == 200


async def test_what_cannot_be_parsed_is_a_problem(address: Address) -> None:
    async with client_of(address) as client:
        await client.write(b"nonsense\r\n\r\n")
        assert is_problem(await client.answer(), 400, "bad-request")


async def test_ordinary_requests_go_on_one_after_the_other(address: Address) -> None:
    body = '{"token": "x"}'
    post = request(
        f"Content-Length: {len(body)}",
        "Content-Type: application/json",
        method="POST",
        path="/api/invites/preview",
        body=body,
    )
    async with client_of(address) as client:
        for _ in range(3):
            await client.write(request() + post)  # both at once
            assert await client.status() == 200
            assert await client.status() == 409


async def test_a_body_has_one_length(address: Address) -> None:
    """A proxy that took the other one would see another request behind it."""
    twice = request("Content-Length: 4", "Transfer-Encoding: chunked", method="POST")
    several = request("Content-Length: 4", "Content-Length: 5", method="POST")
    for asked in (twice, several):
        async with client_of(address) as client:
            await client.write(asked + b"0\r\n\r\n")
            assert is_problem(await client.answer(), 400, "bad-request")
            assert await client.ends() == b""
