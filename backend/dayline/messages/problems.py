"""Problems of topics and messages."""

from dayline.kernel.errors import Conflict, Forbidden, Invalid


class MessageOpensDecision(Conflict):
    """This message opened a decision, so it can't be changed."""

    slug = "message-opens-decision"


class AuthorOnly(Forbidden):
    """Only the author of a message can edit it."""

    slug = "author-only"


class AuthorOrAdminOnly(Forbidden):
    """Only the author of a message can withdraw it, or an admin in a project."""

    slug = "author-or-admin-only"


class RecipientNotWorking(Conflict):
    """A recipient of an urgent message isn't working. It needs a reason, or has to be sent later.

    Its `recipients` say who, and when they start.
    """

    slug = "recipient-not-working"


class MessageGone(Conflict):
    """The message was withdrawn."""

    slug = "message-withdrawn"


class PointsMissing(Invalid):
    """The text misses points that the workspace requires. Add them, or give a `clarity_reason`.

    Its `missing` names the points, and each error says what to write.
    """

    slug = "points-missing"
