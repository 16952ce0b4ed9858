"""Creating and editing a task."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlmodel import col

from dayline.attachments.actions import attach
from dayline.attachments.queries import attachments_of_task
from dayline.conversations.actions import open_topic, rename_topic, reopen_topics, resolve_topics
from dayline.conversations.models import TopicKind
from dayline.conversations.queries import get_topic
from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.kernel.db import events
from dayline.kernel.db.events import Audience
from dayline.kernel.errors import FieldError, Invalid, NotFound
from dayline.kernel.http.revisions import check_rev
from dayline.kernel.text.markdown import references_in
from dayline.messages import hooks
from dayline.projects.models import Project
from dayline.projects.problems import ProjectArchived
from dayline.projects.queries import get_project
from dayline.tasks.briefs import check_brief
from dayline.tasks.changes import check_seeing, lock_links, record_change, refuse_guests_of, touch
from dayline.tasks.cycles import refuse_descendant
from dayline.tasks.events import TaskCreated
from dayline.tasks.keys import number_of, project_key_of
from dayline.tasks.models import Task, TaskLabel, TaskWatcher
from dayline.tasks.queries import get_task, lock_task, task_document
from dayline.tasks.rules import move
from dayline.tasks.schemas import POINTS, Change, TaskCard, TaskEdit, TaskIn, TaskOut, fold

_NOT_COPIED = {"project", "parent", "labels", "watchers", "attachments", "clarity_reason"}


async def create_task(caller: Caller, new: TaskIn) -> TaskOut:
    """Create a task in a project, with its topic.

    Raises Invalid, PointsMissing and ProjectArchived.
    """
    project = await _project_of(caller, new.project)
    await _check_people(caller, project, new)
    parent_id = await _parent_id(caller, project.id, new.parent)
    clarity_reason = await check_brief(caller, new, new.clarity_reason)
    number = await _take_number(caller, project)
    topic = await open_topic(caller, kind=TopicKind.TASK, project_id=project.id, title=new.title)
    task = Task(
        **new.model_dump(exclude=_NOT_COPIED),
        clarity_reason=clarity_reason,
        workspace_id=caller.workspace_id,
        project_id=project.id,
        number=number,
        topic_id=topic.id,
        parent_id=parent_id,
        created_at=caller.now,
        created_by=caller.member_id,
        updated_at=caller.now,
        state_changed_at=caller.now,
        closed_at=caller.now if new.state.is_closed else None,
    )
    caller.session.add(task)
    await caller.session.flush()
    caller.session.add_all([*_labels(task, new.labels), *_watchers(task, new.watchers)])
    await caller.session.flush()
    if new.attachments:
        await attach(caller, new.attachments, topic.id)
    if titles := await references_in(getattr(new, point) for point in POINTS):
        await hooks.text_written(caller, task.topic_id, None, titles)
    await _record_created(caller, task)
    return await get_task(caller, f"{project.key}-{number}")


async def _record_created(caller: Caller, task: Task) -> None:
    card = await task_document(caller, task.id)
    events.record(caller.session, TaskCreated(task=card), Audience.project(task.project_id))
    if task.closed_at is not None:
        await resolve_topics(caller, [task.topic_id])


async def _project_of(caller: Caller, key: str) -> Project:
    try:
        return await get_project(caller, key)
    except NotFound:
        raise Invalid.field("project", Phrase("fields.project-unknown")) from None


async def _check_people(caller: Caller, project: Project, new: TaskIn) -> None:
    people = {f"watchers.{place}": member_id for place, member_id in enumerate(new.watchers)}
    others = [field for field, member_id in people.items() if member_id != caller.member_id]
    if caller.is_guest and others:
        reason = Phrase("fields.guests-only-themselves")
        raise Invalid(errors=[FieldError(field=field, reason=reason) for field in others])
    if new.assignee_id is not None:
        people["assignee_id"] = new.assignee_id
    await check_seeing(caller, project.id, people)


async def _take_number(caller: Caller, project: Project) -> int:
    """Take the project's next task number. Concurrent callers queue at the project's row.

    Raises ProjectArchived.
    """
    number: int | None = await caller.session.scalar(
        update(Project)
        .where(
            col(Project.workspace_id) == caller.workspace_id,
            col(Project.id) == project.id,
            col(Project.archived_at).is_(None),
        )
        .values(next_task_number=col(Project.next_task_number) + 1)
        .returning(col(Project.next_task_number) - 1),
        execution_options={"synchronize_session": False},
    )
    if number is None:
        raise ProjectArchived
    return number


async def _parent_id(caller: Caller, project_id: UUID, key: str | None) -> UUID | None:
    if key is None:
        return None
    found: UUID | None = await caller.session.scalar(
        select(col(Task.id))
        .join(
            Project,
            (col(Project.workspace_id) == col(Task.workspace_id))
            & (col(Project.id) == col(Task.project_id)),
        )
        .where(
            col(Task.workspace_id) == caller.workspace_id,
            col(Task.project_id) == project_id,
            col(Project.key) == project_key_of(key),
            col(Task.number) == number_of(key),
        )
    )
    if found is None:
        raise Invalid.field("parent", Phrase("fields.not-in-project"))
    return found


def _labels(task: Task, names: Iterable[str]) -> list[TaskLabel]:
    return [
        TaskLabel(workspace_id=task.workspace_id, task_id=task.id, name=name, folded=fold(name))
        for name in names
    ]


def _watchers(task: Task, members: Collection[UUID]) -> list[TaskWatcher]:
    return [
        TaskWatcher(workspace_id=task.workspace_id, task_id=task.id, member_id=member_id)
        for member_id in dict.fromkeys(members)
    ]


async def change_task(caller: Caller, key: str, expected_rev: int, edit: TaskEdit) -> TaskOut:
    """Edit a task from the revision that the caller read. Records an event if anything changed."""
    if edit.parent is not None:
        await lock_links(caller)
    task = await lock_task(caller, key)
    refuse_guests_of(caller, task)
    check_rev(task, expected_rev)
    old = await task_document(caller, task.id)
    values = await _new_values(caller, task, edit)
    beside = _changed_texts(task, values) | await _reattached(caller, task, edit)
    reason = values.pop("clarity_reason", task.clarity_reason)
    _apply(caller, task, values)
    is_changed = caller.session.is_modified(task)  # before anything is flushed
    if edit.model_fields_set & {"assignee_id", "clarity_reason", *POINTS}:
        reason = await check_brief(caller, task, reason)
        is_changed |= reason != task.clarity_reason
        task.clarity_reason = reason
    relabelled = "labels" in edit.model_fields_set and edit.labels != old.labels
    if not (is_changed or relabelled or beside):
        return await get_task(caller, key)
    touch(caller, task)
    if relabelled:
        await _replace_labels(caller, task, edit.labels)
    if beside:
        await _report_texts(caller, task)
    await _follow(caller, old, await record_change(caller, old, beside))
    return await get_task(caller, key)


async def _report_texts(caller: Caller, task: Task) -> None:
    titles = await references_in(getattr(task, point) for point in POINTS)
    await hooks.text_written(caller, task.topic_id, None, titles)


def _changed_texts(task: Task, values: dict[str, Any]) -> dict[str, Change]:
    """The long texts that the edit changes. The event names them without their content."""
    changed = [name for name in POINTS if name in values and values[name] != getattr(task, name)]
    return {name: Change(old=None, new=None) for name in changed}


async def _reattached(caller: Caller, task: Task, edit: TaskEdit) -> dict[str, Change]:
    """The names of the task's attachments before and after, if the edit changes them."""
    if "attachments" not in edit.model_fields_set:
        return {}
    old = await attachments_of_task(caller.session, task.topic_id)
    if not await attach(caller, edit.attachments, task.topic_id):
        return {}
    new = await attachments_of_task(caller.session, task.topic_id)
    names = [[attachment.name for attachment in hanging] for hanging in (old, new)]
    return {"attachments": Change(old=names[0], new=names[1])}


async def _new_values(caller: Caller, task: Task, edit: TaskEdit) -> dict[str, Any]:
    values = edit.model_dump(exclude_unset=True, exclude={"labels", "parent", "attachments"})
    assignee_id = values.get("assignee_id")
    if assignee_id is not None and assignee_id != task.assignee_id:
        await check_seeing(caller, task.project_id, {"assignee_id": assignee_id})
    if "parent" in edit.model_fields_set:
        values["parent_id"] = await _parent_id(caller, task.project_id, edit.parent)
        if values["parent_id"] is not None:
            await refuse_descendant(caller, task.id, values["parent_id"])
    return values


def _apply(caller: Caller, task: Task, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if name == "state":
            move(task, value, caller.now)
        else:
            setattr(task, name, value)


async def _replace_labels(caller: Caller, task: Task, names: Iterable[str]) -> None:
    await caller.session.execute(
        delete(TaskLabel).where(
            col(TaskLabel.workspace_id) == caller.workspace_id, col(TaskLabel.task_id) == task.id
        )
    )
    caller.session.add_all(_labels(task, names))


async def _follow(caller: Caller, old: TaskCard, new: TaskCard) -> None:
    """Rename the task's topic with it, and resolve or reopen the topic when the task is."""
    if new.title != old.title:
        topic = await get_topic(caller, new.topic_id)
        await rename_topic(caller, topic, new.title)
    if new.state.is_closed and not old.state.is_closed:
        await resolve_topics(caller, [new.topic_id])
    if old.state.is_closed and not new.state.is_closed:
        await reopen_topics(caller, [new.topic_id])
