"""The server's address as seen from outside: whether it is free, and whether it answers."""

import http.client
import socket
import time

from dayline.local.fault import Fault

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where to connect, not to bind


def check_port(host: str, port: int) -> None:
    """Raise Fault unless the address can be bound. Retries for a second while it is in use."""
    for attempt in range(5):
        reason = _reason_not_to_bind(host, port)
        if reason is None:
            return
        time.sleep(0.1 * attempt)
    raise Fault(
        f"Dayline cannot listen on {host} port {port}: {reason}; "
        "stop what uses it, or choose another with DAYLINE_PORT (or --port)."
    )


def _reason_not_to_bind(host: str, port: int) -> str | None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            attempt.bind(address)
            attempt.listen(1)
    except OSError as error:
        return (error.strerror or str(error)).lower()
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
