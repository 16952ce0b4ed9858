"""What every change of a task shares: guards, revision and event."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import func, select

from dayline.core.phrase import Phrase
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
    """Raise NotYourTask for a guest who neither created the task nor has it assigned."""
    if caller.is_guest and caller.member_id not in {task.created_by, task.assignee_id}:
        raise NotYourTask


async def check_seeing(caller: Caller, project_id: UUID, members: Mapping[str, UUID]) -> None:
    """Raise Invalid if some of `members` (by field) are not active or can't see the project."""
    if not members:
        return
    seeing = await members_who_see(caller.session, caller.workspace_id, project_id)
    errors = [
        FieldError(field=field, reason=Phrase("fields.no-project-access"))
        for field, member_id in members.items()
        if member_id not in seeing
    ]
    if errors:
        raise Invalid(errors=errors)


async def lock_links(caller: Caller) -> None:
    """Lock the workspace's task links (blockers and parents) until the commit.

    A cycle spans the rows of several tasks, so two concurrent links could each miss the other. Such
    changes are rare and quick, so one lock per workspace is enough. To prevent deadlocks, it is
    always taken before the locks of tasks.
    """
    name = func.concat("task links of ", str(caller.workspace_id))
    await caller.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def touch(caller: Caller, task: Task) -> None:
    """Increase the revision and set the time of the last update."""
    task.rev += 1
    task.updated_at = caller.now


async def record_change(
    caller: Caller, old: TaskCard, beside: Mapping[str, Change] = MappingProxyType({})
) -> TaskCard:
    """Record how the task differs from `old`, and the changes `beside` the card.

    Returns the current card.
    """
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
    """Record how two cards of a task differ, and the changes `beside` the cards."""
    changes = differences(old, new) | dict(beside)
    events.record(
        caller.session,
        TaskChanged(task=new, changes=changes),
        Audience.project(new.project_id),
    )
