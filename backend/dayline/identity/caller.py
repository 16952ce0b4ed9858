"""Who sent a request: a signed-in account, or a member by session or token."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Protocol
from uuid import UUID

from fastapi import Depends, Path, Request
from sqlalchemy import TextClause, Update, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col
from starlette.requests import HTTPConnection

from dayline.core.phrase import Phrase
from dayline.identity.models import AccessToken, Role, SignInSession, TokenScope
from dayline.kernel.db.clock import Clock
from dayline.kernel.db.database import Scope, Transaction, adopt
from dayline.kernel.errors import Forbidden, NotFound, SignInNeeded
from dayline.kernel.http.client import note_credential
from dayline.kernel.http.idempotency import IdempotencyHeader, claim
from dayline.kernel.http.language import note_languages
from dayline.kernel.http.own_site import bearer_of
from dayline.kernel.ops.settings import Settings
from dayline.kernel.schemas import Shape
from dayline.kernel.text.tokens import hash_secret

TOKEN_PREFIX = "dl_"  # noqa: S105 -- a prefix, not a secret
NOTED_EVERY = timedelta(minutes=10)
"""How often `last_used_at` is updated at most."""


class ScopeMissing(Forbidden):
    """The token's scopes do not allow this."""

    slug = "scope-missing"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An account with a valid session, outside any workspace."""

    session: AsyncSession
    now: datetime
    account_id: UUID
    session_id: UUID


class Viewer(Protocol):
    """Whose access a statement applies: a caller's, or bound parameters of a prepared statement."""

    @property
    def workspace_id(self) -> Any:
        """The id of their workspace."""

    @property
    def member_id(self) -> Any:
        """Their id as a member of it."""

    @property
    def is_guest(self) -> bool:
        """Whether they see only the projects they were added to."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A member who acts in a workspace, within one transaction and at one instant."""

    session: AsyncSession
    now: datetime
    workspace_id: UUID
    member_id: UUID
    account_id: UUID
    role: Role
    session_id: UUID | None
    token_id: UUID | None
    scopes: frozenset[TokenScope]

    @property
    def is_guest(self) -> bool:
        """Whether the caller sees only the projects they were added to."""
        return self.role is Role.GUEST

    @property
    def acts_as_admin(self) -> bool:
        """Whether the role and, for a token, its scopes allow what admins may do."""
        may = self.token_id is None or TokenScope.ADMIN in self.scopes
        return may and self.role.includes(Role.ADMIN)

    def require(self, role: Role, scope: TokenScope) -> None:
        """Raise Forbidden unless the role and, for a token, its scopes are sufficient."""
        check_access(self.role, self.scopes if self.token_id else None, role, scope)


def check_access(held: Role, scopes: Collection[str] | None, role: Role, scope: TokenScope) -> None:
    """Raise Forbidden unless `held` includes `role` and, for a token, `scopes` include `scope`."""
    if not held.includes(role):
        raise Forbidden(needed_role=role.value)
    if scopes is not None and scope not in scopes:
        raise ScopeMissing(needed_scope=scope.value)


def cookie_name(settings: Settings) -> str:
    """Return the name of the session cookie. With https the name binds it to the host."""
    return "__Host-dayline_session" if settings.is_https else "dayline_session"


@dataclass(frozen=True, slots=True)
class Credential:
    """The hash of the token or session cookie that a request or socket carries."""

    secret_hash: bytes
    is_token: bool

    def note(self, account_id: UUID | None = None, member_id: UUID | None = None) -> None:
        """Add the credential's owner to the request's log lines. Without ids it is invalid."""
        note_credential(
            "token" if self.is_token else "session", account_id=account_id, member_id=member_id
        )


def session_cookie(connection: HTTPConnection) -> str | None:
    """Return the session secret of a request or socket. None without one, or with a token."""
    if bearer_of(connection) is not None:
        return None
    return connection.cookies.get(cookie_name(connection.app.state.settings))


def credential_of(connection: HTTPConnection) -> Credential:
    """Return the credential of a request or socket. A token takes precedence over a cookie.

    Raises SignInNeeded if there is neither.
    """
    token = bearer_of(connection)
    if token is not None:
        return Credential(hash_secret(token), is_token=True)
    cookie = session_cookie(connection)
    if cookie is None:
        raise SignInNeeded(headers={"WWW-Authenticate": "Bearer"})
    return Credential(hash_secret(cookie), is_token=False)


BY_TOKEN = "find_caller_by_token(:secret_hash, :slug, at.now)"  # noqa: S105 -- a function
BY_SESSION = "find_caller_by_session(:secret_hash, :slug, at.now, CAST(:idle AS interval))"


def signing_in(finder: str, *, also: str = "", beside: str = "") -> TextClause:
    """Return the statement that finds the caller and enters their workspace.

    `also` selects further columns, from tables joined in `beside`.
    """
    return text(
        f"""
        SELECT found.*, at.now, {also}
            set_config('app.workspace_id', coalesce(found.workspace_id::text, ''), true)
        FROM (SELECT coalesce(CAST(:at AS timestamptz), now()) AS now) AS at,
            {finder} AS found {beside}
        """  # noqa: S608 -- of constants
    )


_BY_TOKEN = signing_in(BY_TOKEN)
_BY_SESSION = signing_in(BY_SESSION)


async def _find(
    session: AsyncSession, credential: Credential, slug: str, clock: Clock, settings: Settings
) -> Any:
    values: dict[str, Any] = {
        "secret_hash": credential.secret_hash,
        "slug": slug,
        "at": clock.read(),
    }
    if credential.is_token:
        row = (await session.execute(_BY_TOKEN, values)).one_or_none()
    else:
        values["idle"] = timedelta(days=settings.session_idle_days)
        row = (await session.execute(_BY_SESSION, values)).one_or_none()
    if row is None:
        credential.note()
        raise SignInNeeded(headers={"WWW-Authenticate": "Bearer"})
    credential.note(row.account_id, row.member_id)
    note_languages(row.account_language, row.workspace_language)
    return row


async def find_caller(
    session: AsyncSession, credential: Credential, slug: str, clock: Clock, settings: Settings
) -> Caller:
    """Return the member who owns a credential in the workspace `slug`, and enter the workspace.

    Raises SignInNeeded if the credential is invalid, and NotFound if the account isn't a member:
    so no one learns whether the workspace exists.
    """
    row = await _find(session, credential, slug, clock, settings)
    if row.workspace_id is None:
        raise NotFound
    now = row.now.astimezone(UTC)
    adopt(session, Scope(row.workspace_id, now, row.member_id))
    caller = Caller(
        session=session,
        now=now,
        workspace_id=row.workspace_id,
        member_id=row.member_id,
        account_id=row.account_id,
        role=Role(row.role),
        session_id=None if credential.is_token else row.credential_id,
        token_id=row.credential_id if credential.is_token else None,
        scopes=frozenset(TokenScope(scope) for scope in row.scopes or ()),
    )
    await _note_use(session, credential, row)
    return caller


async def _note_use(session: AsyncSession, credential: Credential, row: Any) -> None:
    if not session.info.get("read_only") and row.now - row.last_used_at >= NOTED_EVERY:
        await session.execute(noting_use(credential, row.credential_id, row.now))


def noting_use(credential: Credential, credential_id: UUID, now: datetime) -> Update:
    """Return the statement that updates when a credential was last used."""
    kind = AccessToken if credential.is_token else SignInSession
    return update(kind).where(col(kind.id) == credential_id).values(last_used_at=now)


Slug = Annotated[
    str,
    Shape(r"^[a-z0-9][a-z0-9-]{0,39}$", Phrase("fields.workspace-name")),
    Path(
        alias="workspace",
        description="The workspace's short name.",
        examples=["acme"],
    ),
]


class Access:
    """Dependency: the caller, if their role and, for a token, its scopes allow the route."""

    credentials: tuple[str, ...] = ("token", "session")
    """The ways to authenticate, by their names in the OpenAPI document."""

    def __init__(self, role: Role, scope: TokenScope) -> None:
        self.role = role
        self.scope = scope

    async def __call__(self, request: Request, session: Transaction, slug: Slug) -> Caller:
        """Return the caller. Raises SignInNeeded, NotFound and Forbidden."""
        state = request.app.state
        caller = await find_caller(
            session, credential_of(request), slug, state.clock, state.settings
        )
        await self.check(caller)
        return caller

    async def check(self, caller: Caller) -> None:
        """Raise Forbidden unless the caller may use the route."""
        caller.require(self.role, self.scope)


class PostAccess(Access):
    """Access to a POST route, which also accepts an Idempotency-Key."""

    async def __call__(
        self,
        request: Request,
        session: Transaction,
        slug: Slug,
        idempotency_key: IdempotencyHeader = None,
    ) -> Caller:
        """Return the caller, and claim the key: a repeated request then has no further effect."""
        caller = await super().__call__(request, session, slug)
        if idempotency_key is not None:
            scope = Scope(caller.workspace_id, caller.now, caller.member_id)
            as_admin = caller.acts_as_admin
            await claim(request, session, scope, idempotency_key, as_admin=as_admin)
        return caller


GuestReads = Annotated[Caller, Depends(Access(Role.GUEST, TokenScope.READ))]
GuestWrites = Annotated[Caller, Depends(Access(Role.GUEST, TokenScope.WRITE))]
GuestPosts = Annotated[Caller, Depends(PostAccess(Role.GUEST, TokenScope.WRITE))]
MemberReads = Annotated[Caller, Depends(Access(Role.MEMBER, TokenScope.READ))]
MemberWrites = Annotated[Caller, Depends(Access(Role.MEMBER, TokenScope.WRITE))]
MemberPosts = Annotated[Caller, Depends(PostAccess(Role.MEMBER, TokenScope.WRITE))]
AdminReads = Annotated[Caller, Depends(Access(Role.ADMIN, TokenScope.ADMIN))]
AdminWrites = Annotated[Caller, Depends(Access(Role.ADMIN, TokenScope.ADMIN))]
AdminPosts = Annotated[Caller, Depends(PostAccess(Role.ADMIN, TokenScope.ADMIN))]


class AccountAccess:
    """Dependency: the account of the session cookie. Refuses tokens: they have one workspace."""

    credentials = ("session",)

    async def __call__(self, request: Request, session: Transaction) -> SignedIn:
        """Return the account. Raises SignInNeeded, and Forbidden for a token."""
        credential = credential_of(request)
        if credential.is_token:
            raise Forbidden(Phrase("problems.account-by-token"))
        state = request.app.state
        return await find_signed_in(session, credential, state.clock, state.settings)


async def find_signed_in(
    session: AsyncSession, credential: Credential, clock: Clock, settings: Settings
) -> SignedIn:
    """Return the account of a session. Raises SignInNeeded if the session has ended."""
    row = await _find(session, credential, "", clock, settings)
    await _note_use(session, credential, row)
    return SignedIn(session, row.now.astimezone(UTC), row.account_id, row.credential_id)


SignedInAccount = Annotated[SignedIn, Depends(AccountAccess())]
