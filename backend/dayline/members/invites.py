"""Invites: a one-time link with which someone joins a workspace."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.identity.models import Account, Role, SecurityKind
from dayline.kernel.db import events
from dayline.kernel.db.events import Audience, Event
from dayline.kernel.errors import Forbidden, Invalid
from dayline.kernel.text.tokens import hash_secret, new_secret
from dayline.members import hooks
from dayline.members.access import check_caller, share_membership
from dayline.members.events import InviteCreated, InviteRevoked
from dayline.members.models import Invite, Member
from dayline.members.problems import InviteUsed
from dayline.members.queries import get_invite
from dayline.members.schemas import InviteIn, InviteOut
from dayline.members.security_events import record_act

INVITE_LASTS = timedelta(days=14)


async def invite(caller: Caller, new: InviteIn) -> tuple[Invite, str]:
    """Invite an address, and revoke earlier open invites for it. Returns the invite and its secret.

    If the address is the one that an import recorded for a member, the invite is for that member.
    Without an address, an invite for an imported member goes to that recorded one.
    Raises Forbidden, Invalid, SignInNeeded.
    """
    await share_membership(caller.session)
    await check_caller(caller)
    if not caller.role.includes(new.role):
        raise Forbidden(needed_role=new.role.value)
    await _check_projects(caller, new)
    member = await _whom(caller, new)
    email = _address(new, member)
    await _check_no_member(caller, email)
    await _revoke(caller, col(Invite.email) == email)
    if member is not None:
        await revoke_invites_for(caller, member.id)
    secret = new_secret("dlinvite_")
    made = Invite(
        workspace_id=caller.workspace_id,
        email=email,
        role=new.role,
        project_ids=new.project_ids,
        member_id=None if member is None else member.id,
        token_hash=hash_secret(secret),
        invited_by=caller.member_id,
        created_at=caller.now,
        expires_at=caller.now + INVITE_LASTS,
    )
    caller.session.add(made)
    await caller.session.flush()
    record_for_admins(caller.session, InviteCreated(invite=InviteOut.model_validate(made)))
    created = SecurityKind.INVITE_CREATED
    await record_act(caller, created, about=made.email, role=made.role)
    return made, secret


async def _check_projects(caller: Caller, new: InviteIn) -> None:
    if not new.project_ids:
        return
    if new.role is not Role.GUEST:
        raise Invalid.field("project_ids", Phrase("fields.projects-for-guests"))
    if len(set(new.project_ids)) < len(new.project_ids):
        raise Invalid.field("project_ids", Phrase("fields.projects-twice"))
    await hooks.invite_drafted(caller, new.project_ids)


async def _whom(caller: Caller, new: InviteIn) -> Member | None:
    """Return the imported member an invite is for: named by id, or found by address."""
    here = col(Member.workspace_id) == caller.workspace_id
    if new.member_id is None:
        waits = (col(Member.email_hint) == new.email) & Member.is_active
        known = select(Member).where(here, waits).order_by(col(Member.id)).limit(1)
        return await caller.session.scalar(known)
    member = await caller.session.scalar(
        select(Member).where(here, col(Member.id) == new.member_id)
    )
    if member is None:
        raise Invalid.field("member_id", Phrase("fields.not-a-member"))
    if member.has_joined or not member.is_active:
        raise Invalid.field("member_id", Phrase("fields.already-joined"))
    if not caller.role.includes(member.role):
        raise Forbidden(needed_role=member.role.value)
    return member


def _address(new: InviteIn, member: Member | None) -> str:
    email = new.email or (member and member.email_hint)
    if not email:
        raise Invalid.field("email", Phrase("fields.email-unknown"))
    return email


async def _check_no_member(caller: Caller, email: str) -> None:
    found = await caller.session.scalar(
        select(Member)
        .join(Account, col(Account.id) == col(Member.account_id))
        .where(col(Member.workspace_id) == caller.workspace_id, col(Account.email) == email)
    )
    if found is not None:
        known = "fields.email-of-member" if found.is_active else "fields.email-of-disabled"
        raise Invalid.field("email", Phrase(known, name=found.name))


async def revoke_invite(caller: Caller, invite_id: UUID) -> None:
    """Revoke an invite. A second call changes nothing. Raises NotFound and InviteUsed."""
    found = await get_invite(caller, invite_id, for_update=True)
    if found.accepted_at is not None:
        raise InviteUsed
    await _revoke(caller, col(Invite.id) == invite_id)


async def revoke_invites_by(caller: Caller, member_id: UUID) -> None:
    """Revoke the open invites that a member created: they know the links."""
    await _revoke(caller, col(Invite.invited_by) == member_id)


async def revoke_invites_for(caller: Caller, member_id: UUID) -> None:
    """Revoke the open invites with which someone would join as this imported member."""
    await _revoke(caller, col(Invite.member_id) == member_id)


async def _revoke(caller: Caller, which: ColumnElement[bool]) -> None:
    revoked = await caller.session.scalars(
        update(Invite)
        .where(
            col(Invite.workspace_id) == caller.workspace_id,
            which,
            col(Invite.accepted_at).is_(None),
            col(Invite.revoked_at).is_(None),
        )
        .values(revoked_at=caller.now)
        .returning(Invite)
    )
    for one in revoked.all():
        record_for_admins(caller.session, InviteRevoked(invite=InviteOut.model_validate(one)))
        await record_act(caller, SecurityKind.INVITE_REVOKED, about=one.email)


def record_for_admins(session: AsyncSession, happened: Event) -> None:
    """Record an event of an invite, for admins only: it has the address."""
    events.record(session, happened, Audience.admins())
