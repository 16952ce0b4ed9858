"""What happens to views. A view that is nobody else's is told to its owner alone."""

from typing import ClassVar

from dayline.kernel.db.events import Audience, Event
from dayline.views.models import View
from dayline.views.schemas import ViewOut


class ViewEvent(Event):
    """Something happened to a view."""

    view: ViewOut


class ViewCreated(ViewEvent):
    """A view was made."""

    kind: ClassVar[str] = "view.created"


class ViewChanged(ViewEvent):
    """A view has another name, shows something else, or is shared now."""

    kind: ClassVar[str] = "view.changed"


class ViewDeleted(ViewEvent):
    """A view is gone, or is shared no longer; its `deleted_at` says so."""

    kind: ClassVar[str] = "view.deleted"


def audience_of(view: View) -> Audience:
    """Who sees what happens to a view: whoever sees the view."""
    if view.shared:
        return Audience.team(and_guest=view.owner_id)
    return Audience.member(view.owner_id)
