"""Quotas: how much a member or a workspace may have of something, exact under concurrency."""

from uuid import UUID

from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from dayline.kernel.schemas import Output


class UsageOut(Output):
    """An amount in use, and its limit."""

    used: int = Field(description="The amount in use.")
    limit: int = Field(description="The most that can be in use.")


async def lock_quota(session: AsyncSession, owner: UUID) -> None:
    """Lock an owner's quota (a member's or a workspace's) while counting and adding to it.

    Lock it before any rows that the transaction changes.
    """
    key = func.hashtextextended(f"quota:{owner}", 0)
    await session.execute(select(func.pg_advisory_xact_lock(key)))


def in_mib(size: int) -> str:
    """Format a number of bytes in MiB."""
    return f"{size / 2**20:,.1f} MiB"
