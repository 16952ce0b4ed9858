"""Problems of projects."""

from dayline.kernel.errors import Conflict, Forbidden
from dayline.projects.models import Project


class ProjectArchived(Conflict):
    """The project is archived."""

    slug = "archived"


class KeyTaken(Conflict):
    """Another project has this key."""

    slug = "key-taken"


class NoAccess(Conflict):
    """This member's access has ended."""

    slug = "no-access"


class GuestsNeedTheLead(Forbidden):
    """Only the project's lead and admins decide which guests see it."""

    slug = "guests-need-the-lead"


def refuse_archived(project: Project) -> None:
    """Raise ProjectArchived if the project is archived."""
    if project.archived_at is not None:
        raise ProjectArchived(archived_at=project.archived_at.isoformat())
