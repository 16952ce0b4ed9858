"""Security events: sign-ins, refusals and changes of access, with the client's address.

Each event is a log line of `dayline.security` and a row that the account's owner sees. If a member
acts on another, each gets a row, and only the actor's has the address. Lines are written after the
commit, so the log never reports what was rolled back.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, event, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session
from sqlmodel import col

from dayline.identity.caller import SignedIn
from dayline.identity.models import Role, SecurityEvent, SecurityKind
from dayline.kernel.db.database import UnitOfWork
from dayline.kernel.http.client import current_client
from dayline.kernel.http.paging import Key, Page, PageRequest, cut, paged

log = structlog.get_logger("dayline.security")

KEPT = timedelta(days=365)
MOST_OF_A_KIND = 500
"""The most events of a kind that an account keeps, so that one kind can't displace the others."""


REFUSALS = {
    SecurityKind.SIGN_IN_REFUSED,
    SecurityKind.SIGN_IN_THROTTLED,
    SecurityKind.PASSWORD_REFUSED,
    SecurityKind.PASSWORD_THROTTLED,
}


def record(
    session: AsyncSession,
    at: datetime,
    kind: SecurityKind,
    account_id: UUID | None,
    *,
    about: str | None = None,
    workspace: str | None = None,
    role: Role | None = None,
) -> None:
    """Record what the client of this request did with an account, in this transaction.

    `about` names the object: a browser, an email address. `account_id` is None if no account has
    the address that was entered.
    """
    row = new_event(at, kind, account_id, about=about, workspace=workspace, role=role)
    add(session, from_here(row))


async def record_once(
    session: AsyncSession,
    at: datetime,
    kind: SecurityKind,
    account_id: UUID | None,
    *,
    within: timedelta,
    about: str | None = None,
) -> None:
    """Record it unless an equal event was recorded for the account `within` this time."""
    recent = await session.scalar(
        select(col(SecurityEvent.id))
        .where(
            col(SecurityEvent.account_id) == account_id,
            col(SecurityEvent.kind) == kind.value,
            col(SecurityEvent.about) == about,
            col(SecurityEvent.at) > at - within,
        )
        .limit(1)
    )
    if recent is None:
        record(session, at, kind, account_id, about=about)


def new_event(
    at: datetime, kind: SecurityKind, account_id: UUID | None, *, about: str | None, **facts: Any
) -> SecurityEvent:
    """Create a security event without recording it. `about` is cut to the stored length."""
    cut_about = about and about[:300]
    return SecurityEvent(at=at, kind=kind.value, account_id=account_id, about=cut_about, **facts)


def from_here(row: SecurityEvent) -> SecurityEvent:
    """Add the address and user agent of the current request, and return the event."""
    client = current_client.get()
    if client is not None:
        row.address, row.user_agent = client.address, client.user_agent
    return row


_TO_LOG = "security_events"


def add(session: AsyncSession, row: SecurityEvent, **more: str) -> None:
    """Record an event. After the commit it is logged, with the fields `more`."""
    session.add(row)
    session.sync_session.info.setdefault(_TO_LOG, []).append((row, more))


@event.listens_for(UnitOfWork, "after_commit")
def _write_lines(session: Session) -> None:
    if session.in_nested_transaction():  # also called when a savepoint is released
        return
    for row, more in session.info.pop(_TO_LOG, ()):
        if row in session:  # else its savepoint was rolled back
            _write_line(row, more)


def _write_line(row: SecurityEvent, more: dict[str, str]) -> None:
    facts = row.model_dump(mode="json", exclude={"id", "at", "kind", "address"}, exclude_none=True)
    if row.account_id is not None:
        facts["account"] = facts.pop("account_id")
    write = log.warning if row.kind in REFUSALS else log.info
    write(row.kind, **facts, **more)


async def list_security_events(me: SignedIn, page: PageRequest) -> Page[SecurityEvent]:
    """Return a page of an account's security events, latest first."""
    own = select(SecurityEvent).where(col(SecurityEvent.account_id) == me.account_id)
    order = [Key(col(SecurityEvent.id), UUID, descending=True)]
    rows = (await me.session.scalars(paged(own, order, page, "latest"))).all()
    return cut(rows, page, "latest", lambda row: [row.id])


def is_beyond_keeping(now: datetime) -> ColumnElement[bool]:
    """Select events older than a year, or beyond the latest 500 of their kind and account."""
    place = func.row_number().over(
        partition_by=(col(SecurityEvent.account_id), col(SecurityEvent.kind)),
        order_by=col(SecurityEvent.id).desc(),
    )
    placed = select(col(SecurityEvent.id), place.label("place")).subquery()
    beyond = select(placed.c.id).where(placed.c.place > MOST_OF_A_KIND)
    return (col(SecurityEvent.at) < now - KEPT) | col(SecurityEvent.id).in_(beyond)
