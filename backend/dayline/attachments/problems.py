"""Problems of attachments."""

from dayline.kernel.errors import Conflict, Problem


class StorageQuotaReached(Conflict):
    """There isn't enough storage left for this file."""

    slug = "storage-quota-reached"


class TooManyUploads(Conflict):
    """You have too many unattached files. Attach them, or wait a day until they're deleted."""

    slug = "too-many-uploads"


class RangeNotSatisfiable(Problem):
    """The file has no such range. Content-Range says how long it is."""

    status = 416
    slug = "range-not-satisfiable"
