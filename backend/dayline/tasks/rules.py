"""The rules of tasks that need no database."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from dayline.tasks.models import Task, TaskState
from dayline.tasks.schemas import BulkChange, Change, TaskCard, distinct, fold

_SHORT = {
    "title",
    "state",
    "priority",
    "assignee_id",
    "parent_id",
    "due_on",
    "labels",
    "blocked_by",
    "watchers",
}


def move(task: Task, state: TaskState, now: datetime) -> None:
    """Set the state of a task. `closed_at` is when it became done or cancelled."""
    if state is not task.state:
        task.state = state
        task.state_changed_at = now
        task.closed_at = (task.closed_at or now) if state.is_closed else None


def differences(old: TaskCard, new: TaskCard) -> dict[str, Change]:
    """The short fields (not the five points) in which two cards of a task differ."""
    before = old.model_dump(mode="json", include=_SHORT)
    after = new.model_dump(mode="json", include=_SHORT)
    return {
        name: Change(old=before[name], new=after[name])
        for name in after
        if before[name] != after[name]
    }


def foreseen(card: TaskCard, change: BulkChange) -> TaskCard:
    """The card as it will be after a bulk change."""
    values: dict[str, Any] = change.model_dump(
        exclude_unset=True, exclude={"labels_add", "labels_remove"}
    )
    labels = relabelled(card.labels, change.labels_add, change.labels_remove)
    return card.model_copy(update=values | {"labels": labels})


def relabelled(labels: list[str], add: Collection[str], remove: Collection[str]) -> list[str]:
    """The labels after adding and removing some, ignoring case. Kept ones keep their spelling."""
    gone = {fold(label) for label in remove}
    return distinct([*(label for label in labels if fold(label) not in gone), *add])
