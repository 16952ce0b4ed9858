"""HTTP route that counts the reasons given for missing points, for admins."""

from dayline.clarity.queries import count_reasons
from dayline.clarity.schemas import ClarityReasonsOut
from dayline.identity.caller import AdminReads
from dayline.kernel.http.routing import Room

router = Room(prefix="/api/workspaces/{workspace}", tags=["accounts"])


@router.get("/clarity-reasons")
async def clarity_reasons(caller: AdminReads) -> ClarityReasonsOut:
    """Count how often members gave a reason for missing points.

    Reasons count if the workspace required the points when the text was sent. The count covers the
    last 28 days. Only admins can see it.
    """
    return await count_reasons(caller)
