"""Signing in and out: sessions, seen and ended by their owner."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.accounts import passwords, throttle
from dayline.accounts.caller import SignedIn
from dayline.accounts.models import Account, SignInSession
from dayline.accounts.problems import WrongCredentials
from dayline.accounts.queries import account_by_email
from dayline.accounts.schemas import SessionOut, SignIn
from dayline.accounts.visit import Visit
from dayline.kernel.clock import transaction_now
from dayline.kernel.errors import NotFound
from dayline.kernel.ids import new_id
from dayline.kernel.paging import Key, Page, PageRequest, cut, paged
from dayline.kernel.tokens import hash_secret, new_secret


async def sign_in(visit: Visit, session: AsyncSession, given: SignIn) -> tuple[SessionOut, str]:
    """A new session and its secret, for the right password.

    Raises WrongCredentials, which says and takes the same for an address without an account, and
    TooManyRequests before any work is done. `session` is not used until the password is checked.
    """
    async with visit.look() as (look, now):
        attempt = await throttle.count_attempt(look, now, email=given.email, address=visit.address)
        found = await account_by_email(look, given.email)
    known_hash = found.password_hash if found else None
    if not await passwords.matches(given.password, known_hash) or found is None:
        raise WrongCredentials
    account = await _unchanged(session, found)
    await throttle.forgive(session, attempt)
    return await open_session(session, visit, account.id)


async def _unchanged(session: AsyncSession, checked: Account) -> Account:
    """The account, held for update; its password may have been changed while it was checked."""
    account = await session.scalar(
        select(Account)
        .where(
            col(Account.id) == checked.id,
            col(Account.password_hash) == checked.password_hash,
        )
        .with_for_update(key_share=True)
    )
    if account is None:
        raise WrongCredentials
    return account


async def open_session(
    session: AsyncSession, visit: Visit, account_id: UUID
) -> tuple[SessionOut, str]:
    """A new session and its secret; the one that the browser showed is ended.

    So are those unused longest, where the account would have more than it may.
    """
    now = await transaction_now(session, visit.clock)
    if visit.session_secret is not None:
        shown = hash_secret(visit.session_secret)
        await session.execute(delete(SignInSession).where(col(SignInSession.token_hash) == shown))
    await _make_room(session, account_id, visit.settings.account_sessions)
    secret = new_secret("dlsession_")
    opened = SignInSession(
        id=new_id(),
        account_id=account_id,
        token_hash=hash_secret(secret),
        user_agent=visit.user_agent,
        created_at=now,
        last_used_at=now,
        expires_at=now + timedelta(days=visit.settings.session_days),
    )
    session.add(opened)
    await session.flush()
    return session_out(opened, opened.id), secret


async def _make_room(session: AsyncSession, account_id: UUID, most: int) -> None:
    """End all but the `most` - 1 sessions used last; the account is held until the commit."""
    account = select(col(Account.id)).where(col(Account.id) == account_id)
    await session.execute(account.with_for_update(key_share=True))
    of_account = col(SignInSession.account_id) == account_id
    kept = (
        select(col(SignInSession.id))
        .where(of_account)
        .order_by(col(SignInSession.last_used_at).desc(), col(SignInSession.id).desc())
        .limit(most - 1)
    )
    await session.execute(
        delete(SignInSession).where(of_account, col(SignInSession.id).not_in(kept))
    )


def session_out(row: SignInSession, current_id: UUID) -> SessionOut:
    """A session as its owner sees it."""
    return SessionOut(
        id=row.id,
        user_agent=row.user_agent,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        expires_at=row.expires_at,
        is_current=row.id == current_id,
    )


async def list_sessions(me: SignedIn, idle: timedelta, page: PageRequest) -> Page[SessionOut]:
    """The live sessions of an account, latest first."""
    live = select(SignInSession).where(
        col(SignInSession.account_id) == me.account_id,
        col(SignInSession.expires_at) > me.now,
        col(SignInSession.last_used_at) > me.now - idle,
    )
    order = [Key(col(SignInSession.id), UUID, descending=True)]
    rows = (await me.session.scalars(paged(live, order, page, "latest"))).all()
    found = [session_out(row, me.session_id) for row in rows]
    return cut(found, page, "latest", lambda shown: [shown.id])


async def end_session(me: SignedIn, session_id: UUID) -> None:
    """End one session of the account. Raises NotFound."""
    ended = await me.session.scalar(
        delete(SignInSession)
        .where(col(SignInSession.account_id) == me.account_id, col(SignInSession.id) == session_id)
        .returning(col(SignInSession.id))
    )
    if ended is None:
        raise NotFound


async def end_sessions(
    session: AsyncSession, account_id: UUID, *, except_id: UUID | None = None
) -> None:
    """End every session of an account, or every other."""
    ending = delete(SignInSession).where(col(SignInSession.account_id) == account_id)
    if except_id is not None:
        ending = ending.where(col(SignInSession.id) != except_id)
    await session.execute(ending)
