"""The sweep: what is due fires, each once, whoever sweeps and however many do.

Inside a workspace due timers are claimed and changed by one statement; what somebody else holds
is passed over, because whoever holds it either fires it or ends it.
"""

import asyncio
import random
from collections.abc import Callable
from uuid import UUID

import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from dayline.kernel import events
from dayline.kernel.clock import Clock
from dayline.kernel.database import Scope, Sessions, adopt, scope_of
from dayline.timers.documents import document_of
from dayline.timers.events import TimerBreached, TimerWarned
from dayline.timers.lookout import Lookout, looking_out
from dayline.timers.models import OF_DECISIONS

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


_RUNS = "ended_at IS NULL AND breached_at IS NULL AND paused_at IS NULL"

_OF_DECISIONS = tuple(kind.value for kind in OF_DECISIONS)

FIRE = events.storing(
    f"""
    overdue AS (
        SELECT id FROM timers
        WHERE workspace_id = :workspace_id AND {_RUNS} AND due_at <= :now
        ORDER BY due_at LIMIT :most
        FOR NO KEY UPDATE SKIP LOCKED
    ),
    running_out AS (
        SELECT id FROM timers
        WHERE workspace_id = :workspace_id AND {_RUNS} AND warned_at IS NULL
            AND warn_at <= :now AND due_at > :now
        ORDER BY warn_at LIMIT :most
        FOR NO KEY UPDATE SKIP LOCKED
    ),
    breached AS (
        UPDATE timers SET breached_at = due_at, rev = rev + 1
        WHERE workspace_id = :workspace_id AND id IN (SELECT id FROM overdue)
        RETURNING *
    ),
    warned AS (
        UPDATE timers SET warned_at = :now, rev = rev + 1
        WHERE workspace_id = :workspace_id AND id IN (SELECT id FROM running_out)
        RETURNING *
    ),
    fired AS (
        SELECT '{TimerBreached.kind}' AS happened, due_at AS since, * FROM breached
        UNION ALL
        SELECT '{TimerWarned.kind}', warn_at, * FROM warned
    ),
    happened AS (
        SELECT row_number() OVER (ORDER BY since, id) AS place, happened AS kind,
            CAST(:now AS timestamptz) AS at, CAST(NULL AS uuid) AS actor_id,
            CASE WHEN project_id IS NULL THEN 'topic' ELSE 'team' END AS audience,
            CASE WHEN project_id IS NULL THEN topic_id
                WHEN kind NOT IN {_OF_DECISIONS} THEN author_id END AS audience_id,
            CAST(NULL AS uuid) AS subject_id,
            jsonb_build_object('timer', {document_of("fired")}) AS data
        FROM fired
    )
    """  # noqa: S608 -- SQL of this code
)
"""Claims what is due, at most so many of each kind, changes it, and tells of it in the order of
the instants. Of what is due already nobody is warned: beside the breach it would say nothing.
Who sees an event is what `audience_of` says of its timer."""


def _nobody(_workspace_id: UUID) -> None: ...


async def sweep(
    sessions: Sessions, clock: Clock, announce: Callable[[UUID], None] = _nobody
) -> int:
    """Breach and warn of all that is due now, chunk by chunk; how many timers fired.

    `announce` is told each workspace whose timers fired, after the commit.
    """
    async with looking_out(sessions, clock) as lookout:
        return await sweep_seen(lookout, sessions, announce)


async def sweep_seen(lookout: Lookout, sessions: Sessions, announce: Callable[[UUID], None]) -> int:
    """The same for one who looks out already."""
    fired = 0
    while workspaces := await lookout.workspaces_with_due():
        random.shuffle(workspaces)  # so that workers seldom meet
        places = asyncio.Semaphore(SIDE_BY_SIDE)
        counts = await asyncio.gather(
            *(_attended(sessions, lookout.clock, id_, places, announce) for id_ in workspaces)
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
    """Breach and warn of the timers of a workspace that are due longest; how many fired."""
    async with sessions() as session, session.begin():
        values = {"id": str(workspace_id), "hold_up": HOLD_UP, "at": clock.read()}
        entered = (await session.execute(_ENTER, values)).one()
        adopt(session, Scope(workspace_id, entered.now, None))
        return await fire(session)


async def fire(session: AsyncSession) -> int:
    """The same in a transaction that has entered the workspace, as the last thing that it does."""
    return await events.store(session, FIRE, now=scope_of(session).now, most=AT_ONCE)
