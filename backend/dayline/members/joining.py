"""Joining by an invite's link: previewing the invite and accepting it, once."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.core.phrase import Phrase
from dayline.identity import passwords, security_events
from dayline.identity.client_context import ClientContext
from dayline.identity.models import Account, SecurityKind
from dayline.identity.problems import LinkNotGood, violates
from dayline.identity.queries import account_by_email
from dayline.identity.sessions import lock_sessions
from dayline.kernel.db.clock import transaction_now
from dayline.kernel.db.database import Scope, enter_workspace, scope_of
from dayline.kernel.db.ids import new_id
from dayline.kernel.errors import Forbidden, Invalid, SignInNeeded
from dayline.kernel.http.client import note_credential
from dayline.kernel.text.tokens import hash_secret
from dayline.members import hooks
from dayline.members.access import lock_member, lock_membership
from dayline.members.actions import add_member, create_account, join_as
from dayline.members.events import InviteAccepted
from dayline.members.invites import record_for_admins
from dayline.members.models import Invite, Member, Workspace
from dayline.members.problems import AlreadyMember, SignInFirst
from dayline.members.schemas import InviteAcceptance, InviteOut, InvitePreview

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Offer:
    """An open invite, as its link's holder sees it."""

    invite: Invite
    workspace_slug: str
    workspace_name: str
    member: Member | None
    """The imported member it is for, if any."""


_FIND = text("SELECT workspace_id, invite_id, slug, name FROM find_invite(:token_hash)")


async def find_offer(session: AsyncSession, secret: str, now: datetime) -> Offer:
    """Return the open invite with this secret, and enter its workspace. Raises LinkNotGood."""
    note_credential("link")
    row = (await session.execute(_FIND, {"token_hash": hash_secret(secret)})).one_or_none()
    if row is None:
        raise LinkNotGood
    await enter_workspace(session, Scope(row.workspace_id, now, None))
    found = await session.scalar(
        select(Invite).where(_is_open(row.workspace_id, row.invite_id, now))
    )
    if found is None:
        raise LinkNotGood
    return Offer(found, row.slug, row.name, await _waiting(session, found))


async def _waiting(session: AsyncSession, invite: Invite) -> Member | None:
    if invite.member_id is None:
        return None
    return await session.get(Member, (invite.workspace_id, invite.member_id))


def _is_open(workspace_id: UUID, invite_id: UUID, now: datetime) -> ColumnElement[bool]:
    return and_(
        col(Invite.workspace_id) == workspace_id,
        col(Invite.id) == invite_id,
        col(Invite.accepted_at).is_(None),
        col(Invite.revoked_at).is_(None),
        col(Invite.expires_at) > now,
    )


async def preview_invite(client: ClientContext, secret: str) -> InvitePreview:
    """Return what an invite's link leads to. Raises LinkNotGood."""
    async with client.transaction() as (look, now):
        offer = await find_offer(look, secret, now)
    return InvitePreview(
        workspace=offer.workspace_name,
        slug=offer.workspace_slug,
        email=offer.invite.email,
        role=offer.invite.role,
        expires_at=offer.invite.expires_at,
        name=offer.member and offer.member.name,
        handle=offer.member and offer.member.handle,
    )


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The result of accepting an invite."""

    workspace: Workspace
    member: Member
    account: Account
    is_new_account: bool


async def accept_invite(
    client: ClientContext, session: AsyncSession, given: InviteAcceptance
) -> Acceptance:
    """Join by an invite, with a new account or the signed-in one.

    Raises LinkNotGood, also for the second of two concurrent uses; SignInFirst if the address has
    an account that is not signed in; AlreadyMember; Invalid. Hashes without a transaction:
    `session` is used only after.
    """
    async with client.transaction() as (look, now):
        offer = await find_offer(look, given.token, now)
        known = await account_by_email(look, offer.invite.email)
    is_here = known is not None and await _is_here(client, known)
    password_hash = _nothing_new(given) if is_here else await _new_hash(offer, given)
    await lock_sessions(session, client)
    now = await transaction_now(session, client.clock)
    member_id = offer.invite.member_id or new_id()
    await enter_workspace(session, Scope(offer.invite.workspace_id, now, member_id))
    await lock_membership(session)
    waiting = await _lock_waiting(session, offer.invite, member_id)
    used = await _use(session, offer.invite)
    account = known or await create_account(
        session, email=used.email, name=given.name or "", password_hash=password_hash, now=now
    )
    if known is not None and not is_here:
        await _join_elsewhere(session, account, given.handle, used, waiting)
    member = await _join(session, account, given.handle, used, waiting)
    if known is None:
        security_events.record(session, now, SecurityKind.ACCOUNT_CREATED, account.id)
    accepted = SecurityKind.INVITE_ACCEPTED
    security_events.record(
        session, now, accepted, account.id, workspace=offer.workspace_name, role=used.role
    )
    workspace = await session.get_one(Workspace, used.workspace_id)
    return Acceptance(workspace, member, account, known is None)


async def _is_here(client: ClientContext, account: Account) -> bool:
    """Whether the client is signed in with this account."""
    try:
        return (await client.signed_in()).account_id == account.id
    except (SignInNeeded, Forbidden):
        return False


def _nothing_new(given: InviteAcceptance) -> str:
    if given.password is not None:
        raise Invalid.field("password", Phrase("fields.password-for-new"))
    return ""


async def _new_hash(offer: Offer, given: InviteAcceptance) -> str:
    """Return the hash of a new account's password. Raises Invalid."""
    name, password = _needed("name", given.name), _needed("password", given.password)
    passwords.check_choice("password", password, email=offer.invite.email, name=name)
    return await passwords.hash_password(password)


def _needed(field: str, value: T | None) -> T:
    if value is None:
        raise Invalid.field(field, Phrase("fields.new-account"))
    return value


async def _lock_waiting(session: AsyncSession, invite: Invite, member_id: UUID) -> Member | None:
    """Lock the imported member and the invite's projects, before the invite. Raises LinkNotGood."""
    member = await lock_member(session, member_id, invite.project_ids)
    if invite.member_id is None:
        return None
    if member is None or member.has_joined or not member.is_active:
        raise LinkNotGood
    return member


async def _use(session: AsyncSession, offered: Invite) -> Invite:
    now = scope_of(session).now
    used = update(Invite).where(_is_open(offered.workspace_id, offered.id, now))
    invite: Invite | None = await session.scalar(used.values(accepted_at=now).returning(Invite))
    if invite is None:
        raise LinkNotGood
    return invite


async def _join(
    session: AsyncSession, account: Account, handle: str, invite: Invite, waiting: Member | None
) -> Member:
    """Join as a new member, or as the imported member. Raises Invalid and AlreadyMember."""
    role = invite.role
    try:
        if waiting is None:
            new = scope_of(session).actor_id
            member = await add_member(session, account, handle=handle, role=role, member_id=new)
        else:
            member = await join_as(session, account, waiting, handle=handle, role=role)
    except IntegrityError as fault:
        if violates(fault, "uq_members_workspace_id_handle"):
            raise Invalid.field("handle", Phrase("fields.taken")) from fault
        if violates(fault, "uq_members_workspace_id_account_id"):
            raise AlreadyMember from fault
        raise
    invite.accepted_by = member.id
    await session.flush()
    record_for_admins(session, InviteAccepted(invite=InviteOut.model_validate(invite)))
    await hooks.invite_accepted(session, member, invite.project_ids)
    return member


async def _join_elsewhere(
    session: AsyncSession, account: Account, handle: str, invite: Invite, waiting: Member | None
) -> NoReturn:
    """Refuse an existing account that isn't signed in here, after all other checks.

    Raises SignInFirst. So the holder of a link can't learn whether its address has an account
    without trying to join, which uses the link if there is no account.
    """
    with suppress(AlreadyMember):
        await _join(session, account, handle, invite, waiting)
    raise SignInFirst
