"""Finding the next timer that falls due, at little cost: a worker does it all day."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from dayline.kernel.db.clock import Clock
from dayline.kernel.db.database import Sessions

WORKSPACES = 1000
"""Workspaces that one look finds."""

_NEXT = "SELECT coalesce($1::timestamptz, now()) AS now, next_timer_at() AS next_at"
_DUE = "SELECT workspace_id FROM workspaces_with_due(coalesce($1::timestamptz, now()), $2)"


@dataclass(frozen=True)
class DueScanner:
    """One connection that asks across workspaces: each question is one round trip.

    It is the driver's own: a session and its transaction would cost more than the answer.
    """

    connection: Any
    clock: Clock

    async def until_next(self) -> timedelta | None:
        """How long until the next timer warns or is due, not above zero when one already does;
        None where none runs.
        """
        now, next_at = await self.connection.fetchrow(_NEXT, self.clock.read())
        found: datetime | None = next_at
        return None if found is None else found - now

    async def workspaces_with_due(self) -> list[UUID]:
        """Workspaces with a timer that warns or is due now, those that wait longest."""
        rows = await self.connection.fetch(_DUE, self.clock.read(), WORKSPACES)
        return [row["workspace_id"] for row in rows]


@asynccontextmanager
async def scanning(sessions: Sessions, clock: Clock) -> AsyncIterator[DueScanner]:
    """A scanner, on a connection that the pool lends until the block ends."""
    async with sessions() as session:
        pooled = await (await session.connection()).get_raw_connection()
        try:
            yield DueScanner(pooled.driver_connection, clock)
        except BaseException:
            await session.invalidate()  # nobody gets a connection that broke here
            raise
