"""The server process: uvicorn on a socket that drops clients that stop reading."""

import asyncio
import gc
import resource
import socket
from contextlib import suppress
from functools import partial
from typing import cast

import structlog
import uvicorn

from dayline import __version__
from dayline.app import create_app
from dayline.feed.wire import SocketProtocol
from dayline.kernel.http.connections import BoundedProtocol, Patience
from dayline.kernel.http.crowd import Crowd
from dayline.kernel.http.networks import as_seen
from dayline.kernel.http.web import security_headers
from dayline.kernel.ops import logging
from dayline.kernel.ops.settings import Settings
from dayline.kernel.text import zones
from dayline.local.listening import listen

log = structlog.get_logger(__name__)

LARGEST_MESSAGE = 64 * 1024
GRACE_SECONDS = 5
OTHER_FILES = 200
"""Open files besides connections: attachments, logs, modules."""


PATIENCE = Patience()


class Server(uvicorn.Server):
    """uvicorn that excludes the objects of its start from later garbage collections."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then exclude all objects that exist from later garbage collections."""
        await super().startup(sockets)
        gc.collect()
        gc.freeze()


def run(settings: Settings, descriptor: int | None = None) -> None:
    """Serve until SIGINT or SIGTERM. Requests under way then get five seconds. Raises Fault.

    `descriptor` is a socket that is listening already, given by `dayline up`.
    """
    logging.configure(settings.log_level)
    log.info("serving", version=__version__, tzdata=zones.VERSION)
    if descriptor is None:
        listener = listen(settings.host, settings.port)
    else:
        listener = socket.socket(fileno=descriptor)
    with suppress(KeyboardInterrupt):
        Server(configuration(settings)).run(sockets=[listener])


def configuration(settings: Settings, patience: Patience = PATIENCE) -> uvicorn.Config:
    """The configuration of uvicorn, with a limited number of connections."""
    proxies = as_seen(settings.trusted_proxies)
    crowd = Crowd(connections_within(settings), settings.connections_by_address, proxies)
    said = security_headers(settings)
    return uvicorn.Config(
        create_app(settings),
        http=cast("type[asyncio.Protocol]", partial(BoundedProtocol, crowd, patience, said)),
        ws=SocketProtocol,
        ws_max_size=LARGEST_MESSAGE,
        ws_per_message_deflate=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


def connections_within(settings: Settings) -> int:
    """How many connections fit into the limit of open files. Raises the soft limit if necessary."""
    others = OTHER_FILES + settings.database_pool
    wanted = settings.connections + others
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and files > soft:
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
    fitting = max(files - others, 1)
    if fitting < settings.connections:
        log.warning("the system allows fewer open files", connections=fitting)
    return fitting
