"""Problems of topics and messages."""

from dayline.kernel.errors import Conflict, Forbidden, Invalid


class MessageOpensDecision(Conflict):
    """This message opened a decision: it stays as it is."""

    slug = "message-opens-decision"


class AuthorOnly(Forbidden):
    """Only its author edits a message."""

    slug = "author-only"


class AuthorOrAdminOnly(Forbidden):
    """Only its author withdraws a message, or in a project an admin."""

    slug = "author-or-admin-only"


class RecipientNotWorking(Conflict):
    """Somebody whom this asks urgently does not work now: say why it cannot wait, or send it later.

    Its `recipients` say who, and when they start.
    """

    slug = "recipient-not-working"


class MessageGone(Conflict):
    """The message was withdrawn."""

    slug = "message-withdrawn"


class PointsMissing(Invalid):
    """The text misses points that the workspace requires: add them, or give a `clarity_reason`.

    Its `missing` names the points, its errors say in a sentence each what to write.
    """

    slug = "points-missing"
