"""Members: their names, handles and roles, and ending their access."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.identity.links import issue_reset_link, withdraw_reset_links, withdraw_reset_links_by
from dayline.identity.models import Account, Role, SecurityKind, TokenScope
from dayline.identity.problems import violates
from dayline.identity.reauthentication import require_recent_password
from dayline.kernel.db import events
from dayline.kernel.db.events import Audience
from dayline.kernel.errors import Forbidden, Invalid, NotFound
from dayline.kernel.http.revisions import apply, changes_of, check_rev
from dayline.members import hooks
from dayline.members.access import check_caller, lock_member, lock_membership
from dayline.members.actions import bump_access_rev
from dayline.members.events import MemberChanged, PasswordResetIssued, audience_about
from dayline.members.invites import revoke_invites_by, revoke_invites_for
from dayline.members.models import Member
from dayline.members.problems import LastOwner, NotJoined, ResetElsewhere
from dayline.members.queries import get_member, memberships
from dayline.members.schemas import MemberEdit, MemberOut
from dayline.members.security_events import record_act
from dayline.members.tokens import revoke_tokens_of


async def edit_member(
    caller: Caller, member_id: UUID, expected_rev: int, edit: MemberEdit
) -> Member:
    """Change a member: the caller's name and handle, or, as an admin, roles and others' handles.

    Admins may also rename members who have not joined. Raises NotFound, RevisionMismatch,
    Forbidden, Invalid, LastOwner, SessionNeeded, ReauthenticationNeeded.
    """
    await _check_recent(caller, member_id, expected_rev, edit)
    member = await _lock(caller, member_id)
    check_rev(member, expected_rev)
    named = edit.model_dump(include=edit.model_fields_set)
    changes = changes_of(member, named)
    _check_may(caller, member, changes)
    if not changes:
        return member
    before = member.role
    apply(member, changes)
    if before is not member.role:
        await _role_changed(caller, member, before)
    await _changed(caller, member, before)
    if before is not member.role:
        await bump_access_rev(caller.session)
    return member


async def _check_recent(
    caller: Caller, member_id: UUID, expected_rev: int, edit: MemberEdit
) -> None:
    """Require a recent password if the role changes. Runs first, as sessions are locked first.

    The revision is checked again later, so what changes then is what was seen here.
    """
    seen = await get_member(caller, member_id)
    check_rev(seen, expected_rev)
    if "role" in edit.model_fields_set and edit.role is not seen.role:
        caller.require(Role.ADMIN, TokenScope.ADMIN)
        await require_recent_password(caller)


def _check_may(caller: Caller, member: Member, changes: dict[str, object]) -> None:
    if member.id != caller.member_id:
        _check_manages(caller, member)
        if "name" in changes and member.has_joined:
            raise Forbidden(Phrase("problems.forbidden.own-name-only"))
    if "role" in changes:
        caller.require(Role.ADMIN, TokenScope.ADMIN)
        if Role.OWNER in {member.role, changes["role"]} and caller.role is not Role.OWNER:
            raise Forbidden(needed_role=Role.OWNER.value)


def _check_manages(caller: Caller, member: Member) -> None:
    caller.require(Role.ADMIN, TokenScope.ADMIN)
    if not caller.role.includes(member.role):
        raise Forbidden(needed_role=member.role.value)


async def _role_changed(caller: Caller, member: Member, before: Role) -> None:
    """Withdraw what the old role allowed: open invites, and reset links for or by the member."""
    if before is Role.OWNER and member.has_joined:
        await _check_owner_remains(caller, member)
    if not member.role.includes(before):
        await _withdraw_what_they_hold(caller, member)
    if member.account_id is not None:
        await withdraw_reset_links(caller.session, member.account_id)
    changed = SecurityKind.ROLE_CHANGED
    await record_act(caller, changed, of=member, role=member.role, role_before=before)


async def _withdraw_what_they_hold(caller: Caller, member: Member) -> None:
    """Revoke the invites and reset links that a member created: they know them."""
    await revoke_invites_by(caller, member.id)
    await withdraw_reset_links_by(caller.session, member.id)


async def disable_member(caller: Caller, member_id: UUID) -> Member:
    """End a member's access to this workspace, with their tokens, links and invites, at once.

    Invites for them are revoked too. Does nothing if their access has ended. Raises NotFound,
    Forbidden, LastOwner.
    """
    _check_manages(caller, await get_member(caller, member_id))
    # First to end their own requests that hold locks, and again when no new token can be created.
    revoked = await revoke_tokens_of(caller.session, member_id)
    member = await _lock(caller, member_id)
    _check_manages(caller, member)
    if not member.is_active:
        return member
    if member.role is Role.OWNER and member.has_joined:
        await _check_owner_remains(caller, member)
    member.disabled_at = caller.now
    revoked += await revoke_tokens_of(caller.session, member.id)
    await _withdraw_what_they_hold(caller, member)
    await revoke_invites_for(caller, member.id)
    await hooks.links_revoked(caller.session, member.id)
    await _changed(caller, member, member.role)
    await bump_access_rev(caller.session)
    await record_act(caller, SecurityKind.MEMBER_DISABLED, of=member)
    for token in revoked:
        await record_act(caller, SecurityKind.TOKEN_REVOKED, about=token.name, of=member)
    return member


async def restore_member(caller: Caller, member_id: UUID) -> Member:
    """Give a member access again. Their tokens and links stay revoked.

    Raises NotFound and Forbidden.
    """
    member = await _lock(caller, member_id)
    _check_manages(caller, member)
    if not member.is_active:
        member.disabled_at = None
        await _changed(caller, member, member.role)
        await bump_access_rev(caller.session)
        await record_act(caller, SecurityKind.MEMBER_RESTORED, of=member)
    return member


async def issue_password_reset(caller: Caller, member_id: UUID) -> str:
    """Create a link that sets a new password for a member's account. Returns its secret.

    Raises ResetElsewhere if the account can reach more than this workspace or outranks the caller:
    rights don't span workspaces. Raises NotJoined if there is no account, NotFound, Forbidden.
    """
    await lock_membership(caller.session)
    await check_caller(caller)
    member = await get_member(caller, member_id)
    caller.require(Role.ADMIN, TokenScope.ADMIN)
    if member.account_id is None:
        raise NotJoined
    if member.id == caller.member_id or not caller.role.includes(member.role):
        raise ResetElsewhere
    account = await caller.session.get_one(Account, member.account_id, with_for_update=True)
    held = await memberships(caller.session, account.id)
    if account.founder_at is not None or len(held) > 1:
        raise ResetElsewhere
    issued = PasswordResetIssued(member_id=member.id)
    events.record(caller.session, issued, Audience.admins())
    await record_act(caller, SecurityKind.RESET_ISSUED, of=member)
    return await issue_reset_link(caller.session, account.id, caller.now, caller.member_id)


async def _lock(caller: Caller, member_id: UUID) -> Member:
    """Lock the member for a change, and check that the caller still has access. Raises NotFound."""
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
            Member.is_active,
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
            raise Invalid.field("handle", Phrase("fields.taken")) from fault
        raise
    changed = MemberChanged(member=MemberOut.model_validate(member))
    events.record(caller.session, changed, audience_about(member, before))
    await hooks.member_changed(caller.session, member)
