"""Problems of references and explanations."""

from dayline.kernel.errors import Conflict, Forbidden


class TitleTaken(Conflict):
    """Another reference has this title."""

    slug = "title-taken"


class AlreadyAnswered(Conflict):
    """A reference answers this subject already."""

    slug = "already-answered"


class OwnerOrAdminOnly(Forbidden):
    """Only its owner or an admin deletes a reference."""

    slug = "owner-or-admin-only"


class NotYourExplanation(Forbidden):
    """Only who noted an explanation takes it back."""

    slug = "not-your-explanation"
