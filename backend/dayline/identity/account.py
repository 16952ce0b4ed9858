"""The signed-in account: its name, and confirming, changing or resetting its password."""

from pydantic import SecretStr
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.core.phrase import Phrase
from dayline.identity import browsers, hooks, passwords, security_events, throttle
from dayline.identity.caller import SignedIn
from dayline.identity.client_context import ClientContext
from dayline.identity.links import find_link, use_link, withdraw_reset_links
from dayline.identity.models import Account, LinkPurpose, SecurityKind
from dayline.identity.problems import LinkNotGood, PasswordChanged
from dayline.identity.schemas import (
    AccountEdit,
    PasswordChange,
    Reauthentication,
    ResetUse,
    SessionOut,
)
from dayline.identity.sessions import end_sessions, lock_if_unchanged, lock_sessions, renew_session
from dayline.kernel.db.clock import transaction_now
from dayline.kernel.errors import Invalid, TooManyRequests
from dayline.kernel.http.revisions import apply, changes_of, check_rev


async def get_account(me: SignedIn, *, for_update: bool = False) -> Account:
    """Return the signed-in account."""
    found = select(Account).where(col(Account.id) == me.account_id)
    if for_update:
        found = found.with_for_update(key_share=True)
    return (await me.session.scalars(found)).one()


async def edit_account(me: SignedIn, expected_rev: int, edit: AccountEdit) -> Account:
    """Change the account's name or language. Its member names in workspaces don't change.

    Raises RevisionMismatch if `expected_rev` is outdated.
    """
    account = await get_account(me, for_update=True)
    check_rev(account, expected_rev)
    if changes := changes_of(account, edit.model_dump(exclude_unset=True)):
        apply(account, changes)
        account.rev += 1
    return account


async def reauthenticate(
    client: ClientContext, session: AsyncSession, given: Reauthentication
) -> tuple[SessionOut, str]:
    """Confirm the password, and replace the session in use. Returns the new session and its secret.

    Raises Invalid for a wrong password, PasswordChanged, SignInNeeded, and TooManyRequests after
    too many attempts in this session. Hashes without a transaction: `session` is used only after.
    """
    me = await client.signed_in()
    account, attempt = await _check_current(client, me, "password", given.password)
    await lock_sessions(session, client, account.id)
    if not await lock_if_unchanged(session, account):
        raise PasswordChanged
    await throttle.forgive(session, attempt)
    return await renew_session(session, client, me, SecurityKind.PASSWORD_GIVEN)


async def change_password(
    client: ClientContext, session: AsyncSession, given: PasswordChange
) -> str:
    """Set a new password, and end other sessions, tokens and calendar links as `given` says.

    Returns the secret of the session that replaces the one in use. Raises Invalid for a wrong or
    weak password, PasswordChanged, SignInNeeded, and TooManyRequests after too many attempts in
    this session. Hashes without a transaction: `session` is used only after.
    """
    me = await client.signed_in()
    account, attempt = await _check_current(client, me, "current_password", given.current_password)
    passwords.check_choice(
        "new_password", given.new_password, email=account.email, name=account.name
    )
    new_hash = await passwords.hash_password(given.new_password)
    await lock_sessions(session, client, account.id)
    await _replace_hash(session, account, new_hash)
    now = await transaction_now(session, client.clock)
    await throttle.forgive(session, attempt)
    await withdraw_reset_links(session, account.id)
    if given.end_sessions:
        await end_sessions(session, account.id, except_id=me.session_id)
    await browsers.know_only(session, client, account.id, now)
    _, secret = await renew_session(session, client, me, SecurityKind.PASSWORD_CHANGED)
    await hooks.credentials_revoked(
        client, account.id, given.revoke_tokens, given.revoke_calendar_links
    )
    return secret


async def _check_current(
    client: ClientContext, me: SignedIn, field: str, password: SecretStr
) -> tuple[Account, throttle.Attempt]:
    """Check the password. Returns the account, and the counted attempt to forgive.

    Its transaction has ended, so the password may change meanwhile. Raises Invalid for `field`, and
    TooManyRequests.
    """
    try:
        async with client.transaction() as (look, now):
            attempt = await throttle.count_recheck(look, now, me.session_id)
            account = await look.get_one(Account, me.account_id)
    except TooManyRequests:
        async with client.transaction() as (look, now):
            throttled = SecurityKind.PASSWORD_THROTTLED
            await security_events.record_once(
                look, now, throttled, me.account_id, within=throttle.WINDOW
            )
        raise
    if await passwords.matches(password, account.password_hash):
        return account, attempt
    async with client.transaction() as (look, now):
        security_events.record(look, now, SecurityKind.PASSWORD_REFUSED, account.id)
    raise Invalid.field(field, Phrase("fields.wrong-password"))


async def _replace_hash(session: AsyncSession, checked: Account, new_hash: str) -> None:
    """Store a new hash. Raises PasswordChanged unless the stored hash is the one checked."""
    replaced = await session.scalar(
        update(Account)
        .where(
            col(Account.id) == checked.id,
            col(Account.password_hash) == checked.password_hash,
        )
        .values(password_hash=new_hash)
        .returning(col(Account.id))
    )
    if replaced is None:
        raise PasswordChanged


async def reset_password(client: ClientContext, session: AsyncSession, given: ResetUse) -> None:
    """Set a new password with a one-time link, and end the account's sessions and tokens.

    Raises LinkNotGood, and Invalid for a weak password. Hashes without a transaction: `session` is
    used only after.
    """
    async with client.transaction() as (look, now):
        link = await find_link(look, LinkPurpose.RESET, given.token, now)
        account = await look.get(Account, link.account_id)
    if account is None:
        raise LinkNotGood
    passwords.check_choice(
        "new_password", given.new_password, email=account.email, name=account.name
    )
    new_hash = await passwords.hash_password(given.new_password)
    now = await transaction_now(session, client.clock)
    await lock_sessions(session, client, account.id)
    await use_link(session, LinkPurpose.RESET, given.token, now)
    await session.execute(
        update(Account).where(col(Account.id) == account.id).values(password_hash=new_hash)
    )
    await withdraw_reset_links(session, account.id)
    await end_sessions(session, account.id)
    await browsers.know_only(session, client, account.id, now)
    await hooks.credentials_revoked(client, account.id, True, False)
    await throttle.forget_failures(session, account.email)
    security_events.record(session, now, SecurityKind.RESET_USED, account.id)
