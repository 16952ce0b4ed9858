"""Problems of views."""

from dayline.kernel.errors import Conflict, Forbidden


class NotYourView(Forbidden):
    """Only its owner changes a view, or where it is shared an admin."""

    slug = "not-your-view"


class GuestsShareNone(Forbidden):
    """Guests keep views for themselves."""

    slug = "guests-share-none"


class TooManyViews(Conflict):
    """You have as many views as anybody may have: delete one first."""

    slug = "too-many-views"
