"""Events of tasks."""

from typing import ClassVar
from uuid import UUID

from dayline.kernel.db.events import Event
from dayline.tasks.schemas import Change, TaskCard


class TaskEvent(Event):
    """Something happened to a task. The event appears in the task's history."""

    task: TaskCard

    @property
    def subject_id(self) -> UUID:
        """The task's id."""
        return self.task.id


class TaskCreated(TaskEvent):
    """A task was created."""

    kind: ClassVar[str] = "task.created"


class TaskChanged(TaskEvent):
    """Some fields of a task changed."""

    kind: ClassVar[str] = "task.changed"
    changes: dict[str, Change]
