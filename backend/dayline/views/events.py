"""Events of views. Only the owner sees those of a private view."""

from typing import ClassVar

from dayline.kernel.db.events import Audience, Event
from dayline.views.models import View
from dayline.views.schemas import ViewOut


class ViewEvent(Event):
    """Something happened to a view."""

    view: ViewOut


class ViewCreated(ViewEvent):
    """A view was created."""

    kind: ClassVar[str] = "view.created"


class ViewChanged(ViewEvent):
    """A view was changed or shared."""

    kind: ClassVar[str] = "view.changed"


class ViewDeleted(ViewEvent):
    """A view was deleted or is no longer shared, as of its `deleted_at`."""

    kind: ClassVar[str] = "view.deleted"


def audience_of(view: View) -> Audience:
    """Who sees the events of a view: everyone who sees the view."""
    if view.shared:
        return Audience.team(and_guest=view.owner_id)
    return Audience.member(view.owner_id)
