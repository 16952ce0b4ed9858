"""Limits of HTTP connections: their number, the size of headers, and slow clients.

uvicorn has no such limits. A client that sends one header or one byte a minute could keep a
connection open indefinitely.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Protocol, cast

import structlog
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from dayline.kernel.errors import BadRequest, Problem
from dayline.kernel.http.crowd import Crowd, Place
from dayline.kernel.http.language import accepted
from dayline.kernel.text.catalogs import ENGLISH

log = structlog.get_logger("dayline.connection")

MOST_HEADERS = 100
MOST_HEADER_BYTES = 64 * 1024
FRAMING = 8
"""The most bytes of framing, such as chunk sizes, for each byte of a body."""

_PAUSE_S = 1.0


class RequestTimeout(Problem):
    """The request took too long to arrive."""

    status = 408
    slug = "request-timeout"


class HeadersTooLarge(Problem):
    """The headers of the request are too large."""

    status = 431
    slug = "headers-too-large"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a client may take to send a request."""

    headers_s: float = 10
    """Seconds for all headers, from the first byte or the start of the connection."""
    body_s: float = 30
    """Seconds for the body, plus one for each `bytes_per_s` received."""
    bytes_per_s: int = 4 * 1024


class HoldsPlace(Protocol):
    """A WebSocket protocol that takes over the place of its connection."""

    place: Place | None


class _Awaited(Enum):
    """The part of a request that a connection is waiting for."""

    NOTHING = auto()
    HEADERS = auto()
    BODY = auto()


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's HTTP protocol, with a limit of connections and deadlines.

    `said` are the headers of refusals, which don't pass through the application.
    """

    def __init__(
        self, crowd: Crowd, patience: Patience, said: Mapping[str, str], **given: Any
    ) -> None:
        super().__init__(**given)
        self._crowd, self._patience, self._said = crowd, patience, said
        self._place: Place | None = None
        self._awaited = _Awaited.HEADERS
        self._timer: asyncio.TimerHandle | None = None
        self._refusal: Problem | None = None
        self._since, self._came, self._body = 0.0, 0, 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take a place, or respond that there is none."""
        super().connection_made(cast("asyncio.Transport", transport))
        try:
            self._place = self._crowd.admit(self.client[0] if self.client else "")
        except Problem as problem:
            self._refuse(problem)
        else:
            self._set_timer(self._patience.headers_s)

    def connection_lost(self, exc: Exception | None) -> None:
        """Release the place."""
        self._cancel_timer()
        if self._place is not None:
            self._place.leave()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse the data, and refuse it if it is too much."""
        if self._refusal is not None:
            return
        self._came += len(data)
        super().data_received(data)
        if self._refusal is None and self._place is not None:
            self._check_size()
            self._watch()

    def on_message_begin(self) -> None:
        """A request starts."""
        super().on_message_begin()
        self._awaited, self._came, self._body = _Awaited.HEADERS, 0, 0

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header has arrived. Refuse it if there are too many."""
        if len(self.headers) >= MOST_HEADERS:
            self._stop_reading(_headers_too_large())
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """All headers have arrived. The time for the body starts."""
        if len(self.url) + sum(len(n) + len(v) + 4 for n, v in self.headers) > MOST_HEADER_BYTES:
            self._stop_reading(_headers_too_large())
        if self._place is not None and self._place.is_proxy:
            self._count_for_client(self._place)
        self._awaited, self._since = _Awaited.BODY, self.loop.time()
        self._cancel_timer()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A part of the body has arrived."""
        self._body += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is complete."""
        super().on_message_complete()
        self._awaited = _Awaited.NOTHING
        self._cancel_timer()

    def handle_websocket_upgrade(self) -> None:
        """Hand the connection and its place to the WebSocket protocol."""
        self._cancel_timer()
        place, self._place = self._place, None
        super().handle_websocket_upgrade()
        cast("HoldsPlace", self.transport.get_protocol()).place = place

    def send_400_response(self, msg: str) -> None:
        """Respond to what the parser or a callback above refused."""
        self._refuse(self._refusal or BadRequest())

    def _count_for_client(self, place: Place) -> None:
        named = [value for name, value in self.headers if name == b"x-forwarded-for"]
        try:
            place.take_behind(b", ".join(named).decode("latin-1"))
        except Problem as problem:
            self._stop_reading(problem)

    def _stop_reading(self, problem: Problem) -> None:
        """Stop parsing with an error, for which `send_400_response` is called."""
        self._refusal = problem
        raise ValueError(problem.slug)

    def _check_size(self) -> None:
        """Limit what isn't body: headers, trailers and framing, all of which the parser keeps."""
        room = MOST_HEADER_BYTES if self._awaited is _Awaited.HEADERS else 2 * MOST_HEADER_BYTES
        if self._awaited is not _Awaited.NOTHING:
            over = self._came - self._body > room + FRAMING * self._body
            if over and not self.transport.is_closing():
                self._refuse(_headers_too_large())

    def _watch(self) -> None:
        """Start a timer while this connection waits for the client."""
        if self._timer is not None or self.transport.is_closing():
            return
        if self._awaited is _Awaited.BODY:
            self._set_timer(self._patience.body_s)
        elif self._awaited is _Awaited.HEADERS or self._is_idle():
            self._set_timer(self._patience.headers_s)

    def _is_idle(self) -> bool:
        """Whether the data began no request. uvicorn has stopped its own timer then."""
        return self.cycle is None or self.cycle.response_complete

    def _set_timer(self, seconds: float) -> None:
        self._timer = self.loop.call_later(seconds, self._look)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self) -> None:
        self._timer = None
        left = self._time_left()
        if left > 0:
            self._set_timer(left)
        else:
            self._refuse(RequestTimeout())

    def _time_left(self) -> float:
        if self._awaited is not _Awaited.BODY:
            return 0
        if self.flow.read_paused:  # the server has paused reading
            return _PAUSE_S
        allowed = self._patience.body_s + self._body / self._patience.bytes_per_s
        return self._since + allowed - self.loop.time()

    def _refuse(self, problem: Problem) -> None:
        """Respond with a problem, unless a response has started, and close the connection."""
        self._refusal = problem
        self._cancel_timer()
        self._unset_keepalive_if_required()
        peer = self.client[0] if self.client else None
        log.info("connection refused", why=problem.slug, client=peer)
        if not self._has_begun_to_answer():
            said = {**self._said, "content-language": self._language()}
            self.transport.write(_answer(problem, said, self.server_state.default_headers))
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.close()

    def _language(self) -> str:
        """Return what the client asked for, as far as its headers arrived."""
        headers = getattr(self, "headers", None) or []  # unset before the first request
        asked = [value for name, value in headers if name.lower() == b"accept-language"]
        return accepted(b", ".join(asked).decode("latin-1")) or ENGLISH

    def _has_begun_to_answer(self) -> bool:
        """Whether a response has started, for the request whose body is still arriving."""
        if self.cycle is None or not self.cycle.response_started:
            return False
        return self._awaited is _Awaited.BODY or not self.cycle.response_complete


def _headers_too_large() -> HeadersTooLarge:
    return HeadersTooLarge(most_headers=MOST_HEADERS, most_bytes=MOST_HEADER_BYTES)


def _answer(problem: Problem, said: Mapping[str, str], headers: list[tuple[bytes, bytes]]) -> bytes:
    """Return a complete HTTP response, for where there is no application."""
    language = said["content-language"]
    body = json.dumps(problem.document(None, language)).encode()
    own = {
        **said,
        **problem.headers,
        "content-type": "application/problem+json",
        "content-length": str(len(body)),
        "connection": "close",
    }
    lines = [*headers, *((name.encode(), value.encode()) for name, value in own.items())]
    written = b"".join(b"%b: %b\r\n" % line for line in lines)
    return STATUS_LINE[problem.status] + written + b"\r\n" + body
