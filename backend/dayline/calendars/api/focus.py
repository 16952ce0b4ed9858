"""HTTP routes of focus blocks."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response

from dayline.calendars import focus
from dayline.calendars.api.paths import MEMBER, MemberId
from dayline.calendars.models import FocusBlock
from dayline.calendars.parts import find_part
from dayline.calendars.problems import CalendarFull
from dayline.calendars.schemas import FocusEdit, FocusIn, FocusOut
from dayline.identity.caller import GuestPosts, GuestReads, GuestWrites
from dayline.kernel.http.idempotency import IdempotentRoute
from dayline.kernel.http.openapi import answers
from dayline.kernel.http.revisions import ExpectedRev, etag

router = APIRouter(route_class=IdempotentRoute)

BLOCKS = MEMBER + "/focus-blocks"
BLOCK = BLOCKS + "/{focus_block_id}"

BlockId = Annotated[UUID, Path(description="The id of the focus time.")]


@router.get(BLOCKS)
async def focus_list(caller: GuestReads, member_id: MemberId) -> list[FocusOut]:
    """List a member's focus time, oldest first."""
    return [FocusOut.model_validate(row) for row in await focus.list_focus(caller, member_id)]


@router.post(BLOCKS, status_code=201, responses=answers(CalendarFull))
async def focus_create(
    caller: GuestPosts, request: Request, response: Response, member_id: MemberId, new: FocusIn
) -> FocusOut:
    """Add focus time, every week or once."""
    row = await focus.create_focus(caller, member_id, new)
    response.headers["Location"] = f"{request.url.path}/{row.id}"
    return _shown(response, row)


@router.get(BLOCK)
async def focus_get(
    caller: GuestReads, response: Response, member_id: MemberId, focus_block_id: BlockId
) -> FocusOut:
    """Get a member's focus time."""
    return _shown(response, await find_part(caller, FocusBlock, member_id, focus_block_id))


@router.patch(BLOCK)
async def focus_update(
    caller: GuestWrites,
    response: Response,
    member_id: MemberId,
    focus_block_id: BlockId,
    *,
    expected_rev: ExpectedRev,
    edit: FocusEdit,
) -> FocusOut:
    """Change focus time.

    Setting a date clears the weekdays, and setting weekdays clears the date.
    """
    row = await focus.edit_focus(caller, member_id, focus_block_id, expected_rev, edit)
    return _shown(response, row)


@router.delete(BLOCK, status_code=204)
async def focus_delete(caller: GuestWrites, member_id: MemberId, focus_block_id: BlockId) -> None:
    """Delete focus time."""
    await focus.remove_focus(caller, member_id, focus_block_id)


def _shown(response: Response, row: FocusBlock) -> FocusOut:
    response.headers["ETag"] = etag(row.rev)
    return FocusOut.model_validate(row)
