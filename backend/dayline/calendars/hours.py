"""Weekly hours that apply from a date on, and the hours of single dates."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from dayline.calendars.actions import changed
from dayline.calendars.events import Part
from dayline.calendars.fields import plain
from dayline.calendars.models import Calendar, Hours, Override
from dayline.calendars.problems import CalendarFull, HoursNeeded
from dayline.calendars.queries import get_calendar, get_to_edit
from dayline.calendars.schemas import HoursIn, OverrideIn
from dayline.calendars.times import ordered_date, ordered_week
from dayline.identity.caller import Caller
from dayline.kernel.db.finding import count

MOST_HOURS = 50
MOST_OVERRIDES = 1000


async def list_hours(caller: Caller, member_id: UUID) -> Sequence[Hours]:
    """Return a member's weekly hours, earliest first. Raises NotFound."""
    await get_calendar(caller, member_id)
    found = _of(caller, Hours, member_id).order_by(col(Hours.effective_from))
    return (await caller.session.scalars(found)).all()


async def set_hours(
    caller: Caller, member_id: UUID, effective_from: date, new: HoursIn
) -> Calendar:
    """Set the weekly hours from a date until the next ones start.

    Raises NotFound, Forbidden, Invalid, CalendarFull.
    """
    calendar = await get_to_edit(caller, member_id)
    weekly = ordered_week("weekly", new.weekly.plain())
    row = await _hours_from(caller, member_id, effective_from)
    if row is not None and row.weekly == weekly:
        return calendar
    if row is None:
        await check_room(caller, Hours, member_id, MOST_HOURS)
        row = Hours(
            workspace_id=caller.workspace_id,
            member_id=member_id,
            effective_from=effective_from,
            weekly=weekly,
        )
        caller.session.add(row)
    row.weekly = weekly
    await changed(caller.session, [calendar], Part.HOURS)
    return calendar


async def remove_hours(caller: Caller, member_id: UUID, effective_from: date) -> Calendar:
    """Remove the weekly hours that start on a date. Does nothing if there are none.

    Raises NotFound, Forbidden, and HoursNeeded for the calendar's only hours.
    """
    calendar = await get_to_edit(caller, member_id)
    row = await _hours_from(caller, member_id, effective_from)
    if row is None:
        return calendar
    if await count(caller.session, Hours, col(Hours.member_id) == member_id) == 1:
        raise HoursNeeded
    await caller.session.delete(row)
    await changed(caller.session, [calendar], Part.HOURS)
    return calendar


async def list_overrides(
    caller: Caller, member_id: UUID, since: date | None, until: date | None
) -> Sequence[Override]:
    """Return the dates with hours of their own, from `since` to `until` inclusive, by date.

    Raises NotFound.
    """
    await get_calendar(caller, member_id)
    found = _of(caller, Override, member_id)
    if since is not None:
        found = found.where(col(Override.on) >= since)
    if until is not None:
        found = found.where(col(Override.on) <= until)
    return (await caller.session.scalars(found.order_by(col(Override.on)))).all()


async def set_override(caller: Caller, member_id: UUID, on: date, new: OverrideIn) -> Override:
    """Set the hours of one date. No intervals make it a day off.

    Raises NotFound, Forbidden, Invalid, CalendarFull.
    """
    calendar = await get_to_edit(caller, member_id)
    intervals = ordered_date("intervals", plain(new.intervals))
    row = await _override_on(caller, member_id, on)
    if row is not None and row.intervals == intervals:
        return row
    if row is None:
        await check_room(caller, Override, member_id, MOST_OVERRIDES)
        row = Override(
            workspace_id=caller.workspace_id, member_id=member_id, on=on, intervals=intervals
        )
        caller.session.add(row)
    row.intervals = intervals
    await changed(caller.session, [calendar], Part.OVERRIDES)
    return row


async def remove_override(caller: Caller, member_id: UUID, on: date) -> None:
    """Remove the hours of one date, so that the weekly ones apply. Raises NotFound, Forbidden."""
    calendar = await get_to_edit(caller, member_id)
    row = await _override_on(caller, member_id, on)
    if row is not None:
        await caller.session.delete(row)
        await changed(caller.session, [calendar], Part.OVERRIDES)


async def check_room(caller: Caller, kind: Any, member_id: UUID, most: int) -> None:
    """Raise CalendarFull if the locked calendar has `most` parts of a kind."""
    if await count(caller.session, kind, kind.member_id == member_id) >= most:
        raise CalendarFull(most=most)


def _of(caller: Caller, kind: Any, member_id: UUID) -> Any:
    return select(kind).where(
        col(kind.workspace_id) == caller.workspace_id, col(kind.member_id) == member_id
    )


async def _hours_from(caller: Caller, member_id: UUID, effective_from: date) -> Hours | None:
    found = _of(caller, Hours, member_id).where(col(Hours.effective_from) == effective_from)
    row: Hours | None = await caller.session.scalar(found)
    return row


async def _override_on(caller: Caller, member_id: UUID, on: date) -> Override | None:
    found = _of(caller, Override, member_id).where(col(Override.on) == on)
    row: Override | None = await caller.session.scalar(found)
    return row
