"""What can go wrong with attachments."""

from dayline.kernel.errors import Conflict


class StorageQuotaReached(Conflict):
    """There isn't enough storage left for this file."""

    slug = "storage-quota-reached"


class TooManyUploads(Conflict):
    """You have too many unattached files. Attach them, or wait a day until they're deleted."""

    slug = "too-many-uploads"
