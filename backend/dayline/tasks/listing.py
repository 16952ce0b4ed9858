"""The list of tasks: what one can filter by, and its orders."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from fastapi import Query
from pydantic import (
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from sqlalchemy import ColumnElement, Integer, SQLColumnExpression, case, func, literal, or_, select
from sqlmodel import col

from dayline.accounts.caller import Caller
from dayline.kernel.paging import Key, Page, PageRequest, cut, paged
from dayline.kernel.schemas import Instant, Word
from dayline.projects.models import Project
from dayline.projects.schemas import ProjectKey
from dayline.tasks.keys import TaskKey, project_key_of
from dayline.tasks.models import Priority, Task, TaskLabel, TaskState, TaskWatcher
from dayline.tasks.queries import card_of, cards, find_task_ids
from dayline.tasks.schemas import Day, Label, TaskCard, fold


def _member_or(*words: str) -> WrapValidator:
    """One reason instead of one for each way to read the value."""
    reason = f"must be a member's id or {' or '.join(words)}"

    def read(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
        try:
            return handler(value)
        except ValidationError as fault:
            raise ValueError(reason) from fault

    return WrapValidator(read)


MemberRef = Annotated[UUID | Literal["me"], _member_or("me")]
AssigneeRef = Annotated[UUID | Literal["me", "none"], _member_or("me", "none")]
Several = Query(max_length=50)


class TaskSort(StrEnum):
    """The orders of the list of tasks; `-` turns one round. Ids decide between equals."""

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
    """Which tasks a client wants: of each kind that it names, any of the values."""

    project: Annotated[tuple[ProjectKey, ...], Several] = ()
    state: Annotated[tuple[TaskState, ...], Several] = ()
    assignee: Annotated[
        tuple[AssigneeRef, ...],
        Query(max_length=50, description="Members' ids, `me`, or `none`."),
    ] = ()
    priority: Annotated[tuple[Priority, ...], Several] = ()
    label: Annotated[tuple[Label, ...], Several] = ()
    created_by: Annotated[
        tuple[MemberRef, ...],
        Query(max_length=50, description="Members' ids, or `me`."),
    ] = ()
    watcher: Annotated[
        tuple[MemberRef, ...],
        Query(max_length=50, description="Members' ids, or `me`."),
    ] = ()
    parent: Annotated[tuple[TaskKey, ...], Query(max_length=50, description="Keys of tasks.")] = ()
    due_before: Annotated[Day | None, Query(description="Due on an earlier day.")] = None
    due_after: Annotated[Day | None, Query(description="Due on a later day.")] = None
    updated_since: Annotated[
        Instant | None, Query(description="Changed at this instant or later.")
    ] = None
    open: Annotated[bool | None, Query(description="Neither done nor cancelled, or one.")] = None


async def list_tasks(
    caller: Caller, wanted: TaskFilter, sort: TaskSort, page: PageRequest
) -> Page[TaskCard]:
    """One page of the tasks that the caller sees."""
    order = _ORDERS[sort.removeprefix("-")]
    keys = order.keys(descending=sort.startswith("-"))
    conditions = [*_conditions(caller, wanted)]
    if wanted.parent:
        parents = await find_task_ids(caller, wanted.parent)
        conditions.append(col(Task.parent_id).in_(parents.values()))
    statement = paged(cards(caller).where(*conditions), keys, page, sort)
    rows = [card_of(row) for row in await caller.session.execute(statement)]
    return cut(rows, page, sort, order.values)


def _conditions(caller: Caller, wanted: TaskFilter) -> list[ColumnElement[bool]]:
    conditions = [
        condition(caller, values)
        for name, condition in _CONDITIONS.items()
        if (values := getattr(wanted, name))
    ]
    if wanted.due_before is not None:
        conditions.append(col(Task.due_on) < wanted.due_before)
    if wanted.due_after is not None:
        conditions.append(col(Task.due_on) > wanted.due_after)
    if wanted.updated_since is not None:
        conditions.append(col(Task.updated_at) >= wanted.updated_since)
    if wanted.open is not None:
        is_open = col(Task.closed_at).is_(None)
        conditions.append(is_open if wanted.open else ~is_open)
    return conditions


def _member_ids(caller: Caller, values: Sequence[Any]) -> list[UUID]:
    ids = [caller.member_id if value == "me" else value for value in values]
    return [value for value in ids if value != "none"]


def _assigned(caller: Caller, values: Sequence[Any]) -> ColumnElement[bool]:
    to_them = col(Task.assignee_id).in_(_member_ids(caller, values))
    return or_(to_them, col(Task.assignee_id).is_(None)) if "none" in values else to_them


def _labelled(caller: Caller, values: Sequence[str]) -> ColumnElement[bool]:
    bearing = select(col(TaskLabel.task_id)).where(
        col(TaskLabel.workspace_id) == caller.workspace_id,
        col(TaskLabel.folded).in_([fold(value) for value in values]),
    )
    return col(Task.id).in_(bearing)


def _watched(caller: Caller, values: Sequence[Any]) -> ColumnElement[bool]:
    watched = select(col(TaskWatcher.task_id)).where(
        col(TaskWatcher.workspace_id) == caller.workspace_id,
        col(TaskWatcher.member_id).in_(_member_ids(caller, values)),
    )
    return col(Task.id).in_(watched)


_CONDITIONS: dict[str, Callable[[Caller, Sequence[Any]], ColumnElement[bool]]] = {
    "project": lambda _, values: col(Project.key).in_(values),
    "state": lambda _, values: col(Task.state).in_(values),
    "priority": lambda _, values: col(Task.priority).in_(values),
    "created_by": lambda caller, values: col(Task.created_by).in_(_member_ids(caller, values)),
    "assignee": _assigned,
    "label": _labelled,
    "watcher": _watched,
}

_S = TypeVar("_S", bound=StrEnum)


def _rank(column: SQLColumnExpression[_S], kind: type[_S]) -> ColumnElement[int]:
    ranks = [(column == member, literal(rank, Integer)) for rank, member in enumerate(kind)]
    return case(*ranks, else_=literal(len(ranks), Integer))


def _rank_of(member: StrEnum) -> int:
    return list(type(member)).index(member)


@dataclass(frozen=True, slots=True)
class _Order:
    """Columns with their types, ended by the id, and a card's values in them."""

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
