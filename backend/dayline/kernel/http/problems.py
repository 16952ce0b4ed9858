"""Converting exceptions to problems: everything that can reach the edge is rendered here."""

from collections.abc import Sequence
from typing import Any

import structlog
from asyncpg import exceptions as postgres
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dayline.core.phrase import Phrase
from dayline.kernel.db.database import DatabaseAway
from dayline.kernel.errors import (
    BadRequest,
    Busy,
    Conflict,
    FieldError,
    Forbidden,
    Internal,
    Invalid,
    MethodNotAllowed,
    NotAcceptable,
    NotFound,
    Problem,
    SignInNeeded,
    TooLarge,
    Unavailable,
)
from dayline.kernel.http.reasons import reason_of
from dayline.kernel.http.web import problem_response

log = structlog.get_logger("dayline.fault")

_BY_STATUS: dict[int, type[Problem]] = {
    kind.status: kind
    for kind in (BadRequest, SignInNeeded, Forbidden, NotFound, MethodNotAllowed, TooLarge)
} | {415: NotAcceptable}

_AWAY = (
    DatabaseAway,
    PoolTimeout,
    postgres.PostgresConnectionError,
    postgres.CannotConnectNowError,
    postgres.AdminShutdownError,
    postgres.CrashShutdownError,
    postgres.TooManyConnectionsError,
    postgres.InvalidCachedStatementError,  # a restore replaced the tables under the statement
)
_RACES = (postgres.UniqueViolationError, postgres.ForeignKeyViolationError)
_TRY_AGAIN = (postgres.DeadlockDetectedError, postgres.SerializationError)


def install(app: FastAPI) -> None:
    """Render every exception of `app` as a problem document."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
    for kind in (DBAPIError, postgres.PostgresError, postgres.InterfaceError, *_AWAY):
        app.add_exception_handler(kind, _other)
    app.add_middleware(LastResort)


class LastResort:
    """Middleware that converts exceptions without a handler.

    It is inside the other middleware, so that its responses get their headers and log line.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request. An exception becomes a problem, unless the response has started."""
        started = False

        async def noting(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except Exception as fault:
            if started or scope["type"] != "http":
                raise
            response = await _other(Request(scope), fault)
            await response(scope, receive, send)


def _respond(request: Request, problem: Problem) -> Response:
    return problem_response(problem, getattr(request.state, "request_id", None))


async def _problem(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, Problem)  # noqa: S101
    return _respond(request, fault)


async def _validation(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, RequestValidationError)  # noqa: S101
    errors = [field_error(error) for error in fault.errors()]
    return _respond(request, Invalid(errors=errors))


def field_error(error: dict[str, Any]) -> FieldError:
    """Convert one of Pydantic's errors."""
    return FieldError(field=field_path(error["loc"]), reason=reason_of(error))


def field_path(location: Sequence[int | str]) -> str:
    """Return the name of a field: `("body", "asks", 0)` → `asks.0`, `("body",)` → `body`."""
    parts = [str(part) for part in location]
    if len(parts) > 1 and parts[0] in {"body", "query", "path", "header", "cookie"}:
        parts = parts[1:]
    return ".".join(parts)


async def _http(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)  # noqa: S101
    kind = _BY_STATUS.get(fault.status_code, BadRequest)
    headers = _allowed(request) if kind is MethodNotAllowed else fault.headers
    return _respond(request, kind(headers=headers))


def _allowed(request: Request) -> dict[str, str]:
    """Return the Allow header with all methods of the URL. The framework has only one route's."""
    methods = {
        method
        for route in iter_route_contexts(request.app.routes)
        if route.path_regex.match(request.url.path)
        for method in route.methods or ()
    }
    return {"Allow": ", ".join(sorted(methods))}


async def _other(request: Request, fault: Exception) -> Response:
    return _respond(request, problem_of(fault))


def problem_of(fault: Exception) -> Problem:
    """Return the problem of an exception. Logs an unexpected one with its traceback."""
    if is_away(fault):
        return _unavailable(fault)
    if isinstance(cause := _cause(fault), _RACES):
        return Conflict(Phrase("problems.conflict.just-changed"))
    if isinstance(cause, _TRY_AGAIN):
        return Conflict(Phrase("problems.conflict.conflicting-changes"))
    log.error("unexpected fault", exc_info=fault)
    return Internal()


def is_away(fault: BaseException) -> bool:
    """Whether an exception means that PostgreSQL is unreachable or has no connection free."""
    if isinstance(fault, DBAPIError) and fault.connection_invalidated:
        return True
    cause = _cause(fault)
    if isinstance(cause, postgres.InterfaceError):  # most of them are errors of the calling code
        return "closed" in str(cause)
    return isinstance(cause, _AWAY)


def _unavailable(fault: BaseException) -> Unavailable:
    is_busy = isinstance(fault, PoolTimeout)
    log.warning("no connection free" if is_busy else "database unreachable", fault=repr(fault))
    return (Busy if is_busy else Unavailable)(headers={"Retry-After": "2"})


def _cause(fault: BaseException) -> BaseException:
    """Return the driver's exception inside SQLAlchemy's."""
    if not isinstance(fault, DBAPIError):
        return fault
    return getattr(fault.orig, "__cause__", None) or fault
