"""A queue of items that fall due, by workspace. Each item is handled once.

Workers can share it: they skip items that another one has locked. A failed item waits
(`kernel/jobs/failed_jobs.py`), while the next ones are handled.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from dayline.kernel.db.clock import Clock, transaction_now
from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from dayline.kernel.jobs import alarm
from dayline.kernel.jobs.failed_jobs import Queue, count_failure, forget_failures, is_passing

WORKSPACES = 1000
"""The most workspaces that one query returns."""
TURN = 50
"""The most items of one workspace in a row, so that others get their turn."""

Announce = Callable[[UUID], None]
"""Called with each workspace whose items were handled, after the commit."""


@dataclass(frozen=True, slots=True)
class Handler:
    """Handles the items of one queue, each in its own transaction.

    `claim` locks the item of a workspace that is due longest and not held back, and returns its
    id or None. It must not read anything that a faulty item could break. `handle` does the item's
    work in the same transaction.
    """

    queue: Queue
    claim: Callable[[AsyncSession, UUID, datetime], Awaitable[UUID | None]]
    handle: Callable[[AsyncSession, UUID, datetime], Awaitable[None]]

    async def do_next(self, sessions: Sessions, clock: Clock, workspace_id: UUID) -> bool | None:
        """Handle the next item. Returns False if it failed and was counted, None if there is none.

        Raises errors that are not the item's: the database is down, or others have locked rows.
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
    """Count a failure, in its own transaction. Without an item it counts for the whole queue.

    Raises `fault` again if it is temporary.
    """
    if is_passing(fault):
        raise fault
    async with sessions() as session, session.begin():
        now = await transaction_now(session, clock)
        await enter_workspace(session, Scope(workspace_id, now, None))
        await count_failure(session, queue, item_id or workspace_id, fault)


@dataclass(frozen=True, slots=True)
class DueQueue:
    """The due items of one or more queues.

    `workspaces` and `next_at` name SQL functions: one returns the workspaces in which something is
    due at an instant, longest first, the other when the next item is due. Items that are held back
    don't count. Handlers are tried in order.
    """

    name: str
    """Names the queue in logs."""
    workspaces: str
    next_at: str
    handlers: tuple[Handler, ...]

    async def run(
        self, sessions: Sessions, clock: Clock, *, woken: asyncio.Event, announce: Announce
    ) -> None:
        """Handle what is due, and sleep until the next item is, until cancelled.

        Set `woken` when an item may be due earlier.
        """
        fire = partial(self.do_due, sessions, clock, announce)
        await alarm.run_when_due(
            self.name, fire, partial(self.next_in, sessions, clock), woken=woken
        )

    async def do_due(self, sessions: Sessions, clock: Clock, announce: Announce) -> int:
        """Handle all that is due now. Returns how many items were handled.

        Raises an ExceptionGroup of errors that are no item's, after all workspaces were tried.
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
        """Handle up to `TURN` items of a workspace. Returns how many were tried and done."""
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
        """Handle one item in a workspace. Returns like `Handler.do_next`."""
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
        """Return the time until the next item is due. None if nothing waits."""
        async with sessions() as session, session.begin():
            now = await transaction_now(session, clock)
            at: datetime | None = await session.scalar(select(getattr(func, self.next_at)()))
            return None if at is None else at - now
