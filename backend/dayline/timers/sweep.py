"""The sweep fires each due timer exactly once, however many processes sweep.

In a workspace one statement claims due timers and changes them. It skips locked timers: the
process that locked them either fires or ends them. A timer that fails to fire doesn't delay the
others: it is held back and retried later (`kernel/jobs/failed_jobs.py`).
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from uuid import UUID

import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from dayline.kernel.db import events
from dayline.kernel.db.clock import Clock
from dayline.kernel.db.database import Scope, Sessions, adopt, scope_of
from dayline.kernel.jobs.due_queue import note_failure
from dayline.kernel.jobs.failed_jobs import Queue, is_passing
from dayline.timers.due_scanner import DueScanner, scanning
from dayline.timers.firing import DUE, FIRE, FIRE_THESE

log = structlog.get_logger("dayline.timers")

AT_ONCE = 1000
"""The most timers that one transaction breaches, and the most of which it warns."""
CHUNKS = 10
"""The most transactions in a row for one workspace, so that others get their turn."""
SIDE_BY_SIDE = 4
"""Workspaces that one process sweeps concurrently, so that a slow one delays no other."""

HOLD_UP = "2s"
"""The lock timeout: how long a sweep waits for a locked feed before it skips the workspace."""

_ENTER = text(
    """
    SELECT set_config('app.workspace_id', :id, true), set_config('lock_timeout', :hold_up, true),
        coalesce(CAST(:at AS timestamptz), now()) AS now
    """
)


def _nobody(_workspace_id: UUID) -> None: ...


async def sweep(
    sessions: Sessions, clock: Clock, announce: Callable[[UUID], None] = _nobody
) -> int:
    """Breach and warn of all timers that are due now. Return how many fired.

    `announce` is called with each workspace whose timers fired, after the commit.
    """
    async with scanning(sessions, clock) as scanner:
        return await sweep_seen(scanner, sessions, announce)


async def sweep_seen(
    scanner: DueScanner, sessions: Sessions, announce: Callable[[UUID], None]
) -> int:
    """Do the same as `sweep`, with a scanner that is already open."""
    fired = 0
    while workspaces := await scanner.workspaces_with_due():
        random.shuffle(workspaces)  # so that workers rarely meet
        places = asyncio.Semaphore(SIDE_BY_SIDE)
        counts = await asyncio.gather(
            *(_attended(sessions, scanner.clock, id_, places, announce) for id_ in workspaces)
        )
        if not any(counts):
            break
        fired += sum(counts)
    return fired


async def _attended(
    sessions: Sessions,
    clock: Clock,
    workspace_id: UUID,
    places: asyncio.Semaphore,
    announce: Callable[[UUID], None],
) -> int:
    """Sweep one workspace. An error is logged, and doesn't stop the sweep of others."""
    fired = 0
    async with places:
        try:
            for _ in range(CHUNKS):
                chunk = await sweep_workspace(sessions, clock, workspace_id)
                fired += chunk
                if chunk < AT_ONCE:
                    break
        except Exception as fault:
            log.warning(
                "a workspace is passed over", workspace=str(workspace_id), fault=repr(fault)
            )
    if fired:
        announce(workspace_id)
    return fired


async def sweep_workspace(sessions: Sessions, clock: Clock, workspace_id: UUID) -> int:
    """Fire the timers of a workspace, the longest overdue first. Return how many fired.

    If firing them together fails, the timers that cause it are found and held back.
    """
    try:
        async with _entered(sessions, clock, workspace_id) as session:
            return await fire(session)
    except Exception as fault:
        if is_passing(fault):
            raise
    async with _entered(sessions, clock, workspace_id) as session:
        values = {"workspace_id": workspace_id, "now": scope_of(session).now, "most": AT_ONCE}
        due = list(await session.scalars(DUE, values))
    return await _fire_these(sessions, clock, workspace_id, due)


async def _fire_these(sessions: Sessions, clock: Clock, workspace_id: UUID, ids: list[UUID]) -> int:
    """Fire these timers together, or each half if that fails. Return how many fired."""
    if not ids:
        return 0
    try:
        async with _entered(sessions, clock, workspace_id) as session:
            now = scope_of(session).now
            return await events.store(session, FIRE_THESE, now=now, most=AT_ONCE, ids=ids)
    except Exception as fault:
        if len(ids) == 1 or is_passing(fault):
            await note_failure(sessions, clock, Queue.TIMERS, workspace_id, fault, item_id=ids[0])
            return 0
    half = len(ids) // 2
    first = await _fire_these(sessions, clock, workspace_id, ids[:half])
    return first + await _fire_these(sessions, clock, workspace_id, ids[half:])


@asynccontextmanager
async def _entered(
    sessions: Sessions, clock: Clock, workspace_id: UUID
) -> AsyncIterator[AsyncSession]:
    """Open a transaction in a workspace, with a short lock timeout."""
    async with sessions() as session, session.begin():
        values = {"id": str(workspace_id), "hold_up": HOLD_UP, "at": clock.read()}
        entered = (await session.execute(_ENTER, values)).one()
        adopt(session, Scope(workspace_id, entered.now, None))
        yield session


async def fire(session: AsyncSession) -> int:
    """Fire due timers as the last step of a transaction that has entered the workspace.

    Returns how many fired.
    """
    return await events.store(session, FIRE, now=scope_of(session).now, most=AT_ONCE)
