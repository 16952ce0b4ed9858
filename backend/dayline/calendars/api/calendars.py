"""HTTP routes of calendars and of the defaults for new members."""

from fastapi import APIRouter, Response

from dayline.calendars import actions
from dayline.calendars.api.paths import MEMBER, WORKSPACE, MemberId
from dayline.calendars.models import Calendar, CalendarDefaults
from dayline.calendars.queries import calendar_documents, get_calendar, get_defaults
from dayline.calendars.schemas import CalendarEdit, CalendarOut, DefaultsEdit, DefaultsOut
from dayline.identity.caller import AdminWrites, Caller, GuestReads, GuestWrites, MemberReads
from dayline.kernel.errors import NotFound
from dayline.kernel.http.revisions import ExpectedRev, etag

router = APIRouter()

CALENDAR = MEMBER + "/calendar"
DEFAULTS = WORKSPACE + "/calendar-defaults"


@router.get(CALENDAR)
async def calendar_get(caller: GuestReads, response: Response, member_id: MemberId) -> CalendarOut:
    """Get a member's calendar.

    Guests see only their own.
    """
    return await shown(caller, response, await get_calendar(caller, member_id))


@router.patch(CALENDAR)
async def calendar_update(
    caller: GuestWrites,
    response: Response,
    member_id: MemberId,
    expected_rev: ExpectedRev,
    edit: CalendarEdit,
) -> CalendarOut:
    """Change a calendar's time zone or public holidays.

    Admins can change anyone's. Hours and time off keep their clock times in a new zone.
    """
    calendar = await actions.edit_calendar(caller, member_id, expected_rev, edit)
    return await shown(caller, response, calendar)


@router.get(DEFAULTS)
async def calendar_defaults_get(caller: MemberReads, response: Response) -> DefaultsOut:
    """Get the time zone and hours that new members start with."""
    defaults = await get_defaults(caller.session, caller.workspace_id)
    if defaults is None:
        raise NotFound
    return _shown(response, defaults)


@router.patch(DEFAULTS)
async def calendar_defaults_update(
    caller: AdminWrites, response: Response, expected_rev: ExpectedRev, edit: DefaultsEdit
) -> DefaultsOut:
    """Change the time zone and hours that new members start with.

    Existing members keep their calendars.
    """
    return _shown(response, await actions.edit_defaults(caller, expected_rev, edit))


async def shown(caller: Caller, response: Response, calendar: Calendar) -> CalendarOut:
    """Return a calendar as the API shows it, and set the ETag."""
    response.headers["ETag"] = etag(calendar.rev)
    (document,) = await calendar_documents(caller.session, caller.workspace_id, [calendar.id])
    return document


def _shown(response: Response, defaults: CalendarDefaults) -> DefaultsOut:
    response.headers["ETag"] = etag(defaults.rev)
    return DefaultsOut.model_validate(defaults)
