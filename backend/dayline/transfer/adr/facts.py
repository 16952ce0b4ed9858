"""The facts in a file, wherever it states them: status, date, people, links to other records."""

import re
from datetime import date
from itertools import chain

from dayline.core.phrase import Phrase
from dayline.transfer.adr.front_matter import Entry
from dayline.transfer.adr.outline import heading_line, paragraphs, trimmed
from dayline.transfer.adr.places import PEOPLE, place_of
from dayline.transfer.adr.record import LONGEST, Link, LinkKind, Section
from dayline.transfer.adr.status import is_placeholder, links_of_line, references_in
from dayline.transfer.text import line

_FACT = re.compile(r"(?:[*+-][ \t]+)?[*_]*([A-Za-z][A-Za-z -]{0,60}?)[*_]*[ \t]*:[*_]*[ \t]*(.*)")
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.]+(?:Z|[+-][\d:]+)?)?")
_LINK_KEYS = {
    **{kind.value: kind for kind in LinkKind},
    "replaces": LinkKind.SUPERSEDES,
    "replaced-by": LinkKind.SUPERSEDED_BY,
}


def day_of(text: str) -> date | None:
    """The date in a text like `2016-02-12` or `2016-02-12T10:00:00Z`, or None."""
    found = _DAY.fullmatch(text.strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def is_fact(key: str) -> bool:
    """Whether a key of the front matter is one of the known facts."""
    return _plain(key) in {"status", "date", *_LINK_KEYS} or place_of(_plain(key)) in PEOPLE


def _plain(key: str) -> str:
    return key.lower().replace("_", "-").replace(" ", "-")


class Facts:
    """The facts of one file. The first status and the first date count; others stay text."""

    def __init__(self) -> None:
        self.status: str | None = None
        self.day: date | None = None
        self.people: list[Section] = []
        self.links: list[Link] = []
        self.warnings: list[Phrase] = []

    def takes_entry(self, entry: Entry) -> bool:
        """Whether a front matter entry is a fact. If so, it is added to the facts."""
        key = _plain(entry.key)
        if key not in _LINK_KEYS:
            return self.takes(key, trimmed(entry.value))
        links = [references_in(_LINK_KEYS[key], item) for item in entry.items]
        if all(links):
            self.links += [link for found in links for link in found]
        return all(links)

    def takes(self, key: str, value: str) -> bool:
        """Whether a key and its value are a fact. If so, it is added. A placeholder is not."""
        people = place_of(key)
        if people in PEOPLE:
            self.people += [Section(people, value)] if value else []
            return True
        if key not in {"status", "date"} or is_placeholder(value):
            return False
        return not value or (self._is_status(value) if key == "status" else self._is_day(value))

    def _is_status(self, value: str) -> bool:
        if self.status is not None:
            return False
        self.status = line(value, LONGEST)
        return self.status == value

    def _is_day(self, value: str) -> bool:
        day = day_of(value)
        if day is None:
            self.warnings.append(Phrase("imports.warned-date", date=value))
        if day is None or self.day is not None:
            return False
        self.day = day
        return True

    def without(self, text: str) -> str:
        """The text without lines like `Date: 2016-02-12`, whose facts are added."""
        lines = text.split("\n")
        told = set()
        for number in chain.from_iterable(paragraphs(text)):
            fact = _FACT.fullmatch(lines[number].rstrip(" \t"))
            if fact is not None and self.takes(fact[1].lower(), fact[2]):
                told.add(number)
        return _without(lines, told)

    def beside_status(self, body: str) -> str:
        """The text of a status section without the status and lines of links, which are added."""
        lines, told = body.split("\n"), set()
        for paragraph in paragraphs(body):
            rest = [at for at in paragraph if not self._are_links(lines[at])]
            said = heading_line("\n".join(lines[at] for at in rest)).lstrip("*+- ")
            is_status = said and not is_placeholder(said) and self._is_status(said)
            told |= set(paragraph) if is_status else set(paragraph) - set(rest)
        return _without(lines, told)

    def _are_links(self, written: str) -> bool:
        """Whether a line is only links, which are then added.

        Without a status so far, a line like `Superseded by …` is the status instead.
        """
        links = links_of_line(written.strip(" \t*+-"))
        is_status = all(link.kind is LinkKind.SUPERSEDED_BY for link in links)
        if not links or (is_status and self.status is None):
            return False
        self.links += links
        return True


def _without(lines: list[str], numbers: set[int]) -> str:
    return trimmed("\n".join(line for at, line in enumerate(lines) if at not in numbers))
