"""HTTP routes of a member's own notices."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Request, Response

from dayline.identity.caller import GuestReads, GuestWrites
from dayline.kernel.http.paging import Paging, link_next
from dayline.kernel.http.routing import Room, at_once
from dayline.notices import actions, queries, settings
from dayline.notices.schemas import (
    AwayIn,
    NoticeCounts,
    NoticeOut,
    NoticeSettingsIn,
    NoticeSettingsOut,
    ReadOut,
    ReadUpTo,
    SnoozeIn,
)

router = Room(prefix="/api/workspaces/{workspace}/notices", tags=["notices"])

NoticeId = Annotated[UUID, Path(description="The id of a notice of yours.")]


@router.get("")
async def notices_list(
    caller: GuestReads,
    request: Request,
    response: Response,
    page: Paging,
    wanted: Annotated[queries.NoticeFilter, Depends(at_once(queries.NoticeFilter))],
) -> list[NoticeOut]:
    """List your notices, latest first. No one else sees them."""
    found = await queries.list_notices(caller, page, wanted)
    link_next(request, response, found)
    return list(found.items)


@router.get("/counts")
async def notices_count(caller: GuestReads) -> NoticeCounts:
    """Count your open notices that are unread, and those that need you."""
    return await queries.count_notices(caller)


@router.put("/read")
async def notices_read_all(caller: GuestWrites, upto: ReadUpTo) -> ReadOut:
    """Mark your open notices as read, up to an event."""
    return ReadOut(read=await actions.read_up_to(caller, upto.seq))


@router.get("/settings")
async def notice_settings_get(caller: GuestReads) -> NoticeSettingsOut:
    """Get your notification settings."""
    return await settings.get_settings(caller)


@router.put("/settings")
async def notice_settings_set(caller: GuestWrites, new: NoticeSettingsIn) -> NoticeSettingsOut:
    """Replace your notification settings, except whether all channels are paused."""
    return await settings.set_settings(caller, new)


@router.put("/away")
async def notices_go_away(caller: GuestWrites, new: AwayIn) -> NoticeSettingsOut:
    """Pause all channels until a time or until you end it. Your timers keep running."""
    return await settings.go_away(caller, new)


@router.delete("/away")
async def notices_come_back(caller: GuestWrites) -> NoticeSettingsOut:
    """Resume your channels."""
    return await settings.come_back(caller)


@router.get("/{notice_id:uuid}")  # so that it allows nothing at /read and /away
async def notices_get(caller: GuestReads, notice_id: NoticeId) -> NoticeOut:
    """Get one of your notices."""
    return await queries.get_notice(caller, notice_id)


@router.put("/{notice_id}/read")
async def notices_read(caller: GuestWrites, notice_id: NoticeId) -> NoticeOut:
    """Mark a notice as read."""
    return await actions.read(caller, notice_id)


@router.delete("/{notice_id}/read")
async def notices_unread(caller: GuestWrites, notice_id: NoticeId) -> NoticeOut:
    """Mark a notice as unread. It is then not done either."""
    return await actions.unread(caller, notice_id)


@router.put("/{notice_id}/done")
async def notices_finish(caller: GuestWrites, notice_id: NoticeId) -> NoticeOut:
    """Mark a notice as done, and as read."""
    return await actions.finish(caller, notice_id)


@router.delete("/{notice_id}/done")
async def notices_reopen(caller: GuestWrites, notice_id: NoticeId) -> NoticeOut:
    """Mark a notice as not done."""
    return await actions.reopen(caller, notice_id)


@router.put("/{notice_id}/snooze")
async def notices_snooze(caller: GuestWrites, notice_id: NoticeId, until: SnoozeIn) -> NoticeOut:
    """Hide a notice until a time or until you start working. It comes back unread."""
    return await actions.snooze(caller, notice_id, until)


@router.delete("/{notice_id}/snooze")
async def notices_wake(caller: GuestWrites, notice_id: NoticeId) -> NoticeOut:
    """End the snooze of a notice."""
    return await actions.wake(caller, notice_id)
