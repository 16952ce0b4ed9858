"""Security events: who signed in, was refused, or changed who gets in, and from where.

There is one stream. Each event is a log line of `dayline.security` and a row that the account's
owner sees. An act of one member on another is a row of both; only the one who acted sees from
where. A line is written when the transaction has committed: the log tells only what happened.
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
"""For one account, so that a flood of one kind does not push out the others."""


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

    `about` is what the event names: a browser, an email address. `account_id` is None where a
    stranger named no account that exists.
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
    """The same, but only if no such event about this happened to the account `within` this time."""
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
    """A security event, not recorded yet. What it is `about` is cut to what is kept."""
    cut_about = about and about[:300]
    return SecurityEvent(at=at, kind=kind.value, account_id=account_id, about=cut_about, **facts)


def from_here(row: SecurityEvent) -> SecurityEvent:
    """The event with the address and the client of the request that is under way."""
    client = current_client.get()
    if client is not None:
        row.address, row.user_agent = client.address, client.user_agent
    return row


_TO_LOG = "security_events"


def add(session: AsyncSession, row: SecurityEvent, **more: str) -> None:
    """Record an event; at the commit it is logged, with `more` facts."""
    session.add(row)
    session.sync_session.info.setdefault(_TO_LOG, []).append((row, more))


@event.listens_for(UnitOfWork, "after_commit")
def _write_lines(session: Session) -> None:
    if session.in_nested_transaction():  # it also fires when a savepoint is released
        return
    for row, more in session.info.pop(_TO_LOG, ()):
        if row in session:  # else a savepoint that held it was rolled back
            _write_line(row, more)


def _write_line(row: SecurityEvent, more: dict[str, str]) -> None:
    facts = row.model_dump(mode="json", exclude={"id", "at", "kind", "address"}, exclude_none=True)
    if row.account_id is not None:
        facts["account"] = facts.pop("account_id")
    write = log.warning if row.kind in REFUSALS else log.info
    write(row.kind, **facts, **more)


async def list_security_events(me: SignedIn, page: PageRequest) -> Page[SecurityEvent]:
    """The security events of an account, latest first."""
    own = select(SecurityEvent).where(col(SecurityEvent.account_id) == me.account_id)
    order = [Key(col(SecurityEvent.id), UUID, descending=True)]
    rows = (await me.session.scalars(paged(own, order, page, "latest"))).all()
    return cut(rows, page, "latest", lambda row: [row.id])


def is_beyond_keeping(now: datetime) -> ColumnElement[bool]:
    """Whether an event is older than a year, or beyond the latest 500 of its kind and account."""
    place = func.row_number().over(
        partition_by=(col(SecurityEvent.account_id), col(SecurityEvent.kind)),
        order_by=col(SecurityEvent.id).desc(),
    )
    placed = select(col(SecurityEvent.id), place.label("place")).subquery()
    beyond = select(placed.c.id).where(placed.c.place > MOST_OF_A_KIND)
    return (col(SecurityEvent.at) < now - KEPT) | col(SecurityEvent.id).in_(beyond)
