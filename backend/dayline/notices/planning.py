"""Planning deliveries: through which channels a notice is told, and when."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.calendars.compiling import MemberCalendar
from dayline.calendars.queries import member_calendars
from dayline.core.reachable import joined_at, next_reachable
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.ids import new_id
from dayline.kernel.jobs.outbox import DeliveryState
from dayline.messages.models import Message
from dayline.notices.channels import Channel
from dayline.notices.models import MemberNoticeKind as Kind
from dayline.notices.models import NoticeDelivery
from dayline.notices.preferences import DEFAULTS, Preferences
from dayline.timers.models import Timer

Preferred = Mapping[UUID, Preferences]


def due_at(
    happened_at: datetime,
    now: datetime,
    calendar: MemberCalendar | None,
    preferences: Preferences,
    *,
    urgent: bool,
) -> datetime | None:
    """When a member may be told through a channel, from `now` on. None: not for now.

    In their working hours, out of their focus time, and a little after it happened. Urgent ones
    wait for no hours. Nothing is told while they are away.
    """
    earliest = max(joined_at(happened_at), now)
    if preferences.is_away(earliest):
        if preferences.away_until is None:
            return None
        earliest = preferences.away_until
    if urgent:
        return earliest
    return None if calendar is None else next_reachable(calendar.compiled, earliest)


async def plan(
    session: AsyncSession,
    notices: Sequence[Any],
    preferred: Preferred,
    channels: Iterable[Channel],
) -> None:
    """Plan the deliveries of new notices that are not read yet, through connected channels."""
    wanted = await _wanted(session, notices, preferred, channels)
    if not wanted:
        return
    scope = scope_of(session)
    members = {notice.member_id for notice, _ in wanted}
    calendars = await member_calendars(session, scope.workspace_id, members)
    urgent = await _urgent(session, [notice for notice, _ in wanted])
    rows: list[dict[str, Any]] = [
        {
            "workspace_id": scope.workspace_id,
            "id": new_id(),
            "member_id": notice.member_id,
            "channel": channel.name,
            "notice_id": notice.id,
            "urgent": notice.id in urgent,
            "state": DeliveryState.PENDING,
            "attempts": 0,
            "created_at": scope.now,
            "next_attempt_at": due_at(
                notice.happened_at,
                scope.now,
                calendars.get(notice.member_id),
                preferred.get(notice.member_id, DEFAULTS),
                urgent=notice.id in urgent,
            ),
        }
        for notice, channel in wanted
    ]
    await session.execute(insert(NoticeDelivery).on_conflict_do_nothing(), rows)


async def _wanted(
    session: AsyncSession,
    notices: Sequence[Any],
    preferred: Preferred,
    channels: Iterable[Channel],
) -> list[tuple[Any, Channel]]:
    found = []
    for channel in channels:
        told = [
            notice
            for notice in notices
            if notice.read_at is None
            and channel.name in preferred.get(notice.member_id, DEFAULTS).channels_of(notice.kind)
        ]
        if told:
            reached = await channel.addresses(session, {notice.member_id for notice in told})
            found += [(notice, channel) for notice in told if notice.member_id in reached]
    return found


async def _urgent(session: AsyncSession, notices: Sequence[Any]) -> set[UUID]:
    """Those of an urgent ask for which the author gave a reason: they wait for no hours."""
    asked = {notice.timer_id: notice.id for notice in notices if notice.kind is Kind.ASKED}
    if not asked:
        return set()
    rows = await session.scalars(
        select(col(Timer.id))
        .join(
            Message,
            (col(Message.workspace_id) == col(Timer.workspace_id))
            & (col(Message.id) == col(Timer.message_id)),
        )
        .where(
            col(Timer.workspace_id) == scope_of(session).workspace_id,
            col(Timer.id).in_(asked),
            col(Timer.urgent),
            col(Message.urgent_reason).is_not(None),
        )
    )
    return {asked[timer_id] for timer_id in rows}


async def review_deliveries(session: AsyncSession, which: ColumnElement[bool]) -> None:
    """Look at waiting deliveries again now: when they are claimed, their hour is computed anew."""
    await session.execute(
        update(NoticeDelivery)
        .where(
            col(NoticeDelivery.workspace_id) == scope_of(session).workspace_id,
            col(NoticeDelivery.state) == DeliveryState.PENDING,
            which,
        )
        .values(next_attempt_at=scope_of(session).now)
    )
