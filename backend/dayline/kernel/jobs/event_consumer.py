"""Consumers of events: each handles every event of a workspace once, in the order of numbers.

A consumer's cursor says up to which number it has handled the events. It moves in the transaction
that does the work, so a crash neither loses nor repeats anything.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel, col

from dayline.kernel.db.clock import Clock, transaction_now
from dayline.kernel.db.database import Scope, Sessions, enter_workspace, scope_of
from dayline.kernel.db.events import EventRow, WorkspaceFeed
from dayline.kernel.jobs.due_queue import TURN, Handler
from dayline.kernel.jobs.failed_jobs import FailedJob, Queue, count_failure, is_passing

AT_ONCE = 1000
"""The most events that one transaction handles."""
WORKSPACES = 1000
"""The most workspaces that one query returns."""

Handle = Callable[[AsyncSession, int, int], Awaitable[None]]
"""Handles the events after one number up to another, in the session's transaction."""


class RelayCursor(SQLModel, table=True):
    """The number of a workspace's latest event that a consumer has handled."""

    __tablename__ = "relay_cursors"

    workspace_id: UUID = Field(primary_key=True, foreign_key="workspaces.id")
    consumer: str = Field(primary_key=True, max_length=32)
    seq: int = Field(sa_type=BigInteger)


@dataclass(frozen=True, slots=True)
class EventConsumer:
    """Handles the events of the workspaces in which it has a cursor.

    `begin` returns what handles the next events, or None if they can all be skipped. An event that
    fails is skipped and retried later, so that it doesn't block the others. Its failed job is an
    item of `queue`.
    """

    name: str
    """Names the consumer in `relay_cursors`. It never changes."""
    queue: Queue
    begin: Callable[[AsyncSession], Awaitable[Handle | None]]
    at_once: int = AT_ONCE

    async def workspaces(self, sessions: Sessions, clock: Clock) -> Sequence[UUID]:
        """Workspaces with events after their cursor, or with an event to retry."""
        async with sessions() as session, session.begin():
            now = await transaction_now(session, clock)
            values = {
                "consumer": self.name,
                "queue": self.queue.value,
                "at": now,
                "most": WORKSPACES,
            }
            return (await session.scalars(_WORKSPACES, values)).all()

    async def take_turn(self, sessions: Sessions, clock: Clock, workspace_id: UUID) -> None:
        """Handle a workspace's next events, then retry what failed, so that others get a turn."""
        for _ in range(TURN):
            if not await self.handle_next(sessions, clock, workspace_id):
                break
        for _ in range(TURN):
            if await self.retries.do_next(sessions, clock, workspace_id) is None:
                break

    async def handle_next(
        self, sessions: Sessions, clock: Clock, workspace_id: UUID, most: int | None = None
    ) -> bool:
        """Handle a workspace's next events. Returns whether more may follow.

        Does nothing while another worker handles this workspace.
        """
        most = most or self.at_once
        try:
            return await self._handle_next(sessions, clock, workspace_id, most)
        except Exception as fault:
            if is_passing(fault):
                raise
            if most == 1:
                return await self._pass_over(sessions, clock, workspace_id, fault)
        return await self.handle_next(sessions, clock, workspace_id, max(most // 10, 1))

    async def _handle_next(
        self, sessions: Sessions, clock: Clock, workspace_id: UUID, most: int
    ) -> bool:
        async with sessions() as session, session.begin():
            now = await transaction_now(session, clock)
            await enter_workspace(session, Scope(workspace_id, now, None))
            cursor = await self._locked_cursor(session)
            if cursor is None:
                return False
            handle = await self.begin(session)
            head = await latest(session)
            upto = head if handle is None else min(head, cursor.seq + most)
            if handle is not None:
                await handle(session, cursor.seq, upto)
            cursor.seq = upto
            return upto < head

    async def _pass_over(
        self, sessions: Sessions, clock: Clock, workspace_id: UUID, fault: Exception
    ) -> bool:
        """Skip the next event and count it as a failed job. Returns whether it was skipped."""
        async with sessions() as session, session.begin():
            now = await transaction_now(session, clock)
            await enter_workspace(session, Scope(workspace_id, now, None))
            cursor = await self._locked_cursor(session)
            if cursor is None:
                return False
            cursor.seq += 1
            event_id = select(col(EventRow.id)).where(
                col(EventRow.workspace_id) == workspace_id, col(EventRow.seq) == cursor.seq
            )
            skipped = (await session.scalars(event_id)).one()
            await count_failure(session, self.queue, skipped, fault)
            return True

    async def _locked_cursor(self, session: AsyncSession) -> RelayCursor | None:
        mine = select(RelayCursor).where(
            col(RelayCursor.workspace_id) == scope_of(session).workspace_id,
            col(RelayCursor.consumer) == self.name,
        )
        return await session.scalar(mine.with_for_update(skip_locked=True))

    @property
    def retries(self) -> Handler:
        """Retries skipped events."""
        return Handler(self.queue, self._claim_again, self._handle_again)

    async def _claim_again(
        self, session: AsyncSession, workspace_id: UUID, now: datetime
    ) -> UUID | None:
        """The skipped event whose retry has been due longest. Locks its failed job."""
        return await session.scalar(
            select(col(FailedJob.item_id))
            .where(
                col(FailedJob.workspace_id) == workspace_id,
                col(FailedJob.queue) == self.queue,
                col(FailedJob.item_id) != workspace_id,
                col(FailedJob.retry_at) <= now,
            )
            .order_by(col(FailedJob.retry_at), col(FailedJob.id))
            .limit(1)
            .with_for_update(skip_locked=True)
        )

    async def _handle_again(self, session: AsyncSession, event_id: UUID, _now: datetime) -> None:
        seq = await session.scalar(
            select(col(EventRow.seq)).where(
                col(EventRow.workspace_id) == scope_of(session).workspace_id,
                col(EventRow.id) == event_id,
            )
        )
        handle = await self.begin(session)
        if seq is not None and handle is not None:
            await handle(session, seq - 1, seq)


_WORKSPACES = text(
    "SELECT workspace_id FROM workspaces_with_events("
    "CAST(:consumer AS text), CAST(:queue AS text), :at, :most)"
)


async def latest(session: AsyncSession) -> int:
    """The number of the latest event of the session's workspace."""
    head = select(col(WorkspaceFeed.head)).where(
        col(WorkspaceFeed.workspace_id) == scope_of(session).workspace_id
    )
    return (await session.scalars(head)).one()


async def begin_cursor(session: AsyncSession, consumer: str, seq: int) -> None:
    """Let a consumer handle the events after `seq`. Does nothing if it has a cursor already."""
    new = {"workspace_id": scope_of(session).workspace_id, "consumer": consumer, "seq": seq}
    await session.execute(insert(RelayCursor).values(new).on_conflict_do_nothing())
