"""Deliveries of notices: what is due for a member and a channel is claimed and sent as one message.

When it is claimed it is looked at again. What was settled, read or done meanwhile is dropped; what
is outside of the member's hours by now is moved.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.calendars.queries import member_calendars
from dayline.identity.models import Account
from dayline.kernel.db.clock import Clock, transaction_now
from dayline.kernel.db.database import Scope, Sessions, enter_workspace, scope_of
from dayline.kernel.jobs import outbox
from dayline.kernel.jobs.failed_jobs import Queue, forget_failures
from dayline.kernel.jobs.outbox import (
    LEASE,
    DeliveryState,
    Due,
    TryAgain,
    Unwanted,
    Verdict,
    store_outcome,
)
from dayline.kernel.jobs.retention import Retention
from dayline.members.models import Member, Workspace
from dayline.notices.channels import Channel, NoticeMessage
from dayline.notices.models import ChannelName, Notice, NoticeDelivery
from dayline.notices.planning import due_at
from dayline.notices.preferences import DEFAULTS, Preferences, preferences_of
from dayline.notices.queries import Reader, notices_by_id

log = structlog.get_logger("dayline.notices")

MOST_ROWS = 500
"""The most deliveries that one transaction claims."""
RETENTION = Retention(
    NoticeDelivery,
    NoticeDelivery.settled_at,
    timedelta(days=30),
    "workspaces_with_old_notice_deliveries",
)
_FINDER = "workspaces_with_notices_to_deliver"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that this process may send until `lease_until`, as attempt number `attempts`.

    `id` is its key.
    """

    workspace_id: UUID
    id: UUID
    member_id: UUID
    channel: ChannelName
    notice_ids: tuple[UUID, ...]
    attempts: int
    lease_until: datetime
    first_attempt_at: datetime


@dataclass(frozen=True, slots=True)
class Pace:
    """A message's lease, how long a channel may take, and the pause between tries to settle."""

    lease: timedelta = LEASE
    patience_s: float = 15.0
    settle_again_s: float = 0.5


class NoticeOutbox:
    """The deliveries through these channels."""

    queue = Queue.NOTICE_DELIVERIES

    def __init__(
        self,
        sessions: Sessions,
        clock: Clock,
        channels: Iterable[Channel],
        pace: Pace | None = None,
    ) -> None:
        self._sessions = sessions
        self._clock = clock
        self._channels = {channel.name: channel for channel in channels}
        self._pace = pace or Pace()

    async def due(self) -> Due:
        """The workspaces with due deliveries."""
        return await outbox.due(self._sessions, self._clock, _FINDER)

    async def claim(self, workspace_id: UUID, most: int) -> list[Claimed]:
        """Claim up to `most` messages. Drops and moves what is not to be sent now."""
        async with self._sessions() as session, session.begin():
            now = await transaction_now(session, self._clock)
            await enter_workspace(session, Scope(workspace_id, now, None))
            rows = await _due_rows(session, self._channels)
            groups = await self._ready(session, rows)
            claimed = [
                _claim_group(key, group, now, now + self._pace.lease)
                for key, group in list(groups.items())[:most]
            ]
            await forget_failures(session, self.queue, workspace_id)
            return claimed

    async def _ready(
        self, session: AsyncSession, rows: Sequence[Any]
    ) -> dict[tuple[Any, ...], list[NoticeDelivery]]:
        """What is to be sent now, by member, channel and key. The rest is dropped or moved."""
        scope = scope_of(session)
        members = {row.NoticeDelivery.member_id for row in rows}
        preferred = await preferences_of(session, members)
        calendars = await member_calendars(session, scope.workspace_id, members)
        reached = {
            name: await channel.addresses(session, members)
            for name, channel in self._channels.items()
        }
        ready: defaultdict[tuple[Any, ...], list[NoticeDelivery]] = defaultdict(list)
        for row in rows:
            delivery, notice = row.NoticeDelivery, row.Notice
            wants = preferred.get(delivery.member_id, DEFAULTS)
            reason = _unwanted(delivery, notice, wants, reached)
            if reason is not None:
                _drop(delivery, scope.now, reason)
                continue
            due = due_at(
                notice.happened_at,
                scope.now,
                calendars.get(delivery.member_id),
                wants,
                urgent=delivery.urgent,
            )
            if due is not None and due <= scope.now:
                ready[delivery.member_id, delivery.channel, delivery.key].append(delivery)
            else:
                _move(delivery, due)
        return ready

    async def send(self, claimed: Claimed) -> Verdict:
        """Make one attempt and store its outcome. A message may be sent twice but is never lost."""
        try:
            verdict = await self._attempt(claimed)
        except Exception:
            log.exception("a message could not be written", delivery=str(claimed.id))
            verdict = TryAgain("Dayline could not write the message; the worker's log says why.")
        await outbox.settle(
            str(claimed.id),
            partial(self._store, claimed, verdict),
            lease=self._pace.lease,
            pause_s=self._pace.settle_again_s,
        )
        return verdict

    async def _attempt(self, claimed: Claimed) -> Verdict:
        channel = self._channels[claimed.channel]
        message = await self._message(claimed, channel)
        if message is None:
            return Unwanted("Nothing is left to tell.")
        try:
            async with asyncio.timeout(self._pace.patience_s):
                return await channel.deliver(message)
        except TimeoutError:
            return TryAgain("The channel did not answer in time.")

    async def _message(self, claimed: Claimed, channel: Channel) -> NoticeMessage | None:
        async with self._sessions() as session, session.begin():
            now = await transaction_now(session, self._clock)
            await enter_workspace(session, Scope(claimed.workspace_id, now, None))
            return await message_of(session, claimed, channel)

    async def _store(self, claimed: Claimed, verdict: Verdict) -> None:
        async with self._sessions() as session, session.begin():
            now = await transaction_now(session, self._clock)
            await enter_workspace(session, Scope(claimed.workspace_id, now, None))
            await store_outcome(session, NoticeDelivery, claimed, verdict, by="key")


async def _due_rows(
    session: AsyncSession, channels: Mapping[ChannelName, Channel]
) -> Sequence[Any]:
    """Deliveries that are due, longest due first, with their notices. Locks the deliveries."""
    now = scope_of(session).now
    waits = and_(
        col(NoticeDelivery.state) == DeliveryState.PENDING,
        col(NoticeDelivery.next_attempt_at) <= now,
    )
    left = and_(
        col(NoticeDelivery.state) == DeliveryState.SENDING,
        col(NoticeDelivery.lease_until) <= now,
    )
    found = await session.execute(
        select(NoticeDelivery, Notice)
        .join(
            Notice,
            (col(Notice.workspace_id) == col(NoticeDelivery.workspace_id))
            & (col(Notice.id) == col(NoticeDelivery.notice_id)),
        )
        .where(
            col(NoticeDelivery.workspace_id) == scope_of(session).workspace_id,
            col(NoticeDelivery.channel).in_(channels),
            or_(waits, left),
        )
        .order_by(
            col(NoticeDelivery.next_attempt_at).nulls_first(),
            col(Notice.event_seq),
            col(NoticeDelivery.id),
        )
        .limit(MOST_ROWS)
        .with_for_update(skip_locked=True, of=NoticeDelivery)
    )
    return found.all()


def _unwanted(
    delivery: NoticeDelivery,
    notice: Notice,
    preferences: Preferences,
    reached: Mapping[ChannelName, Mapping[UUID, Any]],
) -> str | None:
    """Why a delivery is not sent at all, or None."""
    if notice.settled_at is not None:
        return "It was settled before."
    if notice.read_at is not None or notice.snoozed_until is not None:
        return "It was read before."
    muted = preferences.mutes(notice.project_id, notice.topic_id, needs_you=notice.needs_you)
    if muted or delivery.channel not in preferences.channels_of(notice.kind):
        return "The member turned it off."
    if delivery.member_id not in reached[delivery.channel]:
        return "The channel does not reach the member any more."
    return None


def _drop(delivery: NoticeDelivery, now: datetime, reason: str) -> None:
    delivery.state, delivery.settled_at = DeliveryState.DROPPED, now
    delivery.next_attempt_at = delivery.lease_until = None
    delivery.last_error = reason


def _move(delivery: NoticeDelivery, due: datetime | None) -> None:
    """Wait for the member's hours. The time until then doesn't count as failing."""
    delivery.state, delivery.next_attempt_at = DeliveryState.PENDING, due
    delivery.lease_until = delivery.first_attempt_at = None


def _claim_group(
    group: tuple[Any, ...], deliveries: Sequence[NoticeDelivery], now: datetime, until: datetime
) -> Claimed:
    """Claim deliveries as one message, under the key that they have or a new one."""
    member_id, channel, key = group
    first = deliveries[0]
    for delivery in deliveries:
        delivery.state = DeliveryState.SENDING
        delivery.attempts += 1
        delivery.next_attempt_at = None
        delivery.lease_until = until
        delivery.last_attempt_at = now
        delivery.first_attempt_at = delivery.first_attempt_at or now
        delivery.key = key or first.id
    return Claimed(
        workspace_id=first.workspace_id,
        id=key or first.id,
        member_id=member_id,
        channel=channel,
        notice_ids=tuple(delivery.notice_id for delivery in deliveries),
        attempts=first.attempts,
        lease_until=until,
        first_attempt_at=first.first_attempt_at or now,
    )


async def message_of(
    session: AsyncSession, claimed: Claimed, channel: Channel
) -> NoticeMessage | None:
    """The message, with texts as they are now. None if its member can't be reached any more."""
    row = (
        await session.execute(
            select(Member, Workspace, col(Account.language))
            .join(Workspace, col(Workspace.id) == col(Member.workspace_id))
            .join(Account, col(Account.id) == col(Member.account_id))
            .where(
                col(Member.workspace_id) == claimed.workspace_id,
                col(Member.id) == claimed.member_id,
                Member.is_active,
            )
        )
    ).one_or_none()
    addresses = await channel.addresses(session, [claimed.member_id])
    if row is None or claimed.member_id not in addresses:
        return None
    language = row.language or row.Workspace.language
    calendars = await member_calendars(session, claimed.workspace_id, [claimed.member_id])
    zone = calendars[claimed.member_id].zone
    reader = Reader(session, claimed.workspace_id, claimed.member_id, row.Member.is_guest)
    notices = await notices_by_id(reader, claimed.notice_ids, zone, language)
    if not notices:
        return None
    return NoticeMessage(
        key=claimed.id,
        workspace_id=claimed.workspace_id,
        workspace=row.Workspace.slug,
        workspace_name=row.Workspace.name,
        member_id=claimed.member_id,
        name=row.Member.name,
        address=addresses[claimed.member_id],
        notices=tuple(notices),
        language=language,
        zone=zone.key,
    )
