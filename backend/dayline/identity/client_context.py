"""A request whose sender is not known yet: its origin, and short database transactions."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from dayline.core.phrase import Phrase
from dayline.identity.caller import (
    SignedIn,
    cookie_name,
    credential_of,
    find_signed_in,
    session_cookie,
)
from dayline.kernel.db.clock import Clock, transaction_now
from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from dayline.kernel.errors import Forbidden
from dayline.kernel.http.client import client_of
from dayline.kernel.ops.settings import Settings


@dataclass(frozen=True, slots=True)
class ClientContext:
    """A request whose sender is not known yet, and its response."""

    request: Request
    response: Response
    """Whatever is set here, such as a cookie, is sent with the response."""

    @property
    def settings(self) -> Settings:
        """The settings of this installation."""
        settings: Settings = self.request.app.state.settings
        return settings

    @property
    def clock(self) -> Clock:
        """The application's clock."""
        clock: Clock = self.request.app.state.clock
        return clock

    @property
    def address(self) -> str:
        """The network address of the client."""
        return client_of(self.request.scope).address

    @property
    def user_agent(self) -> str:
        """The `User-Agent` header, cut to the stored length."""
        return client_of(self.request.scope).user_agent

    @property
    def session_secret(self) -> str | None:
        """The secret of the session cookie, valid or not."""
        return session_cookie(self.request)

    @property
    def browser_secret(self) -> str | None:
        """The secret of the known-browser cookie, valid or not."""
        return self.request.cookies.get(browser_cookie_name(self.settings))

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[tuple[AsyncSession, datetime]]:
        """Open a separate transaction, committed at the end of the block. Yields it and its `now`.

        Hash passwords outside of it, so that hashing keeps no connection occupied.
        """
        sessions: Sessions = self.request.app.state.sessions
        async with sessions() as session, session.begin():
            yield session, await transaction_now(session, self.clock)

    @asynccontextmanager
    async def inside(self, workspace_id: UUID, member_id: UUID) -> AsyncIterator[AsyncSession]:
        """Open a separate transaction as a member of a workspace, and announce its events."""
        async with self.transaction() as (session, now):
            await enter_workspace(session, Scope(workspace_id, now, member_id))
            yield session
        if "head" in session.info:
            self.request.app.state.announce(workspace_id)

    async def signed_in(self) -> SignedIn:
        """Return the account of the session cookie, read in a transaction that has ended.

        Raises SignInNeeded without a valid session, and Forbidden for a token.
        """
        credential = credential_of(self.request)
        if credential.is_token:
            raise Forbidden(Phrase("problems.account-by-token"))
        async with self.transaction() as (session, _):
            return await find_signed_in(session, credential, self.clock, self.settings)


async def _client_context(request: Request, response: Response) -> ClientContext:
    return ClientContext(request, response)


class _AccountClient:
    credentials = ("session",)

    async def __call__(self, request: Request, response: Response) -> ClientContext:
        return ClientContext(request, response)


AnyClient = Annotated[ClientContext, Depends(_client_context)]
AccountClient = Annotated[ClientContext, Depends(_AccountClient())]
"""For routes that hash passwords: they call `signed_in` and keep no transaction open."""


def give_cookie(response: Response, settings: Settings, secret: str) -> None:
    """Set the session cookie, inaccessible to scripts and to requests from other sites."""
    response.set_cookie(
        cookie_name(settings),
        secret,
        max_age=settings.session_days * 24 * 3600,
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="lax",
    )


def browser_cookie_name(settings: Settings) -> str:
    """Return the name of the known-browser cookie. With https the name binds it to the host."""
    return "__Host-dayline_browser" if settings.is_https else "dayline_browser"


def give_browser_cookie(client: ClientContext, secret: str, lasts: timedelta) -> None:
    """Set the known-browser cookie, inaccessible to scripts and to requests from other sites."""
    client.response.set_cookie(
        browser_cookie_name(client.settings),
        secret,
        max_age=int(lasts.total_seconds()),
        path="/",
        secure=client.settings.is_https,
        httponly=True,
        samesite="strict",
    )


def take_cookie(response: Response, settings: Settings) -> None:
    """Delete the session cookie, and clear what the browser cached."""
    response.headers["Clear-Site-Data"] = '"cache"'
    response.delete_cookie(
        cookie_name(settings), path="/", secure=settings.is_https, httponly=True, samesite="lax"
    )
