"""Fast reads of frequently requested lists: one plain connection, and 304 if nothing changed.

Every change that a member can see is an event. So the number of the latest event, read by the
statement that authenticates the reader, is the version of all lists of the workspace. It is read
before the list. So a list may be newer than its ETag, and is fetched again, but never older.
"""

import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from asyncpg import Connection, InterfaceError, PostgresError
from fastapi import Depends, Request
from sqlalchemy import Uuid, bindparam
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dayline.identity.caller import (
    BY_SESSION,
    BY_TOKEN,
    NOTED_EVERY,
    Credential,
    Slug,
    check_access,
    credential_of,
    noting_use,
    signing_in,
)
from dayline.identity.models import Role, TokenScope
from dayline.kernel.db.prepared import Prepared, connected
from dayline.kernel.errors import NotFound, Problem, SignInNeeded
from dayline.kernel.http.language import note_languages
from dayline.kernel.http.revisions import IfNoneMatch

_HEAD = "LEFT JOIN LATERAL feed_heads(ARRAY[found.workspace_id]) AS feed ON true"
_BY_TOKEN = Prepared(signing_in(BY_TOKEN, also="feed.epoch, feed.head,", beside=_HEAD))
_BY_SESSION = Prepared(signing_in(BY_SESSION, also="feed.epoch, feed.head,", beside=_HEAD))


_KIND = '"at-'
"""How these ETags begin, so that other ETags need no authentication here."""


@dataclass(frozen=True, slots=True)
class ReadContext:
    """A member who reads one list, in one transaction on a plain connection."""

    connection: Connection
    workspace_id: UUID
    member_id: UUID
    role: Role
    etag: str
    """Changes whenever what the reader sees at this URL may have changed."""

    @property
    def is_guest(self) -> bool:
        """Whether the reader sees only the projects they were added to."""
        return self.role is Role.GUEST

    async def documents(self, query: Prepared, **given: Any) -> list[str]:
        """Return the JSON documents of a statement that uses `ViewerParams`."""
        ids = {"workspace_id": self.workspace_id, "member_id": self.member_id}
        return await query.texts(self.connection, **given, **ids)


class ViewerParams:
    """A viewer of bound parameters, for statements that are compiled once and run for anyone."""

    workspace_id = bindparam("workspace_id", type_=Uuid)
    member_id = bindparam("member_id", type_=Uuid)

    def __init__(self, is_guest: bool) -> None:
        self.is_guest = is_guest


@asynccontextmanager
async def reading(
    request: HTTPConnection, slug: str, role: Role, scope: TokenScope
) -> AsyncIterator[ReadContext]:
    """Open a transaction as the reader, if their role and, for a token, its scopes are sufficient.

    Raises SignInNeeded, NotFound and Forbidden.
    """
    credential = credential_of(request)
    async with connected(request.app.state.engine) as connection, connection.transaction():
        row = await _signed_in(connection, request, credential, slug)
        if row is None:
            raise SignInNeeded(headers={"WWW-Authenticate": "Bearer"})
        if row["workspace_id"] is None:
            raise NotFound
        held = Role(row["role"])
        check_access(held, row["scopes"], role, scope)
        if _is_worth_noting(row):
            used = noting_use(credential, row["credential_id"], row["now"])
            await Prepared(used).rows(connection)
        etag = _etag(request, row)
        yield ReadContext(connection, row["workspace_id"], row["member_id"], held, etag)


class ReadAccess:
    """Dependency: the reader, if their role and, for a token, its scopes allow the route."""

    credentials = ("token", "session")

    def __init__(self, role: Role, scope: TokenScope) -> None:
        self.role = role
        self.scope = scope

    async def __call__(
        self, request: Request, slug: Slug, _if_none_match: IfNoneMatch = None
    ) -> AsyncIterator[ReadContext]:
        """Yield the reader, with a connection of their own until the response is made."""
        async with reading(request, slug, self.role, self.scope) as reader:
            yield reader


GuestReading = Annotated[
    ReadContext, Depends(ReadAccess(Role.GUEST, TokenScope.READ), scope="function")
]

Answer = Callable[[ReadContext, HTTPConnection], Awaitable[Response]]
"""Answers a request whose parameters have been validated."""

MOST_UNDERSTOOD = 1000


class HotReads:
    """Middleware that answers known reads without the framework, or with 304 if nothing changed.

    Routing a list and validating its parameters takes the framework longer than PostgreSQL needs to
    write it, and gives the same result every time. So routes for `GuestReading` remember how to
    answer a request (`understood`). Unknown requests and errors go on to the framework, which
    reports them. The exception is a database that is down or has no free connection: no request
    waits for it twice.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a known or unchanged read. Pass all other requests on."""
        app: ASGIApp = self.app
        if scope["type"] == "http" and scope["method"] == "GET":
            with suppress(Problem, PostgresError, InterfaceError):
                app = await _answer(HTTPConnection(scope)) or app
        await app(scope, receive, send)


async def _answer(request: HTTPConnection) -> Response | None:
    place = _IN_WORKSPACE.match(request.scope["path"])
    if place is None:
        return None
    slug = place[1]
    if _KIND in (named := request.headers.get("if-none-match", "")):
        etag = await _unchanged(request, slug, named)
        if etag is not None:
            return Response(status_code=304, headers={"ETag": etag})
    answer = _understood.get(_asked(request))
    if answer is None:
        return None
    async with reading(request, slug, Role.GUEST, TokenScope.READ) as reader:
        return await answer(reader, request)


_understood: dict[tuple[str, bytes], Answer] = {}
"""Answers by path within a workspace and query string, in this process. The oldest are dropped."""


def understood(request: HTTPConnection, answer: Answer) -> None:
    """Remember this answer for equal requests, of any member with at least the role of a guest."""
    _understood[_asked(request)] = answer
    if len(_understood) > MOST_UNDERSTOOD:
        del _understood[next(iter(_understood))]


def _asked(request: HTTPConnection) -> tuple[str, bytes]:
    path, query = request.scope["path"], request.scope["query_string"]
    return _IN_WORKSPACE.sub("", path, count=1), query


_IN_WORKSPACE = re.compile(r"/api/workspaces/([a-z0-9][a-z0-9-]{0,39})/")


async def _unchanged(request: HTTPConnection, slug: str, named: str) -> str | None:
    """Return the current ETag if it is among `named`, else None."""
    credential = credential_of(request)
    async with connected(request.app.state.engine) as connection:
        row = await _signed_in(connection, request, credential, slug)
    if row is None or row["workspace_id"] is None or _is_worth_noting(row):
        return None
    check_access(Role(row["role"]), row["scopes"], Role.GUEST, TokenScope.READ)
    etag = _etag(request, row)
    return etag if etag.removeprefix("W/") in named else None


async def _signed_in(
    connection: Connection, request: HTTPConnection, credential: Credential, slug: str
) -> Any:
    """Return the reader and the workspace's latest event. None if the credential is invalid."""
    state = request.app.state
    values = {"secret_hash": credential.secret_hash, "slug": slug, "at": state.clock.read()}
    if credential.is_token:
        rows = await _BY_TOKEN.rows(connection, **values)
    else:
        idle = timedelta(days=state.settings.session_idle_days)
        rows = await _BY_SESSION.rows(connection, **values, idle=idle)
    row = rows[0] if rows else None
    credential.note(row and row["account_id"], row and row["member_id"])
    if row is not None:
        note_languages(row["account_language"], row["workspace_language"])
    return row


def _is_worth_noting(row: Any) -> bool:
    return bool(row["now"] - row["last_used_at"] >= NOTED_EVERY)


def _etag(request: HTTPConnection, row: Any) -> str:
    """Return the ETag for this member, URL and release at this event number."""
    seen = (row["epoch"], row["head"], row["member_id"], row["role"])
    where = (request.app.version, request.scope["path"], request.scope["query_string"])
    return f'W/{_KIND}{hashlib.sha256(repr((seen, where)).encode()).hexdigest()[:32]}"'
