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
from dayline.kernel.schemas import (
    CreatedAt,
    Id,
    Input,
    Line,
    Output,
    Rev,
    Text,
    YourTime,
    plain_name,
)
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


# Meanings that several schemas share.
PRIORITY = Field(description="How important the task is.")
WATCHERS = Field(description="The ids of the members who follow the task.")
CONTEXT = Field(description="What someone needs to know to start, in Markdown.")
REQUEST = Field(description="What is needed, and what done looks like, in Markdown.")
DEADLINE = Field(description="When it is needed, and why, in Markdown.")
OPTIONS = Field(description="Which ways to do it were considered, in Markdown.")
AUTHORITY = Field(description="What the assignee can decide alone, in Markdown.")
ASSIGNEE_ID = Field(
    description="The id of the member who works on the task. Null to leave it unassigned."
)
PARENT = Field(
    description="The key of the task in the same project that this task is part of. Null for none."
)


class TaskCard(Output):
    """A task as lists, the snapshot and events show it, without its long texts."""

    id: Id
    key: str = Field(description="The project's key and the task's number.", examples=["ABC-12"])
    project_id: UUID = Field(description="The id of the project that the task belongs to.")
    number: int = Field(description="The task's number in its project, which never changes.")
    title: str = Field(description="What the task is called.")
    state: TaskState = Field(description="Where the task is in its workflow.")
    priority: Annotated[Priority, PRIORITY]
    assignee_id: UUID | None = Field(
        description="The id of the member who works on the task. Null if it isn't assigned."
    )
    parent_id: UUID | None = Field(
        description="The id of the task that this task is part of. Null if there is none."
    )
    due_on: date | None = Field(
        description="The day on which the task is due. Null if it isn't set."
    )
    labels: list[str] = Field(description="The names of the task's labels, in alphabetical order.")
    blocked_by: list[UUID] = Field(description="The ids of the tasks that block this one.")
    watchers: Annotated[list[UUID], WATCHERS]
    topic_id: UUID = Field(description="The id of the topic that holds the task's comments.")
    created_at: CreatedAt
    created_by: UUID = Field(description="The id of the member who created the task.")
    updated_at: datetime = Field(description="When the task last changed.")
    state_changed_at: datetime = Field(description="When the task moved to its current state.")
    closed_at: datetime | None = Field(
        description="When the task was done or cancelled. Null while it is open."
    )
    rev: Rev


class FilledPoints(Output):
    """Which of the five points of a task's brief are filled in."""

    context: bool = Field(description="Whether the context is filled in.")
    request: bool = Field(description="Whether the request is filled in.")
    deadline: bool = Field(description="Whether the deadline is filled in.")
    options: bool = Field(description="Whether the options are filled in.")
    authority: bool = Field(description="Whether the authority is filled in.")


class PointsHtml(Output):
    """The five points of a task's brief as safe HTML."""

    context: str = Field(description="The context as safe HTML.")
    request: str = Field(description="The request as safe HTML.")
    deadline: str = Field(description="The deadline as safe HTML.")
    options: str = Field(description="The options as safe HTML.")
    authority: str = Field(description="The authority as safe HTML.")


class TaskOut(TaskCard):
    """A task with its brief, in Markdown and as safe HTML."""

    context: Annotated[str, CONTEXT]
    request: Annotated[str, REQUEST]
    deadline: Annotated[str, DEADLINE]
    options: Annotated[str, OPTIONS]
    authority: Annotated[str, AUTHORITY]
    clarity_reason: str | None = Field(
        description="Why the brief misses some of the five points that the workspace requires. "
        "Null if no reason was needed."
    )
    attachments: list[AttachmentOut] = Field(description="The files attached to the task.")
    points: FilledPoints = Field(description="Which of the five points are filled in.")
    html: PointsHtml = Field(description="The five points as safe HTML.")


class TaskIn(Input):
    """A task to create. Mentions in its brief, from `context` to `authority`, ask no one."""

    project: ProjectKey = Field(
        description="The key of the project that the task belongs to.", examples=["ABC"]
    )
    title: Line = Field(description="What the task is called.")
    state: TaskState = Field(
        default=TaskState.BACKLOG, description="Where the task is in its workflow."
    )
    priority: Annotated[Priority, PRIORITY] = Priority.NORMAL
    assignee_id: Annotated[UUID | None, ASSIGNEE_ID] = None
    labels: Labels = Field(
        default_factory=list,
        description="The names of the task's labels. New names create new labels.",
    )
    due_on: Day | None = Field(
        default=None, description="The day on which the task is due. Null for no due date."
    )
    parent: Annotated[TaskKey | None, PARENT] = Field(default=None, examples=["ABC-7"])
    context: Annotated[Text, CONTEXT] = ""
    request: Annotated[Text, REQUEST] = ""
    deadline: Annotated[Text, DEADLINE] = ""
    options: Annotated[Text, OPTIONS] = ""
    authority: Annotated[Text, AUTHORITY] = ""
    clarity_reason: ClarityReason = None
    watchers: Annotated[list[UUID], Field(max_length=50), WATCHERS] = Field(default_factory=list)
    attachments: Attachments = Field(default_factory=list)


class TaskEdit(Input):
    """Changes to a task. Fields left out stay the same."""

    title: Line = Field(default_factory=str, description="The new title.")
    state: TaskState = Field(
        default_factory=lambda: TaskState.BACKLOG,
        description="The new state. Done and cancelled resolve the task's topic.",
    )
    priority: Annotated[Priority, PRIORITY] = Field(default_factory=lambda: Priority.NORMAL)
    assignee_id: Annotated[UUID | None, ASSIGNEE_ID] = None
    labels: Labels = Field(
        default_factory=list,
        description="The names of all the task's labels. Labels left out are removed.",
    )
    due_on: Day | None = Field(
        default=None, description="The day on which the task is due. Null removes it."
    )
    parent: Annotated[TaskKey | None, PARENT] = Field(default=None, examples=["ABC-7"])
    context: Annotated[Text, CONTEXT] = Field(default_factory=str)
    request: Annotated[Text, REQUEST] = Field(default_factory=str)
    deadline: Annotated[Text, DEADLINE] = Field(default_factory=str)
    options: Annotated[Text, OPTIONS] = Field(default_factory=str)
    authority: Annotated[Text, AUTHORITY] = Field(default_factory=str)
    clarity_reason: ClarityReason = None
    attachments: Attachments = Field(default_factory=list)


class BulkChange(Input):
    """Changes to each of the tasks. Fields left out stay the same."""

    state: TaskState = Field(
        default_factory=lambda: TaskState.BACKLOG, description="The new state."
    )
    priority: Priority = Field(
        default_factory=lambda: Priority.NORMAL, description="How important the tasks are."
    )
    assignee_id: UUID | None = Field(
        default=None,
        description="The id of the member who works on the tasks. Null to leave them unassigned.",
    )
    labels_add: Labels = Field(default_factory=list, description="The names of the labels to add.")
    labels_remove: Labels = Field(
        default_factory=list, description="The names of the labels to remove."
    )
    due_on: Day | None = Field(
        default=None, description="The day on which the tasks are due. Null removes it."
    )


class BulkIn(Input):
    """The same change to many tasks. Either all of them change or none."""

    keys: Annotated[
        list[TaskKey], Field(min_length=1, max_length=MOST_AT_ONCE, examples=[["ABC-12", "ABC-13"]])
    ] = Field(
        json_schema_extra={"uniqueItems": True}, description="The keys of the tasks to change."
    )
    change: BulkChange = Field(description="The change to each task.")


class BulkOut(Output):
    """The tasks that changed."""

    changed: list[TaskCard] = Field(
        description="The changed tasks. Tasks that already were as requested are left out."
    )


class LabelOut(Output):
    """A label, with how many open tasks that you can see have it."""

    name: str = Field(description="The name of the label.")
    open_tasks: int = Field(description="How many open tasks that you can see have the label.")


class Change(BaseModel):
    """The values of a field before and after a change. Both are null for long texts."""

    model_config = ConfigDict(frozen=True)

    old: str | list[str] | None = Field(
        description="The value before the change. Null if there was none or if the field is a "
        "long text."
    )
    new: str | list[str] | None = Field(
        description="The value after the change. Null if there is none or if the field is a "
        "long text."
    )


class HistoryEntry(Output):
    """An event in the history of a task."""

    seq: int = Field(description="The number of the event in the workspace.")
    id: Id
    kind: str = Field(
        examples=["task.changed"], description="What happened, as a kind of event from the feed."
    )
    at: datetime = Field(description="When it happened.")
    at_local: YourTime = Field(examples=["2026-05-22T17:30:00+03:00"])
    actor_id: UUID | None = Field(
        description="The id of the member who did it. Null if no one did."
    )
    state: TaskState = Field(description="The task's state after the event.")
    changes: Mapping[str, Change] = Field(
        description="What changed, by the name of the field. Empty for the event that "
        "created the task.",
        examples=[{"state": {"old": "todo", "new": "done"}}],
    )
