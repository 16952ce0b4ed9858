"""What can go wrong with attachments."""

from dayline.kernel.errors import Conflict, Problem


class TooManyUploads(Conflict):
    """Too many uploads of yours hang on nothing yet. Use them, or wait until they go."""

    slug = "too-many-uploads"


class RangeNotSatisfiable(Problem):
    """The file has no such range. Content-Range says how long it is."""

    status = 416
    slug = "range-not-satisfiable"
