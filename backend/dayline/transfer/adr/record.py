"""A decision record as a file holds it, whatever its format."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

INTRODUCTION = "Introduction"
"""What stands between the title and the first heading."""
FRONT_MATTER = "Front matter"
"""The keys of a front matter that mean nothing here, in a fence: as YAML, as they were written."""
DECISION_MAKERS = "Decision makers"
CONSULTED = "Consulted"
INFORMED = "Informed"
STATUS = "Status"
"""What is said of the status beyond it."""
DRIVERS = "Decision Drivers"
OPTIONS = "Considered Options"
"""What is said of all the options."""
PROS_AND_CONS = "Pros and Cons of the Options"
"""Pros and cons of what is no option."""

LONGEST = 200
"""Characters of a title, of an option's title, and of a status."""


class Refused(Exception):
    """A file that is no record. Its text goes on from the file's name."""


class LinkKind(StrEnum):
    """What a record does to another one, or another one to it."""

    SUPERSEDES = "supersedes"
    SUPERSEDED_BY = "superseded-by"
    AMENDS = "amends"
    AMENDED_BY = "amended-by"


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another record: `target` is the path of its file, or its number in digits.

    `label` is what it is called there; empty where the target stands for itself.
    """

    kind: LinkKind
    target: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One way to go, in Markdown whose headings, if any, are of level 4 or below."""

    title: str
    body: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part that has no place of its own here, in Markdown with headings of level 3 or below."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Adr:
    """A record. `status` is as the file writes it, None where it has none.

    Of what was chosen, the outcome holds only what differs from the option's title; without a
    chosen option it says what was decided. The links are sorted, and each is there once.
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
        """The option that was chosen."""
        return next((option for option in self.options if option.is_chosen), None)
