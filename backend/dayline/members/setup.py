"""The first owner of an installation, and the links that the command line creates."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from dayline.core.phrase import Phrase
from dayline.identity import passwords, security_events
from dayline.identity.addresses import read_address
from dayline.identity.client_context import ClientContext
from dayline.identity.links import find_link, issue_owner_link, issue_reset_link, use_link
from dayline.identity.models import Account, LinkPurpose, SecurityKind
from dayline.identity.problems import LinkNotGood
from dayline.identity.queries import account_by_email, has_founder
from dayline.identity.sessions import lock_sessions
from dayline.kernel.db.clock import Clock, DatabaseClock, transaction_now
from dayline.kernel.db.database import create_engine, create_sessions
from dayline.kernel.errors import Invalid
from dayline.kernel.ops.fault import Fault
from dayline.kernel.ops.settings import Settings
from dayline.members.actions import create_account
from dayline.members.schemas import SetupIn

_ONE_FOUNDER = 4_601_203_775
"""The advisory lock under which the first owner's account is created."""


class NoSuchAccount(Fault):
    """No account has that address."""


async def found_installation(
    client: ClientContext, session: AsyncSession, given: SetupIn
) -> Account:
    """Create the first account, which may create workspaces.

    Raises LinkNotGood if the link is invalid or such an account exists, and Invalid for a weak
    password or an address that the link wasn't made for. Hashes without a transaction: `session` is
    used only after.
    """
    async with client.transaction() as (look, now):
        link = await find_link(look, LinkPurpose.OWNER, given.token, now)
        if await has_founder(look):
            raise LinkNotGood
    if link.email not in {None, given.email}:
        raise Invalid.field("email", Phrase("fields.email-of-link"))
    passwords.check_choice("password", given.password, email=given.email, name=given.name)
    password_hash = await passwords.hash_password(given.password)
    await lock_sessions(session, client)
    await session.execute(select(func.pg_advisory_xact_lock(_ONE_FOUNDER)))
    now = await transaction_now(session, client.clock)
    if await has_founder(session):
        raise LinkNotGood
    await use_link(session, LinkPurpose.OWNER, given.token, now)
    account = await create_account(
        session, email=given.email, name=given.name, password_hash=password_hash, now=now
    )
    account.founder_at = now
    security_events.record(session, now, SecurityKind.ACCOUNT_CREATED, account.id)
    return account


async def owner_link(
    settings: Settings, email: str | None, clock: Clock | None = None
) -> str | None:
    """Create a link that makes the first owner, with the address `email` if given.

    Earlier links become invalid. Returns None if the installation has an owner. Raises ValueError
    if `email` isn't an address or no database is configured.
    """
    address = None if email is None else read_address(email)
    async with _transaction(settings, clock) as (session, now):
        if await has_founder(session):
            return None
        secret = await issue_owner_link(session, address, now)
    return f"{settings.origin}/setup#token={secret}"


async def reset_link(settings: Settings, email: str, clock: Clock | None = None) -> str:
    """Create a link that sets a new password for the account of `email`. The operator passes it on.

    Raises NoSuchAccount, and ValueError if `email` isn't an address or no database is configured.
    """
    address = read_address(email)
    async with _transaction(settings, clock) as (session, now):
        account = await account_by_email(session, address)
        if account is None:
            raise NoSuchAccount(Phrase("commands.no-account", email=address))
        secret = await issue_reset_link(session, account.id, now)
        security_events.record(session, now, SecurityKind.RESET_ISSUED, account.id)
    return reset_address(settings.origin, secret)


def reset_address(site: str, secret: str) -> str:
    """Return the URL of a reset link. What follows # is never sent to servers or logs."""
    return f"{site}/reset#token={secret}"


@asynccontextmanager
async def _transaction(
    settings: Settings, clock: Clock | None
) -> AsyncIterator[tuple[AsyncSession, datetime]]:
    if settings.database_url is None:
        raise ValueError("DAYLINE_DATABASE_URL is not set")
    engine = create_engine(settings.database_url, pool_size=1)
    try:
        async with create_sessions(engine)() as session, session.begin():
            yield session, await transaction_now(session, clock or DatabaseClock())
    finally:
        await engine.dispose()
