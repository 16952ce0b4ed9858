"""Who reads a hot list: signed in on a bare connection, and told when nothing has changed.

Whatever changes what a member sees is an event, so the number of the latest one, read in the
statement that signs the reader in, is the version of every list of the workspace. It is read
before the list: a list may be newer than its tag and is then fetched once more, never older.
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
from dayline.kernel.http.revisions import IfNoneMatch

_HEAD = "LEFT JOIN LATERAL feed_heads(ARRAY[found.workspace_id]) AS feed ON true"
_BY_TOKEN = Prepared(signing_in(BY_TOKEN, also="feed.epoch, feed.head,", beside=_HEAD))
_BY_SESSION = Prepared(signing_in(BY_SESSION, also="feed.epoch, feed.head,", beside=_HEAD))


_KIND = '"at-'
"""How these tags begin, so that nobody is signed in for others."""


@dataclass(frozen=True, slots=True)
class ReadContext:
    """A member who reads one list, inside one transaction of a bare connection."""

    connection: Connection
    workspace_id: UUID
    member_id: UUID
    role: Role
    etag: str
    """Changes whenever what the reader sees at this address may have changed."""

    @property
    def is_guest(self) -> bool:
        """Whether the reader sees only the projects that they were added to."""
        return self.role is Role.GUEST

    async def documents(self, query: Prepared, **given: Any) -> list[str]:
        """The JSON that a statement finds which looks through the eyes of `anyone`."""
        ids = {"workspace_id": self.workspace_id, "member_id": self.member_id}
        return await query.texts(self.connection, **given, **ids)


class ViewerParams:
    """Stands for the reader in a statement that is compiled once: who they are is given later."""

    workspace_id = bindparam("workspace_id", type_=Uuid)
    member_id = bindparam("member_id", type_=Uuid)

    def __init__(self, is_guest: bool) -> None:
        self.is_guest = is_guest


@asynccontextmanager
async def reading(
    request: HTTPConnection, slug: str, role: Role, scope: TokenScope
) -> AsyncIterator[ReadContext]:
    """The reader, if their role and (for a token) its scopes allow it, in their transaction."""
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
    """Dependency: the reader, if their role and (for a token) its scopes allow the route."""

    credentials = ("token", "session")

    def __init__(self, role: Role, scope: TokenScope) -> None:
        self.role = role
        self.scope = scope

    async def __call__(
        self, request: Request, slug: Slug, _if_none_match: IfNoneMatch = None
    ) -> AsyncIterator[ReadContext]:
        """Who reads, on a connection of their own until the answer is made."""
        async with reading(request, slug, self.role, self.scope) as reader:
            yield reader


GuestReading = Annotated[
    ReadContext, Depends(ReadAccess(Role.GUEST, TokenScope.READ), scope="function")
]

Answer = Callable[[ReadContext, HTTPConnection], Awaitable[Response]]
"""Answers a request whose parameters are understood."""

MOST_UNDERSTOOD = 1000


class HotReads:
    """Answers a hot list at once where its request was understood before, or nothing has changed.

    The framework takes longer to find a route and to validate the parameters of a list than
    PostgreSQL to write it, and comes to the same conclusion every time. So a route for
    `GuestReading` remembers what the parameters came to (`understood`). Whatever is new here, or
    goes wrong, goes on to the framework, which says what is the matter. A database that is away or
    has no connection free is the exception: nobody waits for it twice.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what has not changed at once; let everything else pass."""
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
"""Of this process, by what is asked in any workspace; the oldest give way."""


def understood(request: HTTPConnection, answer: Answer) -> None:
    """Let the next request like this one be answered so, for any guest or more."""
    _understood[_asked(request)] = answer
    if len(_understood) > MOST_UNDERSTOOD:
        del _understood[next(iter(_understood))]


def _asked(request: HTTPConnection) -> tuple[str, bytes]:
    path, query = request.scope["path"], request.scope["query_string"]
    return _IN_WORKSPACE.sub("", path, count=1), query


_IN_WORKSPACE = re.compile(r"/api/workspaces/([a-z0-9][a-z0-9-]{0,39})/")


async def _unchanged(request: HTTPConnection, slug: str, named: str) -> str | None:
    """The tag of what is asked, where it is among those that are `named`."""
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
    """Who reads, and at which number the workspace is; None for a credential that is no good."""
    state = request.app.state
    values = {"secret_hash": credential.secret_hash, "slug": slug, "at": state.clock.read()}
    if credential.is_token:
        rows = await _BY_TOKEN.rows(connection, **values)
    else:
        idle = timedelta(days=state.settings.session_idle_days)
        rows = await _BY_SESSION.rows(connection, **values, idle=idle)
    row = rows[0] if rows else None
    credential.note(row and row["account_id"], row and row["member_id"])
    return row


def _is_worth_noting(row: Any) -> bool:
    return bool(row["now"] - row["last_used_at"] >= NOTED_EVERY)


def _etag(request: HTTPConnection, row: Any) -> str:
    """Of this number of the workspace, as this member sees it, at this address of this release."""
    seen = (row["epoch"], row["head"], row["member_id"], row["role"])
    where = (request.app.version, request.scope["path"], request.scope["query_string"])
    return f'W/{_KIND}{hashlib.sha256(repr((seen, where)).encode()).hexdigest()[:32]}"'
