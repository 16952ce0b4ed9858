"""Known browsers, which signed in to an account before. Their cookie outlives sessions.

The cookie grants no access. It only exempts the browser from limits that strangers can exhaust
(`throttle`). A browser has one secret for all accounts, replaced at each sign-in. After a new
password only the browser that set it stays known.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.identity.client_context import ClientContext, give_browser_cookie
from dayline.identity.models import Account, KnownBrowser
from dayline.kernel.db.ids import new_id
from dayline.kernel.text.tokens import hash_secret, new_secret

KNOWN_FOR = timedelta(days=365)
"""How long a browser stays known after its last sign-in."""
MOST_KNOWN = 20
"""The most known browsers of an account. Those used least recently are dropped."""


async def find_known(
    session: AsyncSession, client: ClientContext, email: str, now: datetime
) -> UUID | None:
    """Return the id of this browser if it signed in to the account of `email` before, else None."""
    secret = client.browser_secret
    if secret is None:
        return None
    return await session.scalar(
        select(col(KnownBrowser.id))
        .join(Account, col(Account.id) == col(KnownBrowser.account_id))
        .where(
            col(Account.email) == email,
            col(KnownBrowser.secret_hash) == hash_secret(secret),
            col(KnownBrowser.last_used_at) > now - KNOWN_FOR,
        )
    )


async def remember(
    session: AsyncSession, client: ClientContext, account_id: UUID, now: datetime
) -> None:
    """Make this browser known to an account, and give it a new cookie."""
    secret = new_secret("dlbrowser_")
    secret_hash = hash_secret(secret)
    if client.browser_secret is not None:
        shown = col(KnownBrowser.secret_hash) == hash_secret(client.browser_secret)
        await session.execute(update(KnownBrowser).where(shown).values(secret_hash=secret_hash))
    new = {"id": new_id(), "account_id": account_id, "secret_hash": secret_hash}
    await session.execute(
        insert(KnownBrowser)
        .values(**new, last_used_at=now)
        .on_conflict_do_update(
            index_elements=["account_id", "secret_hash"], set_={"last_used_at": now}
        )
    )
    await _keep_latest(session, account_id)
    give_browser_cookie(client, secret, KNOWN_FOR)


async def _keep_latest(session: AsyncSession, account_id: UUID) -> None:
    of_account = col(KnownBrowser.account_id) == account_id
    latest = (
        select(col(KnownBrowser.id))
        .where(of_account)
        .order_by(col(KnownBrowser.last_used_at).desc(), col(KnownBrowser.id).desc())
    )
    beyond = col(KnownBrowser.id).in_(latest.offset(MOST_KNOWN))
    await session.execute(delete(KnownBrowser).where(of_account, beyond))


async def know_only(
    session: AsyncSession, client: ClientContext, account_id: UUID, now: datetime
) -> None:
    """After a new password, forget all the account's browsers except the one that set it."""
    await session.execute(delete(KnownBrowser).where(col(KnownBrowser.account_id) == account_id))
    await remember(session, client, account_id, now)
