"""Reading and changing who has access and who can be asked, safely under concurrency.

Changes of members are serialized (`lock_membership`). Transactions that create what a member
must not keep after losing access wait for such changes (`share_membership`). To ask members,
lock them first (`calendars/locking.py`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.identity.models import Role
from dayline.kernel.db.database import scope_of
from dayline.kernel.errors import Forbidden, SignInNeeded
from dayline.members import hooks
from dayline.members.models import Member, MemberRules


@dataclass(frozen=True, slots=True)
class Person(MemberRules):
    """A member, as a transaction read them."""

    id: UUID
    handle: str
    name: str
    role: Role
    disabled_at: datetime | None

    @classmethod
    def of(cls, row: Any) -> "Person":
        """Return the member of a row with these columns."""
        return cls(**{**row, "role": Role(row["role"])})


def refusal_to_ask(member: Member | Person) -> Phrase | None:
    """Return why a member can't be asked, as an error's reason. None for a teammate."""
    if not member.is_active:
        return Phrase("fields.no-access", name=member.name)
    if member.is_guest:
        return Phrase("fields.is-guest", name=member.name)
    return None


async def lock_membership(session: AsyncSession) -> None:
    """Serialize changes of the workspace's members and of their access to projects."""
    await session.execute(select(func.pg_advisory_xact_lock(_key(session))))


async def share_membership(session: AsyncSession) -> None:
    """Prevent changes of roles and access until the commit. For rare actions only."""
    await session.execute(select(func.pg_advisory_xact_lock_shared(_key(session))))


def _key(session: AsyncSession) -> Any:
    return func.hashtextextended(f"membership:{scope_of(session).workspace_id}", 0)


async def check_caller(caller: Caller) -> None:
    """Refuse a caller who lost their access or role after the request began.

    The caller must have locked or shared the membership. Raises SignInNeeded and Forbidden.
    """
    statement = select(col(Member.role), col(Member.disabled_at)).where(
        col(Member.workspace_id) == caller.workspace_id, col(Member.id) == caller.member_id
    )
    now = (await caller.session.execute(statement)).one()
    if now.disabled_at is not None:
        raise SignInNeeded(headers={"WWW-Authenticate": "Bearer"})
    if not now.role.includes(caller.role):
        raise Forbidden(needed_role=caller.role.value)


async def lock_member(
    session: AsyncSession, member_id: UUID, project_ids: Collection[UUID] = ()
) -> Member | None:
    """Lock a member who is about to change, and return their current state. None if unknown.

    The caller must have locked the membership. First locks what precedes members in the order of
    locks, including `project_ids`, the projects that the change adds them to.
    """
    await hooks.member_changing(session, member_id, project_ids)
    statement = select(Member).where(
        col(Member.workspace_id) == scope_of(session).workspace_id, col(Member.id) == member_id
    )
    return await session.scalar(
        statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    )
