"""HTTP routes of weekly hours, and of the hours of single dates."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from dayline.calendars import hours
from dayline.calendars.api.calendars import shown
from dayline.calendars.api.paths import MEMBER, MemberId
from dayline.calendars.fields import Day
from dayline.calendars.problems import CalendarFull, HoursNeeded
from dayline.calendars.schemas import CalendarOut, HoursIn, HoursOut, OverrideIn, OverrideOut
from dayline.identity.caller import GuestReads, GuestWrites
from dayline.kernel.http.openapi import answers

router = APIRouter()

HOURS = MEMBER + "/hours"
OVERRIDES = MEMBER + "/overrides"

Since = Annotated[
    Day, Path(description="The first date on which the hours apply.", examples=["2026-06-01"])
]
Dated = Annotated[
    Day,
    Path(alias="date", examples=["2026-12-24"], description="The date in the member's time zone."),
]


@router.get(HOURS)
async def hours_list(caller: GuestReads, member_id: MemberId) -> list[HoursOut]:
    """List a member's weekly hours, earliest first."""
    return [HoursOut.model_validate(row) for row in await hours.list_hours(caller, member_id)]


@router.put(HOURS + "/{effective_from}", responses=answers(CalendarFull))
async def hours_set(
    caller: GuestWrites,
    response: Response,
    member_id: MemberId,
    effective_from: Since,
    new: HoursIn,
) -> CalendarOut:
    """Set the weekly hours that apply from a date on.

    Admins can set anyone's. Open asks get new due times.
    """
    return await shown(
        caller, response, await hours.set_hours(caller, member_id, effective_from, new)
    )


@router.delete(HOURS + "/{effective_from}", responses=answers(HoursNeeded))
async def hours_remove(
    caller: GuestWrites, response: Response, member_id: MemberId, effective_from: Since
) -> CalendarOut:
    """Remove the weekly hours that apply from a date on.

    The hours before them then continue to apply.
    """
    return await shown(
        caller, response, await hours.remove_hours(caller, member_id, effective_from)
    )


@router.get(OVERRIDES)
async def overrides_list(
    caller: GuestReads,
    member_id: MemberId,
    since: Annotated[Day | None, Query(description="The first date to include.")] = None,
    until: Annotated[Day | None, Query(description="The last date to include.")] = None,
) -> list[OverrideOut]:
    """List the dates on which a member's hours differ from the weekly ones."""
    found = await hours.list_overrides(caller, member_id, since, until)
    return [OverrideOut.model_validate(row) for row in found]


@router.put(OVERRIDES + "/{date}", responses=answers(CalendarFull))
async def overrides_set(
    caller: GuestWrites, member_id: MemberId, on: Dated, new: OverrideIn
) -> OverrideOut:
    """Set the working hours on a single date."""
    return OverrideOut.model_validate(await hours.set_override(caller, member_id, on, new))


@router.delete(OVERRIDES + "/{date}", status_code=204)
async def overrides_remove(caller: GuestWrites, member_id: MemberId, on: Dated) -> None:
    """Remove the working hours of a single date.

    The weekly hours then apply on that date.
    """
    await hours.remove_override(caller, member_id, on)
