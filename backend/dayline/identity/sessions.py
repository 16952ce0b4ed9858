"""Sessions: signing in and out, listing sessions, and ending them."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.identity import browsers, passwords, security_events, throttle
from dayline.identity.caller import SignedIn
from dayline.identity.client_context import ClientContext
from dayline.identity.models import Account, SecurityKind, SignInSession
from dayline.identity.problems import WrongCredentials
from dayline.identity.queries import account_by_email
from dayline.identity.reauthentication import require_recent_password
from dayline.identity.schemas import SessionOut, SignIn
from dayline.kernel.db.clock import transaction_now
from dayline.kernel.db.ids import new_id
from dayline.kernel.errors import NotFound, SignInNeeded, TooManyRequests
from dayline.kernel.http.client import note_who
from dayline.kernel.http.paging import Key, Page, PageRequest, cut, paged
from dayline.kernel.text.tokens import hash_secret, new_secret


async def sign_in(
    client: ClientContext, session: AsyncSession, given: SignIn
) -> tuple[SessionOut, str]:
    """Sign in. Returns the new session and its secret.

    Raises WrongCredentials, with the same content and delay if no account has the address, and
    TooManyRequests before any hashing. `session` is used only after the password is checked.
    """
    try:
        account, attempt = await _check(client, session, given)
    except (WrongCredentials, TooManyRequests) as refusal:
        await _record_refusal(client, given.email, refusal)
        raise
    await throttle.forgive(session, attempt)
    await _make_room(session, account.id, client.settings.account_sessions)
    return await open_session(session, client, account.id)


async def _check(
    client: ClientContext, session: AsyncSession, given: SignIn
) -> tuple[Account, throttle.Attempt]:
    """Check the password. Returns the account, locked for update, and the counted attempt.

    The account's sessions are locked first. Raises WrongCredentials and TooManyRequests.
    """
    async with client.transaction() as (look, now):
        attempt = await throttle.count_sign_in(
            look,
            now,
            email=given.email,
            address=client.address,
            browser_id=await browsers.find_known(look, client, given.email, now),
        )
        found = await account_by_email(look, given.email)
    known_hash = found.password_hash if found else None
    if not await passwords.matches(given.password, known_hash) or found is None:
        raise WrongCredentials
    await lock_sessions(session, client, found.id)
    if not await lock_if_unchanged(session, found):
        raise WrongCredentials
    return found, attempt


async def _record_refusal(
    client: ClientContext, email: str, refusal: WrongCredentials | TooManyRequests
) -> None:
    """Record a refusal. Takes equally long for an unknown address: timing reveals nothing."""
    async with client.transaction() as (look, now):
        found = await account_by_email(look, email)
        account_id = found.id if found else None
        if isinstance(refusal, WrongCredentials):
            security_events.record(look, now, SecurityKind.SIGN_IN_REFUSED, account_id, about=email)
        else:
            throttled = SecurityKind.SIGN_IN_THROTTLED
            await security_events.record_once(
                look, now, throttled, account_id, within=throttle.WINDOW, about=email
            )


async def lock_if_unchanged(session: AsyncSession, checked: Account) -> bool:
    """Whether the password is still the checked one. If so, it can't change until the commit."""
    unchanged = (
        select(col(Account.id))
        .where(
            col(Account.id) == checked.id,
            col(Account.password_hash) == checked.password_hash,
        )
        .with_for_update(key_share=True)
    )
    return await session.scalar(unchanged) is not None


async def open_session(
    session: AsyncSession, client: ClientContext, account_id: UUID
) -> tuple[SessionOut, str]:
    """Open a session. Returns it and its secret. Ends the session of the browser's cookie.

    The browser becomes known to the account.
    """
    opened, secret = await _begin_session(session, client, account_id)
    await browsers.remember(session, client, account_id, opened.created_at)
    note_who(account_id)
    security_events.record(session, opened.created_at, SecurityKind.SIGNED_IN, account_id)
    return session_out(opened, opened.id), secret


async def renew_session(
    session: AsyncSession, client: ClientContext, me: SignedIn, because: SecurityKind
) -> tuple[SessionOut, str]:
    """Replace the session in use, and close its sockets. Returns the new session and its secret.

    Raises SignInNeeded if another request has ended the session in use.
    """
    in_use = delete(SignInSession).where(
        col(SignInSession.account_id) == me.account_id, col(SignInSession.id) == me.session_id
    )
    if await session.scalar(in_use.returning(col(SignInSession.id))) is None:
        raise SignInNeeded
    opened, secret = await _begin_session(session, client, me.account_id)
    security_events.record(session, opened.created_at, because, me.account_id)
    return session_out(opened, opened.id), secret


async def _begin_session(
    session: AsyncSession, client: ClientContext, account_id: UUID
) -> tuple[SignInSession, str]:
    now = await transaction_now(session, client.clock)
    if client.session_secret is not None:
        shown = hash_secret(client.session_secret)
        await session.execute(delete(SignInSession).where(col(SignInSession.token_hash) == shown))
    secret = new_secret("dlsession_")
    opened = SignInSession(
        id=new_id(),
        account_id=account_id,
        token_hash=hash_secret(secret),
        user_agent=client.user_agent,
        created_at=now,
        last_used_at=now,
        expires_at=now + timedelta(days=client.settings.session_days),
    )
    session.add(opened)
    await session.flush()
    return opened, secret


async def _make_room(session: AsyncSession, account_id: UUID, most: int) -> None:
    """End all but the `most` - 1 sessions used last. The caller must have locked them."""
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
    """Return a session as its owner sees it."""
    return SessionOut(
        id=row.id,
        user_agent=row.user_agent,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        expires_at=row.expires_at,
        is_current=row.id == current_id,
    )


async def list_sessions(me: SignedIn, idle: timedelta, page: PageRequest) -> Page[SessionOut]:
    """Return a page of the account's valid sessions, latest first."""
    live = select(SignInSession).where(
        col(SignInSession.account_id) == me.account_id,
        col(SignInSession.expires_at) > me.now,
        col(SignInSession.last_used_at) > me.now - idle,
    )
    order = [Key(col(SignInSession.id), UUID, descending=True)]
    rows = (await me.session.scalars(paged(live, order, page, "latest"))).all()
    found = [session_out(row, me.session_id) for row in rows]
    return cut(found, page, "latest", lambda shown: [shown.id])


async def lock_sessions(
    session: AsyncSession, client: ClientContext, account_id: UUID | None = None
) -> None:
    """Lock the session of the browser's cookie and those of an account, before they end.

    In the order of locks, credentials come before accounts: every request locks its own first.
    """
    which: list[ColumnElement[bool]] = [false()]
    if account_id is not None:
        which.append(col(SignInSession.account_id) == account_id)
    if client.session_secret is not None:
        which.append(col(SignInSession.token_hash) == hash_secret(client.session_secret))
    ending = select(col(SignInSession.id)).where(or_(*which)).order_by(col(SignInSession.id))
    await session.execute(ending.with_for_update())


async def end_session(me: SignedIn, session_id: UUID) -> None:
    """End a session of the account. Ending another session needs a recent password.

    Raises NotFound, SessionNeeded, ReauthenticationNeeded.
    """
    if session_id != me.session_id:
        await require_recent_password(me)
    ended = await me.session.scalar(
        delete(SignInSession)
        .where(col(SignInSession.account_id) == me.account_id, col(SignInSession.id) == session_id)
        .returning(col(SignInSession.user_agent))
    )
    if ended is None:
        raise NotFound
    security_events.record(
        me.session, me.now, SecurityKind.SESSION_ENDED, me.account_id, about=ended
    )


async def end_other_sessions(me: SignedIn) -> None:
    """End all sessions of the account except the current one."""
    await end_sessions(me.session, me.account_id, except_id=me.session_id)
    security_events.record(me.session, me.now, SecurityKind.OTHER_SESSIONS_ENDED, me.account_id)


async def end_sessions(
    session: AsyncSession, account_id: UUID, *, except_id: UUID | None = None
) -> None:
    """End all sessions of an account, except `except_id`."""
    ending = delete(SignInSession).where(col(SignInSession.account_id) == account_id)
    if except_id is not None:
        ending = ending.where(col(SignInSession.id) != except_id)
    await session.execute(ending)
