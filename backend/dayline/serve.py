"""One server process: uvicorn on a socket that gives up on clients that stop reading."""

import gc
import socket
import sys
from collections.abc import Iterable
from contextlib import suppress
from ipaddress import IPv4Network, ip_network

import structlog
import uvicorn

from dayline import __version__
from dayline.app import create_app
from dayline.feed.wire import WireProtocol
from dayline.kernel import logging, zones
from dayline.kernel.settings import Settings
from dayline.local.fault import Fault

log = structlog.get_logger(__name__)

UNREAD_MILLISECONDS = 8_000
SEND_BUFFER = 64 * 1024
LARGEST_MESSAGE = 64 * 1024
GRACE_SECONDS = 5


class Server(uvicorn.Server):
    """uvicorn that keeps what exists after start-up out of every later garbage collection."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        gc.collect()
        gc.freeze()


def run(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM; requests under way have five seconds. Raises Fault."""
    logging.configure(settings.log_level)
    log.info("serving", version=__version__, tzdata=zones.VERSION)
    listener = listen(settings.host, settings.port)
    with suppress(KeyboardInterrupt):
        Server(configuration(settings)).run(sockets=[listener])


def configuration(settings: Settings) -> uvicorn.Config:
    """uvicorn as the feed and the logs need it."""
    return uvicorn.Config(
        create_app(settings),
        ws=WireProtocol,
        ws_max_size=LARGEST_MESSAGE,
        ws_per_message_deflate=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=believed(settings.trusted_proxies),
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


def believed(proxies: Iterable[str]) -> list[str]:
    """The networks of the proxies, as they are seen on IPv4 and on a socket that takes both."""
    networks = [ip_network(proxy) for proxy in proxies]
    mapped = [
        f"::ffff:{network.network_address}/{96 + network.prefixlen}"
        for network in networks
        if isinstance(network, IPv4Network)
    ]
    return [*map(str, networks), *mapped]


def listen(host: str, port: int) -> socket.socket:
    """A listening socket whose connections hold little unsent data and end when it is not taken.

    Raises Fault when the address cannot be bound.
    """
    try:
        return _bound(host, port)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Fault(f"Dayline cannot listen on {host} port {port}: {reason}.") from None


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
