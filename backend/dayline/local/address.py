"""The server's address as seen from outside: whether it is free, and whether it answers."""

import http.client
import socket
import time

from dayline.core.phrase import Phrase
from dayline.kernel.ops.fault import Fault, reason_of_error

_ATTEMPTS = 4
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where to connect, not to bind


def check_port(host: str, port: int) -> None:
    """Raise Fault unless the address can be bound. Retries for a second while it is in use."""
    attempts = 0
    while (reason := _reason_not_to_bind(host, port)) is not None and attempts < _ATTEMPTS:
        attempts += 1
        time.sleep(0.1 * attempts)
    if reason is None:
        return
    problem = Phrase("server.cannot-listen", host=host, port=str(port), reason=reason)
    raise Fault(Phrase("server.choose-another-port", problem=problem))


def _reason_not_to_bind(host: str, port: int) -> Phrase | None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            attempt.bind(address)
            attempt.listen(1)
    except OSError as error:
        return reason_of_error(error)
    return None


def is_ready(host: str, port: int) -> bool:
    """Whether the server answers that it is ready."""
    connection = http.client.HTTPConnection(_EVERYWHERE.get(host, host), port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
