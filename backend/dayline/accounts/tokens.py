"""Access tokens: what programs act with, in one workspace, within scopes, for a time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

from sqlalchemy import func, select, update
from sqlmodel import col

from dayline.accounts.actions import touch_access
from dayline.accounts.caller import TOKEN_PREFIX, Caller, ScopeMissing
from dayline.accounts.events import TokenCreated, TokenRevoked
from dayline.accounts.models import AccessToken, Role, TokenScope
from dayline.accounts.problems import TooManyTokens
from dayline.accounts.schemas import TokenIn, TokenOut
from dayline.kernel import events
from dayline.kernel.errors import Forbidden, Invalid, NotFound
from dayline.kernel.events import Audience
from dayline.kernel.paging import Key, Page, PageRequest, cut, paged
from dayline.kernel.quotas import hold_quota
from dayline.kernel.schemas import IdOr
from dayline.kernel.tokens import hash_secret, new_secret

Whose = Annotated[UUID | Literal["all"], IdOr("all")]


def with_included(scopes: Iterable[TokenScope]) -> list[TokenScope]:
    """The scopes, and those that they include."""
    order = list(TokenScope)
    return order[: max(order.index(scope) for scope in scopes) + 1]


def scopes_of(role: Role) -> list[TokenScope]:
    """All scopes that make sense for a role."""
    most = TokenScope.ADMIN if role.includes(Role.ADMIN) else TokenScope.WRITE
    return with_included([most])


async def count_live_tokens(caller: Caller) -> int:
    """How many of one's own tokens still work."""
    counted = await caller.session.scalar(
        select(func.count())
        .select_from(AccessToken)
        .where(
            col(AccessToken.workspace_id) == caller.workspace_id,
            col(AccessToken.member_id) == caller.member_id,
            col(AccessToken.revoked_at).is_(None),
            col(AccessToken.expires_at) > caller.now,
        )
    )
    return counted or 0


async def _check_room(caller: Caller, most: int) -> None:
    await hold_quota(caller.session, caller.member_id)
    used = await count_live_tokens(caller)
    if used >= most:
        raise TooManyTokens(used=used, limit=most)


async def create_token(caller: Caller, new: TokenIn, most: int) -> tuple[AccessToken, str]:
    """A token of one's own and its secret, the last of `most` that may work at once.

    It may do no more than one's role; made with a token, no more and for no longer than that one.
    Raises TooManyTokens.
    """
    await _check_room(caller, most)
    scopes = with_included(new.scopes)
    expires_at = caller.now + timedelta(days=new.expires_in_days)
    if scopes[-1] not in scopes_of(caller.role):
        raise Forbidden(needed_role=Role.ADMIN.value)
    if caller.token_id is not None:
        await _check_within(caller, caller.token_id, scopes, expires_at)
    secret = new_secret(TOKEN_PREFIX)
    token = AccessToken(
        workspace_id=caller.workspace_id,
        member_id=caller.member_id,
        name=new.name,
        hint=secret[-4:],
        token_hash=hash_secret(secret),
        scopes=[scope.value for scope in scopes],
        created_at=caller.now,
        expires_at=expires_at,
    )
    caller.session.add(token)
    await caller.session.flush()
    created = TokenCreated(token=TokenOut.model_validate(token))
    events.record(caller.session, created, Audience.admins())
    return token, secret


async def _check_within(
    caller: Caller, maker_id: UUID, scopes: list[TokenScope], expires_at: datetime
) -> None:
    if scopes[-1] not in caller.scopes:
        raise ScopeMissing(needed_scope=scopes[-1].value)
    maker = await get_token(caller, maker_id)
    if expires_at > maker.expires_at:
        raise Invalid.field("expires_in_days", "goes beyond the token that you use")


async def get_token(caller: Caller, token_id: UUID, *, for_update: bool = False) -> AccessToken:
    """One of one's own tokens, for an admin anybody's. Raises NotFound."""
    found = select(AccessToken).where(
        col(AccessToken.workspace_id) == caller.workspace_id, col(AccessToken.id) == token_id
    )
    if not caller.acts_as_admin:
        found = found.where(col(AccessToken.member_id) == caller.member_id)
    token = await caller.session.scalar(found.with_for_update() if for_update else found)
    if token is None:
        raise NotFound
    return token


async def list_tokens(caller: Caller, page: PageRequest, whose: Whose | None) -> Page[AccessToken]:
    """Tokens, latest first: one's own, and for an admin those of a member or of all."""
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
    """End a token at once, and the sockets that it opened; ending it again changes nothing."""
    token = await get_token(caller, token_id, for_update=True)
    if token.revoked_at is None:
        token.revoked_at = caller.now
        await caller.session.flush()
        _tell_revoked(caller, token)
        await touch_access(caller.session)


async def revoke_tokens_of(caller: Caller, member_id: UUID) -> None:
    """End every token of a member."""
    revoked = await caller.session.scalars(
        update(AccessToken)
        .where(
            col(AccessToken.workspace_id) == caller.workspace_id,
            col(AccessToken.member_id) == member_id,
            col(AccessToken.revoked_at).is_(None),
        )
        .values(revoked_at=caller.now)
        .returning(AccessToken)
    )
    for token in revoked:
        _tell_revoked(caller, token)


def _tell_revoked(caller: Caller, token: AccessToken) -> None:
    revoked = TokenRevoked(token=TokenOut.model_validate(token))
    events.record(caller.session, revoked, Audience.admins())
