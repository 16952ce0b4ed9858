"""HTTP of availability."""

from typing import Annotated

from fastapi import APIRouter, Query

from dayline.accounts.caller import GuestReads
from dayline.people.api.paths import WORKSPACE
from dayline.people.availability import team_availability
from dayline.people.fields import Day, NearInstant
from dayline.people.schemas import TeamAvailability

router = APIRouter()


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
