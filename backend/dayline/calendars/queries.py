"""Reading calendars: who sees which, and when members work."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Uuid, and_, any_, bindparam, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.calendars.compiling import CALENDAR_CACHE, MemberCalendar, Parts, compiled
from dayline.calendars.models import (
    Calendar,
    CalendarDefaults,
    FocusBlock,
    Holiday,
    HolidayOptOut,
    Hours,
    Override,
    TimeOff,
)
from dayline.calendars.schemas import CalendarOut, HoursOut
from dayline.core.worktime import Calendar as Compiled
from dayline.core.worktime import epoch
from dayline.identity.caller import Caller
from dayline.identity.models import Role, TokenScope
from dayline.kernel.db.finding import find_one
from dayline.kernel.db.prepared import Prepared
from dayline.kernel.errors import NotFound

Row = TypeVar("Row", Hours, Override, TimeOff, FocusBlock)


async def get_calendar(caller: Caller, member_id: UUID, *, for_update: bool = False) -> Calendar:
    """Return a member's calendar. Raises NotFound if the caller doesn't see it.

    Guests see only their own. With `for_update` it is locked and up to date.
    """
    if caller.is_guest and member_id != caller.member_id:
        raise NotFound
    found = select(Calendar).where(
        col(Calendar.workspace_id) == caller.workspace_id, col(Calendar.id) == member_id
    )
    return await find_one(caller.session, found, for_update=for_update)


async def zone_of(caller: Caller) -> ZoneInfo:
    """Return the time zone of the caller's calendar."""
    calendar = await get_calendar(caller, caller.member_id)
    return ZoneInfo(calendar.zone)


async def get_to_edit(caller: Caller, member_id: UUID) -> Calendar:
    """Lock and return a calendar that the caller may change: their own, or anyone's as an admin.

    Raises NotFound and Forbidden.
    """
    await check_may_edit(caller, member_id)
    return await get_calendar(caller, member_id, for_update=True)


async def check_may_edit(caller: Caller, member_id: UUID) -> None:
    """Raise NotFound or Forbidden if the caller may not change the calendar."""
    if member_id != caller.member_id:
        await get_calendar(caller, member_id)
        caller.require(Role.ADMIN, TokenScope.ADMIN)


async def get_defaults(session: AsyncSession, workspace_id: UUID) -> CalendarDefaults | None:
    """Return the calendar defaults for new members, or None if there are none yet."""
    found = select(CalendarDefaults).where(col(CalendarDefaults.workspace_id) == workspace_id)
    return await session.scalar(found)


async def visible_calendars(caller: Caller) -> list[CalendarOut]:
    """Return the calendars that the caller sees: everyone's, or a guest's own."""
    mine = [caller.member_id] if caller.is_guest else None
    return await calendar_documents(caller.session, caller.workspace_id, mine)


async def calendar_documents(
    session: AsyncSession, workspace_id: UUID, member_ids: Collection[UUID] | None = None
) -> list[CalendarOut]:
    """Return the calendars of these members, or of all, as the API shows them, by member id."""
    found = select(Calendar).where(col(Calendar.workspace_id) == workspace_id)
    if member_ids is not None:
        found = found.where(col(Calendar.id).in_(member_ids))
    rows = (await session.scalars(found.order_by(col(Calendar.id)))).all()
    hours = await _by_member(session, Hours, workspace_id, member_ids)
    return [_document(row, hours[row.id]) for row in rows]


def _document(row: Calendar, hours: list[Hours]) -> CalendarOut:
    return CalendarOut(
        id=row.id,
        zone=row.zone,
        country=row.country,
        subdivision=row.subdivision or None,
        hours=[HoursOut.model_validate(each) for each in hours],
        rev=row.rev,
    )


_ORDER: dict[type[Any], Any] = {
    Hours: col(Hours.effective_from),
    Override: col(Override.on),
    TimeOff: col(TimeOff.starts_on),
    FocusBlock: col(FocusBlock.id),
}


async def _by_member(
    session: AsyncSession,
    kind: type[Row],
    workspace_id: UUID,
    member_ids: Collection[UUID] | None,
) -> dict[UUID, list[Row]]:
    """Return the parts of one kind by member, in the order of `_ORDER`."""
    found = select(kind).where(col(kind.workspace_id) == workspace_id)
    if member_ids is not None:
        found = found.where(col(kind.member_id).in_(member_ids))
    by_member: dict[UUID, list[Row]] = defaultdict(list)
    for row in (await session.scalars(found.order_by(_ORDER[kind]))).all():
        by_member[row.member_id].append(row)
    return by_member


async def calendars(
    session: AsyncSession,
    workspace_id: UUID,
    member_ids: Collection[UUID],
    *,
    frm: datetime,
    to: datetime | None = None,
) -> dict[UUID, Compiled]:
    """Return the working time of these members, compiled from `frm` to `to`, by member id.

    Times outside are compiled when needed. Unknown members are absent. Runs one statement if no
    calendar has changed since the last call, else at most eight, for any number of members.
    """
    found = await member_calendars(session, workspace_id, member_ids)
    for calendar in found.values():
        calendar.compiled.cover(epoch(frm), epoch(to or frm))
    return {member_id: calendar.compiled for member_id, calendar in found.items()}


async def member_calendars(
    session: AsyncSession, workspace_id: UUID, member_ids: Collection[UUID]
) -> dict[UUID, MemberCalendar]:
    """Return the calendars of these members, by member id.

    Unknown members are absent. Runs one statement if no calendar has changed, else at most eight.
    """
    given = {"workspace_id": workspace_id, "member_ids": list(member_ids)}
    stamps = [(row["id"], row["stamp"]) for row in await _STAMPS.run(session, **given)]
    kept = {id_: CALENDAR_CACHE.get((workspace_id, id_, stamp)) for id_, stamp in stamps}
    found = {member_id: calendar for member_id, calendar in kept.items() if calendar is not None}
    missing = kept.keys() - found.keys()
    return found | await _compiled(session, workspace_id, missing) if missing else found


_STAMPS = Prepared(
    select(col(Calendar.id), col(Calendar.stamp)).where(
        col(Calendar.workspace_id) == bindparam("workspace_id", type_=Uuid),
        col(Calendar.id) == any_(bindparam("member_ids", type_=ARRAY(Uuid))),
    )
)


async def _compiled(
    session: AsyncSession, workspace_id: UUID, member_ids: Collection[UUID]
) -> dict[UUID, MemberCalendar]:
    rows = await _calendar_rows(session, workspace_id, member_ids)
    parts = await _parts(session, workspace_id, rows)
    found = {row.id: compiled(row, parts[row.id]) for row in rows}
    for row in rows:
        CALENDAR_CACHE.put((workspace_id, row.id, row.stamp), found[row.id])
    return found


async def _calendar_rows(
    session: AsyncSession, workspace_id: UUID, member_ids: Collection[UUID]
) -> Sequence[Calendar]:
    found = select(Calendar).where(
        col(Calendar.workspace_id) == workspace_id, col(Calendar.id).in_(member_ids)
    )
    fresh = found.execution_options(populate_existing=True)
    return (await session.scalars(fresh)).all()


async def _parts(
    session: AsyncSession, workspace_id: UUID, rows: Sequence[Calendar]
) -> dict[UUID, Parts]:
    """Return the rows of which these calendars consist, by member id."""
    ids = [row.id for row in rows]
    hours = await _by_member(session, Hours, workspace_id, ids)
    overrides = await _by_member(session, Override, workspace_id, ids)
    time_off = await _by_member(session, TimeOff, workspace_id, ids)
    focus = await _by_member(session, FocusBlock, workspace_id, ids)
    holidays = await _holidays(session, workspace_id, rows)
    return {
        row.id: Parts(
            hours[row.id], overrides[row.id], time_off[row.id], focus[row.id], holidays[row.id]
        )
        for row in rows
    }


async def _holidays(
    session: AsyncSession, workspace_id: UUID, rows: Sequence[Calendar]
) -> dict[UUID, list[Holiday]]:
    """Return the public holidays that each member has off."""
    places = {(row.country, row.subdivision) for row in rows if row.country is not None}
    by_place = await _holidays_of(session, workspace_id, places)
    working = await _opted_out(session, workspace_id, [row.id for row in rows]) if places else {}
    return {
        row.id: [
            holiday
            for holiday in by_place.get((row.country, row.subdivision), ())
            if holiday.id not in working.get(row.id, ())
        ]
        for row in rows
    }


async def _holidays_of(
    session: AsyncSession, workspace_id: UUID, places: Collection[tuple[str | None, str]]
) -> dict[tuple[str | None, str], list[Holiday]]:
    if not places:
        return {}
    these = [
        and_(col(Holiday.country) == country, col(Holiday.subdivision) == subdivision)
        for country, subdivision in sorted(places, key=str)
    ]
    found = select(Holiday).where(
        col(Holiday.workspace_id) == workspace_id, col(Holiday.removed_at).is_(None), or_(*these)
    )
    by_place: dict[tuple[str | None, str], list[Holiday]] = defaultdict(list)
    for holiday in (await session.scalars(found.order_by(col(Holiday.on)))).all():
        by_place[holiday.country, holiday.subdivision].append(holiday)
    return by_place


async def _opted_out(
    session: AsyncSession, workspace_id: UUID, member_ids: Collection[UUID]
) -> dict[UUID, set[UUID]]:
    rows = await session.execute(
        select(col(HolidayOptOut.member_id), col(HolidayOptOut.holiday_id)).where(
            col(HolidayOptOut.workspace_id) == workspace_id,
            col(HolidayOptOut.member_id).in_(member_ids),
        )
    )
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for member_id, holiday_id in rows:
        found[member_id].add(holiday_id)
    return found
