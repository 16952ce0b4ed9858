"""Events of projects."""

from typing import ClassVar

from dayline.kernel.db.events import Event
from dayline.projects.schemas import ProjectOut


class ProjectCreated(Event):
    """A project was made."""

    kind: ClassVar[str] = "project.created"
    project: ProjectOut


class ProjectChanged(Event):
    """A field, the condition, the people, or whether it is archived changed."""

    kind: ClassVar[str] = "project.changed"
    project: ProjectOut
