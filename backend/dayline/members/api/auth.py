"""HTTP routes without sign-in: the first owner, sign-in, reset links, and invite links."""

from fastapi import APIRouter, Request, Response

from dayline.identity import account, sessions
from dayline.identity.client_context import AnyClient, give_cookie
from dayline.identity.problems import LinkNotGood, WrongCredentials
from dayline.identity.schemas import AccountOut, ResetUse, SessionOut, SignIn
from dayline.kernel.db.database import Transaction
from dayline.kernel.errors import TooManyRequests
from dayline.kernel.http.openapi import answers
from dayline.kernel.http.openapi_headers import ETAG
from dayline.kernel.http.revisions import etag
from dayline.members import joining, setup
from dayline.members.problems import AlreadyMember, SignInFirst
from dayline.members.schemas import (
    InviteAcceptance,
    InviteLook,
    InvitePreview,
    Joined,
    MemberOut,
    SetupIn,
    WorkspaceOut,
)

router = APIRouter()


@router.post("/setup", status_code=201, responses=answers(LinkNotGood))
async def setup_create(
    client: AnyClient, session: Transaction, response: Response, given: SetupIn
) -> AccountOut:
    """Create the first owner's account and sign in.

    The token is in the link that the server printed.
    """
    founder = await setup.found_installation(client, session, given)
    _, secret = await sessions.open_session(session, client, founder.id)
    give_cookie(response, client.settings, secret)
    response.headers["Location"] = "/api/account"
    response.headers["ETag"] = etag(founder.rev)
    return AccountOut.model_validate(founder)


@router.post("/sessions", status_code=201, responses=answers(WrongCredentials, TooManyRequests))
async def sessions_create(
    client: AnyClient, session: Transaction, request: Request, response: Response, given: SignIn
) -> SessionOut:
    """Sign in.

    The response sets a session cookie. After too many wrong attempts, wait as long as `Retry-After`
    says.
    """
    opened, secret = await sessions.sign_in(client, session, given)
    give_cookie(response, client.settings, secret)
    response.headers["Location"] = f"{request.url.path}/{opened.id}"
    return opened


@router.post("/password-resets", status_code=204, responses=answers(LinkNotGood))
async def password_resets_create(client: AnyClient, session: Transaction, given: ResetUse) -> None:
    """Set a new password with a one-time link.

    All sessions and access tokens of the account end.
    """
    await account.reset_password(client, session, given)


@router.post("/invites/preview", responses=answers(LinkNotGood))
async def invites_preview(client: AnyClient, given: InviteLook) -> InvitePreview:
    """Show what an invite link leads to.

    The response doesn't reveal whether the email has an account.
    """
    return await joining.preview_invite(client, given.token)


@router.post(
    "/invites/accept",
    status_code=201,
    responses=answers(LinkNotGood, SignInFirst, AlreadyMember) | {201: {"headers": ETAG}},
)
async def invites_accept(
    client: AnyClient, session: Transaction, response: Response, given: InviteAcceptance
) -> Joined:
    """Join a workspace with an invite link.

    You join with a new account, which is then signed in, or with the account that you are signed in
    to.
    """
    accepted = await joining.accept_invite(client, session, given)
    workspace, member = accepted.workspace, accepted.member
    if accepted.is_new_account:
        _, secret = await sessions.open_session(session, client, accepted.account.id)
        give_cookie(response, client.settings, secret)
    response.headers["Location"] = f"/api/workspaces/{workspace.slug}/members/{member.id}"
    response.headers["ETag"] = etag(member.rev)
    return Joined(
        workspace=WorkspaceOut.model_validate(workspace), member=MemberOut.model_validate(member)
    )
