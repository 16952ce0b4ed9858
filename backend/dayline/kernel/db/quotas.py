"""Quotas: how much a member or a workspace may have of something, exact under races."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from dayline.kernel.schemas import Output


class UsageOut(Output):
    """How much there is of something, and the most that there may be."""

    used: int
    limit: int


async def hold_quota(session: AsyncSession, owner: UUID) -> None:
    """Let one transaction at a time count what `owner` has, a member or a workspace, and add to it.

    It comes before every lock on the rows that a transaction changes.
    """
    key = func.hashtextextended(f"quota:{owner}", 0)
    await session.execute(select(func.pg_advisory_xact_lock(key)))


def in_mib(size: int) -> str:
    """A number of bytes as people read it."""
    return f"{size / 2**20:,.1f} MiB"
