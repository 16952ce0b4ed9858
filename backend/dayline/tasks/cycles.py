"""Guards against cycles: no task is blocked by itself or is its own ancestor."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, Uuid, cast, select
from sqlmodel import col

from dayline.identity.caller import Caller
from dayline.tasks.models import Task, TaskDependency
from dayline.tasks.problems import TaskCycle


async def refuse_waiting(caller: Caller, task_id: UUID, blocker_id: UUID) -> None:
    """Raise TaskCycle if the blocker is already blocked by the task, directly or indirectly."""
    here = col(TaskDependency.workspace_id) == caller.workspace_id
    await _refuse_reaching(
        caller,
        blocker_id,
        task_id,
        (col(TaskDependency.task_id), col(TaskDependency.blocked_by_id)),
        here,
    )


async def refuse_descendant(caller: Caller, task_id: UUID, parent_id: UUID) -> None:
    """Raise TaskCycle if the new parent is a descendant of the task."""
    here = col(Task.workspace_id) == caller.workspace_id
    await _refuse_reaching(caller, parent_id, task_id, (col(Task.id), col(Task.parent_id)), here)


async def _refuse_reaching(
    caller: Caller,
    start: UUID,
    end: UUID,
    step: tuple[SQLColumnExpression[UUID], SQLColumnExpression[Any]],
    here: ColumnElement[bool],
) -> None:
    source, target = step
    reached = select(cast(start, Uuid).label("id")).cte("reached", recursive=True)
    further = select(target).join(reached, source == reached.c.id)
    reached = reached.union(further.where(here, target.is_not(None)))
    if await caller.session.scalar(select(reached.c.id).where(reached.c.id == end)):
        raise TaskCycle
