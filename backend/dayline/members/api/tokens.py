"""HTTP routes of access tokens."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response

from dayline.identity.caller import GuestReads, GuestWrites
from dayline.identity.problems import ReauthenticationNeeded, SessionNeeded
from dayline.identity.reauthentication import RecentGuestPosts
from dayline.kernel.http.idempotency import SecretRoute
from dayline.kernel.http.openapi import answers
from dayline.kernel.http.paging import Paging, link_next
from dayline.members import tokens
from dayline.members.problems import TooManyTokens
from dayline.members.schemas import TokenIn, TokenMade, TokenOut

router = APIRouter(route_class=SecretRoute)

TOKENS = "/workspaces/{workspace}/tokens"
TOKEN = TOKENS + "/{token_id}"

TokenId = Annotated[UUID, Path(description="The token's id.")]


@router.get(TOKENS)
async def tokens_list(
    caller: GuestReads,
    request: Request,
    response: Response,
    page: Paging,
    member: Annotated[
        tokens.Whose | None,
        Query(description="The id of a member or `all`, for admins. Your own tokens if left out."),
    ] = None,
) -> list[TokenOut]:
    """List access tokens without their secrets, latest first."""
    found = await tokens.list_tokens(caller, page, member)
    link_next(request, response, found)
    return [TokenOut.model_validate(token) for token in found.items]


@router.post(
    TOKENS,
    status_code=201,
    responses=answers(SessionNeeded, ReauthenticationNeeded, TooManyTokens),
)
async def tokens_create(
    caller: RecentGuestPosts, request: Request, response: Response, new: TokenIn
) -> TokenMade:
    """Create an access token.

    Its secret is shown only once. A token can't do more than your role allows, and tokens can't
    create tokens.
    """
    token, secret = await tokens.create_token(caller, new, request.app.state.settings.member_tokens)
    response.headers["Location"] = f"{request.url.path}/{token.id}"
    return TokenMade(secret=secret, **TokenOut.model_validate(token).model_dump())


@router.get(TOKEN)
async def tokens_get(caller: GuestReads, token_id: TokenId) -> TokenOut:
    """Get an access token.

    Admins can get anyone's.
    """
    return TokenOut.model_validate(await tokens.get_token(caller, token_id))


@router.delete(TOKEN, status_code=204)
async def tokens_revoke(caller: GuestWrites, token_id: TokenId) -> None:
    """Revoke an access token.

    Admins can revoke anyone's. The token stops working immediately.
    """
    await tokens.revoke_token(caller, token_id)
