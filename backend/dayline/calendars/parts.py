"""Reading parts of a calendar that have their own ids: focus blocks and time off."""

from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from dayline.calendars.models import FocusBlock, TimeOff
from dayline.calendars.queries import get_calendar
from dayline.identity.caller import Caller
from dayline.kernel.db.finding import find_one

Row = TypeVar("Row", FocusBlock, TimeOff)


async def find_part(
    caller: Caller, kind: type[Row], member_id: UUID, part_id: UUID, *, for_update: bool = False
) -> Row:
    """Return a part of a member's calendar. Raises NotFound.

    With `for_update` it is locked, and the caller must have locked the calendar.
    """
    if not for_update:
        await get_calendar(caller, member_id)
    found = select(kind).where(
        col(kind.workspace_id) == caller.workspace_id,
        col(kind.member_id) == member_id,
        col(kind.id) == part_id,
    )
    return await find_one(caller.session, found, for_update=for_update)
