"""Finding timers that are due, across workspaces and cheaply enough to poll all day."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from dayline.kernel.db.clock import Clock
from dayline.kernel.db.database import Sessions

WORKSPACES = 1000
"""The most workspaces that one scan returns."""

_NEXT = "SELECT coalesce($1::timestamptz, now()) AS now, next_timer_at() AS next_at"
_DUE = "SELECT workspace_id FROM workspaces_with_due(coalesce($1::timestamptz, now()), $2)"


@dataclass(frozen=True)
class DueScanner:
    """Queries across workspaces on one connection, one round trip each.

    It uses the driver's connection: a session and its transaction would cost more than the query.
    """

    connection: Any
    clock: Clock

    async def until_next(self) -> timedelta | None:
        """Return the time until the next timer warns or is due.

        Zero or negative if one is due already. None if no timer runs.
        """
        now, next_at = await self.connection.fetchrow(_NEXT, self.clock.read())
        found: datetime | None = next_at
        return None if found is None else found - now

    async def workspaces_with_due(self) -> list[UUID]:
        """Return at most `WORKSPACES` workspaces with timers to fire now, the longest overdue."""
        rows = await self.connection.fetch(_DUE, self.clock.read(), WORKSPACES)
        return [row["workspace_id"] for row in rows]


@asynccontextmanager
async def scanning(sessions: Sessions, clock: Clock) -> AsyncIterator[DueScanner]:
    """Yield a scanner on a pooled connection, which is returned when the block ends."""
    async with sessions() as session:
        pooled = await (await session.connection()).get_raw_connection()
        try:
            yield DueScanner(pooled.driver_connection, clock)
        except BaseException:
            await session.invalidate()  # a broken connection must not return to the pool
            raise
