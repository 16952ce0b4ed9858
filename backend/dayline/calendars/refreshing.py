"""Updating all workspaces' holidays: each year, and with each new library version."""

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.calendars import library
from dayline.calendars.actions import changed, lock_calendars_to_change
from dayline.calendars.events import HolidaysChanged, Part
from dayline.calendars.holidays import follows
from dayline.calendars.models import HolidaySet
from dayline.calendars.writing import AHEAD, is_old, lock_holidays, write_anew
from dayline.kernel.db import events
from dayline.kernel.db.clock import Clock, transaction_now
from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from dayline.kernel.db.each import in_each
from dayline.kernel.db.events import Audience

_OLD = text("SELECT workspace_id FROM workspaces_with_old_holidays(:version, :last_year)")


async def refresh_holidays(sessions: Sessions, clock: Clock) -> int:
    """Update holidays from another library version, or stored for too few years.

    Each workspace has its own transaction. Does nothing if everything is up to date, so it can run
    daily. Returns how many countries and subdivisions were updated.
    """
    async with sessions() as session, session.begin():
        now = await transaction_now(session, clock)
        wanted = {"version": library.VERSION, "last_year": now.year + AHEAD}
        workspaces = (await session.scalars(_OLD, wanted)).all()
    return await in_each(workspaces, lambda id_: _refresh(sessions, Scope(id_, now, None)))


async def _refresh(sessions: Sessions, scope: Scope) -> int:
    async with sessions() as session, session.begin():
        await enter_workspace(session, scope)
        await lock_holidays(session, scope.workspace_id)
        written = await session.scalars(
            select(HolidaySet)
            .where(col(HolidaySet.workspace_id) == scope.workspace_id)
            .order_by(col(HolidaySet.country), col(HolidaySet.subdivision))
        )
        old = [each for each in written if is_old(each, scope.now.year)]
        for each in old:
            await _write(session, each)
    return len(old)


async def _write(session: AsyncSession, written: HolidaySet) -> None:
    if not await write_anew(session, written):
        return
    country, subdivision = written.country, written.subdivision
    told = HolidaysChanged(country=country, subdivision=subdivision or None, holiday=None)
    events.record(session, told, Audience.team())
    held = await lock_calendars_to_change(session, follows(country, subdivision))
    await changed(session, held, Part.HOLIDAYS)
