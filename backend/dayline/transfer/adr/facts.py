"""What a file says about its record, wherever it says so: status, date, people, other records."""

import re
from collections.abc import Iterator
from datetime import date

from dayline.transfer.adr.front_matter import Entry
from dayline.transfer.adr.outline import heading_line, prose_lines, trimmed
from dayline.transfer.adr.places import PEOPLE, place_of
from dayline.transfer.adr.record import LONGEST, Link, LinkKind, Section
from dayline.transfer.adr.status import is_placeholder, links_of_line, references_in
from dayline.transfer.text import line

_FACT = re.compile(r"(?:[*+-][ \t]+)?[*_]*([A-Za-z][A-Za-z -]*?)[*_]*[ \t]*:[*_]*[ \t]*(.*?)[ \t]*")
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.]+(?:Z|[+-][\d:]+)?)?")
_BLANK = re.compile(r"\n[ \t]*\n")
_LINK_KEYS = {
    **{kind.value: kind for kind in LinkKind},
    "replaces": LinkKind.SUPERSEDES,
    "replaced-by": LinkKind.SUPERSEDED_BY,
}


def day_of(text: str) -> date | None:
    """The day that a text like `2016-02-12` or `2016-02-12T10:00:00Z` names."""
    found = _DAY.fullmatch(text.strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


class Facts:
    """The facts of one file. The first status and the first date count; the rest stays text."""

    def __init__(self) -> None:
        self.status: str | None = None
        self.day: date | None = None
        self.people: list[Section] = []
        self.links: list[Link] = []
        self.warnings: list[str] = []

    def takes_entry(self, entry: Entry) -> bool:
        """Whether a key of the front matter is a fact; it is taken then."""
        key = entry.key.lower().replace("_", "-").replace(" ", "-")
        if key not in _LINK_KEYS:
            return self.takes(key, trimmed(entry.value))
        links = [references_in(_LINK_KEYS[key], item) for item in entry.items]
        if all(links):
            self.links += [link for found in links for link in found]
        return all(links)

    def takes(self, key: str, value: str) -> bool:
        """Whether a key and its value are a fact; it is taken then. A template's text is none."""
        people = place_of(key)
        if is_placeholder(value) or not (people in PEOPLE or key in {"status", "date"}):
            return False
        if people in PEOPLE:
            self.people += [Section(people, value)] if value else []
            return True
        return not value or (self._is_status(value) if key == "status" else self._is_day(value))

    def _is_status(self, value: str) -> bool:
        if self.status is not None:
            return False
        self.status = line(value, LONGEST)
        return self.status == value

    def _is_day(self, value: str) -> bool:
        day = day_of(value)
        if day is None:
            self.warnings.append(f"its date, {value}, is no day like 2016-02-12; kept as text")
        if day is None or self.day is not None:
            return False
        self.day = day
        return True

    def without(self, text: str) -> str:
        """The text without its lines like `Date: 2016-02-12` or `* Deciders: Olena, Sam`."""
        prose, kept = prose_lines(text), []
        for number, written in enumerate(text.split("\n")):
            fact = _FACT.fullmatch(written) if number in prose else None
            if fact is None or not self.takes(fact[1].lower(), fact[2]):
                kept.append(written)
        return trimmed(re.sub(r"\n{3,}", "\n\n", "\n".join(kept)))

    def beside_status(self, body: str) -> Iterator[str]:
        """The paragraphs of a status section that are neither it nor links to other records."""
        for paragraph in _BLANK.split(body):
            rest = "\n".join(self._without_links(paragraph.split("\n")))
            said = heading_line(rest).lstrip("*+- ")
            if said and (is_placeholder(said) or not self._is_status(said)):
                yield rest

    def _without_links(self, lines: list[str]) -> Iterator[str]:
        """Lines that say more than a link; or nothing but what superseded it, as its status."""
        is_first = self.status is None
        for written in lines:
            links = links_of_line(written.strip(" \t*+-"))
            is_status = all(link.kind is LinkKind.SUPERSEDED_BY for link in links)
            if links and not (is_first and is_status):
                self.links += links
            else:
                yield written
            is_first = is_first and not written.strip()
