"""Members: their cards, their roles, and the end of their access."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from dayline.accounts import hooks
from dayline.accounts.access import check_caller, lock_member, lock_membership
from dayline.accounts.actions import touch_access
from dayline.accounts.caller import Caller
from dayline.accounts.events import MemberChanged, PasswordResetIssued, audience_about
from dayline.accounts.invites import revoke_invites_by, revoke_invites_for
from dayline.accounts.links import issue_reset_link, withdraw_reset_links
from dayline.accounts.models import Account, Member, Role, TokenScope
from dayline.accounts.problems import LastOwner, NotJoined, ResetElsewhere, violates
from dayline.accounts.queries import get_member, memberships
from dayline.accounts.schemas import MemberEdit, MemberOut
from dayline.accounts.tokens import revoke_tokens_of
from dayline.kernel import events
from dayline.kernel.errors import Forbidden, Invalid, NotFound
from dayline.kernel.events import Audience
from dayline.kernel.revisions import check_rev


async def edit_member(
    caller: Caller, member_id: UUID, expected_rev: int, edit: MemberEdit
) -> Member:
    """Change a card: one's own name and handle; as an admin also roles and others' handles.

    Admins also write the names of those who have not joined.
    """
    member = await _lock(caller, member_id)
    check_rev(member, expected_rev)
    named = edit.model_dump(include=edit.model_fields_set)
    changes = {field: value for field, value in named.items() if value != getattr(member, field)}
    _check_may(caller, member, changes)
    if not changes:
        return member
    before = member.role
    for field, value in changes.items():
        setattr(member, field, value)
    if before is not member.role:
        await _role_changed(caller, member, before)
    await _changed(caller, member, before)
    if before is not member.role:
        await touch_access(caller.session)
    return member


def _check_may(caller: Caller, member: Member, changes: dict[str, object]) -> None:
    if member.id != caller.member_id:
        _check_manages(caller, member)
        if "name" in changes and member.has_joined:
            raise Forbidden("Everybody writes their own name.")
    if "role" in changes:
        caller.require(Role.ADMIN, TokenScope.ADMIN)
        if Role.OWNER in {member.role, changes["role"]} and caller.role is not Role.OWNER:
            raise Forbidden(needed_role=Role.OWNER.value)


def _check_manages(caller: Caller, member: Member) -> None:
    caller.require(Role.ADMIN, TokenScope.ADMIN)
    if not caller.role.includes(member.role):
        raise Forbidden(needed_role=member.role.value)


async def _role_changed(caller: Caller, member: Member, before: Role) -> None:
    """What a role gave goes with it: open invites, and links by which others reset them."""
    if before is Role.OWNER and member.has_joined:
        await _check_owner_remains(caller, member)
    if not member.role.includes(before):
        await revoke_invites_by(caller, member.id)
    if member.account_id is not None:
        await withdraw_reset_links(caller.session, member.account_id)


async def disable_member(caller: Caller, member_id: UUID) -> Member:
    """End a member's access to this workspace, their tokens and their invites, at once.

    An invite that is for them is no longer good either.
    """
    _check_manages(caller, await get_member(caller, member_id))
    await revoke_tokens_of(caller, member_id)  # before what their own requests may wait for
    member = await _lock(caller, member_id)
    _check_manages(caller, member)
    if member.disabled_at is not None:
        return member
    if member.role is Role.OWNER and member.has_joined:
        await _check_owner_remains(caller, member)
    member.disabled_at = caller.now
    await revoke_tokens_of(caller, member.id)
    await revoke_invites_by(caller, member.id)
    await revoke_invites_for(caller, member.id)
    await _changed(caller, member, member.role)
    await touch_access(caller.session)
    return member


async def restore_member(caller: Caller, member_id: UUID) -> Member:
    """Let a member in again; their tokens stay revoked."""
    member = await _lock(caller, member_id)
    _check_manages(caller, member)
    if member.disabled_at is not None:
        member.disabled_at = None
        await _changed(caller, member, member.role)
        await touch_access(caller.session)
    return member


async def issue_password_reset(caller: Caller, member_id: UUID) -> str:
    """The secret of a link that sets a new password for a member's account.

    Raises ResetElsewhere unless all that the account can reach is this workspace, at most with the
    caller's role: power does not span workspaces. Raises NotJoined where there is no account.
    """
    await lock_membership(caller.session)
    await check_caller(caller)
    member = await get_member(caller, member_id)
    caller.require(Role.ADMIN, TokenScope.ADMIN)
    if member.account_id is None:
        raise NotJoined
    account = await caller.session.get_one(Account, member.account_id, with_for_update=True)
    held = await memberships(caller.session, account.id)
    reaches_further = account.founder_at is not None or len(held) > 1
    is_self = member.id == caller.member_id  # a token alone must not take its account over
    if is_self or reaches_further or not caller.role.includes(member.role):
        raise ResetElsewhere
    issued = PasswordResetIssued(member_id=member.id)
    events.record(caller.session, issued, Audience.admins())
    return await issue_reset_link(caller.session, account.id, caller.now)


async def _lock(caller: Caller, member_id: UUID) -> Member:
    """The member whom the caller, who may still do it, is about to change. Raises NotFound."""
    await lock_membership(caller.session)
    await check_caller(caller)
    member = await lock_member(caller.session, (await get_member(caller, member_id)).id)
    if member is None:
        raise NotFound
    return member


async def _check_owner_remains(caller: Caller, leaving: Member) -> None:
    other = await caller.session.scalar(
        select(col(Member.id))
        .where(
            col(Member.workspace_id) == caller.workspace_id,
            col(Member.role) == Role.OWNER,
            col(Member.joined_at).is_not(None),
            col(Member.disabled_at).is_(None),
            col(Member.id) != leaving.id,
        )
        .limit(1)
    )
    if other is None:
        raise LastOwner


async def _changed(caller: Caller, member: Member, before: Role) -> None:
    member.rev += 1
    try:
        await caller.session.flush()
    except IntegrityError as fault:
        if violates(fault, "uq_members_workspace_id_handle"):
            raise Invalid.field("handle", "is taken") from fault
        raise
    changed = MemberChanged(member=MemberOut.model_validate(member))
    events.record(caller.session, changed, audience_about(member, before))
    await hooks.member_changed(caller.session, member)
