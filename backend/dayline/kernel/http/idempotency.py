"""Idempotency keys: a POST that is sent twice takes effect once.

The key is claimed first and the response stored last, in the action's transaction. A concurrent
duplicate waits at the unique index, and then gets the stored response. Keys are kept for 24 hours.

A response is repeated only while the caller may still see what it shows, and not after that was
withdrawn or deleted. Then the duplicate gets `AnswerNotKept`.
"""

import hashlib
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import Header, Request, Response
from fastapi.routing import APIRoute
from sqlalchemy import (
    BigInteger,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
    Uuid,
    bindparam,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from dayline.core.phrase import Phrase
from dayline.kernel.db.columns import WorkspaceRow
from dayline.kernel.db.database import Scope, scope_of
from dayline.kernel.db.events import WorkspaceFeed
from dayline.kernel.db.ids import new_id
from dayline.kernel.db.prepared import Prepared
from dayline.kernel.errors import Conflict, Invalid
from dayline.kernel.http.language import language_headers
from dayline.kernel.jobs.retention import Retention
from dayline.kernel.schemas import Shape

KEPT = timedelta(hours=24)


class IdempotencyKey(WorkspaceRow, table=True):
    """A claimed key, and after its action the response. `status` is null if none is stored.

    `access_rev` is the workspace's access revision at the response, and `as_admin` whether the
    caller acted as an admin.
    """

    __tablename__ = "idempotency_keys"
    __table_args__ = (
        UniqueConstraint("workspace_id", "caller_id", "method", "path", "key"),
        Index(None, "created_at"),
    )

    caller_id: UUID
    method: str = Field(max_length=10)
    path: str = Field(max_length=1000)
    key: str = Field(max_length=200)
    fingerprint: bytes
    created_at: datetime
    status: int | None = None
    headers: str | None = None
    body: bytes | None = Field(default=None, sa_type=LargeBinary)
    access_rev: int | None = Field(default=None, sa_type=BigInteger)
    as_admin: bool = False


class AnswerNotKept(Conflict):
    """This was done before, and its answer is not kept. Read what it made or changed instead."""

    slug = "answer-not-kept"


class Replay(Exception):
    """The request was answered before. `response` is the stored response."""

    def __init__(self, response: Response) -> None:
        super().__init__("replay")
        self.response = response


IdempotencyHeader = Annotated[
    Annotated[str, Shape(r"^[\x21-\x7e]+$", Phrase("fields.no-spaces"))] | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        description="A unique value of your choice. If you repeat it within 24 hours, you "
        "get the first response again.",
    ),
]


async def claim(
    request: Request, session: AsyncSession, scope: Scope, key: str, *, as_admin: bool
) -> None:
    """Claim `key` for this request.

    Raises Replay with the response to an equal earlier request, AnswerNotKept if it isn't stored,
    and Invalid if the key was used for a different request. If the body was read as a file already,
    its hash is in `state.content_hash`.
    """
    identity = {
        "workspace_id": scope.workspace_id,
        "caller_id": scope.actor_id,
        "method": request.method,
        "path": request.url.path,
        "key": key,
    }
    content: bytes = getattr(request.state, "content_hash", None) or await request.body()
    body = hashlib.sha256(request.url.query.encode() + b"\n" + content).digest()
    new = {"id": new_id(), "fingerprint": body, "created_at": scope.now, **identity}
    if await _CLAIM.run(session, **dict.fromkeys(_OF_ANSWER), **new, as_admin=as_admin):
        request.state.idempotency_key = new["id"]
        return
    found = select(IdempotencyKey, _ACCESS_REV).filter_by(**identity)
    stored, access_rev = (await session.execute(found)).one()
    if stored.fingerprint != body:
        raise Invalid.field("Idempotency-Key", Phrase("fields.key-reused"))
    sees_the_same = (stored.access_rev, stored.as_admin) == (access_rev, as_admin)
    if stored.status is None or not sees_the_same:
        raise AnswerNotKept
    raise Replay(_revived(stored))


_OF_ANSWER = ("status", "headers", "body", "access_rev")
_ACCESS_REV = (
    select(col(WorkspaceFeed.access_rev))
    .where(col(WorkspaceFeed.workspace_id) == col(IdempotencyKey.workspace_id))
    .correlate(IdempotencyKey)
    .scalar_subquery()
)
_CLAIM = Prepared(insert(IdempotencyKey).on_conflict_do_nothing().returning(col(IdempotencyKey.id)))


def _revived(stored: IdempotencyKey) -> Response:
    response = Response(stored.body, stored.status or 200)
    for line in (stored.headers or "").splitlines():
        name, _, value = line.partition(": ")
        response.headers[name] = value
    response.headers["Idempotency-Replayed"] = "true"
    return response


class IdempotentRoute(APIRoute):
    """A route that stores the response to a claimed key before its transaction commits."""

    keeps_answer = True

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the usual handler, which also stores and repeats responses."""
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                response = await handle(request)
            except Replay as replay:
                return replay.response
            claimed = getattr(request.state, "idempotency_key", None)
            if claimed is not None and self.keeps_answer:
                for name, value in language_headers().items():
                    response.headers.append(name, value)
                await _keep(request.state.transaction, claimed, response)
            return response

        return handler


class SecretRoute(IdempotentRoute):
    """A route whose response has a secret. It is never stored, so a duplicate gets 409."""

    keeps_answer = False


async def _keep(session: AsyncSession, claimed: UUID, response: Response) -> None:
    headers = "\n".join(
        f"{name}: {value}" for name, value in response.headers.items() if name != "content-length"
    )
    await _KEEP.run(
        session,
        workspace_id=scope_of(session).workspace_id,
        id=claimed,
        status=response.status_code,
        headers=headers,
        body=bytes(response.body),
    )


_KEEP = Prepared(
    update(IdempotencyKey)
    .where(
        col(IdempotencyKey.workspace_id) == bindparam("workspace_id", type_=Uuid),
        col(IdempotencyKey.id) == bindparam("id", type_=Uuid),
    )
    .values(
        status=bindparam("status", type_=Integer),
        headers=bindparam("headers", type_=Text),
        body=bindparam("body", type_=LargeBinary),
        access_rev=_ACCESS_REV,
    )
)


async def forget_answers(session: AsyncSession, thing_id: UUID) -> None:
    """Delete stored responses that name this object, because it was withdrawn, changed or deleted.

    Keys come first in the order of locks, so call this first. An error rolls it back.
    """
    names_it = col(IdempotencyKey.body).op("LIKE")(literal(f"%{thing_id}%".encode(), LargeBinary))
    await session.execute(
        update(IdempotencyKey)
        .where(col(IdempotencyKey.workspace_id) == scope_of(session).workspace_id, names_it)
        .values(dict.fromkeys(_OF_ANSWER)),
        execution_options={"synchronize_session": False},
    )


RETENTION = Retention(IdempotencyKey, IdempotencyKey.created_at, KEPT, "workspaces_with_old_keys")
"""Keys are deleted after a day: clients repeat requests sooner."""
