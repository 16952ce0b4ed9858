"""Reading accounts."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.identity.models import Account


async def account_by_email(session: AsyncSession, email: str) -> Account | None:
    """The account of an address in its one spelling."""
    return await session.scalar(select(Account).where(col(Account.email) == email))


async def has_founder(session: AsyncSession) -> bool:
    """Whether the installation has somebody who may make workspaces."""
    return await first_founder(session) is not None


async def first_founder(session: AsyncSession) -> Account | None:
    """Who may make workspaces since the installation began."""
    founders = select(Account).where(col(Account.founder_at).is_not(None))
    return await session.scalar(founders.order_by(col(Account.founder_at)).limit(1))
