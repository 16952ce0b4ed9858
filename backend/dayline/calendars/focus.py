"""Focus blocks: working time in which a member should not be interrupted."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from dayline.calendars.actions import changed
from dayline.calendars.events import Part
from dayline.calendars.hours import check_room
from dayline.calendars.models import FocusBlock
from dayline.calendars.parts import find_part
from dayline.calendars.queries import get_calendar, get_to_edit
from dayline.calendars.schemas import FocusEdit, FocusIn
from dayline.calendars.times import WEEKDAYS
from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.kernel.errors import Invalid
from dayline.kernel.http.revisions import apply, changes_of, check_rev

MOST_BLOCKS = 200


async def list_focus(caller: Caller, member_id: UUID) -> Sequence[FocusBlock]:
    """Return a member's focus blocks, oldest first. Raises NotFound."""
    await get_calendar(caller, member_id)
    found = select(FocusBlock).where(
        col(FocusBlock.workspace_id) == caller.workspace_id,
        col(FocusBlock.member_id) == member_id,
    )
    return (await caller.session.scalars(found.order_by(col(FocusBlock.id)))).all()


async def create_focus(caller: Caller, member_id: UUID, new: FocusIn) -> FocusBlock:
    """Add a focus block. Raises NotFound, Forbidden, Invalid, CalendarFull."""
    calendar = await get_to_edit(caller, member_id)
    row = FocusBlock(
        workspace_id=caller.workspace_id, member_id=member_id, **_tidy(new.model_dump())
    )
    _check(row)
    await check_room(caller, FocusBlock, member_id, MOST_BLOCKS)
    caller.session.add(row)
    await changed(caller.session, [calendar], Part.FOCUS)
    return row


async def edit_focus(
    caller: Caller, member_id: UUID, focus_block_id: UUID, expected_rev: int, edit: FocusEdit
) -> FocusBlock:
    """Change a focus block. Setting a date clears the weekdays, and setting weekdays the date.

    Raises NotFound, Forbidden, RevisionMismatch, Invalid.
    """
    calendar = await get_to_edit(caller, member_id)
    row = await find_part(caller, FocusBlock, member_id, focus_block_id, for_update=True)
    check_rev(row, expected_rev)
    wanted = _tidy(edit.model_dump(exclude_unset=True))
    changes = changes_of(row, wanted)
    if not changes:
        return row
    apply(row, changes)
    _check(row)
    row.rev += 1
    await caller.session.flush()
    await changed(caller.session, [calendar], Part.FOCUS)
    return row


async def remove_focus(caller: Caller, member_id: UUID, focus_block_id: UUID) -> None:
    """Remove a focus block. Raises NotFound and Forbidden."""
    calendar = await get_to_edit(caller, member_id)
    row = await find_part(caller, FocusBlock, member_id, focus_block_id, for_update=True)
    await caller.session.delete(row)
    await changed(caller.session, [calendar], Part.FOCUS)


def _tidy(given: dict[str, Any]) -> dict[str, Any]:
    """Sort the weekdays, without duplicates. Setting weekdays or a date clears the other."""
    if "days" in given:
        given["days"] = [day for day in WEEKDAYS if day in given["days"]]
    if given.get("on") is not None:
        given.setdefault("days", [])
    elif given.get("days"):
        given.setdefault("on", None)
    return given


def _check(row: FocusBlock) -> None:
    """Raise Invalid for a block with both weekdays and a date, or with neither."""
    if bool(row.days) == (row.on is not None):
        raise Invalid.field("days", Phrase("fields.weekdays-or-date"))
