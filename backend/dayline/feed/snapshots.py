"""Snapshots: read-only transactions in which every query sees the same instant."""

from collections.abc import AsyncIterator, Sequence
from typing import Annotated

from fastapi import Depends, Request, Response
from fastapi.responses import StreamingResponse
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from dayline.identity.caller import Access, Caller, Slug
from dayline.identity.models import Role, TokenScope
from dayline.kernel.db.database import Sessions, UnitOfWork


def create_snapshots(engine: AsyncEngine) -> Sessions:
    """Return a factory of read-only sessions that see the database as of their first query."""
    frozen = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return async_sessionmaker(
        frozen, sync_session_class=UnitOfWork, expire_on_commit=False, info={"read_only": True}
    )


async def snapshot(request: Request) -> AsyncIterator[AsyncSession]:
    """Yield the read-only transaction of a request, in which all queries see the same instant."""
    async with request.app.state.hub.snapshots() as session, session.begin():
        yield session


Snapshot = Annotated[AsyncSession, Depends(snapshot, scope="function")]


class SnapshotAccess(Access):
    """Access that is checked inside the snapshot, so that access and data agree."""

    async def __call__(self, request: Request, session: Snapshot, slug: Slug) -> Caller:
        """Return the caller, with a transaction in which all queries see the same instant."""
        return await super().__call__(request, session, slug)


SnapshotReads = Annotated[Caller, Depends(SnapshotAccess(Role.GUEST, TokenScope.READ))]


def in_pieces(pieces: Sequence[bytes]) -> Response:
    """Return a response that sends JSON piece by piece, as fast as the client reads it."""

    async def each() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    headers = {"Content-Length": str(sum(map(len, pieces)))}
    return StreamingResponse(each(), headers=headers, media_type="application/json")
