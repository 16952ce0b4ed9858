"""The members who were added to a project. A guest sees only projects they were added to."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.finding import locked
from dayline.kernel.db.ids import new_id
from dayline.kernel.errors import FieldError, Invalid, NotFound
from dayline.members.access import lock_membership
from dayline.members.actions import bump_access_rev
from dayline.members.models import Member
from dayline.projects.actions import announce, changed
from dayline.projects.models import Project, ProjectMember
from dayline.projects.problems import GuestsNeedTheLead, NoAccess
from dayline.projects.queries import get_project, project_documents


async def add_person(caller: Caller, key: str, member_id: UUID) -> Project:
    """Add a member to the project. Does nothing if they were added before.

    Raises NotFound, GuestsNeedTheLead, NoAccess.
    """
    project, member = await _lock(caller, key, member_id)
    if not member.is_active:
        raise NoAccess
    await _add(caller.session, project, member)
    return project


async def remove_person(caller: Caller, key: str, member_id: UUID) -> Project:
    """Remove a member from the project. Does nothing if they weren't added.

    Raises NotFound and GuestsNeedTheLead.
    """
    project, member = await _lock(caller, key, member_id)
    gone = await caller.session.scalar(
        delete(ProjectMember)
        .where(
            col(ProjectMember.workspace_id) == caller.workspace_id,
            col(ProjectMember.project_id) == project.id,
            col(ProjectMember.member_id) == member_id,
        )
        .returning(col(ProjectMember.id))
    )
    if gone is not None:
        await _people_changed(caller.session, project, member)
    return project


async def check_invited(caller: Caller, project_ids: Sequence[UUID]) -> None:
    """Raise Invalid with an error for each of `project_ids` that isn't a visible project."""
    found = {project.id for project in await project_documents(caller, project_ids)}
    refused = [
        FieldError(field=f"project_ids.{place}", reason=Phrase("fields.not-a-project"))
        for place, project_id in enumerate(project_ids)
        if project_id not in found
    ]
    if refused:
        raise Invalid(errors=refused)


async def add_invited(session: AsyncSession, member: Member, project_ids: Sequence[UUID]) -> None:
    """Add a member who has just accepted an invite to the projects that it names."""
    named = col(Project.id).in_(project_ids)
    for project in await _lock_projects(session, named) if project_ids else ():
        await _add(session, project, member)


async def announce_member(session: AsyncSession, member: Member) -> None:
    """Record the current state of a member's projects, because the member's card changed."""
    await announce(session, await _projects_of(session, member.id))


async def lock_projects_of(
    session: AsyncSession, member_id: UUID, project_ids: Collection[UUID]
) -> None:
    """Lock the projects a member was added to, and these others, before the member changes."""
    theirs = await _projects_of(session, member_id)
    if theirs or project_ids:
        await _lock_projects(session, col(Project.id).in_({*theirs, *project_ids}))


async def _projects_of(session: AsyncSession, member_id: UUID) -> Sequence[UUID]:
    theirs = select(col(ProjectMember.project_id)).where(
        col(ProjectMember.workspace_id) == scope_of(session).workspace_id,
        col(ProjectMember.member_id) == member_id,
    )
    return (await session.scalars(theirs)).all()


async def _lock(caller: Caller, key: str, member_id: UUID) -> tuple[Project, Member]:
    """Lock a project and the workspace's membership, and return the project and the member.

    So no event shows an outdated member card. Raises NotFound and GuestsNeedTheLead.
    """
    await lock_membership(caller.session)
    project = await get_project(caller, key, for_update=True)
    member = await caller.session.get(Member, (caller.workspace_id, member_id))
    if member is None:
        raise NotFound
    _check_may_decide(caller, project, member)
    return project, member


async def _lock_projects(session: AsyncSession, which: ColumnElement[bool]) -> Sequence[Project]:
    here = col(Project.workspace_id) == scope_of(session).workspace_id
    return (
        await session.scalars(locked(select(Project).where(here, which).order_by(col(Project.id))))
    ).all()


def _check_may_decide(caller: Caller, project: Project, member: Member) -> None:
    if not member.is_guest or caller.member_id == project.lead_id:
        return
    if not caller.acts_as_admin:
        raise GuestsNeedTheLead


async def _add(session: AsyncSession, project: Project, member: Member) -> None:
    added = await session.scalar(
        insert(ProjectMember)
        .values(
            workspace_id=member.workspace_id,
            id=new_id(),
            project_id=project.id,
            member_id=member.id,
            added_at=scope_of(session).now,
        )
        .on_conflict_do_nothing()
        .returning(col(ProjectMember.id))
    )
    if added is not None:
        await _people_changed(session, project, member)


async def _people_changed(session: AsyncSession, project: Project, member: Member) -> None:
    await changed(session, project)
    if member.is_guest:
        await bump_access_rev(session)
