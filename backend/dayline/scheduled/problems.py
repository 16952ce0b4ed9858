"""Problems of scheduled messages."""

from dayline.kernel.errors import Conflict


class TooManyScheduled(Conflict):
    """As many messages of yours wait as may: send or delete one first."""

    slug = "too-many-scheduled"
