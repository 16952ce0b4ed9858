"""The queue of deliveries. They are claimed under a lease and finished by the lease's owner.

A claim reserves the delivery and its webhook until the lease ends, so only one message at a time is
sent to a webhook, whichever process sends it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import DateTime, Uuid, bindparam, select, text
from sqlmodel import col

from dayline.core.phrase import Phrase
from dayline.kernel.db.clock import Clock, transaction_now
from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from dayline.kernel.jobs.failed_jobs import Queue, forget_failures
from dayline.kernel.jobs.outbox import (
    LEASE,
    Gone,
    TryAgain,
    Verdict,
    store_outcome,
)
from dayline.kernel.jobs.retention import Retention
from dayline.notify.actions import GAP, disable
from dayline.notify.models import Delivery, Subscription

DUE = "workspaces_to_deliver"
"""The SQL function that finds due deliveries."""
RETENTION = Retention(
    Delivery, Delivery.settled_at, timedelta(days=30), "workspaces_with_old_deliveries"
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery that this process may send until `lease_until`, as attempt number `attempts`."""

    workspace_id: UUID
    id: UUID
    subscription_id: UUID
    event_seq: int
    kind: str
    attempts: int
    lease_until: datetime
    first_attempt_at: datetime
    url_sealed: bytes


_CLAIM = text(
    """
    WITH free AS (
        SELECT s.id, s.url_sealed FROM subscriptions s
        WHERE s.workspace_id = :workspace_id AND s.disabled_at IS NULL AND s.free_at <= :now
            AND (
                EXISTS (
                    SELECT FROM deliveries d
                    WHERE d.workspace_id = :workspace_id AND d.subscription_id = s.id
                        AND d.state = 'pending' AND d.next_attempt_at <= :now
                ) OR EXISTS (
                    SELECT FROM deliveries d
                    WHERE d.workspace_id = :workspace_id AND d.subscription_id = s.id
                        AND d.state = 'sending' AND d.lease_until <= :now
                )
            )
        ORDER BY s.free_at LIMIT :most
        FOR UPDATE SKIP LOCKED
    ),
    next AS (
        SELECT free.id AS subscription_id, free.url_sealed, first.id
        FROM free CROSS JOIN LATERAL (
            (
                SELECT d.id FROM deliveries d
                WHERE d.workspace_id = :workspace_id AND d.subscription_id = free.id
                    AND d.state = 'sending' AND d.lease_until <= :now
                ORDER BY d.lease_until LIMIT 1
            ) UNION ALL (
                SELECT d.id FROM deliveries d
                WHERE d.workspace_id = :workspace_id AND d.subscription_id = free.id
                    AND d.state = 'pending' AND d.next_attempt_at <= :now
                ORDER BY d.next_attempt_at, d.event_seq LIMIT 1
            ) LIMIT 1
        ) AS first
    ),
    held AS (
        UPDATE subscriptions s SET free_at = :until FROM next
        WHERE s.workspace_id = :workspace_id AND s.id = next.subscription_id
    )
    UPDATE deliveries d
    SET state = 'sending', attempts = d.attempts + 1, next_attempt_at = NULL,
        lease_until = :until, last_attempt_at = :now,
        first_attempt_at = coalesce(d.first_attempt_at, :now)
    FROM next
    WHERE d.workspace_id = :workspace_id AND d.id = next.id
    RETURNING d.workspace_id, d.id, d.subscription_id, d.event_seq, d.kind, d.attempts,
        d.lease_until, d.first_attempt_at, next.url_sealed
    """
).bindparams(
    bindparam("workspace_id", type_=Uuid()),
    bindparam("now", type_=DateTime(timezone=True)),
    bindparam("until", type_=DateTime(timezone=True)),
)


async def claim(
    sessions: Sessions,
    clock: Clock,
    workspace_id: UUID,
    *,
    most: int,
    lease: timedelta = LEASE,
) -> list[Claimed]:
    """Claim the next delivery of each free webhook of a workspace, at most `most` of them.

    Deliveries with an expired lease come first, then the others in the order of events.
    """
    async with sessions() as session, session.begin():
        now = await transaction_now(session, clock)
        await enter_workspace(session, Scope(workspace_id, now, None))
        values = {"workspace_id": workspace_id, "now": now, "until": now + lease, "most": most}
        rows = await session.execute(_CLAIM, values)
        await forget_failures(session, Queue.DELIVERIES, workspace_id)
        return [Claimed(**row._mapping) for row in rows]


async def finish(
    sessions: Sessions,
    clock: Clock,
    claimed: Claimed,
    verdict: Verdict,
    *,
    status: int | None = None,
    gap: timedelta = GAP,
) -> bool:
    """Store the outcome of an attempt. Returns False if another process has the delivery by now."""
    async with sessions() as session, session.begin():
        now = await transaction_now(session, clock)
        await enter_workspace(session, Scope(claimed.workspace_id, now, None))
        subscription = await session.scalar(
            select(Subscription)
            .where(
                col(Subscription.workspace_id) == claimed.workspace_id,
                col(Subscription.id) == claimed.subscription_id,
            )
            .with_for_update()
        )
        if subscription is None or not await store_outcome(
            session, Delivery, claimed, verdict, last_status=status
        ):
            return False
        subscription.free_at = _free_at(verdict, now, gap)
        if isinstance(verdict, Gone):
            await disable(
                session, subscription, Phrase("delivery-errors.said", said=verdict.reason)
            )
        return True


def _free_at(verdict: Verdict, now: datetime, gap: timedelta) -> datetime:
    """When the next message may be sent to the webhook: after `gap`, or after the wait it named."""
    named = verdict.wait if isinstance(verdict, TryAgain) else None
    return now + (gap if named is None else named)
