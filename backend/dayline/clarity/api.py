"""HTTP route of how often a reason was given, for admins."""

from dayline.clarity.queries import count_reasons
from dayline.clarity.schemas import ClarityReasonsOut
from dayline.identity.caller import AdminReads
from dayline.kernel.http.routing import Room

router = Room(prefix="/api/workspaces/{workspace}", tags=["accounts"])


@router.get("/clarity-reasons")
async def clarity_reasons(caller: AdminReads) -> ClarityReasonsOut:
    """How often texts were sent for a reason although they miss points that are required."""
    return await count_reasons(caller)
