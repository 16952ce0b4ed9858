"""Stand-ins: a member on leave can name someone who is asked instead."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.calendars.compiling import leave_of
from dayline.calendars.models import Calendar, TimeOff
from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.kernel.errors import Invalid
from dayline.members.models import Member

_ZONES_APART = timedelta(days=1)
"""The date in any time zone differs from UTC's by no more than this."""


async def check_cover(caller: Caller, member_id: UUID, cover_id: UUID | None) -> None:
    """Raise Invalid if the stand-in is the member, or can't be asked."""
    if cover_id is None:
        return
    if cover_id == member_id:
        raise Invalid.field("cover_id", Phrase("fields.another-person"))
    cover = await caller.session.scalar(
        select(col(Member.id)).where(
            col(Member.workspace_id) == caller.workspace_id,
            col(Member.id) == cover_id,
            Member.is_teammate,
        )
    )
    if cover is None or caller.is_guest:
        raise Invalid.field("cover_id", Phrase("fields.no-stand-in"))


async def stand_ins(
    session: AsyncSession, workspace_id: UUID, member_ids: Collection[UUID], at: datetime
) -> dict[UUID, UUID]:
    """Return the stand-in of each of these members who is on leave and has named one.

    A stand-in who is on leave too is replaced by theirs. Members in a circle get no stand-in.
    """
    covers: dict[UUID, UUID] = {}
    asked = set(member_ids)
    while asked:
        found = await _named(session, workspace_id, asked, at)
        covers |= found
        asked = set(found.values()) - covers.keys()
    last = {member_id: last_cover(covers, member_id) for member_id in member_ids}
    return {member_id: cover for member_id, cover in last.items() if cover is not None}


def last_cover(covers: Mapping[UUID, UUID], member_id: UUID) -> UUID | None:
    """Return the last member of the chain of stand-ins. None without one, or for a circle."""
    seen, last = {member_id}, covers.get(member_id)
    while last is not None and last in covers:
        if last in seen:
            return None
        seen.add(last)
        last = covers[last]
    return last


async def _named(
    session: AsyncSession, workspace_id: UUID, member_ids: Collection[UUID], at: datetime
) -> dict[UUID, UUID]:
    """Return the stand-in that each member has named for time off at this instant."""
    rows = await session.execute(
        select(TimeOff, col(Calendar.zone))
        .join(
            Calendar,
            (col(Calendar.workspace_id) == col(TimeOff.workspace_id))
            & (col(Calendar.id) == col(TimeOff.member_id)),
        )
        .where(
            col(TimeOff.workspace_id) == workspace_id,
            col(TimeOff.member_id).in_(member_ids),
            col(TimeOff.cover_id).is_not(None),
            col(TimeOff.starts_on) <= at.date() + _ZONES_APART,
            col(TimeOff.ends_on) >= at.date() - _ZONES_APART,
        )
        .order_by(col(TimeOff.starts_on).desc(), col(TimeOff.id))
    )
    return {
        row.member_id: row.cover_id
        for row, zone in rows
        if row.cover_id is not None and _is_in(row, at.astimezone(ZoneInfo(zone)))
    }


def _is_in(row: TimeOff, local: datetime) -> bool:
    start, end = leave_of(row)
    return start <= local.replace(tzinfo=None) < end
