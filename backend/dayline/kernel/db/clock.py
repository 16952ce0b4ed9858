"""The clock: where `now` comes from."""

from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession


class Clock(Protocol):
    """The source of a transaction's instant; tests pass a clock that they move."""

    def read(self) -> datetime | None:
        """The aware UTC instant to use, or None: PostgreSQL's own, which production uses."""
        ...


class DatabaseClock:
    """PostgreSQL's time, the same for every server and worker; no row takes a host's clock."""

    def read(self) -> datetime | None:
        """None: each transaction asks PostgreSQL once."""
        return None


async def transaction_now(session: AsyncSession, clock: Clock) -> datetime:
    """The instant that the whole transaction uses, aware UTC."""
    now: datetime = await session.scalar(
        text("SELECT coalesce(CAST(:at AS timestamptz), now())"), {"at": clock.read()}
    )
    return now.astimezone(UTC)
