"""The listening socket. It drops clients that stop reading."""

import socket
import sys

from dayline.core.phrase import Phrase
from dayline.kernel.ops.fault import Fault, reason_of_error

UNREAD_MILLISECONDS = 8_000
SEND_BUFFER = 64 * 1024


def listen(host: str, port: int) -> socket.socket:
    """A listening socket whose connections buffer little and end if a client stops reading.

    Raises Fault if the address can't be bound.
    """
    try:
        return _bound(host, port)
    except OSError as error:
        reason = reason_of_error(error)
        said = Phrase("server.cannot-listen", host=host, port=str(port), reason=reason)
        raise Fault(said) from None


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        if sys.platform == "linux":
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD_MILLISECONDS)
        listener.bind(address)
        listener.listen(2048)
    except OSError:
        listener.close()
        raise
    return listener
