"""The snapshot: what a board needs, read in one transaction as the caller sees it."""

from sqlmodel import col

from dayline.accounts.caller import Caller
from dayline.accounts.models import Member
from dayline.accounts.queries import get_workspace, visible_members
from dayline.accounts.schemas import MemberOut, WorkspaceOut
from dayline.agreements.queries import agreement_cards
from dayline.feed import queries
from dayline.feed.schemas import SnapshotMe, SnapshotOut
from dayline.people.queries import visible_calendars
from dayline.projects.queries import project_documents
from dayline.tasks.queries import task_documents
from dayline.timers.queries import open_timers
from dayline.topics.queries import topic_documents
from dayline.views.queries import view_documents


async def snapshot_of(caller: Caller) -> SnapshotOut:
    """State and head together; the caller's transaction must read one instant."""
    viewer = await queries.viewer_of(caller)
    history = await queries.history(caller.session, caller.workspace_id)
    return SnapshotOut(
        epoch=viewer.epoch(history.epoch),
        seq=history.head,
        me=SnapshotMe(member_id=caller.member_id, role=caller.role),
        workspace=WorkspaceOut.model_validate(await get_workspace(caller)),
        members=await _members(caller),
        projects=await project_documents(caller),
        topics=await topic_documents(caller),
        tasks=await task_documents(caller),
        agreements=await agreement_cards(caller.session, caller.workspace_id),
        calendars=await visible_calendars(caller),
        timers=await open_timers(caller),
        views=await view_documents(caller),
    )


async def _members(caller: Caller) -> list[MemberOut]:
    """The cards that the caller sees, by name."""
    statement = visible_members(caller).order_by(col(Member.name), col(Member.id))
    rows = await caller.session.scalars(statement)
    return [MemberOut.model_validate(row) for row in rows]
