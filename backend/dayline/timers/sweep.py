"""The sweep: what is due fires, each once, whoever sweeps and however many do.

Inside a workspace due timers are claimed and changed by one statement; what somebody else holds
is passed over, because whoever holds it either fires it or ends it. A timer that can't be fired
keeps no other from theirs: it is held back (`kernel/jobs/failed_jobs.py`).
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
"""Timers that one transaction breaches, and of how many it warns."""
CHUNKS = 10
"""Transactions in a row in one workspace, before others get their turn."""
SIDE_BY_SIDE = 4
"""Workspaces that one process sweeps at the same time: one that is held up delays no other."""

HOLD_UP = "2s"
"""How long a workspace's feed may be held up before the workspace is passed over."""

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
    """Breach and warn of all that is due now, chunk by chunk; how many timers fired.

    `announce` is told each workspace whose timers fired, after the commit.
    """
    async with scanning(sessions, clock) as scanner:
        return await sweep_seen(scanner, sessions, announce)


async def sweep_seen(
    scanner: DueScanner, sessions: Sessions, announce: Callable[[UUID], None]
) -> int:
    """The same for one who looks out already."""
    fired = 0
    while workspaces := await scanner.workspaces_with_due():
        random.shuffle(workspaces)  # so that workers seldom meet
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
    """Sweep one workspace; its fault keeps no other from theirs."""
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
    """Breach and warn of the timers of a workspace that are due longest; how many fired.

    Where they can't be fired together, each that fails is found and held back.
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
    """Fire these together, or where that fails each half of them; how many fired."""
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
    """A transaction in a workspace that waits for nobody long."""
    async with sessions() as session, session.begin():
        values = {"id": str(workspace_id), "hold_up": HOLD_UP, "at": clock.read()}
        entered = (await session.execute(_ENTER, values)).one()
        adopt(session, Scope(workspace_id, entered.now, None))
        yield session


async def fire(session: AsyncSession) -> int:
    """The same in a transaction that has entered the workspace, as the last thing that it does."""
    return await events.store(session, FIRE, now=scope_of(session).now, most=AT_ONCE)
