"""An agenda: what falls due, workspace by workspace, and is done once.

Whoever does it, and however many do: what somebody else holds is passed over.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from dayline.kernel.clock import Clock, transaction_now
from dayline.kernel.database import Sessions

WORKSPACES = 1000
"""Workspaces that one look finds."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What falls due of one kind.

    `workspaces` and `next_at` are the names of the system's functions that say in which workspaces
    something is due at an instant, longest first, and when the next thing is. `do_next` does one
    thing of a workspace in a transaction of its own, and says whether there was one.
    """

    workspaces: str
    next_at: str
    do_next: Callable[[Sessions, Clock, UUID], Awaitable[bool]]

    async def do_due(
        self, sessions: Sessions, clock: Clock, announce: Callable[[UUID], None]
    ) -> int:
        """Do all that is due now; how many things that were.

        `announce` is told each workspace of one, after the commit. Raises what went wrong in a
        workspace, after the others had their turn.
        """
        done, faults = 0, list[Exception]()
        for workspace_id in await self._due(sessions, clock):
            try:
                while await self.do_next(sessions, clock, workspace_id):
                    done += 1
                    announce(workspace_id)
            except Exception as fault:
                faults.append(fault)
        if faults:
            raise ExceptionGroup("some workspaces were passed over", faults)
        return done

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
