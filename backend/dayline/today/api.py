"""HTTP routes of Today."""

from dayline.identity.caller import GuestReads, GuestWrites
from dayline.kernel.http.routing import Room
from dayline.today import actions, page
from dayline.today.schemas import LookIn, LookOut, TodayOut

router = Room(prefix="/api/workspaces/{workspace}", tags=["today"])


@router.get("/today")
async def today_get(caller: GuestReads) -> TodayOut:
    """What waits for you, what you wait for, and what others did since you looked."""
    return await page.today(caller)


@router.put("/today/looked")
async def today_look(caller: GuestWrites, looked: LookIn) -> LookOut:
    """Say how far you have looked; it never goes back, and nobody is told."""
    return await actions.look(caller, looked.seq)
