"""What a member does with their notices.

Reading, finishing, snoozing and settling change different columns by guarded updates. So two tabs
and the consumer of events can act at once, and doing something again changes nothing.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, update
from sqlmodel import col

from dayline.calendars.queries import calendars
from dayline.calendars.wall_time import instant_of_wall
from dayline.core.ahead import refusal_of_instant
from dayline.core.phrase import Phrase
from dayline.core.response import next_start
from dayline.identity.caller import Caller
from dayline.kernel.errors import Invalid
from dayline.notices.events import NoticeChanged
from dayline.notices.models import Notice
from dayline.notices.queries import get_notice, in_state, visible_notices
from dayline.notices.schemas import NoticeOut, NoticeState, SnoozeIn
from dayline.notices.storing import record


async def read(caller: Caller, notice_id: UUID) -> NoticeOut:
    """Mark a notice as read. Raises NotFound."""
    return await _change(caller, notice_id, col(Notice.read_at).is_(None), read_at=caller.now)


async def unread(caller: Caller, notice_id: UUID) -> NoticeOut:
    """Mark a notice as not read, and so as not done. Raises NotFound."""
    changes = {"read_at": None, "done_at": None}
    return await _change(caller, notice_id, col(Notice.read_at).is_not(None), **changes)


async def finish(caller: Caller, notice_id: UUID) -> NoticeOut:
    """Mark a notice as done, and so as read. Raises NotFound."""
    changes = {"done_at": caller.now, "read_at": _first_read(caller), "snoozed_until": None}
    return await _change(caller, notice_id, col(Notice.done_at).is_(None), **changes)


async def reopen(caller: Caller, notice_id: UUID) -> NoticeOut:
    """Mark a notice as not done. Raises NotFound."""
    return await _change(caller, notice_id, col(Notice.done_at).is_not(None), done_at=None)


async def snooze(caller: Caller, notice_id: UUID, until: SnoozeIn) -> NoticeOut:
    """Put a notice out of the way until an instant, when it comes back unread.

    Raises NotFound, and Invalid for an instant that has passed or is too far ahead.
    """
    at = await _end_of_snooze(caller, until)
    if (reason := refusal_of_instant(at, caller.now)) is not None:
        raise Invalid.field("until", reason)
    other = col(Notice.snoozed_until).is_distinct_from(at) | col(Notice.read_at).is_not(None)
    changes = {"snoozed_until": at, "read_at": None, "done_at": None}
    return await _change(caller, notice_id, other, **changes)


async def wake(caller: Caller, notice_id: UUID) -> NoticeOut:
    """End the snooze of a notice. Raises NotFound."""
    is_snoozed = col(Notice.snoozed_until).is_not(None)
    return await _change(caller, notice_id, is_snoozed, snoozed_until=None)


async def read_up_to(caller: Caller, seq: int) -> int:
    """Mark the open notices of events up to `seq` as read. Returns how many became read."""
    is_unread = in_state(NoticeState.UNREAD, caller.now)
    return await _update(caller, is_unread & (col(Notice.event_seq) <= seq), read_at=caller.now)


async def _change(
    caller: Caller, notice_id: UUID, guard: ColumnElement[bool], **changes: Any
) -> NoticeOut:
    await _update(caller, (col(Notice.id) == notice_id) & guard, **changes)
    return await get_notice(caller, notice_id)


async def _update(caller: Caller, which: ColumnElement[bool], **changes: Any) -> int:
    statement = (
        update(Notice).where(visible_notices(caller), which).values(**changes).returning(Notice)
    )
    fresh = {"synchronize_session": False, "populate_existing": True}
    changed = (await caller.session.scalars(statement, execution_options=fresh)).all()
    in_order = sorted(changed, key=lambda notice: (notice.event_seq, notice.id))
    await record(caller.session, NoticeChanged, in_order)
    return len(in_order)


def _first_read(caller: Caller) -> ColumnElement[datetime]:
    return func.coalesce(col(Notice.read_at), caller.now)


async def _end_of_snooze(caller: Caller, wanted: SnoozeIn) -> datetime:
    if wanted.until_local is not None:
        return await instant_of_wall(caller, "until_local", wanted.until_local)
    return wanted.until or await _next_start(caller)


async def _next_start(caller: Caller) -> datetime:
    ids = [caller.member_id]
    mine = (await calendars(caller.session, caller.workspace_id, ids, frm=caller.now))[ids[0]]
    at = next_start(mine, caller.now)
    if at is None:
        raise Invalid.field("next_start", Phrase("fields.no-next-start"))
    return at
