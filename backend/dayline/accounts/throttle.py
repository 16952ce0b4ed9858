"""Slowing down those who guess passwords: by account and by address, before anything is hashed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.accounts.models import SignInFailure
from dayline.kernel.errors import TooManyRequests
from dayline.kernel.ids import new_id
from dayline.kernel.networks import network_of

WINDOW = timedelta(minutes=15)
MOST_BY_ACCOUNT = 10
MOST_BY_ADDRESS = 50


@dataclass(frozen=True, slots=True)
class Attempt:
    """A password that is about to be checked, already counted as a failure."""

    account_key: bytes
    by_address: UUID


async def count_attempt(
    session: AsyncSession, now: datetime, *, email: str, address: str
) -> Attempt:
    """Count an attempt before it is made, so that a burst cannot outrun its own failures.

    Raises TooManyRequests with `Retry-After` where the account or the address has had its share
    within the window. The transaction must be committed whatever comes of the attempt.
    """
    account_key, address_key = _key("account", email), _key("address", network_of(address))
    for key in sorted((account_key, address_key)):
        await session.execute(select(func.pg_advisory_xact_lock(_lock_number(key))))
    await _refuse_beyond(session, account_key, MOST_BY_ACCOUNT, now)
    await _refuse_beyond(session, address_key, MOST_BY_ADDRESS, now)
    attempt = Attempt(account_key, new_id())
    session.add(SignInFailure(key_hash=account_key, at=now))
    session.add(SignInFailure(id=attempt.by_address, key_hash=address_key, at=now))
    return attempt


async def forgive(session: AsyncSession, attempt: Attempt) -> None:
    """The password was right: the account starts anew, and the address is not charged."""
    await session.execute(
        delete(SignInFailure).where(
            (col(SignInFailure.key_hash) == attempt.account_key)
            | (col(SignInFailure.id) == attempt.by_address)
        )
    )


async def forget_failures(session: AsyncSession, email: str) -> None:
    """The account has a new password: what was guessed before says nothing about it."""
    key = _key("account", email)
    await session.execute(delete(SignInFailure).where(col(SignInFailure.key_hash) == key))


async def _refuse_beyond(session: AsyncSession, key: bytes, most: int, now: datetime) -> None:
    decisive = await session.scalar(
        select(col(SignInFailure.at))
        .where(col(SignInFailure.key_hash) == key, col(SignInFailure.at) > now - WINDOW)
        .order_by(col(SignInFailure.at).desc())
        .offset(most - 1)
        .limit(1)
    )
    if decisive is not None:
        wait = ceil((decisive + WINDOW - now).total_seconds())
        raise TooManyRequests(headers={"Retry-After": str(max(wait, 1))})


def _key(kind: str, value: str) -> bytes:
    return hashlib.sha256(f"{kind}:{value}".encode()).digest()


def _lock_number(key: bytes) -> int:
    return int.from_bytes(key[:8], signed=True)
