"""Problems of the agreement."""

from dayline.kernel.errors import Conflict


class Superseded(Conflict):
    """A later version of the agreement is in force; sign that one."""

    slug = "superseded"
