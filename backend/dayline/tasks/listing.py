"""The list of tasks: its filters and its orders."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from fastapi import Query
from pydantic import Field
from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Integer,
    SQLColumnExpression,
    Text,
    Uuid,
    any_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import col

from dayline.identity.reading import ReadContext, ViewerParams
from dayline.kernel.db.prepared import Prepared
from dayline.kernel.db.reads import json_rows
from dayline.kernel.http.paging import Key, Page, PageRequest, cut, paged_anywhere, place
from dayline.kernel.schemas import IdOr, Instant, Word
from dayline.projects.models import Project
from dayline.projects.schemas import ProjectKey
from dayline.tasks.keys import TaskKey, number_of, project_key_of
from dayline.tasks.models import Priority, Task, TaskLabel, TaskState, TaskWatcher
from dayline.tasks.queries import cards, visible
from dayline.tasks.schemas import Day, Label, TaskCard, fold

MemberRef = Annotated[UUID | Literal["me"], IdOr("me")]
AssigneeRef = Annotated[UUID | Literal["me", "none"], IdOr("me", "none")]
MOST_VALUES = 50


def several(description: str) -> Any:
    """Declare a filter that can be given several times."""
    return Query(max_length=MOST_VALUES, description=description)


class TaskSort(StrEnum):
    """The order of the task list. A leading `-` reverses it, and ids order equal tasks."""

    KEY = "key"
    KEY_DESC = "-key"
    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"
    UPDATED_AT = "updated_at"
    UPDATED_AT_DESC = "-updated_at"
    DUE_ON = "due_on"
    DUE_ON_DESC = "-due_on"
    PRIORITY = "priority"
    PRIORITY_DESC = "-priority"
    STATE = "state"
    STATE_DESC = "-state"


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Filters of the list, combined with AND. The values of one filter are combined with OR."""

    project: Annotated[
        tuple[ProjectKey, ...], several("The keys of the projects to include. All if left out.")
    ] = ()
    state: Annotated[tuple[TaskState, ...], several("The states to include. All if left out.")] = ()
    assignee: Annotated[
        tuple[AssigneeRef, ...],
        several("The member ids of assignees, `me`, or `none` for unassigned tasks."),
    ] = ()
    priority: Annotated[
        tuple[Priority, ...], several("The priorities to include. All if left out.")
    ] = ()
    label: Annotated[
        tuple[Label, ...],
        several("The names of labels to include, in any case. All tasks if left out."),
    ] = ()
    created_by: Annotated[
        tuple[MemberRef, ...],
        several("The ids of members who created the tasks, or `me`."),
    ] = ()
    watcher: Annotated[
        tuple[MemberRef, ...],
        several("The ids of members who follow the tasks, or `me`."),
    ] = ()
    parent: Annotated[
        tuple[TaskKey, ...],
        several("The keys of the tasks that the tasks are part of."),
    ] = ()
    due_before: Annotated[Day | None, Query(description="Only tasks due before this day.")] = None
    due_after: Annotated[Day | None, Query(description="Only tasks due after this day.")] = None
    updated_since: Annotated[
        Instant | None, Query(description="Only tasks that changed at this instant or later.")
    ] = None
    open: Annotated[
        bool | None,
        Query(description="True for open tasks, false for done and cancelled ones."),
    ] = None


async def list_tasks(
    reader: ReadContext, wanted: TaskFilter, sort: TaskSort, page: PageRequest
) -> Page[str]:
    """A page of the tasks that the reader sees, each as the JSON of its card."""
    order = _ORDERS[sort.removeprefix("-")]
    given = _given(reader, wanted)
    behind = place(order.keys(descending=sort.startswith("-")), page, sort)
    query = list_of(reader.is_guest, frozenset(given), sort, page.limit, behind=bool(behind))
    cards = await reader.documents(query, **given, **behind)
    return cut(cards, page, sort, lambda card: order.values(TaskCard.model_validate_json(card)))


@lru_cache(maxsize=256)
def list_of(
    is_guest: bool, given: frozenset[str], sort: TaskSort, limit: int, *, behind: bool
) -> Prepared:
    """The prepared statement for lists of one shape: given filters, order and page size.

    `behind` says that the page starts after a cursor.
    """
    anyone = ViewerParams(is_guest)
    keys = _ORDERS[sort.removeprefix("-")].keys(descending=sort.startswith("-"))
    wanted = cards(anyone).where(
        *(_CONDITIONS[name](anyone) for name in sorted(given & _CONDITIONS.keys()))
    )
    return Prepared(json_rows(paged_anywhere(wanted, keys, limit, behind=behind)))


def _given(reader: ReadContext, wanted: TaskFilter) -> dict[str, Any]:
    """The values of the filters that the client gave, by the name of their condition."""
    assigned = "assignee_or_none" if "none" in wanted.assignee else "assignee"
    given = {
        "project": wanted.project,
        "state": wanted.state,
        "priority": wanted.priority,
        "label": tuple(fold(name) for name in wanted.label),
        "parent": tuple(map(project_key_of, wanted.parent)),
        "parent_number": tuple(map(number_of, wanted.parent)),
        "due_before": wanted.due_before,
        "due_after": wanted.due_after,
        "updated_since": wanted.updated_since,
        "open": wanted.open,
        "created_by": wanted.created_by and _member_ids(reader, wanted.created_by),
        "watcher": wanted.watcher and _member_ids(reader, wanted.watcher),
        assigned: wanted.assignee and _member_ids(reader, wanted.assignee),
    }
    return {name: value for name, value in given.items() if value not in (None, ())}


def _member_ids(reader: ReadContext, values: Sequence[Any]) -> list[UUID]:
    ids = [reader.member_id if value == "me" else value for value in values]
    return [value for value in ids if value != "none"]


def _one_of(column: SQLColumnExpression[Any], name: str, kind: Any = Text) -> ColumnElement[bool]:
    return column == any_(bindparam(name, type_=ARRAY(kind)))


def _labelled(anyone: ViewerParams) -> ColumnElement[bool]:
    bearing = select(col(TaskLabel.task_id)).where(
        col(TaskLabel.workspace_id) == anyone.workspace_id,
        _one_of(col(TaskLabel.folded), "label"),
    )
    return col(Task.id).in_(bearing)


def _watched(anyone: ViewerParams) -> ColumnElement[bool]:
    watched = select(col(TaskWatcher.task_id)).where(
        col(TaskWatcher.workspace_id) == anyone.workspace_id,
        _one_of(col(TaskWatcher.member_id), "watcher", Uuid),
    )
    return col(Task.id).in_(watched)


def _child(anyone: ViewerParams) -> ColumnElement[bool]:
    keys = (
        func.unnest(
            bindparam("parent", type_=ARRAY(Text)), bindparam("parent_number", type_=ARRAY(Integer))
        )
        .table_valued("project", "number", name="wanted")
        .render_derived()
    )
    parents = visible(anyone, col(Task.id)).where(
        tuple_(col(Project.key), col(Task.number)).in_(select(keys.c.project, keys.c.number))
    )
    return col(Task.parent_id).in_(parents.correlate(None))


_CONDITIONS: dict[str, Callable[[ViewerParams], ColumnElement[bool]]] = {
    "project": lambda _: _one_of(col(Project.key), "project"),
    "state": lambda _: _one_of(col(Task.state), "state"),
    "priority": lambda _: _one_of(col(Task.priority), "priority"),
    "label": _labelled,
    "parent": _child,
    "created_by": lambda _: _one_of(col(Task.created_by), "created_by", Uuid),
    "watcher": _watched,
    "assignee": lambda _: _one_of(col(Task.assignee_id), "assignee", Uuid),
    "assignee_or_none": lambda _: or_(
        _one_of(col(Task.assignee_id), "assignee_or_none", Uuid), col(Task.assignee_id).is_(None)
    ),
    "due_before": lambda _: col(Task.due_on) < bindparam("due_before", type_=Date),
    "due_after": lambda _: col(Task.due_on) > bindparam("due_after", type_=Date),
    "updated_since": lambda _: (
        col(Task.updated_at) >= bindparam("updated_since", type_=DateTime(timezone=True))
    ),
    "open": lambda _: col(Task.closed_at).is_(None) == bindparam("open", type_=Boolean),
}

_S = TypeVar("_S", bound=StrEnum)


def _rank(column: SQLColumnExpression[_S], kind: type[_S]) -> ColumnElement[int]:
    ranks = [(column == member, literal(rank, Integer)) for rank, member in enumerate(kind)]
    return case(*ranks, else_=literal(len(ranks), Integer))


def _rank_of(member: StrEnum) -> int:
    return list(type(member)).index(member)


@dataclass(frozen=True, slots=True)
class _Order:
    """The columns of an order with their types, and their values in a card. The id breaks ties."""

    columns: Sequence[tuple[SQLColumnExpression[Any], Any]]
    value: Callable[[TaskCard], Sequence[Any]]

    def keys(self, *, descending: bool) -> list[Key]:
        return [
            Key(column, kind, descending) for column, kind in [*self.columns, (col(Task.id), UUID)]
        ]

    def values(self, card: TaskCard) -> Sequence[Any]:
        return [*self.value(card), card.id]


_Count = Annotated[int, Field(ge=0, le=2**31 - 1)]

_ORDERS = {
    "key": _Order(
        [(col(Project.key), Word), (col(Task.number), _Count)],
        lambda card: [project_key_of(card.key), card.number],
    ),
    "created_at": _Order([(col(Task.created_at), Instant)], lambda card: [card.created_at]),
    "updated_at": _Order([(col(Task.updated_at), Instant)], lambda card: [card.updated_at]),
    "due_on": _Order(  # a task without a day comes last
        [(func.coalesce(col(Task.due_on), date.max), Day)],
        lambda card: [card.due_on or date.max],
    ),
    "priority": _Order(
        [(_rank(col(Task.priority), Priority), _Count)], lambda card: [_rank_of(card.priority)]
    ),
    "state": _Order(
        [(_rank(col(Task.state), TaskState), _Count)], lambda card: [_rank_of(card.state)]
    ),
}
