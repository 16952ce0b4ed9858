"""A decision record as read from a file, whatever its format."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dayline.core.phrase import Phrase

INTRODUCTION = "Introduction"
"""The section for text between the title and the first heading."""
FRONT_MATTER = "Front matter"
"""The section for unknown keys of the front matter: a YAML fence, as they were written."""
DECISION_MAKERS = "Decision makers"
CONSULTED = "Consulted"
INFORMED = "Informed"
STATUS = "Status"
"""The section for further text about the status."""
DRIVERS = "Decision Drivers"
OPTIONS = "Considered Options"
"""The section for text about all options."""
PROS_AND_CONS = "Pros and Cons of the Options"
"""The section for pros and cons that belong to no option."""

LONGEST = 200
"""Characters of a title, of an option's title, and of a status."""


class Refused(Exception):
    """A file that isn't a record, and the reason."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(repr(reason))
        self.reason = reason


class LinkKind(StrEnum):
    """How a record relates to another one."""

    SUPERSEDES = "supersedes"
    SUPERSEDED_BY = "superseded-by"
    AMENDS = "amends"
    AMENDED_BY = "amended-by"


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another record. `target` is the path of its file, or its number in digits.

    `label` is the link's text, empty for a plain target.
    """

    kind: LinkKind
    target: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One option. Its body is Markdown with headings of level 4 or lower."""

    title: str
    body: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part without a place of its own, in Markdown with headings of level 3 or lower."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Adr:
    """A record. `status` is as written in the file, or None.

    With a chosen option, `outcome` holds only what differs from the option's title. Without one, it
    says what was decided. The links are sorted and distinct.
    """

    title: str
    status: str | None = None
    decided_on: date | None = None
    context: str = ""
    options: tuple[Option, ...] = ()
    outcome: str = ""
    rationale: str = ""
    sections: tuple[Section, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def chosen(self) -> Option | None:
        """The chosen option, or None."""
        return next((option for option in self.options if option.is_chosen), None)
