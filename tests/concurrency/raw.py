"""A client on a bare TCP socket, which can stop reading and lose its link without a word."""

import asyncio
import base64
import ctypes
import os
import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.live import feed_url
from tests.team import Person

SO_ATTACH_FILTER = 26
_DROP_ALL = struct.pack("HBBI", 0x06, 0, 0, 0)  # classic BPF: return 0, keep nothing of a packet

needs_packet_filter = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux lets a socket drop what arrives"
)


@contextmanager
def bare_client() -> Iterator[socket.socket]:
    """A TCP socket that takes little unread data."""
    with socket.socket() as link:
        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        link.setblocking(False)
        yield link


async def open_feed(link: socket.socket, address: str, person: Person) -> None:
    """Open the feed on the link, and read nothing behind the handshake."""
    loop = asyncio.get_running_loop()
    host, _, port = address.partition(":")
    await loop.sock_connect(link, (host, int(port)))
    path = feed_url("", person, {}).removeprefix("ws://")
    key = base64.b64encode(os.urandom(16)).decode()
    request = (
        f"GET {path} HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n"
        f"Authorization: Bearer {person.token}\r\n\r\n"
    )
    await loop.sock_sendall(link, request.encode())
    answer = await loop.sock_recv(link, 12)
    assert answer == b"HTTP/1.1 101", answer


def cut_link(link: socket.socket) -> None:
    """Have everything that arrives dropped: to the server the client is gone without a word."""
    held = ctypes.create_string_buffer(_DROP_ALL)
    program = struct.pack("HL", 1, ctypes.addressof(held))
    link.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, program)
