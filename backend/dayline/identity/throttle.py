"""Slowing down password guessing before anything is hashed, without locking owners out.

A sign-in counts toward three limits: the account from one network, that network for all accounts,
and the account from anywhere. The last one is much higher, so that a single stranger can't lock an
owner out. A known browser counts toward a limit of its own instead, so that many strangers can't
either. See docs/decisions/0034.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.identity.models import SignInFailure
from dayline.kernel.db.ids import new_id
from dayline.kernel.errors import TooManyRequests
from dayline.kernel.http.networks import network_of

WINDOW = timedelta(minutes=15)
MOST_BY_PAIR = 10
"""Failures for one account from one network, from one known browser, or in one session."""
MOST_BY_NETWORK = 50
MOST_BY_ACCOUNT = 100


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` failures of one key within the window."""

    key: bytes
    most: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """A password that is about to be checked, already counted as a failure."""

    rows: tuple[UUID, ...]
    own_key: bytes
    """The key of its narrowest limit, which a right password clears."""


async def count_sign_in(
    session: AsyncSession, now: datetime, *, email: str, address: str, browser_id: UUID | None
) -> Attempt:
    """Count an attempt to sign in. `browser_id` is the known browser, if any.

    Raises TooManyRequests with `Retry-After`. The transaction must be committed, whether or not the
    password is right.
    """
    if browser_id is not None:
        return await _count(session, now, [_limit(MOST_BY_PAIR, "browser", browser_id)])
    network = network_of(address)
    return await _count(
        session,
        now,
        [
            _limit(MOST_BY_PAIR, "pair", email, network),
            _limit(MOST_BY_NETWORK, "network", network),
            _limit(MOST_BY_ACCOUNT, "account", email),
        ],
    )


async def count_recheck(session: AsyncSession, now: datetime, session_id: UUID) -> Attempt:
    """Count an attempt to confirm the password in a session, like `count_sign_in`.

    It counts for this session only. It neither slows sign-ins nor is slowed by them.
    """
    return await _count(session, now, [_limit(MOST_BY_PAIR, "session", session_id)])


async def forgive(session: AsyncSession, attempt: Attempt) -> None:
    """Record that the password was right: clear the narrowest limit, and uncount this attempt.

    The other limits keep their failures, so that an owner's sign-in gives guessers no new attempts.
    """
    await session.execute(
        delete(SignInFailure).where(
            (col(SignInFailure.key_hash) == attempt.own_key)
            | col(SignInFailure.id).in_(attempt.rows)
        )
    )


async def forget_failures(session: AsyncSession, email: str) -> None:
    """After a new password, clear the limit of failures for the account from anywhere."""
    key = _limit(MOST_BY_ACCOUNT, "account", email).key
    await session.execute(delete(SignInFailure).where(col(SignInFailure.key_hash) == key))


async def _count(session: AsyncSession, now: datetime, limits: Sequence[Limit]) -> Attempt:
    """Count an attempt before it is made, so that parallel attempts can't exceed the limits."""
    for key in sorted(limit.key for limit in limits):
        name = func.hashtextextended(f"sign-in attempts:{key.hex()}", 0)
        await session.execute(select(func.pg_advisory_xact_lock(name)))
    for limit in limits:
        await _refuse_beyond(session, limit, now)
    rows = [SignInFailure(id=new_id(), key_hash=limit.key, at=now) for limit in limits]
    session.add_all(rows)
    return Attempt(tuple(row.id for row in rows), limits[0].key)


async def _refuse_beyond(session: AsyncSession, limit: Limit, now: datetime) -> None:
    decisive = await session.scalar(
        select(col(SignInFailure.at))
        .where(col(SignInFailure.key_hash) == limit.key, col(SignInFailure.at) > now - WINDOW)
        .order_by(col(SignInFailure.at).desc())
        .offset(limit.most - 1)
        .limit(1)
    )
    if decisive is not None:
        wait = ceil((decisive + WINDOW - now).total_seconds())
        raise TooManyRequests(headers={"Retry-After": str(max(wait, 1))})


def _limit(most: int, *parts: str | UUID) -> Limit:
    return Limit(hashlib.sha256(":".join(map(str, parts)).encode()).digest(), most)
