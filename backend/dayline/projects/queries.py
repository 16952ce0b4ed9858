"""Reading projects, and who sees them."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.identity.caller import Caller, Viewer
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.finding import find_one
from dayline.members.models import Member
from dayline.projects.models import Project, ProjectMember
from dayline.projects.schemas import PersonCard, ProjectOut

_COLUMNS = [col(getattr(Project, name)) for name in ProjectOut.model_fields if name != "people"]


def projects_of(caller: Viewer) -> Select[UUID]:
    """Select the ids of the projects that the caller was added to."""
    return select(col(ProjectMember.project_id)).where(
        col(ProjectMember.workspace_id) == caller.workspace_id,
        col(ProjectMember.member_id) == caller.member_id,
    )


def visible_projects(caller: Viewer) -> ColumnElement[bool]:
    """Select the projects that the caller sees: all, or for a guest those they were added to."""
    here: ColumnElement[bool] = col(Project.workspace_id) == caller.workspace_id
    return here & col(Project.id).in_(projects_of(caller)) if caller.is_guest else here


async def get_project(caller: Caller, key: str, *, for_update: bool = False) -> Project:
    """Return the project with this key, in any case. Raises NotFound if it isn't visible."""
    return await _one(caller, col(Project.key) == key.upper(), for_update)


async def get_project_by_id(
    caller: Caller, project_id: UUID, *, for_update: bool = False
) -> Project:
    """Return the project with this id. Raises NotFound if the caller doesn't see it."""
    return await _one(caller, col(Project.id) == project_id, for_update)


async def _one(caller: Caller, which: ColumnElement[bool], for_update: bool) -> Project:
    statement = select(Project).where(visible_projects(caller), which)
    return await find_one(caller.session, statement, for_update=for_update)


async def project_documents(
    caller: Caller, ids: Collection[UUID] | None = None
) -> list[ProjectOut]:
    """Return the projects that the caller sees, by name; only `ids` if given."""
    which = visible_projects(caller)
    if ids is not None:
        which &= col(Project.id).in_(ids)
    return await _documents(caller.session, which)


async def projects_in(session: AsyncSession, ids: Collection[UUID]) -> list[ProjectOut]:
    """Return these projects as events carry them, by name. Access isn't checked."""
    here = col(Project.workspace_id) == scope_of(session).workspace_id
    return await _documents(session, here & col(Project.id).in_(ids))


async def _documents(session: AsyncSession, which: ColumnElement[bool]) -> list[ProjectOut]:
    rows = (
        await session.execute(
            select(*_COLUMNS).where(which).order_by(func.lower(col(Project.name)), col(Project.id))
        )
    ).all()
    people = await _people(session, [row.id for row in rows])
    return [ProjectOut(**row._mapping, people=people[row.id]) for row in rows]


async def _people(
    session: AsyncSession, project_ids: Collection[UUID]
) -> dict[UUID, list[PersonCard]]:
    rows = await session.execute(
        select(
            col(ProjectMember.project_id),
            col(Member.id),
            col(Member.handle),
            col(Member.name),
            col(Member.role),
        )
        .join(
            Member,
            (col(Member.workspace_id) == col(ProjectMember.workspace_id))
            & (col(Member.id) == col(ProjectMember.member_id)),
        )
        .where(
            col(ProjectMember.workspace_id) == scope_of(session).workspace_id,
            col(ProjectMember.project_id).in_(project_ids),
        )
        .order_by(func.lower(col(Member.name)), col(Member.id))
    )
    people: dict[UUID, list[PersonCard]] = defaultdict(list)
    for row in rows:
        people[row.project_id].append(PersonCard.model_validate(row))
    return people


async def people_of(session: AsyncSession, workspace_id: UUID, project_id: UUID) -> set[UUID]:
    """Return the ids of the project's members who were added, and of its lead."""
    added = select(col(ProjectMember.member_id)).where(
        col(ProjectMember.workspace_id) == workspace_id,
        col(ProjectMember.project_id) == project_id,
    )
    leading = select(col(Project.lead_id)).where(
        col(Project.workspace_id) == workspace_id,
        col(Project.id) == project_id,
        col(Project.lead_id).is_not(None),
    )
    return set((await session.scalars(added.union(leading))).all())


async def members_who_see(session: AsyncSession, workspace_id: UUID, project_id: UUID) -> set[UUID]:
    """Return the ids of the active members who see a project."""
    seeing = select(col(Member.id)).where(sees_project(workspace_id, project_id))
    return set((await session.scalars(seeing)).all())


def sees_project(workspace_id: Any, project_id: Any) -> ColumnElement[bool]:
    """Select the active members who see a project: all but guests, and guests added to it."""
    added = select(col(ProjectMember.member_id)).where(
        col(ProjectMember.workspace_id) == workspace_id,
        col(ProjectMember.project_id) == project_id,
    )
    return and_(
        col(Member.workspace_id) == workspace_id,
        Member.is_active,
        or_(~Member.is_guest, col(Member.id).in_(added)),
    )
