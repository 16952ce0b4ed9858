"""The same change of many tasks, in few statements whatever their number."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import case, delete, func, insert, update
from sqlmodel import col

from dayline.conversations.actions import reopen_topics, resolve_topics
from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.kernel.db.ids import new_id
from dayline.kernel.errors import FieldError, Invalid
from dayline.tasks.briefs import asks_another, check_briefs
from dayline.tasks.changes import check_seeing, record_difference
from dayline.tasks.models import Task, TaskLabel
from dayline.tasks.queries import find_task_ids, lock_tasks, task_documents
from dayline.tasks.rules import differences, foreseen
from dayline.tasks.schemas import MOST_LABELS, BulkChange, TaskCard, fold


async def change_tasks(caller: Caller, keys: Sequence[str], change: BulkChange) -> list[TaskCard]:
    """Change all of the tasks or none. Returns those that changed, in the order of `keys`.

    Raises Invalid and PointsMissing.
    """
    ids = await _ids_of(caller, keys)
    await lock_tasks(caller, ids)
    before = {card.id: card for card in await task_documents(caller, ids)}
    changed = [
        before[task_id]
        for task_id in ids
        if differences(before[task_id], foreseen(before[task_id], change))
    ]
    if not changed:
        return []
    await _check(caller, changed, change)
    await _store(caller, changed, change)
    now = {card.id: card for card in await task_documents(caller, [card.id for card in changed])}
    for card in changed:
        record_difference(caller, card, now[card.id])
    await _follow(caller, changed, change)
    return [now[card.id] for card in changed]


async def _ids_of(caller: Caller, keys: Sequence[str]) -> list[UUID]:
    found = await find_task_ids(caller, keys)
    errors = []
    for place, key in enumerate(keys):
        if key in keys[:place]:
            errors.append(FieldError(field=f"keys.{place}", reason=Phrase("fields.twice")))
        elif key not in found:
            errors.append(FieldError(field=f"keys.{place}", reason=Phrase("fields.task-unknown")))
    if errors:
        raise Invalid(errors=errors)
    return [found[key] for key in keys]


async def _check(caller: Caller, before: Collection[TaskCard], change: BulkChange) -> None:
    for card in before:
        if len(foreseen(card, change).labels) > MOST_LABELS:
            reason = Phrase("fields.too-many-labels", key=card.key, most=MOST_LABELS)
            raise Invalid.field("change.labels_add", reason)
    if change.assignee_id is not None:
        newly = {card.project_id for card in before if card.assignee_id != change.assignee_id}
        for project_id in newly:
            await check_seeing(caller, project_id, {"change.assignee_id": change.assignee_id})
        if asks_another(caller, change.assignee_id):
            await check_briefs(
                caller, [card for card in before if card.assignee_id != change.assignee_id]
            )


async def _store(caller: Caller, before: Collection[TaskCard], change: BulkChange) -> None:
    ids = [card.id for card in before]
    await caller.session.execute(
        update(Task)
        .where(col(Task.workspace_id) == caller.workspace_id, col(Task.id).in_(ids))
        .values(rev=col(Task.rev) + 1, updated_at=caller.now, **_values(caller, change)),
        execution_options={"synchronize_session": False},
    )
    await _remove_labels(caller, ids, change.labels_remove)
    await _add_labels(caller, before, change)


def _values(caller: Caller, change: BulkChange) -> dict[str, Any]:
    values = change.model_dump(exclude_unset=True, exclude={"labels_add", "labels_remove"})
    if "state" in values:
        moves = col(Task.state) != change.state
        closed_at = func.coalesce(col(Task.closed_at), caller.now)
        values["state_changed_at"] = case((moves, caller.now), else_=col(Task.state_changed_at))
        values["closed_at"] = closed_at if change.state.is_closed else None
    return values


async def _remove_labels(caller: Caller, ids: Collection[UUID], labels: Iterable[str]) -> None:
    folded = [fold(label) for label in labels]
    if folded:
        await caller.session.execute(
            delete(TaskLabel).where(
                col(TaskLabel.workspace_id) == caller.workspace_id,
                col(TaskLabel.task_id).in_(ids),
                col(TaskLabel.folded).in_(folded),
            )
        )


async def _add_labels(caller: Caller, before: Iterable[TaskCard], change: BulkChange) -> None:
    removed = {fold(label) for label in change.labels_remove}
    rows = [
        {
            "workspace_id": caller.workspace_id,
            "id": new_id(),
            "task_id": card.id,
            "name": label,
            "folded": fold(label),
        }
        for card in before
        for label in change.labels_add
        if fold(label) not in {fold(kept) for kept in card.labels} - removed
    ]
    if rows:
        await caller.session.execute(insert(TaskLabel), rows)


async def _follow(caller: Caller, before: Iterable[TaskCard], change: BulkChange) -> None:
    if "state" not in change.model_fields_set:
        return
    moved = [card.topic_id for card in before if card.state.is_closed is not change.state.is_closed]
    if change.state.is_closed:
        await resolve_topics(caller, moved)
    else:
        await reopen_topics(caller, moved)
