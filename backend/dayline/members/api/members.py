"""HTTP routes of members."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response

from dayline.identity.caller import AdminWrites, Caller, GuestReads, GuestWrites
from dayline.identity.links import RESET_LINK_LASTS
from dayline.identity.models import TokenScope
from dayline.identity.problems import ReauthenticationNeeded, SessionNeeded
from dayline.identity.reauthentication import RecentAdminPosts, RecentAdminWrites
from dayline.identity.schemas import ResetLink
from dayline.kernel.http.idempotency import SecretRoute
from dayline.kernel.http.openapi import answers
from dayline.kernel.http.openapi_headers import ETAG
from dayline.kernel.http.own_site import OwnAddress
from dayline.kernel.http.paging import Paging, link_next
from dayline.kernel.http.revisions import ExpectedRev, etag
from dayline.members import members
from dayline.members.models import Member
from dayline.members.problems import LastOwner, NotJoined, ResetElsewhere
from dayline.members.queries import get_member, list_members
from dayline.members.schemas import MemberEdit, MemberOut, MeOut
from dayline.members.setup import reset_address
from dayline.members.tokens import scopes_of

router = APIRouter()
secrets = APIRouter(route_class=SecretRoute)

ME = "/workspaces/{workspace}/me"
MEMBERS = "/workspaces/{workspace}/members"
MEMBER = MEMBERS + "/{member_id}"

MemberId = Annotated[UUID, Path(description="The member's id.")]


@router.get(MEMBERS)
async def members_list(
    caller: GuestReads, request: Request, response: Response, page: Paging
) -> list[MemberOut]:
    """List the members, by handle.

    Guests don't see other guests.
    """
    found = await list_members(caller, page)
    link_next(request, response, found)
    return [MemberOut.model_validate(member) for member in found.items]


@router.get(ME, responses={200: {"headers": ETAG}})
async def me_get(caller: GuestReads, response: Response) -> MeOut:
    """Get yourself as a member, and what this session or token can do."""
    card = _shown(response, await get_member(caller, caller.member_id))
    return MeOut(member=card, role=caller.role, scopes=_scopes(caller))


@router.get(MEMBER)
async def members_get(caller: GuestReads, response: Response, member_id: MemberId) -> MemberOut:
    """Get a member."""
    return _shown(response, await get_member(caller, member_id))


@router.patch(MEMBER, responses=answers(LastOwner, SessionNeeded, ReauthenticationNeeded))
async def members_update(
    caller: GuestWrites,
    response: Response,
    member_id: MemberId,
    expected_rev: ExpectedRev,
    edit: MemberEdit,
) -> MemberOut:
    """Change a member's name, handle or role.

    You can change your own name and handle. Admins can also change roles and other members'
    handles.

    Only owners can make someone an owner or change an owner's role. Changing a role needs a session
    with a recently entered password, not a token.
    """
    member = await members.edit_member(caller, member_id, expected_rev, edit)
    return _shown(response, member)


@router.put(MEMBER + "/disablement", responses=answers(LastOwner))
async def members_disable(
    caller: AdminWrites, response: Response, member_id: MemberId
) -> MemberOut:
    """End a member's access to this workspace.

    Their access tokens, calendar link and pending invites are revoked.
    """
    return _shown(response, await members.disable_member(caller, member_id))


@router.delete(MEMBER + "/disablement", responses=answers(SessionNeeded, ReauthenticationNeeded))
async def members_enable(
    caller: RecentAdminWrites, response: Response, member_id: MemberId
) -> MemberOut:
    """Restore a member's access to this workspace.

    Their access tokens and calendar link stay revoked.
    """
    return _shown(response, await members.restore_member(caller, member_id))


@secrets.post(
    MEMBER + "/password-reset",
    status_code=201,
    responses=answers(NotJoined, ResetElsewhere, SessionNeeded, ReauthenticationNeeded),
)
async def members_reset_password(
    caller: RecentAdminPosts, address: OwnAddress, member_id: MemberId
) -> ResetLink:
    """Create a one-time password reset link for a member.

    The link works for 24 hours. The member's role can't be higher than yours, and their account
    can't belong to other workspaces.
    """
    secret = await members.issue_password_reset(caller, member_id)
    link = reset_address(address, secret)
    return ResetLink(link=link, expires_at=caller.now + RESET_LINK_LASTS)


def _scopes(caller: Caller) -> list[TokenScope]:
    if caller.token_id is None:
        return scopes_of(caller.role)
    return [scope for scope in TokenScope if scope in caller.scopes]


def _shown(response: Response, member: Member) -> MemberOut:
    response.headers["ETag"] = etag(member.rev)
    return MemberOut.model_validate(member)


router.include_router(secrets)
