"""The listening socket and uvicorn, as the feed needs them."""

import socket
import sys

import pytest

from dayline import serve
from dayline.kernel.settings import Settings
from dayline.local import listening


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
    configuration = serve.configuration(Settings(database_url="postgresql://nobody@nowhere/x"))
    assert configuration.ws_max_size == 64 * 1024
    assert not configuration.ws_per_message_deflate
    assert not configuration.server_header


def test_no_proxy_is_believed_unless_it_is_named() -> None:
    url = "postgresql://nobody@nowhere/x"
    assert not serve.configuration(Settings(database_url=url)).proxy_headers
    named = serve.configuration(Settings(database_url=url, trusted_proxies=("10.0.0.1",)))
    assert named.proxy_headers
    assert named.forwarded_allow_ips == ["10.0.0.1"]
