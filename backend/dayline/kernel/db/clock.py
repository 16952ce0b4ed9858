"""The clock from which transactions take `now`."""

from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession


class Clock(Protocol):
    """The source of a transaction's instant. Tests pass one that they can set."""

    def read(self) -> datetime | None:
        """Return the instant to use (aware, UTC), or None for PostgreSQL's, as in production."""
        ...


class DatabaseClock:
    """PostgreSQL's time, shared by all servers and workers. No row depends on a host's clock."""

    def read(self) -> datetime | None:
        """Return None: each transaction asks PostgreSQL once."""
        return None


async def transaction_now(session: AsyncSession, clock: Clock) -> datetime:
    """Return the instant that the whole transaction uses (aware, UTC)."""
    now: datetime = await session.scalar(
        text("SELECT coalesce(CAST(:at AS timestamptz), now())"), {"at": clock.read()}
    )
    return now.astimezone(UTC)
