"""HTTP routes of the signed-in account and its sessions."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response

from dayline.identity import account, sessions
from dayline.identity.caller import SignedInAccount
from dayline.identity.client_context import AccountClient, AnyClient, give_cookie, take_cookie
from dayline.identity.models import Account
from dayline.identity.problems import PasswordChanged, ReauthenticationNeeded
from dayline.identity.reauthentication import RecentAccount
from dayline.identity.schemas import (
    AccountEdit,
    AccountOut,
    PasswordChange,
    Reauthentication,
    SessionOut,
)
from dayline.kernel.db.database import Transaction
from dayline.kernel.errors import TooManyRequests
from dayline.kernel.http.openapi import answers
from dayline.kernel.http.paging import Paging, link_next
from dayline.kernel.http.revisions import ExpectedRev, etag

router = APIRouter()

SessionId = Annotated[UUID, Path(description="The session's id.")]


@router.get("/account")
async def account_get(me: SignedInAccount, response: Response) -> AccountOut:
    """Get your account."""
    return _shown(response, await account.get_account(me))


@router.patch("/account")
async def account_update(
    me: SignedInAccount, response: Response, expected_rev: ExpectedRev, edit: AccountEdit
) -> AccountOut:
    """Change your account's name or language.

    Your names in workspaces stay the same.
    """
    return _shown(response, await account.edit_account(me, expected_rev, edit))


@router.put(
    "/account/password", status_code=204, responses=answers(PasswordChanged, TooManyRequests)
)
async def account_set_password(
    client: AccountClient, session: Transaction, response: Response, given: PasswordChange
) -> None:
    """Change your password.

    Your session gets a new cookie, and all your other sessions end.
    """
    secret = await account.change_password(client, session, given)
    give_cookie(response, client.settings, secret)


@router.get("/sessions")
async def sessions_list(
    me: SignedInAccount, client: AnyClient, request: Request, response: Response, page: Paging
) -> list[SessionOut]:
    """List the browsers that are signed in to your account, latest first."""
    idle = timedelta(days=client.settings.session_idle_days)
    found = await sessions.list_sessions(me, idle, page)
    link_next(request, response, found)
    return list(found.items)


@router.post(
    "/sessions/current/reauthentication",
    status_code=201,
    responses=answers(PasswordChanged, TooManyRequests),
)
async def sessions_reauthenticate(
    client: AccountClient, session: Transaction, response: Response, given: Reauthentication
) -> SessionOut:
    """Confirm your password before a sensitive action.

    A new session replaces this one. Then repeat the request that was refused as
    `reauthentication-needed`.
    """
    opened, secret = await account.reauthenticate(client, session, given)
    give_cookie(response, client.settings, secret)
    response.headers["Location"] = f"/api/sessions/{opened.id}"
    return opened


@router.delete("/sessions", status_code=204, responses=answers(ReauthenticationNeeded))
async def sessions_end_others(me: RecentAccount) -> None:
    """End all your sessions except this one."""
    await sessions.end_other_sessions(me)


@router.delete("/sessions/current", status_code=204)
async def sessions_end_current(me: SignedInAccount, client: AnyClient, response: Response) -> None:
    """Sign out."""
    await sessions.end_session(me, me.session_id)
    take_cookie(response, client.settings)


@router.delete("/sessions/{session_id}", status_code=204, responses=answers(ReauthenticationNeeded))
async def sessions_end(
    me: SignedInAccount, client: AnyClient, response: Response, session_id: SessionId
) -> None:
    """End one of your sessions.

    For a session other than this, you need to have entered your password recently.
    """
    await sessions.end_session(me, session_id)
    if session_id == me.session_id:
        take_cookie(response, client.settings)


def _shown(response: Response, shown: Account) -> AccountOut:
    response.headers["ETag"] = etag(shown.rev)
    return AccountOut.model_validate(shown)
