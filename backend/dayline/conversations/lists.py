"""Lists of topics, in pages."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlmodel import col

from dayline.conversations.models import Topic, TopicKind
from dayline.conversations.queries import topic_documents, visible_topics
from dayline.conversations.schemas import TopicOut, TopicSort
from dayline.identity.caller import Caller
from dayline.kernel.http.paging import Key, Page, PageRequest, cut, paged
from dayline.projects.models import Project

_BY = {
    TopicSort.ACTIVE: func.coalesce(col(Topic.last_message_at), col(Topic.created_at)),
    TopicSort.LATEST: col(Topic.created_at),
}
"""What each order sorts by. A topic without messages was last active when it was opened."""


async def list_topics(
    caller: Caller,
    page: PageRequest,
    *,
    kind: TopicKind | None = None,
    project: str | None = None,
    resolved: bool | None = None,
    sort: TopicSort,
) -> Page[TopicOut]:
    """Return a page of the topics that the caller sees and that match the filters."""
    order = [Key(_BY[sort], datetime, True), Key(col(Topic.id), UUID, True)]
    matching: Select[Any, UUID] = (
        select(_BY[sort].label("position"), col(Topic.id))
        .where(visible_topics(caller))
        .where(*_filters(caller, kind, project, resolved))
    )
    rows = (await caller.session.execute(paged(matching, order, page, sort.value))).all()
    kept = cut(rows, page, sort.value, lambda row: (row.position, row.id))
    by_id = {
        topic.id: topic for topic in await topic_documents(caller, [row.id for row in kept.items])
    }
    return Page([by_id[row.id] for row in kept.items if row.id in by_id], kept.next_cursor)


def _filters(
    caller: Caller, kind: TopicKind | None, project: str | None, resolved: bool | None
) -> list[ColumnElement[bool]]:
    filters: list[ColumnElement[bool]] = []
    if kind is not None:
        filters.append(col(Topic.kind) == kind)
    if project is not None:
        filters.append(col(Topic.project_id).in_(_with_key(caller, project)))
    if resolved is not None:
        filters.append(col(Topic.resolved_at).is_not(None) == resolved)
    return filters


def _with_key(caller: Caller, key: str) -> Select[UUID]:
    return select(col(Project.id)).where(
        col(Project.workspace_id) == caller.workspace_id, col(Project.key) == key
    )
