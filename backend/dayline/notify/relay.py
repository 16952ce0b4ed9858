"""The relay turns each event into deliveries once, in the transaction that moves its cursor."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.kernel.db.clock import Clock, transaction_now
from dayline.kernel.db.database import Scope, Sessions, enter_workspace, scope_of
from dayline.kernel.db.events import EventRow, WorkspaceFeed
from dayline.kernel.db.ids import new_id
from dayline.kernel.jobs.due_queue import Handler
from dayline.kernel.jobs.failed_jobs import FailedJob, Queue, count_failure, is_passing
from dayline.messages.models import Message
from dayline.notify.models import Delivery, DeliveryState, NoticeKind, RelayCursor, Subscription
from dayline.notify.rules import OPEN_AUDIENCES, TOLD, is_wanted, notice_of, project_of

AT_ONCE = 1000
"""The most events that one transaction relays."""

Notice = tuple[Any, NoticeKind]
"""An event's row, and the kind of notice that it is."""


async def workspaces_to_relay(sessions: Sessions, clock: Clock) -> Sequence[UUID]:
    """Workspaces with events after their cursor, or with an event to retry."""
    async with sessions() as session, session.begin():
        now = await transaction_now(session, clock)
        found = text("SELECT workspace_id FROM workspaces_to_relay(:at, :most)")
        return (await session.scalars(found, {"at": now, "most": AT_ONCE})).all()


async def relay(sessions: Sessions, clock: Clock, workspace_id: UUID, most: int = AT_ONCE) -> bool:
    """Create the deliveries for a workspace's next events. Returns whether more may follow.

    Does nothing while another worker relays this workspace. An event that fails is skipped and
    retried later, so that it doesn't block the others.
    """
    try:
        return await _relay_next(sessions, clock, workspace_id, most)
    except Exception as fault:
        if is_passing(fault):
            raise
        if most == 1:
            return await _pass_over(sessions, clock, workspace_id, fault)
    return await relay(sessions, clock, workspace_id, max(most // 10, 1))


async def _relay_next(sessions: Sessions, clock: Clock, workspace_id: UUID, most: int) -> bool:
    async with sessions() as session, session.begin():
        now = await transaction_now(session, clock)
        await enter_workspace(session, Scope(workspace_id, now, None))
        cursor = await _locked_cursor(session, workspace_id)
        if cursor is None:
            return False
        subscriptions = await _listening(session, workspace_id)
        head = await _head(session, workspace_id)
        upto = min(head, cursor.seq + most) if subscriptions else head
        if subscriptions:
            notices = await _notices(session, workspace_id, cursor.seq, upto)
            await _deliver(session, subscriptions, notices)
        cursor.seq = upto
        return upto < head


async def _pass_over(
    sessions: Sessions, clock: Clock, workspace_id: UUID, fault: Exception
) -> bool:
    """Skip the next event and count it as a failed job. Returns whether it was skipped."""
    async with sessions() as session, session.begin():
        now = await transaction_now(session, clock)
        await enter_workspace(session, Scope(workspace_id, now, None))
        cursor = await _locked_cursor(session, workspace_id)
        if cursor is None:
            return False
        cursor.seq += 1
        event_id = await _event_id(session, workspace_id, cursor.seq)
        await count_failure(session, Queue.NOTICES, event_id, fault)
        return True


async def _event_id(session: AsyncSession, workspace_id: UUID, seq: int) -> UUID:
    found = select(col(EventRow.id)).where(
        col(EventRow.workspace_id) == workspace_id, col(EventRow.seq) == seq
    )
    return (await session.scalars(found)).one()


async def _claim_again(session: AsyncSession, workspace_id: UUID, now: datetime) -> UUID | None:
    """The skipped event whose retry has been due longest. Locks its failed job."""
    return await session.scalar(
        select(col(FailedJob.item_id))
        .where(
            col(FailedJob.workspace_id) == workspace_id,
            col(FailedJob.queue) == Queue.NOTICES,
            col(FailedJob.item_id) != workspace_id,
            col(FailedJob.retry_at) <= now,
        )
        .order_by(col(FailedJob.retry_at), col(FailedJob.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )


async def _relay_again(session: AsyncSession, event_id: UUID, _now: datetime) -> None:
    workspace_id = scope_of(session).workspace_id
    seq = await session.scalar(
        select(col(EventRow.seq)).where(
            col(EventRow.workspace_id) == workspace_id, col(EventRow.id) == event_id
        )
    )
    subscriptions = await _listening(session, workspace_id)
    if seq is not None and subscriptions:
        notices = await _notices(session, workspace_id, seq - 1, seq)
        await _deliver(session, subscriptions, notices)


PASSED_OVER = Handler(Queue.NOTICES, _claim_again, _relay_again)
"""Retries skipped events."""


async def _locked_cursor(session: AsyncSession, workspace_id: UUID) -> RelayCursor | None:
    mine = select(RelayCursor).where(col(RelayCursor.workspace_id) == workspace_id)
    return await session.scalar(mine.with_for_update(skip_locked=True))


async def _listening(session: AsyncSession, workspace_id: UUID) -> Sequence[Subscription]:
    """The enabled subscriptions, locked so that none is turned off before its deliveries exist."""
    enabled = select(Subscription).where(
        col(Subscription.workspace_id) == workspace_id, col(Subscription.disabled_at).is_(None)
    )
    return (await session.scalars(enabled.with_for_update(read=True))).all()


async def _head(session: AsyncSession, workspace_id: UUID) -> int:
    head = select(col(WorkspaceFeed.head)).where(col(WorkspaceFeed.workspace_id) == workspace_id)
    return (await session.scalars(head)).one()


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
