"""Reading events, and the access that decides who sees them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.context.audience import EventViewer, visible_to
from dayline.kernel.db.events import EventRow, WorkspaceFeed


@dataclass(frozen=True, slots=True)
class History:
    """The epoch of a workspace's feed, and the number of its latest event."""

    epoch: UUID
    head: int


async def history(session: AsyncSession, workspace_id: UUID) -> History:
    """Return the current history of a workspace."""
    row = (
        await session.execute(
            select(col(WorkspaceFeed.epoch), col(WorkspaceFeed.head)).where(
                col(WorkspaceFeed.workspace_id) == workspace_id
            )
        )
    ).one()
    return History(row.epoch, row.head)


async def visible_events(
    session: AsyncSession, viewer: EventViewer, *, after: int, upto: int, limit: int
) -> Sequence[EventRow]:
    """Return the first `limit` events with `after` < seq ≤ `upto` that the viewer sees."""
    return await _events(session, visible_to(viewer), after=after, upto=upto, limit=limit)


async def all_events(
    session: AsyncSession, workspace_id: UUID, *, after: int, upto: int, limit: int
) -> Sequence[EventRow]:
    """Return the first `limit` events with `after` < seq ≤ `upto`, without checking access."""
    of_workspace = col(EventRow.workspace_id) == workspace_id
    return await _events(session, of_workspace, after=after, upto=upto, limit=limit)


async def _events(
    session: AsyncSession, which: ColumnElement[bool], *, after: int, upto: int, limit: int
) -> Sequence[EventRow]:
    statement = (
        select(EventRow)
        .where(which, col(EventRow.seq) > after, col(EventRow.seq) <= upto)
        .order_by(col(EventRow.seq))
        .limit(limit)
    )
    return (await session.scalars(statement)).all()


_HEADS = text(
    "SELECT workspace_id, epoch, head, access_rev FROM feed_heads(CAST(:workspace_ids AS uuid[]))"
)


async def heads(
    session: AsyncSession, workspace_ids: Collection[UUID]
) -> dict[UUID, tuple[UUID, int, int]]:
    """Return the epoch, head and access revision of each workspace."""
    rows = await session.execute(_HEADS, {"workspace_ids": list(workspace_ids)})
    return {row.workspace_id: (row.epoch, row.head, row.access_rev) for row in rows}
