"""Who calls: a signed-in account, or a member of one workspace by session or token."""

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

from dayline.identity.models import AccessToken, Role, SignInSession, TokenScope
from dayline.kernel.db.clock import Clock
from dayline.kernel.db.database import Scope, Transaction, adopt
from dayline.kernel.errors import Forbidden, NotFound, SignInNeeded
from dayline.kernel.http.client import note_credential
from dayline.kernel.http.idempotency import IdempotencyHeader, claim
from dayline.kernel.http.own_site import bearer_of
from dayline.kernel.ops.settings import Settings
from dayline.kernel.schemas import Shape
from dayline.kernel.text.tokens import hash_secret

TOKEN_PREFIX = "dl_"  # noqa: S105 -- a prefix, not a secret
NOTED_EVERY = timedelta(minutes=10)
"""How exactly `last_used_at` is kept."""


class ScopeMissing(Forbidden):
    """The token's scopes do not allow this."""

    slug = "scope-missing"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An account with a live session, outside any workspace."""

    session: AsyncSession
    now: datetime
    account_id: UUID
    session_id: UUID


class Viewer(Protocol):
    """Whose eyes a statement looks through: a caller's, or those of whoever asks when it runs."""

    @property
    def workspace_id(self) -> Any:
        """The workspace that they look at."""

    @property
    def member_id(self) -> Any:
        """Their card in it."""

    @property
    def is_guest(self) -> bool:
        """Whether they see only the projects that they were added to."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A member who acts in one workspace, inside one transaction, at one instant."""

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
        """Whether the caller sees only the projects that they were added to."""
        return self.role is Role.GUEST

    @property
    def acts_as_admin(self) -> bool:
        """Whether the role and, for a token, its scopes allow what admins do."""
        may = self.token_id is None or TokenScope.ADMIN in self.scopes
        return may and self.role.includes(Role.ADMIN)

    def require(self, role: Role, scope: TokenScope) -> None:
        """Raise Forbidden unless the role and (for a token) its scopes allow what is asked."""
        check_access(self.role, self.scopes if self.token_id else None, role, scope)


def check_access(held: Role, scopes: Collection[str] | None, role: Role, scope: TokenScope) -> None:
    """Raise Forbidden unless who holds this role and (for a token) these scopes may."""
    if not held.includes(role):
        raise Forbidden(needed_role=role.value)
    if scopes is not None and scope not in scopes:
        raise ScopeMissing(needed_scope=scope.value)


def cookie_name(settings: Settings) -> str:
    """The session cookie: bound to the host by its name where the address is https."""
    return "__Host-dayline_session" if settings.is_https else "dayline_session"


@dataclass(frozen=True, slots=True)
class Credential:
    """What a connection carries: the hash of a token or of a session cookie."""

    secret_hash: bytes
    is_token: bool

    def note(self, account_id: UUID | None = None, member_id: UUID | None = None) -> None:
        """Let the request's log lines say whose credential it is; nobody's where it is no good."""
        note_credential(
            "token" if self.is_token else "session", account_id=account_id, member_id=member_id
        )


def session_cookie(connection: HTTPConnection) -> str | None:
    """The secret of the session that a request or a socket shows; none beside a token."""
    if bearer_of(connection) is not None:
        return None
    return connection.cookies.get(cookie_name(connection.app.state.settings))


def credential_of(connection: HTTPConnection) -> Credential:
    """The credential of a request or a socket; a token wins over a cookie."""
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
    """The statement that finds who calls, and lets the transaction see their workspace.

    `also` are further columns, of what is joined `beside`.
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
    return row


async def find_caller(
    session: AsyncSession, credential: Credential, slug: str, clock: Clock, settings: Settings
) -> Caller:
    """The member behind a credential in the workspace `slug`; the transaction then sees it.

    Raises SignInNeeded where the credential is not (or no longer) good, and NotFound where it is
    but the workspace is not one of theirs: whether it exists is nobody's business.
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
    """The statement that keeps when a credential was last used."""
    kind = AccessToken if credential.is_token else SignInSession
    return update(kind).where(col(kind.id) == credential_id).values(last_used_at=now)


Slug = Annotated[
    str,
    Shape(r"^[a-z0-9][a-z0-9-]{0,39}$", "must be a workspace's short name, like acme"),
    Path(
        alias="workspace",
        description="The workspace's short name.",
        examples=["acme"],
    ),
]


class Access:
    """Dependency: the caller, if their role and (for a token) its scopes allow the route."""

    credentials: tuple[str, ...] = ("token", "session")
    """The ways to sign such a request, as the OpenAPI document names them."""

    def __init__(self, role: Role, scope: TokenScope) -> None:
        self.role = role
        self.scope = scope

    async def __call__(self, request: Request, session: Transaction, slug: Slug) -> Caller:
        """The caller. Raises SignInNeeded, NotFound and Forbidden."""
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
    """The same for POST, which also takes an Idempotency-Key."""

    async def __call__(
        self,
        request: Request,
        session: Transaction,
        slug: Slug,
        idempotency_key: IdempotencyHeader = None,
    ) -> Caller:
        """The caller; the key is claimed, so that the same request is done once."""
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
    """Dependency: the account behind the session cookie.

    A token belongs to one workspace and is refused.
    """

    credentials = ("session",)

    async def __call__(self, request: Request, session: Transaction) -> SignedIn:
        """The account. Raises SignInNeeded and Forbidden."""
        credential = credential_of(request)
        if credential.is_token:
            raise Forbidden("A token belongs to one workspace; sign in to reach your account.")
        state = request.app.state
        return await find_signed_in(session, credential, state.clock, state.settings)


async def find_signed_in(
    session: AsyncSession, credential: Credential, clock: Clock, settings: Settings
) -> SignedIn:
    """The account behind a session. Raises SignInNeeded where it has ended."""
    row = await _find(session, credential, "", clock, settings)
    await _note_use(session, credential, row)
    return SignedIn(session, row.now.astimezone(UTC), row.account_id, row.credential_id)


SignedInAccount = Annotated[SignedIn, Depends(AccountAccess())]
