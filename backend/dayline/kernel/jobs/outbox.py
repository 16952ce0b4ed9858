"""An outbox: rows to be delivered to the outside world, at least once, in any number of workers.

A worker claims a row under a lease, delivers it outside any transaction, and stores the outcome.
If it dies, another worker takes the row when the lease ends. `attempts` is the fencing token: an
outcome is stored only while the row is still at the attempt that was claimed.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

import structlog
from sqlalchemy import text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel, col

from dayline.kernel.db.clock import Clock, transaction_now
from dayline.kernel.db.columns import text_enum
from dayline.kernel.db.database import Sessions, scope_of

log = structlog.get_logger("dayline.outbox")

LEASE = timedelta(seconds=30)
SHORTEST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=1)
JITTER = 0.25
_WORKSPACES = 1000


class DeliveryState(StrEnum):
    """How far a delivery is."""

    PENDING = "pending"  # waits for its next attempt
    SENDING = "sending"  # a worker is sending it, until its lease ends
    DELIVERED = "delivered"  # the other side accepted it
    FAILED = "failed"  # a dead letter: it is not retried automatically
    DROPPED = "dropped"  # it was no longer needed


class OutboxRow(SQLModel):
    """The columns of a delivery that say how far it is."""

    state: DeliveryState = Field(default=DeliveryState.PENDING, sa_type=text_enum(DeliveryState))
    attempts: int = 0
    created_at: datetime
    next_attempt_at: datetime | None
    lease_until: datetime | None = None
    first_attempt_at: datetime | None = None
    last_attempt_at: datetime | None = None
    last_error: str | None = Field(default=None, max_length=500)
    settled_at: datetime | None = None
    """When it was delivered, failed or dropped."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """The other side accepted the message."""


@dataclass(frozen=True, slots=True)
class TryAgain:
    """Retry later: after `wait` if the other side named it, else after a backoff."""

    reason: str
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """The other side will never accept this message, but it may accept others."""

    reason: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The address no longer accepts messages."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unwanted:
    """The message is no longer needed."""

    reason: str


Verdict = Delivered | TryAgain | Refused | Gone | Unwanted


def backoff(first_attempt_at: datetime, now: datetime) -> timedelta | None:
    """How long to wait after a failure: about as long as it has been failing so far.

    From 5 seconds to an hour, with jitter. None after a day of failures: give up.
    """
    failing = now - first_attempt_at
    if failing >= GIVE_UP_AFTER:
        return None
    wait = min(max(failing, SHORTEST_WAIT), LONGEST_WAIT)
    return wait * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 -- spreads, hides nothing


class Claim(Protocol):
    """A row that this process may deliver until `lease_until`, as attempt number `attempts`."""

    @property
    def workspace_id(self) -> UUID:
        """The row's workspace."""

    @property
    def id(self) -> UUID:
        """The row's id."""

    @property
    def attempts(self) -> int:
        """The number of this attempt."""

    @property
    def first_attempt_at(self) -> datetime:
        """When it was attempted for the first time since it was last queued."""


async def store_outcome(
    session: AsyncSession,
    table: Any,
    claimed: Claim,
    verdict: Verdict,
    *,
    by: str = "id",
    **also: Any,
) -> bool:
    """Store the outcome of an attempt. Returns False if another process has the row by now.

    `by` names the column that the claim's id is of, where several rows are one message. `also` are
    further columns and their values.
    """
    values = outcome(claimed.first_attempt_at, verdict, scope_of(session).now)
    settled = await session.scalars(
        update(table)
        .where(
            col(table.workspace_id) == claimed.workspace_id,
            col(getattr(table, by)) == claimed.id,
            col(table.state) == DeliveryState.SENDING,
            col(table.attempts) == claimed.attempts,
        )
        .values(lease_until=None, **values, **also)
        .returning(col(table.id))
    )
    return bool(settled.all())


def outcome(first_attempt_at: datetime, verdict: Verdict, now: datetime) -> dict[str, Any]:
    """The columns for the outcome of an attempt."""
    match verdict:
        case Delivered():
            return _finished(DeliveryState.DELIVERED, None, now)
        case Refused(reason) | Gone(reason):
            return _finished(DeliveryState.FAILED, reason, now)
        case Unwanted(reason):
            return _finished(DeliveryState.DROPPED, reason, now)
        case TryAgain(reason, wait):
            again = backoff(first_attempt_at, now)
            if again is None:
                return _finished(DeliveryState.FAILED, f"Given up after a day. {reason}", now)
            return {
                "state": DeliveryState.PENDING,
                "next_attempt_at": now + (again if wait is None else wait),
                "last_error": reason,
            }


def _finished(state: DeliveryState, reason: str | None, now: datetime) -> dict[str, Any]:
    return {"state": state, "settled_at": now, "last_error": reason}


async def settle(
    what: str, store: Callable[[], Awaitable[object]], *, lease: timedelta, pause_s: float
) -> None:
    """Store an outcome, retrying during half of the lease. If that fails, it is sent again.

    `what` names the delivery in the log. Raises the last error.
    """
    loop = asyncio.get_running_loop()
    give_up_at = loop.time() + lease.total_seconds() / 2
    while True:
        try:
            await store()
        except Exception as fault:
            if loop.time() > give_up_at:
                raise
            log.warning("not settled yet", delivery=what, fault=repr(fault))
            await asyncio.sleep(pause_s)
        else:
            return


@dataclass(frozen=True, slots=True)
class Due:
    """Workspaces with a due delivery, and the time until the next one is due (None: no other)."""

    workspaces: list[UUID]
    next_in: timedelta | None


async def due(sessions: Sessions, clock: Clock, finder: str) -> Due:
    """The deliveries that are due, longest due first.

    `finder` is the SQL function that returns workspaces and the instants of their next delivery.
    """
    async with sessions() as session, session.begin():
        now = await transaction_now(session, clock)
        found = text(f"SELECT workspace_id, due_at FROM {finder}(:at, :most)")  # noqa: S608
        rows = (await session.execute(found, {"at": now, "most": _WORKSPACES})).all()
    later = [row.due_at - now for row in rows if row.due_at > now]
    ready = [row.workspace_id for row in rows if row.due_at <= now]
    return Due(ready, min(later, default=None))
