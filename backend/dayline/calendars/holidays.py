"""A workspace's public holidays: admins' changes, and members who work on them."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlmodel import col

from dayline.calendars import library
from dayline.calendars.actions import changed, lock_calendars_to_change
from dayline.calendars.events import HolidaysChanged, Part
from dayline.calendars.models import Calendar, Holiday, HolidayOptOut
from dayline.calendars.problems import HolidayThere
from dayline.calendars.queries import check_may_edit, get_calendar
from dayline.calendars.schemas import HolidayEdit, HolidayIn, HolidayOut
from dayline.calendars.writing import lock_holidays, write_down
from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.kernel.db import events
from dayline.kernel.db.events import Audience
from dayline.kernel.db.finding import find_one
from dayline.kernel.errors import Invalid, NotFound
from dayline.kernel.http.revisions import check_rev


async def place_of(
    caller: Caller, country: str | None, subdivision: str | None
) -> tuple[str | None, str]:
    """Return the given country and subdivision, or else those of the caller's calendar.

    The country is None if the calendar follows none, the subdivision empty for the whole country.
    Raises Invalid for an unknown place.
    """
    if country is None and subdivision is not None:
        raise Invalid.field("subdivision", Phrase("fields.country-first"))
    if country is not None:
        await library.check_place(country, subdivision or "")
        return country, subdivision or ""
    mine = await get_calendar(caller, caller.member_id)
    return mine.country, mine.subdivision


async def list_holidays(
    caller: Caller, country: str | None, subdivision: str, year: int, *, removed: bool
) -> Sequence[Holiday]:
    """Return a place's holidays of a year, by date. Empty if no calendar has followed the place."""
    found = _at(caller, country, subdivision).where(
        col(Holiday.on).between(date(year, 1, 1), date(year, 12, 31)),
        col(Holiday.removed_at).is_not(None) if removed else col(Holiday.removed_at).is_(None),
    )
    return (await caller.session.scalars(found.order_by(col(Holiday.on)))).all()


def _at(caller: Caller, country: str | None, subdivision: str) -> Any:
    return select(Holiday).where(
        col(Holiday.workspace_id) == caller.workspace_id,
        col(Holiday.country) == country,
        col(Holiday.subdivision) == subdivision,
    )


async def get_holiday(caller: Caller, holiday_id: UUID) -> Holiday:
    """Return a holiday of the workspace, removed or not. Raises NotFound."""
    found = select(Holiday).where(
        col(Holiday.workspace_id) == caller.workspace_id, col(Holiday.id) == holiday_id
    )
    fresh = found.execution_options(populate_existing=True)
    return await find_one(caller.session, fresh)


async def _get_to_change(caller: Caller, holiday_id: UUID) -> Holiday:
    await lock_holidays(caller.session, caller.workspace_id)
    return await get_holiday(caller, holiday_id)


async def add_holiday(caller: Caller, new: HolidayIn) -> Holiday:
    """Add a holiday to a place, or restore a removed one. Raises HolidayThere and Invalid."""
    subdivision = new.subdivision or ""
    await library.check_place(new.country, subdivision)
    await lock_holidays(caller.session, caller.workspace_id)
    await write_down(caller.session, caller.workspace_id, new.country, subdivision)
    found = _at(caller, new.country, subdivision).where(col(Holiday.on) == new.on)
    row: Holiday | None = await caller.session.scalar(found)
    if row is None:
        row = Holiday(
            workspace_id=caller.workspace_id,
            country=new.country,
            subdivision=subdivision,
            on=new.on,
            name=new.name,
            edited_at=caller.now,
        )
        caller.session.add(row)
    elif row.removed_at is None:
        raise HolidayThere(holiday_id=str(row.id))
    else:
        row.name, row.removed_at = new.name, None
        _edited(caller, row)
    await _record(caller, row, moves_calendars=True)
    return row


async def edit_holiday(
    caller: Caller, holiday_id: UUID, expected_rev: int, edit: HolidayEdit
) -> Holiday:
    """Rename a holiday. Raises NotFound and RevisionMismatch."""
    row = await _get_to_change(caller, holiday_id)
    check_rev(row, expected_rev)
    if "name" in edit.model_fields_set and edit.name != row.name:
        row.name = edit.name
        _edited(caller, row)
        await _record(caller, row, moves_calendars=False)
    return row


async def remove_holiday(caller: Caller, holiday_id: UUID) -> None:
    """Remove a holiday. Later updates from the library don't restore it. Raises NotFound."""
    row = await _get_to_change(caller, holiday_id)
    if row.removed_at is None:
        row.removed_at = caller.now
        _edited(caller, row)
        await _record(caller, row, moves_calendars=True)


def _edited(caller: Caller, row: Holiday) -> None:
    row.edited_at = caller.now
    row.rev += 1


async def _record(caller: Caller, row: Holiday, *, moves_calendars: bool) -> None:
    """Record a holiday's change, and, if dates changed, update all calendars that follow it."""
    await caller.session.flush()
    told = HolidaysChanged(
        country=row.country,
        subdivision=row.subdivision or None,
        holiday=HolidayOut.model_validate(row),
    )
    events.record(caller.session, told, Audience.team())
    if moves_calendars:
        held = await lock_calendars_to_change(caller.session, follows(row.country, row.subdivision))
        await changed(caller.session, held, Part.HOLIDAYS)


def follows(country: str, subdivision: str) -> Any:
    """Select the calendars that follow the holidays of a place."""
    return and_(col(Calendar.country) == country, col(Calendar.subdivision) == subdivision)


async def list_opt_outs(caller: Caller, member_id: UUID) -> Sequence[Holiday]:
    """Return the holidays on which a member works, by date. Raises NotFound."""
    await get_calendar(caller, member_id)
    chosen = select(col(HolidayOptOut.holiday_id)).where(
        col(HolidayOptOut.workspace_id) == caller.workspace_id,
        col(HolidayOptOut.member_id) == member_id,
    )
    found = select(Holiday).where(
        col(Holiday.workspace_id) == caller.workspace_id, col(Holiday.id).in_(chosen)
    )
    return (await caller.session.scalars(found.order_by(col(Holiday.on)))).all()


async def opt_out(caller: Caller, member_id: UUID, holiday_id: UUID) -> None:
    """Record that a member works on a holiday.

    Raises NotFound if the holiday isn't in their calendar, and Forbidden.
    """
    await check_may_edit(caller, member_id)
    holiday = await _get_to_change(caller, holiday_id)
    calendar = await get_calendar(caller, member_id, for_update=True)
    if (holiday.country, holiday.subdivision) != (calendar.country, calendar.subdivision):
        raise NotFound(Phrase("problems.not-found.holiday"))
    if await _opted_out(caller, member_id, holiday_id) is None:
        row = HolidayOptOut(
            workspace_id=caller.workspace_id, member_id=member_id, holiday_id=holiday_id
        )
        caller.session.add(row)
        await changed(caller.session, [calendar], Part.HOLIDAYS)


async def opt_in(caller: Caller, member_id: UUID, holiday_id: UUID) -> None:
    """Record that a member has a holiday off again. Raises NotFound and Forbidden."""
    await check_may_edit(caller, member_id)
    await _get_to_change(caller, holiday_id)
    calendar = await get_calendar(caller, member_id, for_update=True)
    row = await _opted_out(caller, member_id, holiday_id)
    if row is not None:
        await caller.session.delete(row)
        await changed(caller.session, [calendar], Part.HOLIDAYS)


async def _opted_out(caller: Caller, member_id: UUID, holiday_id: UUID) -> HolidayOptOut | None:
    key = (caller.workspace_id, member_id, holiday_id)
    return await caller.session.get(HolidayOptOut, key)
