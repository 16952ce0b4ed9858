"""HTTP routes of time off."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response

from dayline.calendars import time_off
from dayline.calendars.api.paths import MEMBER, MemberId
from dayline.calendars.fields import Day
from dayline.calendars.models import TimeOff
from dayline.calendars.parts import find_part
from dayline.calendars.problems import CalendarFull
from dayline.calendars.schemas import TimeOffEdit, TimeOffIn, TimeOffOut
from dayline.identity.caller import Caller, GuestPosts, GuestReads, GuestWrites
from dayline.kernel.http.idempotency import IdempotentRoute
from dayline.kernel.http.openapi import answers
from dayline.kernel.http.paging import Paging, link_next
from dayline.kernel.http.revisions import ExpectedRev, etag

router = APIRouter(route_class=IdempotentRoute)

TIME_OFF = MEMBER + "/time-off"
ONE = TIME_OFF + "/{time_off_id}"

TimeOffId = Annotated[UUID, Path(description="The id of the time off.")]


@router.get(TIME_OFF)
async def time_off_list(
    caller: GuestReads,
    request: Request,
    response: Response,
    member_id: MemberId,
    page: Paging,
    *,
    since: Annotated[
        Day | None, Query(description="Leaves out time off that ended before this date.")
    ] = None,
) -> list[TimeOffOut]:
    """List a member's time off, by when it starts.

    Only the member and admins see the reasons.
    """
    found = await time_off.list_time_off(caller, member_id, page, since)
    link_next(request, response, found)
    return list(found.items)


@router.post(TIME_OFF, status_code=201, responses=answers(CalendarFull))
async def time_off_create(
    caller: GuestPosts,
    request: Request,
    response: Response,
    member_id: MemberId,
    new: TimeOffIn,
) -> TimeOffOut:
    """Add time off, in whole days or in hours.

    Admins can add it for anyone.
    """
    row = await time_off.create_time_off(caller, member_id, new)
    response.headers["Location"] = f"{request.url.path}/{row.id}"
    return _shown(caller, response, row)


@router.get(ONE)
async def time_off_get(
    caller: GuestReads, response: Response, member_id: MemberId, time_off_id: TimeOffId
) -> TimeOffOut:
    """Get a member's time off."""
    return _shown(caller, response, await find_part(caller, TimeOff, member_id, time_off_id))


@router.patch(ONE)
async def time_off_update(
    caller: GuestWrites,
    response: Response,
    member_id: MemberId,
    time_off_id: TimeOffId,
    *,
    expected_rev: ExpectedRev,
    edit: TimeOffEdit,
) -> TimeOffOut:
    """Change time off."""
    row = await time_off.edit_time_off(caller, member_id, time_off_id, expected_rev, edit)
    return _shown(caller, response, row)


@router.delete(ONE, status_code=204)
async def time_off_delete(caller: GuestWrites, member_id: MemberId, time_off_id: TimeOffId) -> None:
    """Delete time off."""
    await time_off.remove_time_off(caller, member_id, time_off_id)


def _shown(caller: Caller, response: Response, row: TimeOff) -> TimeOffOut:
    response.headers["ETag"] = etag(row.rev)
    return time_off.shown_to(caller, row)
