"""Reading tasks: the statements that select cards, and who sees which task."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    SQLColumnExpression,
    String,
    Subquery,
    Uuid,
    func,
    literal_column,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by
from sqlmodel import col

from dayline.attachments.queries import attachments_of_task
from dayline.identity.caller import Caller, Viewer
from dayline.kernel.db.finding import find_one
from dayline.kernel.errors import NotFound
from dayline.kernel.text.markdown import parse_all
from dayline.projects.models import Project
from dayline.projects.queries import visible_projects
from dayline.tasks.keys import number_of, project_key_of
from dayline.tasks.models import Task, TaskDependency, TaskLabel, TaskWatcher
from dayline.tasks.schemas import POINTS, FilledPoints, LabelOut, PointsHtml, TaskCard, TaskOut

_Hanging = type[TaskLabel | TaskDependency | TaskWatcher]


def _of_task(table: _Hanging) -> ColumnElement[bool]:
    return (col(table.workspace_id) == col(Task.workspace_id)) & (
        col(table.task_id) == col(Task.id)
    )


@dataclass(frozen=True, slots=True)
class _Hung:
    """A column of a table whose rows belong to tasks, to be collected into an ordered array."""

    table: _Hanging
    what: SQLColumnExpression[Any]
    order: SQLColumnExpression[Any]
    kind: Any

    def of_each(self) -> ColumnElement[Any]:
        """The array of one task, as a correlated subquery: fastest for a few tasks."""
        rows = select(self.what).where(_of_task(self.table)).order_by(self.order).correlate(Task)
        return func.array(rows.scalar_subquery(), type_=ARRAY(self.kind))

    def of_all(self, workspace_id: UUID) -> Subquery:
        """The arrays (`found`) of all tasks by `task_id`: fastest if most tasks are read."""
        found = func.array_agg(aggregate_order_by(self.what, self.order), type_=ARRAY(self.kind))
        return (
            select(col(self.table.task_id), found.label("found"))
            .where(col(self.table.workspace_id) == workspace_id)
            .group_by(col(self.table.task_id))
            .subquery()
        )


_folded = col(TaskLabel.folded).collate("C")
_blocker = col(TaskDependency.blocked_by_id)
_watcher = col(TaskWatcher.member_id)
_HUNG = {
    "labels": _Hung(TaskLabel, col(TaskLabel.name), _folded, String()),
    "blocked_by": _Hung(TaskDependency, _blocker, _blocker, Uuid()),
    "watchers": _Hung(TaskWatcher, _watcher, _watcher, Uuid()),
}
_KEY = func.concat(col(Project.key), "-", col(Task.number), type_=String())


def _card(hung: Mapping[str, ColumnElement[Any]]) -> list[Any]:
    made = {"key": _KEY, **hung}
    return [
        made[name].label(name) if name in made else col(getattr(Task, name))
        for name in TaskCard.model_fields
    ]


_CARD = _card({name: hung.of_each() for name, hung in _HUNG.items()})
_POINTS = [col(getattr(Task, name)) for name in POINTS]


def visible(caller: Viewer, *columns: Any) -> Select[Any]:
    """Selects `columns` of the tasks that the caller sees, joined with their projects."""
    return (
        select(*columns)
        .select_from(Task)
        .join(
            Project,
            (col(Project.workspace_id) == col(Task.workspace_id))
            & (col(Project.id) == col(Task.project_id)),
        )
        .where(col(Task.workspace_id) == caller.workspace_id, visible_projects(caller))
    )


def cards(caller: Viewer) -> Select[Any]:
    """Selects the cards of the tasks that the caller sees, with labels, blockers and watchers."""
    return visible(caller, *_CARD)


def all_cards(caller: Caller) -> Select[Any]:
    """Like `cards`, but faster for reading all of them. Ordered by id."""
    hung = {name: each.of_all(caller.workspace_id) for name, each in _HUNG.items()}
    none: ColumnElement[Any] = literal_column("'{}'")
    found = visible(
        caller, *_card({name: func.coalesce(each.c.found, none) for name, each in hung.items()})
    )
    for each in hung.values():
        found = found.outerjoin(each, each.c.task_id == col(Task.id))
    return found.order_by(col(Task.id))


def card_of(row: Row[Any]) -> TaskCard:
    """The card of a row selected by `cards`."""
    return TaskCard.model_validate(row)


def has_key(key: str) -> ColumnElement[bool]:
    """Matches the task with this key."""
    return (col(Project.key) == project_key_of(key)) & (col(Task.number) == number_of(key))


async def task_documents(caller: Caller, ids: Collection[UUID] | None = None) -> list[TaskCard]:
    """The cards of the tasks that the caller sees, or of those among `ids`, ordered by id."""
    statement = cards(caller).order_by(col(Task.id))
    if ids is not None:
        statement = statement.where(col(Task.id).in_(ids))
    return [card_of(row) for row in await caller.session.execute(statement)]


async def task_document(caller: Caller, task_id: UUID) -> TaskCard:
    """The card of one task, which the caller must see."""
    return (await task_documents(caller, [task_id]))[0]


async def get_task(caller: Caller, key: str) -> TaskOut:
    """The task with its five points. Raises NotFound if the caller sees none."""
    statement = visible(caller, *_CARD, *_POINTS, col(Task.clarity_reason))
    statement = statement.where(has_key(key))
    row = (await caller.session.execute(statement)).one_or_none()
    if row is None:
        raise NotFound
    texts = {name: getattr(row, name) for name in POINTS}
    parsed = await parse_all(texts.values())
    return TaskOut(
        **row._mapping,
        attachments=await attachments_of_task(caller.session, row.topic_id),
        points=FilledPoints(**{name: bool(text.strip()) for name, text in texts.items()}),
        html=PointsHtml(**{name: parsed[text].html for name, text in texts.items()}),
    )


async def find_task_id(caller: Caller, key: str) -> UUID:
    """The id of the task with this key. Raises NotFound if the caller sees none."""
    return await find_one(caller.session, visible(caller, col(Task.id)).where(has_key(key)))


async def find_task_ids(caller: Caller, keys: Iterable[str]) -> dict[str, UUID]:
    """The ids of the tasks with these keys, by key. Leaves out those that the caller can't see."""
    pairs = [(project_key_of(key), number_of(key)) for key in keys]
    rows = await caller.session.execute(
        visible(caller, _KEY, col(Task.id)).where(
            tuple_(col(Project.key), col(Task.number)).in_(pairs)
        )
    )
    return {row[0]: row[1] for row in rows}


async def lock_task(caller: Caller, key: str) -> Task:
    """Lock a task until the commit and return its current row.

    Rows that reference it can still be inserted. Raises NotFound if the caller sees none.
    """
    return await find_one(
        caller.session,
        visible(caller, Task)
        .where(has_key(key))
        .with_for_update(key_share=True, of=Task)
        .execution_options(populate_existing=True),
    )


async def lock_tasks(caller: Caller, ids: Collection[UUID]) -> None:
    """Lock tasks until the commit, in the order of their ids so that callers can't deadlock."""
    await caller.session.execute(
        select(col(Task.id))
        .where(col(Task.workspace_id) == caller.workspace_id, col(Task.id).in_(ids))
        .order_by(col(Task.id))
        .with_for_update(key_share=True)
    )


async def labels_in_use(caller: Caller) -> list[LabelOut]:
    """The labels of the tasks that the caller sees. Spellings that differ in case count as one."""
    is_open = col(Task.closed_at).is_(None)
    statement = (
        visible(
            caller,
            func.min(col(TaskLabel.name).collate("C")).label("name"),
            func.count().filter(is_open).label("open_tasks"),
        )
        .join(TaskLabel, _of_task(TaskLabel))
        .group_by(col(TaskLabel.folded))
        .order_by(_folded)
    )
    return [LabelOut.model_validate(row) for row in await caller.session.execute(statement)]
