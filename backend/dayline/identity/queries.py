"""Reading accounts."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.identity.models import Account


async def account_by_email(session: AsyncSession, email: str) -> Account | None:
    """Return the account with this address in canonical form, or None."""
    return await session.scalar(select(Account).where(col(Account.email) == email))


async def has_founder(session: AsyncSession) -> bool:
    """Whether any account may create workspaces."""
    return await first_founder(session) is not None


async def first_founder(session: AsyncSession) -> Account | None:
    """Return the account that may create workspaces since the earliest date, or None."""
    founders = select(Account).where(col(Account.founder_at).is_not(None))
    return await session.scalar(founders.order_by(col(Account.founder_at)).limit(1))
