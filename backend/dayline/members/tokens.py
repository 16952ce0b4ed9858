"""Access tokens: programs act with them in one workspace, within scopes, until they expire."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated, Literal
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.identity.caller import TOKEN_PREFIX, Caller
from dayline.identity.models import AccessToken, Role, SecurityKind, TokenScope
from dayline.kernel.db import events
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.events import Audience
from dayline.kernel.db.finding import count, find_one
from dayline.kernel.db.quotas import lock_quota
from dayline.kernel.errors import Forbidden
from dayline.kernel.http.paging import Key, Page, PageRequest, cut, paged
from dayline.kernel.schemas import IdOr
from dayline.kernel.text.tokens import hash_secret, new_secret
from dayline.members.access import check_caller, share_membership
from dayline.members.actions import bump_access_rev
from dayline.members.events import TokenCreated, TokenRevoked
from dayline.members.models import Member
from dayline.members.problems import TooManyTokens
from dayline.members.schemas import TokenIn, TokenOut
from dayline.members.security_events import record_act

Whose = Annotated[UUID | Literal["all"], IdOr("all")]


def with_included(scopes: Iterable[TokenScope]) -> list[TokenScope]:
    """Return the scopes and all that they include. There must be at least one."""
    order = list(TokenScope)
    return order[: max(order.index(scope) for scope in scopes) + 1]


def scopes_of(role: Role) -> list[TokenScope]:
    """Return all scopes that a role can use."""
    most = TokenScope.ADMIN if role.includes(Role.ADMIN) else TokenScope.WRITE
    return with_included([most])


async def count_live_tokens(caller: Caller) -> int:
    """Return how many of the caller's own tokens are valid."""
    return await count(
        caller.session,
        AccessToken,
        col(AccessToken.member_id) == caller.member_id,
        col(AccessToken.revoked_at).is_(None),
        col(AccessToken.expires_at) > caller.now,
    )


async def _check_room(caller: Caller, most: int) -> None:
    await lock_quota(caller.session, caller.member_id)
    used = await count_live_tokens(caller)
    if used >= most:
        raise TooManyTokens(used=used, limit=most)


async def create_token(caller: Caller, new: TokenIn, most: int) -> tuple[AccessToken, str]:
    """Create a token of the caller. Returns it and its secret. At most `most` may be valid at once.

    It may do no more than the caller's role. Raises TooManyTokens, Forbidden, SignInNeeded.
    """
    await share_membership(caller.session)
    await check_caller(caller)
    await _check_room(caller, most)
    scopes = with_included(new.scopes)
    if scopes[-1] not in scopes_of(caller.role):
        raise Forbidden(needed_role=Role.ADMIN.value)
    secret = new_secret(TOKEN_PREFIX)
    token = AccessToken(
        workspace_id=caller.workspace_id,
        member_id=caller.member_id,
        name=new.name,
        hint=secret[-4:],
        token_hash=hash_secret(secret),
        scopes=[scope.value for scope in scopes],
        created_at=caller.now,
        expires_at=caller.now + timedelta(days=new.expires_in_days),
    )
    caller.session.add(token)
    await caller.session.flush()
    created = TokenCreated(token=TokenOut.model_validate(token))
    events.record(caller.session, created, Audience.admins())
    await record_act(caller, SecurityKind.TOKEN_CREATED, about=token.name)
    return token, secret


async def get_token(caller: Caller, token_id: UUID, *, for_update: bool = False) -> AccessToken:
    """Return a token of the caller, or of anyone if the caller is an admin. Raises NotFound."""
    found = select(AccessToken).where(
        col(AccessToken.workspace_id) == caller.workspace_id, col(AccessToken.id) == token_id
    )
    if not caller.acts_as_admin:
        found = found.where(col(AccessToken.member_id) == caller.member_id)
    return await find_one(caller.session, found, for_update=for_update)


async def list_tokens(caller: Caller, page: PageRequest, whose: Whose | None) -> Page[AccessToken]:
    """Return a page of tokens, latest first: the caller's, or, for an admin, a member's or all.

    Raises Forbidden.
    """
    member_id = whose or caller.member_id
    if member_id != caller.member_id:
        caller.require(Role.ADMIN, TokenScope.ADMIN)
    found = select(AccessToken).where(col(AccessToken.workspace_id) == caller.workspace_id)
    if member_id != "all":
        found = found.where(col(AccessToken.member_id) == member_id)
    order = [Key(col(AccessToken.id), UUID, descending=True)]
    rows = (await caller.session.scalars(paged(found, order, page, "latest"))).all()
    return cut(rows, page, "latest", lambda token: [token.id])


async def revoke_token(caller: Caller, token_id: UUID) -> None:
    """Revoke a token, and close its sockets. A second call changes nothing. Raises NotFound."""
    token = await get_token(caller, token_id, for_update=True)
    if token.revoked_at is None:
        token.revoked_at = caller.now
        await caller.session.flush()
        _record_revoked(caller.session, token)
        bearer = await caller.session.get_one(Member, (token.workspace_id, token.member_id))
        revoked = SecurityKind.TOKEN_REVOKED
        await record_act(caller, revoked, about=token.name, of=bearer)
        await bump_access_rev(caller.session)


async def revoke_tokens_of(session: AsyncSession, member_id: UUID) -> list[AccessToken]:
    """Revoke all tokens of a member of the entered workspace. Returns the revoked ones.

    The caller must record a security event for each, as only the caller knows who did it.
    """
    scope = scope_of(session)
    revoked = await session.scalars(
        update(AccessToken)
        .where(
            col(AccessToken.workspace_id) == scope.workspace_id,
            col(AccessToken.member_id) == member_id,
            col(AccessToken.revoked_at).is_(None),
        )
        .values(revoked_at=scope.now)
        .returning(AccessToken)
    )
    ended = list(revoked.all())
    for token in ended:
        _record_revoked(session, token)
    return ended


def _record_revoked(session: AsyncSession, token: AccessToken) -> None:
    revoked = TokenRevoked(token=TokenOut.model_validate(token))
    events.record(session, revoked, Audience.admins())
