"""HTTP routes of Today."""

from dayline.identity.caller import GuestReads, GuestWrites
from dayline.kernel.http.routing import Room
from dayline.today import actions, page
from dayline.today.schemas import LookIn, LookOut, TodayOut

router = Room(prefix="/api/workspaces/{workspace}", tags=["today"])


@router.get("/today")
async def today_get(caller: GuestReads) -> TodayOut:
    """Get what needs you, what you are waiting for and what changed since your last visit."""
    return await page.today(caller)


@router.put("/today/looked")
async def today_look(caller: GuestWrites, looked: LookIn) -> LookOut:
    """Mark the news as seen up to an event.

    This never moves back, and no one else sees it.
    """
    return await actions.look(caller, looked.seq)
