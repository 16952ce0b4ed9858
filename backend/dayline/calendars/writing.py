"""Storing public holidays from the library, without losing admins' changes."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.calendars import library
from dayline.calendars.models import Holiday, HolidaySet
from dayline.kernel.db.database import scope_of

BEHIND, AHEAD = 1, 6
"""Years stored before and after this one. Six, as calendars look five years ahead at any time."""


async def lock_holidays(session: AsyncSession, workspace_id: UUID) -> None:
    """Serialize changes of a workspace's holidays and of the calendars that follow them.

    So no calendar starts to follow holidays that are changing, and misses the change. Lock this
    before calendars.
    """
    key = func.hashtextextended(f"holidays:{workspace_id}", 0)
    await session.execute(select(func.pg_advisory_xact_lock(key)))


async def write_down(
    session: AsyncSession, workspace_id: UUID, country: str, subdivision: str
) -> None:
    """Store the holidays of a place, if they aren't yet. Call `lock_holidays` before."""
    if await _set_of(session, workspace_id, country, subdivision) is not None:
        return
    scope = scope_of(session)
    years = range(scope.now.year - BEHIND, scope.now.year + AHEAD + 1)
    written = HolidaySet(
        workspace_id=workspace_id,
        country=country,
        subdivision=subdivision,
        first_year=years[0],
        last_year=years[-1],
        library_version=library.VERSION,
        written_at=scope.now,
    )
    session.add(written)
    await _merge(session, written, years)


async def write_anew(session: AsyncSession, written: HolidaySet) -> bool:
    """Update stored holidays from the library, from this year on. Call `lock_holidays` before.

    Returns whether a date became a holiday, or no longer is one.
    """
    now = scope_of(session).now
    years = range(now.year, now.year + AHEAD + 1)
    written.last_year = max(written.last_year, years[-1])
    written.library_version = library.VERSION
    written.written_at = now
    return await _merge(session, written, years)


def is_old(written: HolidaySet, this_year: int) -> bool:
    """Whether the holidays are from another library version, or stored for too few years."""
    too_short = written.last_year < this_year + AHEAD
    return too_short or written.library_version != library.VERSION


async def _set_of(
    session: AsyncSession, workspace_id: UUID, country: str, subdivision: str
) -> HolidaySet | None:
    return await session.scalar(
        select(HolidaySet).where(
            col(HolidaySet.workspace_id) == workspace_id,
            col(HolidaySet.country) == country,
            col(HolidaySet.subdivision) == subdivision,
        )
    )


async def _merge(session: AsyncSession, written: HolidaySet, years: range) -> bool:
    """Make the rows of these years match the library. Returns whether dates were added or removed.

    Holidays that an admin added, renamed or removed stay. Others that the library no longer has are
    deleted.
    """
    known = await library.holidays_of(written.country, written.subdivision, years)
    held = await session.scalars(
        select(Holiday).where(
            col(Holiday.workspace_id) == written.workspace_id,
            col(Holiday.country) == written.country,
            col(Holiday.subdivision) == written.subdivision,
            col(Holiday.on).between(date(years[0], 1, 1), date(years[-1], 12, 31)),
        )
    )
    rows = {row.on: row for row in held}
    new = [_new(written, on, name) for on, name in known.items() if on not in rows]
    session.add_all(new)
    for on in rows.keys() & known.keys():
        _refresh(rows[on], known[on])
    dropped = [rows[on] for on in rows.keys() - known.keys()]
    gone = [row for row in dropped if row.edited_at is None]
    for row in dropped:
        row.library_name = None
    for row in gone:
        await session.delete(row)
    await session.flush()
    return bool(new or gone)


def _new(written: HolidaySet, on: date, name: str) -> Holiday:
    return Holiday(
        workspace_id=written.workspace_id,
        country=written.country,
        subdivision=written.subdivision,
        on=on,
        name=name,
        library_name=name,
    )


def _refresh(row: Holiday, name: str) -> None:
    """Store the library's name, unless an admin has renamed the holiday."""
    if row.library_name == name:
        return
    row.library_name = name
    if row.edited_at is None:
        row.name = name
        row.rev += 1
