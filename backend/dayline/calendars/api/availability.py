"""HTTP routes of availability."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from dayline.calendars.api.paths import WORKSPACE
from dayline.calendars.availability import team_availability
from dayline.calendars.fields import Day, NearInstant
from dayline.calendars.overlap import overlap_of
from dayline.calendars.schemas import Overlap, TeamAvailability, TeamDay
from dayline.calendars.team_day import team_day
from dayline.identity.caller import GuestReads, MemberReads

router = APIRouter()

MOST_IN_GROUP = 100


@router.get(WORKSPACE + "/availability")
async def availability_list(
    caller: GuestReads,
    at: Annotated[NearInstant | None, Query(description="Which instant; else now.")] = None,
    on: Annotated[
        Day | None,
        Query(
            description="Whose hours to list; else the date of the instant, in the reference zone."
        ),
    ] = None,
) -> TeamAvailability:
    """The whole team at one instant, by handle: who works, who is off, who starts when.

    With everybody's hours of a date. A guest gets themselves alone.
    """
    return await team_availability(caller, at, on)


@router.get(WORKSPACE + "/availability/day")
async def availability_day(
    caller: GuestReads,
    on: Annotated[
        Day | None, Query(description="Which date of the reference zone; else today.")
    ] = None,
) -> TeamDay:
    """A date hour by hour, as everybody's clock shows it, and who works when in it.

    A guest gets themselves alone.
    """
    return await team_day(caller, on)


@router.get(WORKSPACE + "/availability/overlap")
async def availability_overlap(
    caller: MemberReads,
    member: Annotated[
        list[UUID] | None,
        Query(min_length=1, max_length=MOST_IN_GROUP, description="Who; else the whole team."),
    ] = None,
    on: Annotated[
        Day | None, Query(description="Which date of the reference zone; else today.")
    ] = None,
) -> Overlap:
    """When the members of a group work at once, and where they never do, the least unfair hour."""
    return await overlap_of(caller, member, on)
