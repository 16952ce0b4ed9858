"""What gives a way in, or power, needs a session whose owner gave their password recently."""

from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import select
from sqlmodel import col

from dayline.identity.caller import Access, AccountAccess, Caller, PostAccess, SignedIn
from dayline.identity.models import Role, SignInSession, TokenScope
from dayline.identity.problems import ReauthenticationNeeded, SessionNeeded
from dayline.kernel.db.database import Transaction
from dayline.kernel.errors import SignInNeeded

RECENT = timedelta(minutes=15)


async def require_recent_password(who: Caller | SignedIn) -> None:
    """Raise unless the request comes by a session whose password was given within `RECENT`.

    Raises SessionNeeded for a token and ReauthenticationNeeded for an older session. Whatever ends
    the session waits for this transaction, and so sees what it made.
    """
    if who.session_id is None:
        raise SessionNeeded
    held = select(col(SignInSession.created_at)).where(col(SignInSession.id) == who.session_id)
    given_at = await who.session.scalar(held.with_for_update(read=True, key_share=True))
    if given_at is None:
        raise SignInNeeded
    if given_at <= who.now - RECENT:
        raise ReauthenticationNeeded(max_age=int(RECENT.total_seconds()))


class RecentAccess(Access):
    """Access to a route that gives a way in, or power: no token has it, nor an older session."""

    credentials = ("session",)

    async def check(self, caller: Caller) -> None:
        """Raise Forbidden unless the caller may, and gave their password recently."""
        await super().check(caller)
        await require_recent_password(caller)


class RecentPostAccess(RecentAccess, PostAccess):
    """Access to such a POST, which also takes an Idempotency-Key."""


class RecentAccountAccess(AccountAccess):
    """Dependency: the account behind the session cookie, its password given recently."""

    async def __call__(self, request: Request, session: Transaction) -> SignedIn:
        """The account. Raises ReauthenticationNeeded where the password was given too long ago."""
        me = await super().__call__(request, session)
        await require_recent_password(me)
        return me


RecentGuestWrites = Annotated[Caller, Depends(RecentAccess(Role.GUEST, TokenScope.WRITE))]
RecentGuestPosts = Annotated[Caller, Depends(RecentPostAccess(Role.GUEST, TokenScope.WRITE))]
RecentAdminWrites = Annotated[Caller, Depends(RecentAccess(Role.ADMIN, TokenScope.ADMIN))]
RecentAdminPosts = Annotated[Caller, Depends(RecentPostAccess(Role.ADMIN, TokenScope.ADMIN))]
RecentAccount = Annotated[SignedIn, Depends(RecentAccountAccess())]
