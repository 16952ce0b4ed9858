"""What every change of a task shares: its guards, and the event that tells it."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import func, select

from dayline.identity.caller import Caller
from dayline.kernel.db import events
from dayline.kernel.db.events import Audience
from dayline.kernel.errors import FieldError, Invalid
from dayline.projects.queries import members_who_see
from dayline.tasks.events import TaskChanged
from dayline.tasks.models import Task
from dayline.tasks.problems import NotYourTask
from dayline.tasks.queries import task_document
from dayline.tasks.rules import differences
from dayline.tasks.schemas import Change, TaskCard


def refuse_guests_of(caller: Caller, task: Task) -> None:
    """Raise NotYourTask where a guest neither made the task nor has it assigned."""
    if caller.is_guest and caller.member_id not in {task.created_by, task.assignee_id}:
        raise NotYourTask


async def check_seeing(caller: Caller, project_id: UUID, members: Mapping[str, UUID]) -> None:
    """Raise Invalid for each of `members`, by field, who is not active or sees no such project."""
    if not members:
        return
    seeing = await members_who_see(caller.session, caller.workspace_id, project_id)
    errors = [
        FieldError(field=field, reason="is not an active member who sees the project")
        for field, member_id in members.items()
        if member_id not in seeing
    ]
    if errors:
        raise Invalid(errors=errors)


async def lock_links(caller: Caller) -> None:
    """Hold what says which task waits for which, or lies under which, until the commit.

    A cycle shows only in rows of several tasks: of two racing links each would miss the other.
    One lock a workspace is enough for what is rare and quick, and nothing else waits for it. It
    comes before the locks of tasks, always, so that nobody waits in a circle.
    """
    name = func.concat("task links of ", str(caller.workspace_id))
    await caller.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def touch(caller: Caller, task: Task) -> None:
    """A new revision."""
    task.rev += 1
    task.updated_at = caller.now


async def record_change(
    caller: Caller, old: TaskCard, beside: Mapping[str, Change] = MappingProxyType({})
) -> TaskCard:
    """Tell what is different from `old`, and what is not on the card; the task as it is now."""
    await caller.session.flush()
    new = await task_document(caller, old.id)
    record_difference(caller, old, new, beside)
    return new


def record_difference(
    caller: Caller,
    old: TaskCard,
    new: TaskCard,
    beside: Mapping[str, Change] = MappingProxyType({}),
) -> None:
    """Tell what is different between two cards of a task, and what is not on them."""
    changes = differences(old, new) | dict(beside)
    events.record(
        caller.session,
        TaskChanged(task=new, changes=changes),
        Audience.project(new.project_id),
    )
