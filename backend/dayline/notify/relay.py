"""The relay turns each event into deliveries once, in the transaction that moves its cursor."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.kernel.db.database import scope_of
from dayline.kernel.db.events import EventRow
from dayline.kernel.db.ids import new_id
from dayline.kernel.jobs.event_consumer import EventConsumer, Handle
from dayline.kernel.jobs.failed_jobs import Queue
from dayline.kernel.jobs.outbox import DeliveryState
from dayline.messages.models import Message
from dayline.notify.models import Delivery, NoticeKind, Subscription
from dayline.notify.rules import OPEN_AUDIENCES, TOLD, is_wanted, notice_of, project_of

Notice = tuple[Any, NoticeKind]
"""An event's row, and the kind of notice that it is."""


async def _begin(session: AsyncSession) -> Handle | None:
    subscriptions = await _listening(session, scope_of(session).workspace_id)
    return partial(_relay, subscriptions=subscriptions) if subscriptions else None


async def _relay(
    session: AsyncSession, after: int, upto: int, *, subscriptions: Sequence[Subscription]
) -> None:
    """Create the deliveries for the events after `after` up to `upto`."""
    notices = await _notices(session, scope_of(session).workspace_id, after, upto)
    await _deliver(session, subscriptions, notices)


RELAY = EventConsumer("slack", Queue.NOTICES, _begin)


async def _listening(session: AsyncSession, workspace_id: UUID) -> Sequence[Subscription]:
    """The enabled subscriptions, locked so that none is turned off before its deliveries exist."""
    enabled = select(Subscription).where(
        col(Subscription.workspace_id) == workspace_id, col(Subscription.disabled_at).is_(None)
    )
    return (await session.scalars(enabled.with_for_update(read=True))).all()


async def _notices(
    session: AsyncSession, workspace_id: UUID, after: int, upto: int
) -> list[Notice]:
    """The events after `after` up to `upto` that may be posted, with their kinds of notice."""
    rows = await session.execute(
        select(
            col(EventRow.seq),
            col(EventRow.id),
            col(EventRow.kind),
            col(EventRow.data),
        )
        .where(
            col(EventRow.workspace_id) == workspace_id,
            col(EventRow.seq) > after,
            col(EventRow.seq) <= upto,
            col(EventRow.kind).in_(TOLD),
            col(EventRow.audience).in_(OPEN_AUDIENCES),
        )
        .order_by(col(EventRow.seq))
    )
    told = [(row, kind) for row in rows if (kind := notice_of(row.kind, row.data)) is not None]
    return await _without_comments(session, workspace_id, told)


async def _without_comments(
    session: AsyncSession, workspace_id: UUID, notices: list[Notice]
) -> list[Notice]:
    """Drops the comments in update topics. Only an update itself has a condition."""
    posted = {_message_id(row) for row, kind in notices if kind is NoticeKind.PROJECT_UPDATE}
    if not posted:
        return notices
    updates = await session.scalars(
        select(col(Message.id)).where(
            col(Message.workspace_id) == workspace_id,
            col(Message.id).in_(posted),
            col(Message.condition).is_not(None),
        )
    )
    comments = posted - set(updates)
    return [
        (row, kind)
        for row, kind in notices
        if kind is not NoticeKind.PROJECT_UPDATE or _message_id(row) not in comments
    ]


def _message_id(row: Any) -> UUID:
    return UUID(row.data["message_id"])


async def _deliver(
    session: AsyncSession, subscriptions: Iterable[Subscription], notices: list[Notice]
) -> None:
    rows = [
        _delivery(subscription, row, kind)
        for row, kind in notices
        for subscription in subscriptions
        if is_wanted(
            kind,
            project_of(row.data),
            row.seq,
            kinds=subscription.kinds,
            project_ids=subscription.project_ids,
            after_seq=subscription.after_seq,
        )
    ]
    if rows:
        now = scope_of(session).now
        await session.execute(
            insert(Delivery), [row | {"created_at": now, "next_attempt_at": now} for row in rows]
        )


def _delivery(subscription: Subscription, row: Any, kind: NoticeKind) -> dict[str, Any]:
    return {
        "workspace_id": subscription.workspace_id,
        "id": new_id(),
        "subscription_id": subscription.id,
        "event_seq": row.seq,
        "event_id": row.id,
        "kind": kind,
        "state": DeliveryState.PENDING,
        "attempts": 0,
    }
