"""The list of projects, in pages."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlmodel import col

from dayline.identity.caller import Caller
from dayline.kernel.http.paging import Key, Page, PageRequest, cut, paged
from dayline.kernel.schemas import Word
from dayline.projects.models import Condition, Project
from dayline.projects.queries import project_documents, visible_projects
from dayline.projects.schemas import ProjectOut, ProjectSort

_BY = {
    ProjectSort.NAME: Key(func.lower(col(Project.name)), Word),
    ProjectSort.KEY: Key(col(Project.key), Word),
    ProjectSort.CREATED_AT: Key(col(Project.created_at), datetime),
    ProjectSort.LATEST: Key(col(Project.created_at), datetime, descending=True),
    ProjectSort.DUE_ON: Key(func.coalesce(col(Project.due_on), date.max), date),
}
"""What each order sorts by. Projects without a due date come last."""


async def list_projects(
    caller: Caller,
    page: PageRequest,
    *,
    archived: bool,
    condition: Condition | None,
    lead: UUID | None,
    sort: ProjectSort,
) -> Page[ProjectOut]:
    """Return a page of the projects that the caller sees and that match the filters."""
    first = _BY[sort]
    order = [first, Key(col(Project.id), UUID, first.descending)]
    matching: Select[Any, UUID] = (
        select(first.column.label("position"), col(Project.id))
        .where(visible_projects(caller))
        .where(*_filters(archived, condition, lead))
    )
    rows = (await caller.session.execute(paged(matching, order, page, sort.value))).all()
    kept = cut(rows, page, sort.value, lambda row: (row.position, row.id))
    by_id = {
        project.id: project
        for project in await project_documents(caller, [row.id for row in kept.items])
    }
    return Page([by_id[row.id] for row in kept.items if row.id in by_id], kept.next_cursor)


def _filters(
    archived: bool, condition: Condition | None, lead: UUID | None
) -> list[ColumnElement[Any]]:
    filters: list[ColumnElement[Any]] = [
        col(Project.archived_at).is_not(None) if archived else col(Project.archived_at).is_(None)
    ]
    if condition is not None:
        filters.append(col(Project.condition) == condition)
    if lead is not None:
        filters.append(col(Project.lead_id) == lead)
    return filters
