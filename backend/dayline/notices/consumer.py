"""The consumer that turns events into notices, many at a time, in the transaction of its cursor.

Everything is read and written by a few statements for a whole batch. A notice of an event is made
at most once. Settling follows the order of events: it reaches only what earlier events made.
"""

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.calendars.events import CalendarChanged
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.events import EventRow
from dayline.kernel.jobs.event_consumer import EventConsumer, Handle, begin_cursor
from dayline.kernel.jobs.failed_jobs import Queue
from dayline.members.models import Workspace
from dayline.notices.channels import Channel
from dayline.notices.events import NoticeChanged, NoticeCreated
from dayline.notices.models import NoticeDelivery
from dayline.notices.planning import plan, review_deliveries
from dayline.notices.preferences import preferences_of
from dayline.notices.recipients import Told, looked_up, seen_by_members, with_answers, without_asked
from dayline.notices.rules import (
    SUBJECTS_CHANGE,
    TOLD,
    Happened,
    outcome_of,
)
from dayline.notices.storing import create, record, settle, settle_references_wanted, settle_unseen

NAME = "notices"
"""Names the consumer's cursors."""
AT_ONCE = 250
"""Events in one transaction: few enough that none of its steps holds the worker's loop long."""


async def handle(
    session: AsyncSession, after: int, upto: int, *, channels: Collection[Channel]
) -> None:
    """Make and settle the notices of the events after `after` up to `upto`.

    Deliveries through `channels` are planned in the same transaction.
    """
    rows = await _events(session, after, upto)
    outcomes = [(row, outcome_of(Happened(row.kind, row.actor_id, row.data))) for row in rows]
    told = [Told(row, made) for row, found in outcomes for made in found.made]
    told += await looked_up(session, outcomes)
    told = await without_asked(session, told)
    told = await with_answers(session, told)
    told = await seen_by_members(session, told)
    preferred = await preferences_of(session, {each.made.member_id for each in told})
    made = await create(session, told, preferred)
    await record(session, NoticeCreated, made)
    await plan(session, made, preferred, channels)
    await _follow_calendars(session, rows)
    settled = await settle(session, outcomes)
    if any(row.kind in SUBJECTS_CHANGE for row in rows):
        settled += await settle_references_wanted(session)
    if any(found.access for _, found in outcomes):
        settled += await settle_unseen(session)
    await record(session, NoticeChanged, settled)


def notices_consumer(channels: Collection[Channel] = ()) -> EventConsumer:
    """The consumer that makes notices, and plans their deliveries through these channels."""

    async def begin(_session: AsyncSession) -> Handle:
        return partial(handle, channels=channels)

    return EventConsumer(NAME, Queue.MEMBER_NOTICES, begin, AT_ONCE)


async def start(session: AsyncSession, _workspace: Workspace) -> None:
    """Let the consumer handle the events of a new workspace, from the first one on."""
    await begin_cursor(session, NAME, 0)


async def _events(session: AsyncSession, after: int, upto: int) -> Sequence[Any]:
    rows = await session.execute(
        select(
            col(EventRow.seq),
            col(EventRow.kind),
            col(EventRow.at),
            col(EventRow.actor_id),
            col(EventRow.audience),
            col(EventRow.audience_id),
            col(EventRow.data),
        )
        .where(
            col(EventRow.workspace_id) == scope_of(session).workspace_id,
            col(EventRow.seq) > after,
            col(EventRow.seq) <= upto,
            col(EventRow.kind).in_((*TOLD, CalendarChanged.kind)),
        )
        .order_by(col(EventRow.seq))
    )
    return rows.all()


async def _follow_calendars(session: AsyncSession, rows: Sequence[Any]) -> None:
    """Look again at what waits for the hours of members whose calendars changed."""
    changed = {UUID(row.data["calendar"]["id"]) for row in rows if row.kind == CalendarChanged.kind}
    if changed:
        await review_deliveries(session, col(NoticeDelivery.member_id).in_(changed))
