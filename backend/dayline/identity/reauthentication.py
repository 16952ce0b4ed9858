"""Actions that grant access or rights need a recently entered password."""

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
    """Require a session whose password was entered within `RECENT`.

    Raises SessionNeeded for a token, SignInNeeded for an ended session, ReauthenticationNeeded for
    an older one. Locks the session, so that whatever ends it sees what this transaction created.
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
    """Access to a route that grants access or rights. Tokens and older sessions are refused."""

    credentials = ("session",)

    async def check(self, caller: Caller) -> None:
        """Raise Forbidden unless the caller may do this and entered their password recently."""
        await super().check(caller)
        await require_recent_password(caller)


class RecentPostAccess(RecentAccess, PostAccess):
    """Access to such a POST route, which also accepts an Idempotency-Key."""


class RecentAccountAccess(AccountAccess):
    """Dependency: the account of the session cookie, if its password was entered recently."""

    async def __call__(self, request: Request, session: Transaction) -> SignedIn:
        """Return the account. Raises what `AccountAccess` and `require_recent_password` raise."""
        me = await super().__call__(request, session)
        await require_recent_password(me)
        return me


RecentGuestWrites = Annotated[Caller, Depends(RecentAccess(Role.GUEST, TokenScope.WRITE))]
RecentGuestPosts = Annotated[Caller, Depends(RecentPostAccess(Role.GUEST, TokenScope.WRITE))]
RecentAdminWrites = Annotated[Caller, Depends(RecentAccess(Role.ADMIN, TokenScope.ADMIN))]
RecentAdminPosts = Annotated[Caller, Depends(RecentPostAccess(Role.ADMIN, TokenScope.ADMIN))]
RecentAccount = Annotated[SignedIn, Depends(RecentAccountAccess())]
