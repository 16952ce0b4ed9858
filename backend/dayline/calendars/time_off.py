"""Time off. Everyone sees when, but only the member and admins see the reason."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from dayline.calendars.actions import changed
from dayline.calendars.cover import check_cover
from dayline.calendars.events import Part
from dayline.calendars.hours import check_room
from dayline.calendars.models import TimeOff
from dayline.calendars.parts import find_part
from dayline.calendars.queries import get_calendar, get_to_edit
from dayline.calendars.schemas import TimeOffEdit, TimeOffIn, TimeOffOut
from dayline.calendars.times import at_time
from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.kernel.errors import Invalid
from dayline.kernel.http.idempotency import forget_answers
from dayline.kernel.http.paging import Key, Page, PageRequest, cut, paged
from dayline.kernel.http.revisions import apply, changes_of, check_rev

MOST_TIME_OFF = 1000
LONGEST = timedelta(days=1827)
_TIMES = {"starts_on", "ends_on", "starts_time", "ends_time"}


def shown_to(caller: Caller, row: TimeOff) -> TimeOffOut:
    """Return time off as the caller sees it: the reason only for the member and admins."""
    document = TimeOffOut.model_validate(row)
    if row.member_id == caller.member_id or caller.acts_as_admin:
        return document
    return document.model_copy(update={"reason": None})


async def list_time_off(
    caller: Caller, member_id: UUID, page: PageRequest, since: date | None
) -> Page[TimeOffOut]:
    """Return a page of a member's time off, by start, without what ended before `since`.

    Raises NotFound.
    """
    await get_calendar(caller, member_id)
    found = select(TimeOff).where(
        col(TimeOff.workspace_id) == caller.workspace_id, col(TimeOff.member_id) == member_id
    )
    if since is not None:
        found = found.where(col(TimeOff.ends_on) >= since)
    order = [Key(col(TimeOff.starts_on), date), Key(col(TimeOff.id), UUID)]
    rows = (await caller.session.scalars(paged(found, order, page, "start"))).all()
    kept = cut(rows, page, "start", lambda row: (row.starts_on, row.id))
    return Page([shown_to(caller, row) for row in kept.items], kept.next_cursor)


async def create_time_off(caller: Caller, member_id: UUID, new: TimeOffIn) -> TimeOff:
    """Add time off. Raises NotFound, Forbidden, Invalid, CalendarFull."""
    calendar = await get_to_edit(caller, member_id)
    row = TimeOff(
        workspace_id=caller.workspace_id,
        member_id=member_id,
        created_at=caller.now,
        **new.model_dump(),
    )
    _check(row)
    await check_cover(caller, member_id, new.cover_id)
    await check_room(caller, TimeOff, member_id, MOST_TIME_OFF)
    caller.session.add(row)
    await changed(caller.session, [calendar], Part.TIME_OFF)
    return row


async def edit_time_off(
    caller: Caller, member_id: UUID, time_off_id: UUID, expected_rev: int, edit: TimeOffEdit
) -> TimeOff:
    """Change the dates, times, reason or stand-in of time off.

    Raises NotFound, Forbidden, RevisionMismatch, Invalid.
    """
    await forget_answers(caller.session, time_off_id)
    calendar = await get_to_edit(caller, member_id)
    row = await find_part(caller, TimeOff, member_id, time_off_id, for_update=True)
    check_rev(row, expected_rev)
    changes: dict[str, Any] = edit.model_dump(exclude_unset=True)
    changes = changes_of(row, changes)
    if not changes:
        return row
    await check_cover(caller, member_id, changes.get("cover_id"))
    apply(row, changes)
    _check(row)
    row.rev += 1
    await caller.session.flush()
    await changed(caller.session, [calendar], Part.TIME_OFF)
    return row


async def remove_time_off(caller: Caller, member_id: UUID, time_off_id: UUID) -> None:
    """Remove time off. Raises NotFound and Forbidden."""
    await forget_answers(caller.session, time_off_id)
    calendar = await get_to_edit(caller, member_id)
    row = await find_part(caller, TimeOff, member_id, time_off_id, for_update=True)
    await caller.session.delete(row)
    await changed(caller.session, [calendar], Part.TIME_OFF)


def _check(row: TimeOff) -> None:
    """Raise Invalid if it ends before it starts, has only one time, or lasts over five years."""
    if row.ends_on < row.starts_on:
        raise Invalid.field("ends_on", Phrase("fields.not-before-start"))
    if row.ends_on - row.starts_on > LONGEST:
        raise Invalid.field("ends_on", Phrase("fields.within-five-years"))
    if (row.starts_time is None) != (row.ends_time is None):
        missing = "starts_time" if row.starts_time is None else "ends_time"
        raise Invalid.field(missing, Phrase("fields.both-times"))
    if row.starts_time is None or row.ends_time is None:
        return
    if at_time(row.ends_on, row.ends_time) <= at_time(row.starts_on, row.starts_time):
        raise Invalid.field("ends_time", Phrase("fields.after-start"))
