"""Checking the briefs of tasks for the five points, as strictly as the workspace wants."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from dayline.core.clarity import ClarityKind, ClarityLevel, missing_in_brief
from dayline.core.phrase import AllOf, Phrase
from dayline.identity.caller import Caller
from dayline.kernel.errors import FieldError
from dayline.messages.clarity import levels_of, points_missing
from dayline.messages.problems import PointsMissing
from dayline.tasks.models import Task
from dayline.tasks.schemas import POINTS, TaskCard, TaskIn


def asks_another(caller: Caller, assignee_id: UUID | None) -> bool:
    """Whether the caller gives the work to someone else. Otherwise the brief isn't checked."""
    return assignee_id is not None and assignee_id != caller.member_id


async def check_brief(caller: Caller, task: Task | TaskIn, reason: str | None) -> str | None:
    """Return the reason if it has to be kept on the task, because someone else is to do it.

    Raises PointsMissing if the brief misses points that are required, and there is no reason.
    """
    if not asks_another(caller, task.assignee_id) or not await _is_required(caller):
        return None
    missing = missing_in_brief({point: getattr(task, point) for point in POINTS})
    if missing and reason is None:
        raise points_missing(missing)
    return reason if missing else None


async def check_briefs(caller: Caller, assigned: Collection[TaskCard]) -> None:
    """Check the briefs of tasks that are assigned at once. Raises PointsMissing with their keys."""
    if not assigned or not await _is_required(caller):
        return
    found = select(Task).where(
        col(Task.workspace_id) == caller.workspace_id,
        col(Task.id).in_([card.id for card in assigned]),
        col(Task.clarity_reason).is_(None),
    )
    keys = {card.id: card.key for card in assigned}
    unclear = sorted(
        keys[task.id]
        for task in await caller.session.scalars(found)
        if missing_in_brief({point: getattr(task, point) for point in POINTS})
    )
    if unclear:
        reason = Phrase("fields.briefs-first", keys=AllOf(*unclear[:5]))
        raise PointsMissing(errors=[FieldError(field="change.assignee_id", reason=reason)])


async def _is_required(caller: Caller) -> bool:
    return (await levels_of(caller))[ClarityKind.TASK_BRIEF] == ClarityLevel.REQUIRE
