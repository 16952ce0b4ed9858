"""The listening socket and uvicorn, as the feed needs them."""

import socket
import sys
from collections.abc import AsyncIterator
from typing import Any, cast
from uuid import uuid4

import httpx
import pytest
import structlog
from fastapi import FastAPI
from starlette.types import ASGIApp
from structlog.testing import capture_logs

from dayline import serve
from dayline.identity import throttle
from dayline.kernel.ops.settings import Settings
from dayline.local import listening
from tests.clock import MovableClock

NOWHERE = "postgresql://nobody@nowhere/x"


def test_accepted_connections_inherit_the_limits() -> None:
    with (
        listening.listen("127.0.0.1", 0) as listener,
        socket.create_connection(listener.getsockname()),
        listener.accept()[0] as accepted,
    ):
        # Linux doubles what is asked for, to have room for its own notes.
        assert accepted.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) <= 2 * listening.SEND_BUFFER
        if sys.platform == "linux":
            waits = accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT)
            assert waits == listening.UNREAD_MILLISECONDS


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_a_host_may_be_a_name(host: str) -> None:
    with listening.listen(host, 0) as listener:
        assert listener.getsockname()[1] > 0


def test_sockets_carry_small_messages_without_compression() -> None:
    configuration = serve.configuration(Settings(database_url=NOWHERE))
    assert configuration.ws_max_size == 64 * 1024
    assert not configuration.ws_per_message_deflate
    assert not configuration.server_header


def test_no_proxy_is_believed_unless_it_is_named() -> None:
    assert not serve.configuration(Settings(database_url=NOWHERE)).proxy_headers


GUESS = {"password": "a wrong password"}
Forwarded = list[tuple[str, str]]


@pytest.fixture
async def served(settings: Settings, clock: MovableClock) -> AsyncIterator[ASGIApp]:
    """The app as uvicorn runs it, behind proxies 10.0.0.5 and those of 172.18.0.0/16."""
    proxies = ("10.0.0.5", "172.18.0.0/16")
    configuration = serve.configuration(settings.model_copy(update={"trusted_proxies": proxies}))
    app = configuration.app
    assert isinstance(app, FastAPI)
    app.state.clock = clock
    configuration.load()
    async with app.router.lifespan_context(app):
        yield cast("ASGIApp", configuration.loaded_app)


async def client_as_logged(served: ASGIApp, peer: str, headers: Forwarded) -> str:
    """The client's address that the log tells for a request of this peer."""
    transport = httpx.ASGITransport(cast("Any", served), client=(peer, 4711))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8080") as client:
        with capture_logs([structlog.contextvars.merge_contextvars]) as lines:
            await client.get("/healthz", headers=headers)
    (line,) = (line for line in lines if line["event"] == "request")
    return str(line["client"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.9", [], "203.0.113.9"),
        ("203.0.113.9", ["198.51.100.7"], "203.0.113.9"),
        ("203.0.113.9", ["10.0.0.5"], "203.0.113.9"),
        ("10.0.0.5", ["198.51.100.7"], "198.51.100.7"),
        ("::ffff:10.0.0.5", ["198.51.100.7"], "198.51.100.7"),
        ("172.18.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("::ffff:172.18.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("172.19.0.1", ["198.51.100.7"], "172.19.0.1"),
        ("10.0.0.5", ["6.6.6.6, 198.51.100.7"], "198.51.100.7"),
        ("10.0.0.5", ["6.6.6.6", "198.51.100.7"], "198.51.100.7"),
        ("10.0.0.5", ["6.6.6.6, 198.51.100.7, 172.18.0.9"], "198.51.100.7"),
        ("10.0.0.5", ["172.18.0.3, 198.51.100.7, 172.18.0.9"], "198.51.100.7"),
        ("10.0.0.5", ["6.6.6.6, 203.0.113.1, 198.51.100.7"], "198.51.100.7"),
        ("10.0.0.5", ["2001:db8::7"], "2001:db8::7"),
        ("10.0.0.5", ["198.51.100.7:51000"], "198.51.100.7"),
        ("10.0.0.5", ["somebody"], "unknown"),
    ],
)
async def test_the_client_is_the_last_address_that_no_trusted_proxy_has(
    served: ASGIApp, peer: str, forwarded: list[str], client: str
) -> None:
    headers = [("X-Forwarded-For", value) for value in forwarded]
    assert await client_as_logged(served, peer, headers) == client


@pytest.mark.parametrize(
    ("peer", "forged"),
    [("203.0.113.{0}", "6.6.6.{1}"), ("10.0.0.5", "6.6.6.{1}, 198.51.100.{0}")],
    ids=["without a proxy", "through the proxy"],
)
async def test_a_forged_header_gives_no_further_guesses(
    served: ASGIApp, peer: str, forged: str
) -> None:
    guess = GUESS | {"email": f"{uuid4()}@example.org"}
    sender = str(uuid4().int % 250 + 1)
    transport = httpx.ASGITransport(cast("Any", served), client=(peer.format(sender), 4711))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8080") as client:
        statuses = []
        for n in range(throttle.MOST_BY_PAIR + 1):
            headers = {"X-Forwarded-For": forged.format(sender, n)}
            answer = await client.post("/api/sessions", json=guess, headers=headers)
            statuses.append(answer.status_code)
    assert statuses == [401] * throttle.MOST_BY_PAIR + [429]
