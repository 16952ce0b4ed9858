"""HTTP route of an account's security events."""

from fastapi import APIRouter, Request, Response

from dayline.identity.caller import SignedInAccount
from dayline.identity.schemas import SecurityEventOut
from dayline.identity.security_events import list_security_events
from dayline.kernel.http.paging import Paging, link_next

router = APIRouter()


@router.get("/account/security-events")
async def security_events_list(
    me: SignedInAccount, request: Request, response: Response, page: Paging
) -> list[SecurityEventOut]:
    """List what happened to your account, latest first.

    This includes sign-ins, refused attempts and changes of access. Events are kept for a year, and
    at most 500 of each kind.
    """
    found = await list_security_events(me, page)
    link_next(request, response, found)
    return [SecurityEventOut.model_validate(row) for row in found.items]
