"""Request and response schemas of tasks."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from dayline.attachments.schemas import AttachmentOut, Attachments
from dayline.core.phrase import Phrase, Refused
from dayline.kernel.schemas import Input, Line, Output, Text, plain_name
from dayline.messages.schemas import ClarityReason
from dayline.projects.schemas import ProjectKey
from dayline.tasks.keys import TaskKey
from dayline.tasks.models import Priority, TaskState

MOST_LABELS = 20
MOST_AT_ONCE = 200
POINTS = ("context", "request", "deadline", "options", "authority")

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def fold(label: str) -> str:
    """A label's name without case. Labels with the same folded name are the same."""
    return label.casefold()


def distinct(labels: Iterable[str]) -> list[str]:
    """The labels without duplicates, each in its first spelling, sorted without case."""
    first: dict[str, str] = {}
    for label in labels:
        first.setdefault(fold(label), label)
    return [first[folded] for folded in sorted(first)]


def _only_day(value: Any) -> Any:
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise Refused(Phrase("fields.date"))
    if isinstance(value, (int, float)):
        raise Refused(Phrase("fields.date"))
    return value


Day = Annotated[date, BeforeValidator(_only_day)]
"""A calendar day in the form `YYYY-MM-DD` only. Pydantic alone would also accept numbers."""

Label = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=50),
    AfterValidator(plain_name),
]
"""A label's name: one trimmed line of 1 to 50 characters without invisible ones."""
Labels = Annotated[
    list[Label],
    Field(max_length=MOST_LABELS, examples=[["backend", "urgent"]]),
    AfterValidator(distinct),
]
"""Up to 20 labels. Labels that differ only in case count as one, in its first spelling."""


class TaskCard(Output):
    """A task as lists, the snapshot and events show it: all but its long texts."""

    id: UUID
    key: str = Field(description="The project's key and the number.", examples=["ABC-12"])
    project_id: UUID
    number: int
    title: str
    state: TaskState
    priority: Priority
    assignee_id: UUID | None
    parent_id: UUID | None
    due_on: date | None
    labels: list[str] = Field(description="Sorted without regard to case.")
    blocked_by: list[UUID] = Field(description="Ids of the tasks that this one waits for.")
    watchers: list[UUID] = Field(description="Ids of the members who follow it.")
    topic_id: UUID = Field(description="The topic that holds its comments.")
    created_at: datetime
    created_by: UUID
    updated_at: datetime
    state_changed_at: datetime
    closed_at: datetime | None = Field(description="Since when it is done or cancelled.")
    rev: int


class FilledPoints(Output):
    """Which of the five points of clear writing say something."""

    context: bool
    request: bool
    deadline: bool
    options: bool
    authority: bool


class PointsHtml(Output):
    """The five points as safe HTML."""

    context: str
    request: str
    deadline: str
    options: str
    authority: str


class TaskOut(TaskCard):
    """A task with its five points, in Markdown and as safe HTML."""

    context: str = Field(description="What one must know to understand the task. Markdown.")
    request: str = Field(description="What is asked. Markdown.")
    deadline: str = Field(description="By when, and why then. Markdown.")
    options: str = Field(description="What could be done. Markdown.")
    authority: str = Field(description="What the assignee may decide alone. Markdown.")
    clarity_reason: str | None = Field(
        description="Why it was assigned without all of the five points, where they are required."
    )
    attachments: list[AttachmentOut] = Field(description="The files that hang on it.")
    points: FilledPoints
    html: PointsHtml


class TaskIn(Input):
    """A new task."""

    project: ProjectKey = Field(description="The key of its project.", examples=["ABC"])
    title: Line
    state: TaskState = TaskState.BACKLOG
    priority: Priority = Priority.NORMAL
    assignee_id: UUID | None = None
    labels: Labels = Field(default_factory=list)
    due_on: Day | None = None
    parent: TaskKey | None = Field(
        default=None, description="The key of a task of the same project.", examples=["ABC-7"]
    )
    context: Text = ""
    request: Text = ""
    deadline: Text = ""
    options: Text = ""
    authority: Text = ""
    clarity_reason: ClarityReason = None
    watchers: Annotated[list[UUID], Field(max_length=50)] = Field(
        default_factory=list, description="Ids of members who follow it."
    )
    attachments: Attachments = Field(default_factory=list)


class TaskEdit(Input):
    """What changes; what is left out stays as it is. Null clears where a task may have none."""

    title: Line = Field(default_factory=str)
    state: TaskState = Field(default_factory=lambda: TaskState.BACKLOG)
    priority: Priority = Field(default_factory=lambda: Priority.NORMAL)
    assignee_id: UUID | None = None
    labels: Labels = Field(default_factory=list, description="All of them, not only new ones.")
    due_on: Day | None = None
    parent: TaskKey | None = Field(
        default=None, description="The key of a task of the same project.", examples=["ABC-7"]
    )
    context: Text = Field(default_factory=str)
    request: Text = Field(default_factory=str)
    deadline: Text = Field(default_factory=str)
    options: Text = Field(default_factory=str)
    authority: Text = Field(default_factory=str)
    clarity_reason: ClarityReason = None
    attachments: Attachments = Field(default_factory=list)


class BulkChange(Input):
    """What changes in each of the tasks; what is left out stays as it is."""

    state: TaskState = Field(default_factory=lambda: TaskState.BACKLOG)
    priority: Priority = Field(default_factory=lambda: Priority.NORMAL)
    assignee_id: UUID | None = None
    labels_add: Labels = Field(default_factory=list)
    labels_remove: Labels = Field(default_factory=list)
    due_on: Day | None = None


class BulkIn(Input):
    """One change of many tasks: all of them, or none."""

    keys: Annotated[
        list[TaskKey], Field(min_length=1, max_length=MOST_AT_ONCE, examples=[["ABC-12", "ABC-13"]])
    ] = Field(json_schema_extra={"uniqueItems": True})
    change: BulkChange


class BulkOut(Output):
    """The tasks that the change made different, as they are now."""

    changed: list[TaskCard]


class LabelOut(Output):
    """A label and how many open tasks that you see bear it."""

    name: str
    open_tasks: int


class Change(BaseModel):
    """A field before and after. Of long texts both are null: only that they changed is told."""

    model_config = ConfigDict(frozen=True)

    old: str | list[str] | None
    new: str | list[str] | None


class HistoryEntry(Output):
    """One event of a task: who changed what, and when."""

    seq: int = Field(description="The event's number in the workspace.")
    id: UUID
    kind: str = Field(examples=["task.changed"])
    at: datetime
    at_local: str = Field(
        description="The same on your clock, with its offset.",
        examples=["2026-05-22T17:30:00+03:00"],
    )
    actor_id: UUID | None
    state: TaskState = Field(description="The task's state after it.")
    changes: Mapping[str, Change] = Field(
        description="By field; empty for the event that made the task.",
        examples=[{"state": {"old": "todo", "new": "done"}}],
    )
