"""HTTP routes of calendar links, and of the iCalendar files that programs subscribe to."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from dayline.calendars import calendar_links, icalendar
from dayline.calendars.api.paths import WORKSPACE
from dayline.calendars.queries import member_calendars
from dayline.calendars.schemas import CalendarLinkMade, CalendarLinkOut
from dayline.identity.caller import GuestReads, GuestWrites
from dayline.identity.problems import ReauthenticationNeeded, SessionNeeded
from dayline.identity.reauthentication import RecentGuestWrites
from dayline.kernel.db.database import Transaction
from dayline.kernel.http.openapi import answers
from dayline.kernel.http.own_site import OwnAddress
from dayline.members.models import Workspace

router = APIRouter()

LINK = WORKSPACE + "/me/calendar-link"


@router.get(LINK)
async def calendar_link_get(caller: GuestReads) -> CalendarLinkOut:
    """Check whether you have a calendar link.

    Its URL is shown only when it is created.
    """
    link = await calendar_links.find_own(caller)
    return CalendarLinkOut(created_at=None if link is None else link.created_at)


@router.put(LINK, responses=answers(SessionNeeded, ReauthenticationNeeded))
async def calendar_link_make(caller: RecentGuestWrites, address: OwnAddress) -> CalendarLinkMade:
    """Create a private link to your calendar for calendar apps.

    It replaces the previous link. Anyone who has it sees when you work, have focus time and are
    off, but never why.
    """
    secret = await calendar_links.make(caller)
    return CalendarLinkMade(created_at=caller.now, url=f"{address}/api/calendars/{secret}.ics")


@router.delete(LINK, status_code=204)
async def calendar_link_revoke(caller: GuestWrites) -> None:
    """Revoke your calendar link."""
    await calendar_links.revoke(caller)


@router.get(
    "/calendars/{secret}.ics",
    response_class=Response,
    responses={
        200: {"description": "The calendar as an iCalendar file.", "content": {"text/calendar": {}}}
    },
)
async def calendars_follow(
    request: Request,
    session: Transaction,
    secret: Annotated[str, Path(description="The secret in the link.", max_length=200)],
) -> Response:
    """Get the calendar behind a calendar link, as an iCalendar file."""
    member, scope = await calendar_links.follow(session, secret, request.app.state.clock)
    calendars = await member_calendars(session, scope.workspace_id, [member.id])
    workspace = await session.get_one(Workspace, scope.workspace_id)
    written = icalendar.write(member, calendars[member.id], scope.now, workspace.language)
    return Response(written, media_type="text/calendar; charset=utf-8")
