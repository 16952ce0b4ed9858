"""Creating accounts, workspaces and members, without checking permissions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.identity.links import withdraw_reset_links
from dayline.identity.models import Account, Role
from dayline.kernel.db import events
from dayline.kernel.db.database import Scope, enter_workspace, scope_of
from dayline.kernel.db.events import Audience, WorkspaceFeed
from dayline.kernel.db.ids import new_id
from dayline.kernel.text.catalogs import ENGLISH
from dayline.members import hooks
from dayline.members.events import MemberJoined, WorkspaceCreated, audience_about
from dayline.members.models import Member, Workspace
from dayline.members.schemas import MemberOut, WorkspaceOut


async def create_account(
    session: AsyncSession, *, email: str, name: str, password_hash: str, now: datetime
) -> Account:
    """Create an account. The address must be in canonical form and not in use."""
    account = Account(email=email, name=name, password_hash=password_hash, created_at=now)
    session.add(account)
    await session.flush()
    return account


async def create_workspace(
    session: AsyncSession,
    founder: Account,
    *,
    name: str,
    slug: str,
    reference_zone: str,
    handle: str,
    now: datetime,
    language: str = ENGLISH,
) -> tuple[Workspace, Member]:
    """Create a workspace with its feed and owner. The transaction enters the workspace."""
    workspace = Workspace(
        slug=slug, name=name, reference_zone=reference_zone, language=language, created_at=now
    )
    owner_id = new_id()
    await enter_workspace(session, Scope(workspace.id, now, owner_id))
    session.add(workspace)
    await session.flush()
    session.add(WorkspaceFeed(workspace_id=workspace.id))
    created = WorkspaceCreated(workspace=WorkspaceOut.model_validate(workspace))
    events.record(session, created, Audience.workspace())
    owner = await add_member(session, founder, handle=handle, role=Role.OWNER, member_id=owner_id)
    await hooks.workspace_created(session, workspace)
    return workspace, owner


async def add_member(
    session: AsyncSession,
    account: Account,
    *,
    handle: str,
    role: Role,
    member_id: UUID | None = None,
) -> Member:
    """Make an account a member of the workspace that the transaction has entered."""
    scope = scope_of(session)
    member = Member(
        workspace_id=scope.workspace_id,
        id=member_id or new_id(),
        account_id=account.id,
        handle=handle,
        name=account.name,
        role=role,
        joined_at=scope.now,
    )
    session.add(member)
    await session.flush()
    await withdraw_reset_links(session, account.id)  # an admin of another workspace may have one
    joined = MemberJoined(member=MemberOut.model_validate(member))
    events.record(session, joined, audience_about(member))
    await hooks.member_joined(session, member)
    return member


async def join_as(
    session: AsyncSession, account: Account, member: Member, *, handle: str, role: Role
) -> Member:
    """Make an account the imported member, who has not joined yet and must be locked."""
    scope = scope_of(session)
    before = member.role
    member.account_id, member.joined_at, member.email_hint = account.id, scope.now, None
    member.handle, member.name, member.role = handle, account.name, role
    member.rev += 1
    await session.flush()
    await withdraw_reset_links(session, account.id)
    joined = MemberJoined(member=MemberOut.model_validate(member))
    events.record(session, joined, audience_about(member, before))
    await hooks.member_changed(session, member)
    return member


async def bump_access_rev(session: AsyncSession) -> None:
    """Signal that someone's access to the workspace changed, so that open sockets are checked."""
    await session.execute(
        update(WorkspaceFeed)
        .where(col(WorkspaceFeed.workspace_id) == scope_of(session).workspace_id)
        .values(access_rev=col(WorkspaceFeed.access_rev) + 1)
    )
