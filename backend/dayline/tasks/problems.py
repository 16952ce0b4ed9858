"""Problems of tasks."""

from dayline.kernel.errors import Conflict, Forbidden


class TaskCycle(Conflict):
    """A task would wait for itself, or lie under itself."""

    slug = "task-cycle"


class NotYourTask(Forbidden):
    """Guests edit the tasks that they made or that are assigned to them."""

    slug = "not-your-task"


class OnlyYourself(Forbidden):
    """Guests decide only whether they follow a task themselves."""

    slug = "only-yourself"
