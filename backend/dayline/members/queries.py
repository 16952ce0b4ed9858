"""Reading workspaces, members and invites."""

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.finding import find_one
from dayline.kernel.http.paging import Key, Page, PageRequest, cut, paged
from dayline.kernel.text.catalogs import ENGLISH, render
from dayline.members.models import Invite, Member, Workspace
from dayline.members.schemas import MembershipOut


async def memberships(session: AsyncSession, account_id: UUID) -> Sequence[Any]:
    """Return all memberships of an account, in any workspace, including ended ones."""
    of_account = func.memberships_of(account_id).table_valued(
        "workspace_id", "slug", "name", "member_id", "role", "disabled_at"
    )
    return (await session.execute(select(of_account))).all()


async def active_memberships(session: AsyncSession, account_id: UUID) -> list[MembershipOut]:
    """Return the workspaces that an account has access to, by name."""
    rows = await memberships(session, account_id)
    return [MembershipOut.model_validate(row) for row in rows if row.disabled_at is None]


async def get_workspace(caller: Caller, *, for_update: bool = False) -> Workspace:
    """Return the caller's workspace."""
    found = select(Workspace).where(col(Workspace.id) == caller.workspace_id)
    if for_update:
        found = found.with_for_update(key_share=True)
    return (await caller.session.scalars(found)).one()


async def in_workspace_language(session: AsyncSession, phrase: Phrase) -> str:
    """Return a phrase in the workspace's language, for text that is stored."""
    here = col(Workspace.id) == scope_of(session).workspace_id
    language = await session.scalar(select(col(Workspace.language)).where(here))
    return render(phrase, language or ENGLISH)


def visible_members(caller: Caller) -> Select[Member]:
    """Select the members that the caller sees. Guests see no other guests."""
    found = select(Member).where(col(Member.workspace_id) == caller.workspace_id)
    if caller.is_guest:
        found = found.where(or_(~Member.is_guest, col(Member.id) == caller.member_id))
    return found


async def get_member(caller: Caller, member_id: UUID) -> Member:
    """Return a member that the caller sees. Raises NotFound."""
    return await find_one(
        caller.session, visible_members(caller).where(col(Member.id) == member_id)
    )


async def list_members(caller: Caller, page: PageRequest) -> Page[Member]:
    """Return a page of the members that the caller sees, by handle."""
    order = [Key(col(Member.handle), str)]
    statement = paged(visible_members(caller), order, page, "handle")
    rows = (await caller.session.scalars(statement)).all()
    return cut(rows, page, "handle", lambda member: [member.handle])


InviteState = Literal["open", "all"]


async def list_invites(caller: Caller, page: PageRequest, state: InviteState) -> Page[Invite]:
    """Return a page of the workspace's invites, latest first."""
    found = select(Invite).where(col(Invite.workspace_id) == caller.workspace_id)
    if state == "open":
        found = found.where(
            col(Invite.accepted_at).is_(None),
            col(Invite.revoked_at).is_(None),
            col(Invite.expires_at) > caller.now,
        )
    order = [Key(col(Invite.id), UUID, descending=True)]
    rows = (await caller.session.scalars(paged(found, order, page, state))).all()
    return cut(rows, page, state, lambda invite: [invite.id])


async def get_invite(caller: Caller, invite_id: UUID, *, for_update: bool = False) -> Invite:
    """Return an invite of the workspace. Raises NotFound."""
    found = select(Invite).where(
        col(Invite.workspace_id) == caller.workspace_id, col(Invite.id) == invite_id
    )
    return await find_one(caller.session, found, for_update=for_update)
