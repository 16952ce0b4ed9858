"""Deleting sessions, links, failures and security events that are no longer needed."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from dayline.identity.browsers import KNOWN_FOR
from dayline.identity.models import (
    KnownBrowser,
    OneTimeLink,
    SecurityEvent,
    SignInFailure,
    SignInSession,
)
from dayline.identity.security_events import is_beyond_keeping
from dayline.kernel.db.clock import Clock, transaction_now
from dayline.kernel.db.database import Sessions

LINKS_KEPT = timedelta(days=30)
FAILURES_KEPT = timedelta(days=1)


async def prune(sessions: Sessions, clock: Clock) -> int:
    """Delete outdated rows. Returns how many.

    These are expired sessions, browsers unused for a year, links used or expired more than 30 days
    ago, wrong passwords older than a day, and security events that are no longer kept.
    """
    async with sessions() as session, session.begin():
        return await _delete(session, await transaction_now(session, clock))


async def _delete(session: AsyncSession, now: datetime) -> int:
    links_before = now - LINKS_KEPT
    gone: list[tuple[type[SQLModel], ColumnElement[bool]]] = [
        (SignInSession, col(SignInSession.expires_at) <= now),
        (
            OneTimeLink,
            (col(OneTimeLink.used_at) < links_before)
            | (col(OneTimeLink.expires_at) < links_before),
        ),
        (KnownBrowser, col(KnownBrowser.last_used_at) <= now - KNOWN_FOR),
        (SecurityEvent, is_beyond_keeping(now)),
        (SignInFailure, col(SignInFailure.at) < now - FAILURES_KEPT),
    ]
    rows = 0
    for table, is_gone in gone:
        deleted = delete(table).where(is_gone).returning(table.id)  # type: ignore[attr-defined]
        rows += len((await session.scalars(deleted)).all())
    return rows
