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
    """What you should know, latest first. No one else sees it."""
    found = await queries.list_notices(caller, page, wanted)
    link_next(request, response, found)
    return list(found.items)


@router.get("/counts")
async def notices_count(caller: GuestReads) -> NoticeCounts:
    """How many open notices you have not read, and how many need you."""
    return await queries.count_notices(caller)


@router.put("/read")
async def notices_read_all(caller: GuestWrites, upto: ReadUpTo) -> ReadOut:
    """Mark all open notices of events up to a number as read."""
    return ReadOut(read=await actions.read_up_to(caller, upto.seq))


@router.get("/settings")
async def notice_settings_get(caller: GuestReads) -> NoticeSettingsOut:
    """How you are told: channels by kind, what is muted, and whether you are away."""
    return await settings.get_settings(caller)


@router.put("/settings")
async def notice_settings_set(caller: GuestWrites, new: NoticeSettingsIn) -> NoticeSettingsOut:
    """Set how you are told. This doesn't change whether you are away."""
    return await settings.set_settings(caller, new)


@router.put("/away")
async def notices_go_away(caller: GuestWrites, new: AwayIn) -> NoticeSettingsOut:
    """Pause all channels until an instant, or until you end it. Your timers go on."""
    return await settings.go_away(caller, new)


@router.delete("/away")
async def notices_come_back(caller: GuestWrites) -> NoticeSettingsOut:
    """Use your channels again."""
    return await settings.come_back(caller)


@router.get("/{notice_id}")
async def notices_get(caller: GuestReads, notice_id: NoticeId) -> NoticeOut:
    """One notice of yours."""
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
    """Put a notice out of the way until an instant or your next start. It comes back unread."""
    return await actions.snooze(caller, notice_id, until)


@router.delete("/{notice_id}/snooze")
async def notices_wake(caller: GuestWrites, notice_id: NoticeId) -> NoticeOut:
    """End the snooze of a notice."""
    return await actions.wake(caller, notice_id)
