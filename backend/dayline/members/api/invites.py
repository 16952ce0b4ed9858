"""HTTP routes of invites, for admins."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response

from dayline.identity.caller import AdminReads, AdminWrites
from dayline.identity.problems import ReauthenticationNeeded, SessionNeeded
from dayline.identity.reauthentication import RecentAdminPosts
from dayline.kernel.http.idempotency import SecretRoute
from dayline.kernel.http.openapi import answers
from dayline.kernel.http.own_site import OwnAddress
from dayline.kernel.http.paging import Paging, link_next
from dayline.members import invites
from dayline.members.problems import InviteUsed
from dayline.members.queries import InviteState, get_invite, list_invites
from dayline.members.schemas import InviteIn, InviteMade, InviteOut

router = APIRouter(route_class=SecretRoute)

INVITES = "/workspaces/{workspace}/invites"
INVITE = INVITES + "/{invite_id}"

InviteId = Annotated[UUID, Path(description="The invite's id.")]


@router.get(INVITES)
async def invites_list(
    caller: AdminReads,
    request: Request,
    response: Response,
    page: Paging,
    state: Annotated[
        InviteState, Query(description="Whether to list only pending invites, or all.")
    ] = "all",
) -> list[InviteOut]:
    """List the invites, latest first."""
    found = await list_invites(caller, page, state)
    link_next(request, response, found)
    return [InviteOut.model_validate(invite) for invite in found.items]


@router.post(INVITES, status_code=201, responses=answers(SessionNeeded, ReauthenticationNeeded))
async def invites_create(
    caller: RecentAdminPosts,
    request: Request,
    response: Response,
    address: OwnAddress,
    new: InviteIn,
) -> InviteMade:
    """Invite someone by email.

    Give them the link yourself. It is shown only once and works for 14 days.

    A pending invite for the same email is replaced. Only owners can invite owners.
    """
    made, secret = await invites.invite(caller, new)
    response.headers["Location"] = f"{request.url.path}/{made.id}"
    link = f"{address}/invite#token={secret}"
    return InviteMade(link=link, **InviteOut.model_validate(made).model_dump())


@router.get(INVITE)
async def invites_get(caller: AdminReads, invite_id: InviteId) -> InviteOut:
    """Get an invite."""
    return InviteOut.model_validate(await get_invite(caller, invite_id))


@router.delete(INVITE, status_code=204, responses=answers(InviteUsed))
async def invites_revoke(caller: AdminWrites, invite_id: InviteId) -> None:
    """Revoke an invite."""
    await invites.revoke_invite(caller, invite_id)
