"""Creating and changing projects."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.kernel.db import events
from dayline.kernel.db.events import Audience
from dayline.kernel.errors import FieldError, Invalid
from dayline.kernel.http.revisions import apply, changes_of, check_rev
from dayline.kernel.text.markdown import parse_async
from dayline.members.models import Member
from dayline.projects import hooks
from dayline.projects.events import ProjectChanged, ProjectCreated
from dayline.projects.models import Condition, Project
from dayline.projects.problems import KeyTaken
from dayline.projects.queries import get_project, projects_in
from dayline.projects.schemas import ProjectEdit, ProjectIn


async def create_project(caller: Caller, new: ProjectIn) -> Project:
    """Create a project, and let other rooms add what every project has (its discussion).

    Raises KeyTaken, and Invalid for wrong dates or an unsuitable lead.
    """
    _check_dates(new.starts_on, new.due_on)
    await _check_lead(caller, new.lead_id)
    await _check_key(caller, new.key)
    project = Project(
        workspace_id=caller.workspace_id,
        created_at=caller.now,
        purpose_html=(await parse_async(new.purpose)).html,
        **new.model_dump(),
    )
    caller.session.add(project)
    await caller.session.flush()
    (document,) = await projects_in(caller.session, [project.id])
    created = ProjectCreated(project=document)
    events.record(caller.session, created, Audience.project(project.id))
    await hooks.project_created(caller, project)
    return project


async def update_project(caller: Caller, key: str, expected_rev: int, edit: ProjectEdit) -> Project:
    """Change the fields that `edit` sets. Raises NotFound, RevisionMismatch, Invalid."""
    project = await get_project(caller, key, for_update=True)
    check_rev(project, expected_rev)
    named = edit.model_dump(exclude_unset=True)
    changes = changes_of(project, named)
    if not changes:
        return project
    await _check_lead(caller, changes.get("lead_id"))
    apply(project, changes)
    _check_dates(project.starts_on, project.due_on)
    project.purpose_html = (await parse_async(project.purpose)).html
    await changed(caller.session, project)
    if "lead_id" in changes:
        await hooks.lead_changed(caller, project)
    return project


async def set_archived(caller: Caller, key: str, archived: bool) -> Project:
    """Archive or restore the project. Does nothing if it is so already. Raises NotFound."""
    project = await get_project(caller, key, for_update=True)
    if (project.archived_at is not None) != archived:
        project.archived_at = caller.now if archived else None
        await changed(caller.session, project)
    return project


async def set_condition(caller: Caller, project: Project, condition: Condition) -> None:
    """Set the project's condition, after an update. The caller must have locked the project."""
    project.condition = condition
    await changed(caller.session, project)


async def changed(session: AsyncSession, project: Project) -> None:
    """Raise the revision of a locked project, and record the change."""
    project.rev += 1
    await session.flush()
    await announce(session, [project.id])


async def announce(session: AsyncSession, ids: Collection[UUID]) -> None:
    """Record the current state of these projects. The caller must have locked them."""
    for document in await projects_in(session, ids):
        events.record(session, ProjectChanged(project=document), Audience.project(document.id))


def _check_dates(starts_on: date | None, due_on: date | None) -> None:
    if starts_on is not None and due_on is not None and due_on < starts_on:
        raise Invalid.field("due_on", Phrase("fields.not-before-start"))


async def _check_key(caller: Caller, key: str) -> None:
    taken = await caller.session.scalar(
        select(col(Project.id)).where(
            col(Project.workspace_id) == caller.workspace_id, col(Project.key) == key
        )
    )
    if taken is not None:
        reason = Phrase("fields.key-taken")
        raise KeyTaken(errors=[FieldError(field="key", reason=reason)])


async def _check_lead(caller: Caller, lead_id: UUID | None) -> None:
    if lead_id is None:
        return
    lead = await caller.session.scalar(
        select(col(Member.id)).where(
            col(Member.workspace_id) == caller.workspace_id,
            col(Member.id) == lead_id,
            Member.is_teammate,
        )
    )
    if lead is None:
        raise Invalid.field("lead_id", Phrase("fields.not-a-teammate"))
