"""HTTP routes of availability."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from dayline.calendars.api.paths import WORKSPACE
from dayline.calendars.availability import team_availability
from dayline.calendars.availability_schemas import Overlap, TeamAvailability, TeamDay
from dayline.calendars.fields import Day, NearInstant
from dayline.calendars.overlap import overlap_of
from dayline.calendars.team_day import team_day
from dayline.identity.caller import GuestReads, MemberReads

router = APIRouter()

MOST_IN_GROUP = 100


@router.get(WORKSPACE + "/availability")
async def availability_list(
    caller: GuestReads,
    at: Annotated[
        NearInstant | None, Query(description="The instant to ask about. Now if left out.")
    ] = None,
    on: Annotated[
        Day | None,
        Query(
            description="The date whose working hours to list. The instant's date in the "
            "team time zone if left out."
        ),
    ] = None,
) -> TeamAvailability:
    """List who is working, who is off and who starts when, at one instant.

    The response also has everyone's working hours on one date. Guests see only themselves.
    """
    return await team_availability(caller, at, on)


@router.get(WORKSPACE + "/availability/day")
async def availability_day(
    caller: GuestReads,
    on: Annotated[
        Day | None, Query(description="The date in the team time zone. Today if left out.")
    ] = None,
) -> TeamDay:
    """Show a date hour by hour in everyone's local time, and who works when.

    Guests see only themselves.
    """
    return await team_day(caller, on)


@router.get(WORKSPACE + "/availability/overlap")
async def availability_overlap(
    caller: MemberReads,
    member: Annotated[
        list[UUID] | None,
        Query(
            min_length=1,
            max_length=MOST_IN_GROUP,
            description="The ids of the members in the group. The whole team if left out.",
        ),
    ] = None,
    on: Annotated[
        Day | None, Query(description="The date in the team time zone. Today if left out.")
    ] = None,
) -> Overlap:
    """Find when the members of a group work at the same time.

    If they never do, the response has the fairest hour to meet.
    """
    return await overlap_of(caller, member, on)
