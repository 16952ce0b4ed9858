"""Middleware of HTTP: request ids and logs, security headers, cross-site refusal, body limits."""

import re
import time
from collections.abc import Mapping
from types import MappingProxyType
from uuid import uuid4

import structlog
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dayline.kernel.errors import Problem, TooLarge
from dayline.kernel.http.client import client_of, current_client
from dayline.kernel.http.language import spoken
from dayline.kernel.http.own_site import OwnSite
from dayline.kernel.ops.settings import Settings

log = structlog.get_logger("dayline.request")

MOST_BODY = 1024 * 1024


def warn_of_settings(settings: Settings) -> None:
    """Log settings with which sessions could be intercepted, or clients not told apart."""
    if not settings.is_https:
        log.warning("without https nothing protects sign-ins on their way", at=settings.origin)
    elif not settings.trusted_proxies:
        log.warning(
            "no trusted proxy is set, so every client seems to have the address of the proxy that "
            "ends TLS; set DAYLINE_TRUSTED_PROXIES",
            at=settings.origin,
        )


def problem_response(problem: Problem, request_id: str | None) -> JSONResponse:
    """Render a problem as a response, in the language of the request."""
    return JSONResponse(
        problem.document(request_id, spoken()),
        status_code=problem.status,
        headers=problem.headers,
        media_type="application/problem+json",
    )


_ANSWER_STARTS = {"http.response.start", "websocket.http.response.start"}
_SOCKET_ANSWERS = {"websocket.accept": 101, "websocket.http.response.start": 403}


class RequestLine:
    """Gives each request an id (`X-Request-ID`), and logs a line when it ends.

    The line has the client's address, the kind of credential (session, token, link or none), and
    its account and member. A socket is logged when it opens or is refused. The path is logged
    without the query, which may contain what people typed.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request or a socket."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        request_id = uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        client = client_of(scope)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(
            request_id=request_id, client=client.address, credential="none"
        )
        outer = current_client.set(client)
        named = (b"x-request-id", request_id.encode())
        status = 0
        started = time.perf_counter()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], named]
            elif message["type"] in _SOCKET_ANSWERS:
                code = message.get("status") or _SOCKET_ANSWERS[message["type"]]
                log.info("socket", path=scope["path"], status=code)
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            current_client.reset(outer)
            if scope["type"] == "http":
                log.info(
                    "request",
                    method=scope["method"],
                    path=scope["path"],
                    status=status,
                    ms=round((time.perf_counter() - started) * 1000, 1),
                )


def security_headers(settings: Settings) -> dict[str, str]:
    """Return the security headers of every response: only own sources, no framing, no sniffing.

    Without includeSubDomains: Dayline doesn't know what else runs below its domain.
    """
    said = {
        "Content-Security-Policy": (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            "connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; "
            "form-action 'self'; frame-ancestors 'none'"
        ),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if settings.is_https:
        said["Strict-Transport-Security"] = "max-age=31536000"
    return said


class SecurityHeaders:
    """Adds the security headers to every response, including refusals of sockets."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        said = security_headers(settings)
        self.headers = Headers(said).raw
        self.api_headers = Headers(said | {"Cache-Control": "no-store"}).raw

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request or a socket."""

        async def adding(message: Message) -> None:
            if message["type"] in _ANSWER_STARTS:
                usual = self.api_headers if scope["path"].startswith("/api/") else self.headers
                own = {name for name, _ in message["headers"]}
                more = (header for header in usual if header[0] not in own)
                message["headers"] = [*message["headers"], *more]
            await send(message)

        await self.app(scope, receive, send if scope["type"] == "lifespan" else adding)


class OwnSiteGuard:
    """Refuses requests for another host, and changes requested by another site's page.

    Sockets are checked when they are admitted, by the same rule.
    """

    def __init__(self, app: ASGIApp, own_site: OwnSite) -> None:
        self.app = app
        self.own_site = own_site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request or a socket."""
        if scope["type"] == "http":
            try:
                self.own_site.check(HTTPConnection(scope))
            except Problem as problem:
                refusal = problem_response(problem, scope["state"].get("request_id"))
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)


class BodyLimit:
    """Refuses bodies of more than `most` bytes, with or without a Content-Length.

    `larger` maps patterns of whole paths to higher limits.
    """

    def __init__(
        self,
        app: ASGIApp,
        most: int = MOST_BODY,
        larger: Mapping[re.Pattern[str], int] = MappingProxyType({}),
    ) -> None:
        self.app = app
        self.most = most
        self.larger = larger

    def _most_at(self, path: str) -> int:
        return next((most for of, most in self.larger.items() if of.fullmatch(path)), self.most)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request or a socket."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = self._most_at(scope["path"])
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isdecimal() or int(length) > most:
            too_large = TooLarge(most_bytes=most)
            await problem_response(too_large, scope["state"].get("request_id"))(
                scope, receive, send
            )
            return
        seen = 0

        async def counting() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:  # the only exception that FastAPI passes on while it reads a body
                raise HTTPException(TooLarge.status)
            return message

        await self.app(scope, counting, send)
