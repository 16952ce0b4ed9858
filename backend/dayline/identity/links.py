"""One-time links: shown once, stored as a hash, valid until used, replaced or expired."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.identity.models import LinkPurpose, OneTimeLink
from dayline.identity.problems import LinkNotGood
from dayline.kernel.http.client import note_credential
from dayline.kernel.text.tokens import hash_secret, new_secret

OWNER_LINK_LASTS = timedelta(days=7)
RESET_LINK_LASTS = timedelta(hours=24)


async def issue_owner_link(session: AsyncSession, email: str | None, now: datetime) -> str:
    """Create a link that makes the first owner, and invalidate earlier ones. Returns its secret."""
    unused = col(OneTimeLink.purpose) == LinkPurpose.OWNER, col(OneTimeLink.used_at).is_(None)
    await session.execute(delete(OneTimeLink).where(*unused))
    secret = new_secret("dlsetup_")
    session.add(
        OneTimeLink(
            purpose=LinkPurpose.OWNER,
            token_hash=hash_secret(secret),
            email=email,
            created_at=now,
            expires_at=now + OWNER_LINK_LASTS,
        )
    )
    return secret


async def issue_reset_link(
    session: AsyncSession, account_id: UUID, now: datetime, issued_by: UUID | None = None
) -> str:
    """Create a link that sets a password, and invalidate earlier ones. Returns its secret.

    `issued_by` is the member who sees it. It is withdrawn when they lose their role or access.
    """
    await withdraw_reset_links(session, account_id)
    secret = new_secret("dlreset_")
    session.add(
        OneTimeLink(
            purpose=LinkPurpose.RESET,
            token_hash=hash_secret(secret),
            account_id=account_id,
            issued_by=issued_by,
            created_at=now,
            expires_at=now + RESET_LINK_LASTS,
        )
    )
    return secret


async def withdraw_reset_links(session: AsyncSession, account_id: UUID) -> None:
    """Invalidate the account's unused reset links."""
    unused = col(OneTimeLink.account_id) == account_id, col(OneTimeLink.used_at).is_(None)
    await session.execute(delete(OneTimeLink).where(*unused))


async def withdraw_reset_links_by(session: AsyncSession, member_id: UUID) -> None:
    """Invalidate the unused reset links that a member was shown."""
    unused = col(OneTimeLink.issued_by) == member_id, col(OneTimeLink.used_at).is_(None)
    await session.execute(delete(OneTimeLink).where(*unused))


async def find_link(
    session: AsyncSession, purpose: LinkPurpose, secret: str, now: datetime
) -> OneTimeLink:
    """Return the link with this secret. Raises LinkNotGood."""
    note_credential("link")
    link = await session.scalar(select(OneTimeLink).where(_is_good(purpose, secret, now)))
    if link is None:
        raise LinkNotGood
    return link


async def use_link(
    session: AsyncSession, purpose: LinkPurpose, secret: str, now: datetime
) -> OneTimeLink:
    """Use the link, once. Raises LinkNotGood, also for the second of two concurrent uses."""
    used = update(OneTimeLink).where(_is_good(purpose, secret, now)).values(used_at=now)
    link: OneTimeLink | None = await session.scalar(used.returning(OneTimeLink))
    if link is None:
        raise LinkNotGood
    return link


def _is_good(purpose: LinkPurpose, secret: str, now: datetime) -> ColumnElement[bool]:
    return and_(
        col(OneTimeLink.token_hash) == hash_secret(secret),
        col(OneTimeLink.purpose) == purpose,
        col(OneTimeLink.used_at).is_(None),
        col(OneTimeLink.expires_at) > now,
    )
