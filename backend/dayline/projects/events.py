"""Events of projects."""

from typing import ClassVar

from dayline.kernel.db.events import Event
from dayline.projects.schemas import ProjectOut


class ProjectCreated(Event):
    """A project was created."""

    kind: ClassVar[str] = "project.created"
    project: ProjectOut


class ProjectChanged(Event):
    """A project's fields, condition or people changed, or it was archived or restored."""

    kind: ClassVar[str] = "project.changed"
    project: ProjectOut
