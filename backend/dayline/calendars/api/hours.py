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

Since = Annotated[Day, Path(description="The date from which they hold.", examples=["2026-06-01"])]
Dated = Annotated[Day, Path(alias="date", examples=["2026-12-24"])]


@router.get(HOURS)
async def hours_list(caller: GuestReads, member_id: MemberId) -> list[HoursOut]:
    """A member's weekly hours, the earliest first; those hold also before their date."""
    return [HoursOut.model_validate(row) for row in await hours.list_hours(caller, member_id)]


@router.put(HOURS + "/{effective_from}", responses=answers(CalendarFull))
async def hours_set(
    caller: GuestWrites,
    response: Response,
    member_id: MemberId,
    effective_from: Since,
    new: HoursIn,
) -> CalendarOut:
    """Let weekly hours hold from a date on: yours, or as an admin anybody's.

    They hold until the next ones. Running timers follow.
    """
    return await shown(
        caller, response, await hours.set_hours(caller, member_id, effective_from, new)
    )


@router.delete(HOURS + "/{effective_from}", responses=answers(HoursNeeded))
async def hours_remove(
    caller: GuestWrites, response: Response, member_id: MemberId, effective_from: Since
) -> CalendarOut:
    """Take back the hours that hold from a date on; the ones before them go on."""
    return await shown(
        caller, response, await hours.remove_hours(caller, member_id, effective_from)
    )


@router.get(OVERRIDES)
async def overrides_list(
    caller: GuestReads,
    member_id: MemberId,
    since: Annotated[Day | None, Query(description="The first date.")] = None,
    until: Annotated[Day | None, Query(description="The last date.")] = None,
) -> list[OverrideOut]:
    """The dates on which a member's hours are not the weekly ones."""
    found = await hours.list_overrides(caller, member_id, since, until)
    return [OverrideOut.model_validate(row) for row in found]


@router.put(OVERRIDES + "/{date}", responses=answers(CalendarFull))
async def overrides_set(
    caller: GuestWrites, member_id: MemberId, on: Dated, new: OverrideIn
) -> OverrideOut:
    """Say the hours of one date; no intervals make it a free day."""
    return OverrideOut.model_validate(await hours.set_override(caller, member_id, on, new))


@router.delete(OVERRIDES + "/{date}", status_code=204)
async def overrides_remove(caller: GuestWrites, member_id: MemberId, on: Dated) -> None:
    """Let the weekly hours hold on a date again."""
    await hours.remove_override(caller, member_id, on)
