"""HTTP route that checks a text for the five points while its author types."""

from fastapi import APIRouter

from dayline.core.clarity import Point
from dayline.identity.caller import GuestReads
from dayline.kernel.http.language import say
from dayline.kernel.text.markdown import parse_async
from dayline.messages.clarity import missing_in_prose
from dayline.messages.clarity_schemas import ClarityCheckOut, ClarityIn, PointOut

router = APIRouter()


@router.post("/clarity")
async def clarity_check(_caller: GuestReads, text: ClarityIn) -> ClarityCheckOut:
    """Check a text for the five points.

    Call this while someone writes a message that asks. Nothing is stored.
    """
    missing = await missing_in_prose((await parse_async(text.body)).prose)
    if missing is None:
        return ClarityCheckOut(is_checked=False, points=[])
    reasons = {each.point: say(each.reason) for each in missing}
    points = [PointOut(point=point, reason=reasons.get(point)) for point in Point]
    return ClarityCheckOut(is_checked=True, points=points)
