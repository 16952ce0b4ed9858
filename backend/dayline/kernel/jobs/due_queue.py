"""A queue of what falls due, workspace by workspace; each item is done once.

Workers can share it: an item that another one holds is skipped. An item that fails waits a while
(`kernel/jobs/failed_jobs.py`), and the next item gets its turn.
"""

from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from dayline.kernel.db.clock import Clock, transaction_now
from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from dayline.kernel.jobs.failed_jobs import Queue, count_failure, forget_failures, is_passing

WORKSPACES = 1000
"""Workspaces that one look finds."""
TURN = 50
"""Items of a workspace in a row, before others get their turn."""

Announce = Callable[[UUID], None]
"""Told each workspace of an item, after the commit."""


@dataclass(frozen=True, slots=True)
class Handler:
    """Does the items of one queue, each in a transaction of its own.

    `claim` holds the item of a workspace that is due longest and not held back, and returns its id
    or None; it reads nothing that an item could have wrong. `handle` does it in that transaction.
    """

    queue: Queue
    claim: Callable[[AsyncSession, UUID, datetime], Awaitable[UUID | None]]
    handle: Callable[[AsyncSession, UUID, datetime], Awaitable[None]]

    async def do_next(self, sessions: Sessions, clock: Clock, workspace_id: UUID) -> bool | None:
        """Do the next item. False where it failed, and was counted; None where there is none.

        Raises where no item is at fault: the database is away, or others hold what is needed.
        """
        item_id: UUID | None = None
        try:
            async with sessions() as session, session.begin():
                now = await transaction_now(session, clock)
                await enter_workspace(session, Scope(workspace_id, now, None))
                item_id = await self.claim(session, workspace_id, now)
                if item_id is not None:
                    await self.handle(session, item_id, now)
                await forget_failures(session, self.queue, item_id or workspace_id, workspace_id)
        except Exception as fault:
            await note_failure(sessions, clock, self.queue, workspace_id, fault, item_id=item_id)
            return None if item_id is None else False
        return None if item_id is None else True


async def note_failure(
    sessions: Sessions,
    clock: Clock,
    queue: Queue,
    workspace_id: UUID,
    fault: Exception,
    *,
    item_id: UUID | None = None,
) -> None:
    """Count a failure in a transaction of its own; without an item it is the whole queue's.

    Raises `fault` again where it passes by itself.
    """
    if is_passing(fault):
        raise fault
    async with sessions() as session, session.begin():
        now = await transaction_now(session, clock)
        await enter_workspace(session, Scope(workspace_id, now, None))
        await count_failure(session, queue, item_id or workspace_id, fault)


@dataclass(frozen=True, slots=True)
class DueQueue:
    """What falls due of some queues.

    `workspaces` and `next_at` are the names of the system's functions that say in which workspaces
    something is due at an instant, longest first, and when the next thing is; what is held back is
    not due. Of the handlers each one comes before those behind it.
    """

    workspaces: str
    next_at: str
    handlers: tuple[Handler, ...]

    async def do_due(self, sessions: Sessions, clock: Clock, announce: Announce) -> int:
        """Do all that is due now; how many things were done.

        Raises what went wrong in a workspace by nobody's fault, after the others had their turn.
        """
        waiting = deque(await self._due(sessions, clock))
        done, faults = 0, list[Exception]()
        while waiting:
            workspace_id = waiting.popleft()
            try:
                tried, did = await self._take_turn(sessions, clock, workspace_id, announce)
            except Exception as fault:
                faults.append(fault)
                continue
            done += did
            if tried == TURN:
                waiting.append(workspace_id)
        if faults:
            raise ExceptionGroup("some workspaces were passed over", faults)
        return done

    async def _take_turn(
        self, sessions: Sessions, clock: Clock, workspace_id: UUID, announce: Announce
    ) -> tuple[int, int]:
        """Do some items of a workspace: how many were tried, and how many were done."""
        tried = done = 0
        while tried < TURN:
            outcome = await self.do_next(sessions, clock, workspace_id)
            if outcome is None:
                break
            tried += 1
            done += outcome
            announce(workspace_id)
        return tried, done

    async def do_next(self, sessions: Sessions, clock: Clock, workspace_id: UUID) -> bool | None:
        """Do one item in a workspace, as `Handler.do_next` does."""
        for handler in self.handlers:
            outcome = await handler.do_next(sessions, clock, workspace_id)
            if outcome is not None:
                return outcome
        return None

    async def _due(self, sessions: Sessions, clock: Clock) -> list[UUID]:
        async with sessions() as session, session.begin():
            at = await transaction_now(session, clock)
            found = getattr(func, self.workspaces)(at, WORKSPACES).column_valued()
            return list(await session.scalars(select(found)))

    async def next_in(self, sessions: Sessions, clock: Clock) -> timedelta | None:
        """In how long the next thing is due; None where nothing waits."""
        async with sessions() as session, session.begin():
            now = await transaction_now(session, clock)
            at: datetime | None = await session.scalar(select(getattr(func, self.next_at)()))
            return None if at is None else at - now
