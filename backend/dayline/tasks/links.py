"""Watchers and dependencies of a task. Repeating a change changes nothing."""

from uuid import UUID

from sqlalchemy import delete

from dayline.identity.caller import Caller
from dayline.tasks.changes import check_seeing, lock_links, record_change, refuse_guests_of, touch
from dayline.tasks.cycles import refuse_waiting
from dayline.tasks.models import Task, TaskDependency, TaskWatcher
from dayline.tasks.problems import OnlyYourself
from dayline.tasks.queries import find_task_id, lock_task, task_document
from dayline.tasks.schemas import TaskCard


async def watch(caller: Caller, key: str, member_id: UUID) -> TaskCard:
    """Add a watcher. Raises OnlyYourself, and Invalid for a member who can't see the task."""
    task = await _lock_to_watch(caller, key, member_id)
    old = await task_document(caller, task.id)
    if member_id in old.watchers:
        return old
    await check_seeing(caller, task.project_id, {"member_id": member_id})
    return await _link(caller, task, old, TaskWatcher, member_id=member_id)


async def unwatch(caller: Caller, key: str, member_id: UUID) -> TaskCard:
    """Remove a watcher. Raises OnlyYourself."""
    task = await _lock_to_watch(caller, key, member_id)
    old = await task_document(caller, task.id)
    if member_id not in old.watchers:
        return old
    return await _unlink(caller, task, old, TaskWatcher, member_id=member_id)


async def _lock_to_watch(caller: Caller, key: str, member_id: UUID) -> Task:
    task = await lock_task(caller, key)
    if caller.is_guest and member_id != caller.member_id:
        raise OnlyYourself
    return task


async def block(caller: Caller, key: str, other_key: str) -> TaskCard:
    """Let the task be blocked by another one that the caller sees.

    Raises NotYourTask, and TaskCycle if the other one is already blocked by this one.
    """
    await lock_links(caller)
    task, other_id = await _lock_pair(caller, key, other_key)
    old = await task_document(caller, task.id)
    if other_id in old.blocked_by:
        return old
    await refuse_waiting(caller, task.id, other_id)
    return await _link(caller, task, old, TaskDependency, blocked_by_id=other_id)


async def unblock(caller: Caller, key: str, other_key: str) -> TaskCard:
    """Remove the dependency of the task on the other one. Raises NotYourTask."""
    task, other_id = await _lock_pair(caller, key, other_key)
    old = await task_document(caller, task.id)
    if other_id not in old.blocked_by:
        return old
    return await _unlink(caller, task, old, TaskDependency, blocked_by_id=other_id)


async def _lock_pair(caller: Caller, key: str, other_key: str) -> tuple[Task, UUID]:
    task = await lock_task(caller, key)
    refuse_guests_of(caller, task)
    return task, await find_task_id(caller, other_key)


_Link = type[TaskWatcher] | type[TaskDependency]


async def _link(caller: Caller, task: Task, old: TaskCard, kind: _Link, **other: UUID) -> TaskCard:
    caller.session.add(kind(workspace_id=caller.workspace_id, task_id=task.id, **other))
    touch(caller, task)
    return await record_change(caller, old)


async def _unlink(
    caller: Caller, task: Task, old: TaskCard, kind: _Link, **other: UUID
) -> TaskCard:
    here = {"workspace_id": caller.workspace_id, "task_id": task.id}
    await caller.session.execute(delete(kind).filter_by(**here, **other))
    touch(caller, task)
    return await record_change(caller, old)
