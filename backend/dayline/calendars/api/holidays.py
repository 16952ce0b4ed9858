"""HTTP routes of public holidays and members' opt-outs."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response

from dayline.calendars import holidays, library
from dayline.calendars.api.paths import MEMBER, WORKSPACE, MemberId
from dayline.calendars.fields import CountryCode, SubdivisionCode
from dayline.calendars.models import Holiday
from dayline.calendars.problems import HolidayThere
from dayline.calendars.schemas import CountryOut, HolidayEdit, HolidayIn, HolidayOut
from dayline.identity.caller import AdminPosts, AdminWrites, GuestReads, GuestWrites
from dayline.kernel.http.idempotency import IdempotentRoute
from dayline.kernel.http.openapi import answers
from dayline.kernel.http.revisions import ExpectedRev, etag

router = APIRouter(route_class=IdempotentRoute)

HOLIDAYS = WORKSPACE + "/holidays"
HOLIDAY = HOLIDAYS + "/{holiday_id}"
OPT_OUTS = MEMBER + "/holiday-opt-outs"

HolidayId = Annotated[UUID, Path(description="The id of the public holiday.")]


@router.get(WORKSPACE + "/countries")
async def countries_list(caller: GuestReads) -> list[CountryOut]:
    """List the countries and their parts whose public holidays are known."""
    return list(await library.countries())


@router.get(HOLIDAYS)
async def holidays_list(
    caller: GuestReads,
    country: Annotated[
        CountryCode | None,
        Query(
            description="The two-letter ISO 3166-1 code of the country. The country of your "
            "own calendar if left out."
        ),
    ] = None,
    subdivision: Annotated[
        SubdivisionCode | None,
        Query(description="The part of the country, whose own holidays are then included."),
    ] = None,
    year: Annotated[
        int | None, Query(ge=2000, le=2199, description="The year. This year if left out.")
    ] = None,
    *,
    removed: Annotated[
        bool, Query(description="Whether to list the holidays that admins removed instead.")
    ] = False,
) -> list[HolidayOut]:
    """List the public holidays of a country or a part of it in one year.

    Holidays are available once a member's calendar uses them, from last year until six years ahead.
    """
    place = await holidays.place_of(caller, country, subdivision)
    year = year or caller.now.year
    found = await holidays.list_holidays(caller, *place, year, removed=removed)
    return [HolidayOut.model_validate(row) for row in found]


@router.post(HOLIDAYS, status_code=201, responses=answers(HolidayThere))
async def holidays_create(
    caller: AdminPosts, request: Request, response: Response, new: HolidayIn
) -> HolidayOut:
    """Add a public holiday or restore a removed one.

    It applies to everyone who follows the place.
    """
    row = await holidays.add_holiday(caller, new)
    response.headers["Location"] = f"{request.url.path}/{row.id}"
    return _shown(response, row)


@router.get(HOLIDAY)
async def holidays_get(caller: GuestReads, response: Response, holiday_id: HolidayId) -> HolidayOut:
    """Get a public holiday."""
    return _shown(response, await holidays.get_holiday(caller, holiday_id))


@router.patch(HOLIDAY)
async def holidays_update(
    caller: AdminWrites,
    response: Response,
    holiday_id: HolidayId,
    expected_rev: ExpectedRev,
    edit: HolidayEdit,
) -> HolidayOut:
    """Rename a public holiday."""
    return _shown(response, await holidays.edit_holiday(caller, holiday_id, expected_rev, edit))


@router.delete(HOLIDAY, status_code=204)
async def holidays_remove(caller: AdminWrites, holiday_id: HolidayId) -> None:
    """Remove a public holiday.

    It becomes a normal day for everyone, and stays one when the holiday library is updated.
    """
    await holidays.remove_holiday(caller, holiday_id)


@router.get(OPT_OUTS)
async def holiday_opt_outs_list(caller: GuestReads, member_id: MemberId) -> list[HolidayOut]:
    """List the public holidays on which a member works, by date."""
    found = await holidays.list_opt_outs(caller, member_id)
    return [HolidayOut.model_validate(row) for row in found]


@router.put(OPT_OUTS + "/{holiday_id}", status_code=204)
async def holiday_opt_outs_put(
    caller: GuestWrites, member_id: MemberId, holiday_id: HolidayId
) -> None:
    """Work on a public holiday.

    Admins can set this for anyone.
    """
    await holidays.opt_out(caller, member_id, holiday_id)


@router.delete(OPT_OUTS + "/{holiday_id}", status_code=204)
async def holiday_opt_outs_delete(
    caller: GuestWrites, member_id: MemberId, holiday_id: HolidayId
) -> None:
    """Take a public holiday off again."""
    await holidays.opt_in(caller, member_id, holiday_id)


def _shown(response: Response, row: Holiday) -> HolidayOut:
    response.headers["ETag"] = etag(row.rev)
    return HolidayOut.model_validate(row)
