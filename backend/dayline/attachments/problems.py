"""What can go wrong with attachments."""

from dayline.kernel.errors import Conflict


class TooManyUploads(Conflict):
    """Too many uploads of yours hang on nothing yet. Use them, or wait until they go."""

    slug = "too-many-uploads"
