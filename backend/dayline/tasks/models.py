"""Tables of tasks and their parts."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from dayline.kernel.db.columns import Revised, WorkspaceRow, points_to, text_enum


class TaskState(StrEnum):
    """Where a task is in its workflow."""

    BACKLOG = "backlog"
    TODO = "todo"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    IN_REVIEW = "in_review"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def is_closed(self) -> bool:
        """Whether the work has ended."""
        return self in {TaskState.DONE, TaskState.CANCELLED}


class Priority(StrEnum):
    """How important a task is."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


class Task(WorkspaceRow, Revised, table=True):
    """A piece of work. Five of its fields are the five points."""

    __tablename__ = "tasks"
    __table_args__ = (
        points_to("project_id", "projects"),
        points_to("topic_id", "topics"),
        points_to("assignee_id", "members"),
        points_to("created_by", "members"),
        points_to("parent_id", "tasks"),
        UniqueConstraint("workspace_id", "project_id", "number"),
        UniqueConstraint("workspace_id", "topic_id"),
        CheckConstraint("parent_id <> id", "parent_is_another"),
        Index(None, "workspace_id", "updated_at", "id"),
        Index(None, "workspace_id", "created_at", "id"),
        Index(None, "workspace_id", "assignee_id"),
        Index(None, "workspace_id", "parent_id"),
    )

    project_id: UUID
    number: int
    topic_id: UUID
    title: str = Field(max_length=200)
    state: TaskState = Field(sa_type=text_enum(TaskState))
    priority: Priority = Field(sa_type=text_enum(Priority))
    assignee_id: UUID | None = None
    parent_id: UUID | None = None
    due_on: date | None = None
    context: str = ""
    request: str = ""
    deadline: str = ""
    options: str = ""
    authority: str = ""
    clarity_reason: str | None = Field(default=None, max_length=500)
    """Why it was assigned although the workspace requires points that the brief misses."""
    created_at: datetime
    created_by: UUID
    updated_at: datetime
    state_changed_at: datetime
    closed_at: datetime | None = None


class TaskLabel(WorkspaceRow, table=True):
    """A label of a task. A label is only its name and exists as long as a task has it.

    `folded` is the name without case: two labels of a task are the same if it is equal.
    """

    __tablename__ = "task_labels"
    __table_args__ = (
        points_to("task_id", "tasks"),
        UniqueConstraint("workspace_id", "task_id", "folded"),
        Index(None, "workspace_id", "folded"),
    )

    task_id: UUID
    name: str = Field(max_length=50)
    folded: str = Field(max_length=150)


class TaskDependency(WorkspaceRow, table=True):
    """A task that is blocked by another task of the workspace."""

    __tablename__ = "task_dependencies"
    __table_args__ = (
        points_to("task_id", "tasks"),
        points_to("blocked_by_id", "tasks"),
        UniqueConstraint("workspace_id", "task_id", "blocked_by_id"),
        Index(None, "workspace_id", "blocked_by_id"),
        CheckConstraint("task_id <> blocked_by_id", "blocked_by_another"),
    )

    task_id: UUID
    blocked_by_id: UUID


class TaskWatcher(WorkspaceRow, table=True):
    """A member who follows a task."""

    __tablename__ = "task_watchers"
    __table_args__ = (
        points_to("task_id", "tasks"),
        points_to("member_id", "members"),
        UniqueConstraint("workspace_id", "task_id", "member_id"),
        Index(None, "workspace_id", "member_id"),
    )

    task_id: UUID
    member_id: UUID
