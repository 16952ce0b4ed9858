"""Who reads a hot list: signed in on a bare connection, and told when nothing has changed.

Whatever changes what a member sees is an event, so the number of the latest one, read in the
statement that signs the reader in, is the version of every list of the workspace. It is read
before the list: a list may be newer than its tag and is then fetched once more, never older.
"""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from asyncpg import Connection
from fastapi import Depends, Header, Request
from sqlalchemy import Uuid, bindparam

from dayline.accounts.caller import (
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
from dayline.accounts.models import Role, TokenScope
from dayline.kernel.errors import NotFound, SignInNeeded
from dayline.kernel.reads import Prepared, Unchanged, connected

_HEAD = "LEFT JOIN LATERAL feed_heads(ARRAY[found.workspace_id]) AS feed ON true"
_BY_TOKEN = Prepared(signing_in(BY_TOKEN, also="feed.epoch, feed.head,", beside=_HEAD))
_BY_SESSION = Prepared(signing_in(BY_SESSION, also="feed.epoch, feed.head,", beside=_HEAD))


@dataclass(frozen=True, slots=True)
class Reader:
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


class Anyone:
    """Stands for the reader in a statement that is compiled once: who they are is given later."""

    workspace_id = bindparam("workspace_id", type_=Uuid)
    member_id = bindparam("member_id", type_=Uuid)

    def __init__(self, is_guest: bool) -> None:
        self.is_guest = is_guest


class ReadAccess:
    """Dependency: the reader, if their role and (for a token) its scopes allow the route.

    Raises Unchanged where the request names the tag that the list has.
    """

    credentials = ("token", "session")

    def __init__(self, role: Role, scope: TokenScope) -> None:
        self.role = role
        self.scope = scope

    async def __call__(
        self,
        request: Request,
        slug: Slug,
        if_none_match: Annotated[
            str | None, Header(description="The ETag of the page that you have.")
        ] = None,
    ) -> AsyncIterator[Reader]:
        credential = credential_of(request)
        async with connected(request.app.state.engine) as connection, connection.transaction():
            row = await _signed_in(connection, request, credential, slug)
            role = Role(row["role"])
            check_access(role, row["scopes"], self.role, self.scope)
            if row["now"] - row["last_used_at"] >= NOTED_EVERY:
                used = noting_use(credential, row["credential_id"], row["now"])
                await Prepared(used).rows(connection)
            etag = _etag(request, row)
            if if_none_match is not None and _names(if_none_match, etag):
                raise Unchanged(etag)
            yield Reader(connection, row["workspace_id"], row["member_id"], role, etag)


async def _signed_in(
    connection: Connection, request: Request, credential: Credential, slug: str
) -> Any:
    state = request.app.state
    values = {"secret_hash": credential.secret_hash, "slug": slug, "at": state.clock.read()}
    if credential.is_token:
        rows = await _BY_TOKEN.rows(connection, **values)
    else:
        idle = timedelta(days=state.settings.session_idle_days)
        rows = await _BY_SESSION.rows(connection, **values, idle=idle)
    if not rows:
        raise SignInNeeded(headers={"WWW-Authenticate": "Bearer"})
    if rows[0]["workspace_id"] is None:
        raise NotFound
    return rows[0]


def _etag(request: Request, row: Any) -> str:
    """Of this version of the workspace, as this member sees it, at this address of this release."""
    seen = (row["epoch"], row["head"], row["credential_id"], row["member_id"], row["role"])
    where = (request.app.version, request.scope["path"], request.scope["query_string"])
    return f'W/"{hashlib.sha256(repr((seen, where)).encode()).hexdigest()[:32]}"'


def _names(if_none_match: str, tag: str) -> bool:
    named = {part.strip().removeprefix("W/") for part in if_none_match.split(",")}
    return "*" in named or tag.removeprefix("W/") in named


GuestReading = Annotated[Reader, Depends(ReadAccess(Role.GUEST, TokenScope.READ), scope="function")]
