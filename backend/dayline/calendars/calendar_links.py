"""A member's secret link to their calendar. Only they create it, and it ends with their access."""

from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.calendars.models import CalendarLink
from dayline.identity.caller import Caller
from dayline.identity.models import SecurityKind
from dayline.kernel.db.clock import Clock, transaction_now
from dayline.kernel.db.database import Scope, enter_workspace, scope_of
from dayline.kernel.errors import NotFound
from dayline.kernel.http.client import note_credential
from dayline.kernel.text.tokens import hash_secret, new_secret
from dayline.members.access import check_caller, share_membership
from dayline.members.models import Member
from dayline.members.security_events import record_act

_FIND = text("SELECT workspace_id, member_id FROM find_calendar_link(:token_hash)")


async def find_own(caller: Caller) -> CalendarLink | None:
    """Return the caller's link, or None. Its secret is not stored."""
    found = select(CalendarLink).where(
        col(CalendarLink.workspace_id) == caller.workspace_id,
        col(CalendarLink.id) == caller.member_id,
    )
    return await caller.session.scalar(found)


async def make(caller: Caller) -> str:
    """Create a link, and invalidate the previous one. Returns its secret."""
    await share_membership(caller.session)
    await check_caller(caller)
    secret = new_secret("dlcalendar_")
    values = {"token_hash": hash_secret(secret), "created_at": caller.now}
    key = {"workspace_id": caller.workspace_id, "id": caller.member_id}
    await caller.session.execute(
        insert(CalendarLink)
        .values(**key, **values)
        .on_conflict_do_update(index_elements=list(key), set_=values)
    )
    await record_act(caller, SecurityKind.CALENDAR_LINK_CREATED)
    return secret


async def revoke(caller: Caller) -> None:
    """Revoke the caller's link. Does nothing if there is none."""
    if await find_own(caller) is not None:
        await revoke_of(caller.session, caller.member_id)
        await record_act(caller, SecurityKind.CALENDAR_LINK_REVOKED)


async def revoke_of(session: AsyncSession, member_id: UUID) -> None:
    """Revoke the link of a member of the entered workspace."""
    await session.execute(
        delete(CalendarLink).where(
            col(CalendarLink.workspace_id) == scope_of(session).workspace_id,
            col(CalendarLink.id) == member_id,
        )
    )


async def follow(session: AsyncSession, secret: str, clock: Clock) -> tuple[Member, Scope]:
    """Return the member whose link has this secret, and enter their workspace. Raises NotFound."""
    note_credential("link")
    row = (await session.execute(_FIND, {"token_hash": hash_secret(secret)})).one_or_none()
    if row is None:
        raise NotFound
    note_credential("link", member_id=row.member_id)
    scope = Scope(row.workspace_id, await transaction_now(session, clock), None)
    await enter_workspace(session, scope)
    return await session.get_one(Member, (row.workspace_id, row.member_id)), scope
