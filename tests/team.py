"""A workspace for a test, with members who call the real API."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
from fastapi import FastAPI

from dayline.identity.caller import cookie_name
from dayline.identity.models import AccessToken, Account, Role, SignInSession
from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from dayline.kernel.text.tokens import hash_secret, new_secret
from dayline.members import actions
from tests.clock import MovableClock
from tests.contract import check_headers

NO_PASSWORD = "not a password"
SESSION_NEEDED = "urn:dayline:problem:session-needed"


@dataclass
class Person:
    """A member and a client that signs their requests with their token."""

    handle: str
    member_id: UUID
    account_id: UUID
    token: str
    base: str
    http: httpx.AsyncClient

    async def get(self, path: str, **params: Any) -> httpx.Response:
        """GET a path below the workspace; `params` are the query's."""
        return await self.http.get(self.base + path, params=params)

    async def post(self, path: str, json: Any = None, **headers: str) -> httpx.Response:
        return await self.http.post(self.base + path, json=json or {}, headers=_named(headers))

    async def patch(self, path: str, json: Any, rev: int | None = None) -> httpx.Response:
        """PATCH as an edit of revision `rev`; without it the request names none."""
        return await self.http.patch(self.base + path, json=json, headers=_if_match(rev))

    async def put(self, path: str, json: Any = None, rev: int | None = None) -> httpx.Response:
        return await self.http.put(self.base + path, json=json, headers=_if_match(rev))

    async def delete(self, path: str, rev: int | None = None) -> httpx.Response:
        return await self.http.delete(self.base + path, headers=_if_match(rev))


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def _if_match(rev: int | None) -> dict[str, str]:
    return {} if rev is None else {"If-Match": f'"{rev}"'}


@dataclass
class Team:
    """One workspace. Tests that share the database are kept apart by the product's own walls."""

    app: FastAPI
    clock: MovableClock
    slug: str
    workspace_id: UUID
    owner: Person
    people: dict[str, Person] = field(default_factory=dict)

    @classmethod
    async def create(cls, app: FastAPI, clock: MovableClock, slug: str | None = None) -> "Team":
        """A new workspace whose owner is `olena`."""
        slug = slug or f"team-{uuid4().hex[:12]}"
        sessions: Sessions = app.state.sessions
        async with sessions() as session, session.begin():
            account = await _account(session, "olena", clock)
            account.founder_at = clock.now
            workspace, owner = await actions.create_workspace(
                session,
                account,
                name="Test team",
                slug=slug,
                reference_zone="Europe/Kyiv",
                handle="olena",
                now=clock.now,
            )
            token = _token(session, workspace.id, owner.id, clock)
        client = _client(app, slug, token, InPerson(app, account.id, token, clock))
        person = Person("olena", owner.id, account.id, token, *client)
        return cls(app, clock, slug, workspace.id, person, {"olena": person})

    async def add(self, handle: str, role: Role = Role.MEMBER) -> Person:
        """A new account and member of this workspace, with a token of all scopes."""
        sessions: Sessions = self.app.state.sessions
        async with sessions() as session, session.begin():
            account = await _account(session, handle, self.clock)
            scope = Scope(self.workspace_id, self.clock.now, self.owner.member_id)
            await enter_workspace(session, scope)
            member = await actions.add_member(session, account, handle=handle, role=role)
            token = _token(session, self.workspace_id, member.id, self.clock)
        in_person = InPerson(self.app, account.id, token, self.clock)
        client = _client(self.app, self.slug, token, in_person)
        person = Person(handle, member.id, account.id, token, *client)
        self.people[handle] = person
        return person

    async def close(self) -> None:
        for person in self.people.values():
            await person.http.aclose()


async def _account(session: Any, handle: str, clock: MovableClock) -> Account:
    return await actions.create_account(
        session,
        email=f"{handle}-{uuid4().hex[:12]}@example.org",
        name=handle.capitalize(),
        password_hash=NO_PASSWORD,
        now=clock.now,
    )


def _token(session: Any, workspace_id: UUID, member_id: UUID, clock: MovableClock) -> str:
    secret = new_secret("dl_")
    session.add(
        AccessToken(
            workspace_id=workspace_id,
            member_id=member_id,
            name="test",
            hint=secret[-4:],
            token_hash=hash_secret(secret),
            scopes=["read", "write", "admin"],
            created_at=clock.now,
            expires_at=clock.now + timedelta(days=3650),
        )
    )
    return secret


def _client(
    app: FastAPI, slug: str, token: str, in_person: "InPerson"
) -> tuple[str, httpx.AsyncClient]:
    client = httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app, raise_app_exceptions=False),
        base_url="http://localhost:8080",
        headers={"Authorization": f"Bearer {token}"},
        auth=in_person,
        event_hooks={"response": [check_headers]},
    )
    return f"/api/workspaces/{slug}", client


async def signed_in(app: FastAPI, account_id: UUID, at: datetime) -> dict[str, str]:
    """The headers of a browser in which an account gave its password at an instant."""
    secret, settings, sessions = new_secret(), app.state.settings, app.state.sessions
    async with sessions() as session, session.begin():
        session.add(
            SignInSession(
                account_id=account_id,
                token_hash=hash_secret(secret),
                user_agent="test",
                created_at=at,
                last_used_at=at,
                expires_at=at + timedelta(days=60),
            )
        )
    return {"Cookie": f"{cookie_name(settings)}={secret}", "Origin": settings.origin}


async def in_browser(team: Team, person: Person, age: timedelta = timedelta(0)) -> Person:
    """The person in a browser in which they gave their password so long ago."""
    headers = await signed_in(team.app, person.account_id, team.clock.now - age)
    http = httpx.AsyncClient(
        transport=person.http._transport, base_url=person.http.base_url, headers=headers
    )
    return Person(person.handle, person.member_id, person.account_id, "", person.base, http)


@dataclass
class InPerson(httpx.Auth):
    """Does what no token may do as its owner would: signed in, the password just given."""

    app: FastAPI
    account_id: UUID
    token: str
    clock: MovableClock

    async def async_auth_flow(
        self, request: httpx.Request
    ) -> AsyncGenerator[httpx.Request, httpx.Response]:
        is_own = request.headers.get("Authorization") == f"Bearer {self.token}"
        answer = yield request
        if not is_own or answer.status_code != 403:
            return
        await answer.aread()
        if answer.json()["type"] == SESSION_NEEDED:
            del request.headers["Authorization"]
            request.headers.update(await signed_in(self.app, self.account_id, self.clock.now))
            yield request
