"""Reading a record: MADR 2 without front matter, MADR 3 and 4 with it, and Nygard's format.

Text that has no place of its own is kept in sections, so nothing is lost.
"""

import re
from dataclasses import dataclass
from textwrap import dedent

from dayline.core.phrase import Phrase
from dayline.transfer.adr.facts import Facts, is_fact
from dayline.transfer.adr.front_matter import entries, split
from dayline.transfer.adr.normalizing import (
    SECTION_LEVEL,
    fenced,
    normalized,
    without_boilerplate,
    yaml_in,
)
from dayline.transfer.adr.options import OPTION_LEVEL, options_of, with_chosen
from dayline.transfer.adr.outcome import outcome_of
from dayline.transfer.adr.outline import Part, heading_line, joined, parts
from dayline.transfer.adr.places import CONTEXT, OUTCOME, UNDER_OUTCOME, place_of
from dayline.transfer.adr.record import (
    FRONT_MATTER,
    INTRODUCTION,
    LONGEST,
    OPTIONS,
    PROS_AND_CONS,
    STATUS,
    Adr,
    Refused,
    Section,
)
from dayline.transfer.adr.status import KNOWN, is_placeholder, word_of
from dayline.transfer.text import clean

_NUMBER = re.compile(r"(?:ADR[-_ ]?#?(\d+)[ ]?[.:\N{EN DASH}-]?|(\d+)[ ]?[.:\N{EN DASH}-])[ ]+")
_SAID_THERE = frozenset({"outcome", "rationale"})
"""The headings under the outcome, besides sections, that have a meaning."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A record, and warnings about its file."""

    adr: Adr
    warnings: tuple[Phrase, ...]


def read(text: str, name: str = "") -> Reading:
    """Read the record in a file with this name. Raises Refused."""
    return _Reader(name).read(text)


def number_in(name: str) -> int | None:
    """The number at the beginning of a file's name, or None."""
    found = re.match(r"\d{1,6}(?!\d)", name.rpartition("/")[2])
    return int(found[0]) if found else None


def _title_in(front: str) -> str:
    """The title in the front matter, or an empty text."""
    found = (entry.value for entry in entries(front) if entry.key.lower() == "title")
    return heading_line(next(found, ""))


class _Reader:
    """Reads one file and collects warnings."""

    def __init__(self, name: str) -> None:
        self._number = number_in(name)
        self._facts = Facts()
        self._texts = dict.fromkeys((INTRODUCTION, CONTEXT, OPTIONS, OUTCOME, PROS_AND_CONS), "")
        self._yaml: list[str] = []
        self._sections: list[Section] = []

    def read(self, text: str) -> Reading:
        front, body = split(clean(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")))
        before, found = parts(without_boilerplate(body), SECTION_LEVEL)
        top = next((part for part in found if part.level == 1), Part(1, "", ""))
        title = self._title(top.title or _title_in(front or ""))
        self._take_front(front or "")
        self._texts[INTRODUCTION] = joined(self._texts[INTRODUCTION], before, top.body)
        for part in found:
            if part is not top:
                self._take(part)
        self._keep(INTRODUCTION, self._facts.without(self._texts[INTRODUCTION]))
        adr = self._adr(title)
        return Reading(adr, (*dict.fromkeys(self._facts.warnings), *_gaps(adr)))

    def _title(self, written: str) -> str:
        """The title without the number that the file's name has, too. Raises Refused."""
        number = _NUMBER.match(written)
        is_its = number is not None and int(number[1] or number[2]) == self._number
        title = written[number.end() :] if number and is_its else written
        if not title:
            raise Refused(Phrase("imports.refused-untitled"))
        if is_placeholder(title) or is_placeholder(written):
            raise Refused(Phrase("imports.refused-template", title=written))
        if len(title) > LONGEST:
            self._texts[INTRODUCTION] = title
        return title

    def _take_front(self, front: str) -> None:
        found = entries(front)
        kept = [entry for entry in found if not self._facts.takes_entry(entry)]
        odd = [dedent(entry.lines) for entry in kept if is_fact(entry.key)]
        others = [entry for entry in kept if not is_fact(entry.key)]
        lines = [dedent(entry.lines) for entry in others]
        keys = [entry.key for entry in entries("\n".join(lines))]
        if front.strip() and (not found or keys != [entry.key for entry in others]):
            self._keep(FRONT_MATTER, fenced("text", front.strip("\n")))
            self._facts.warnings.append(Phrase("imports.warned-front-matter"))
        else:
            self._yaml += lines
            self._texts[INTRODUCTION] = joined(self._texts[INTRODUCTION], *odd)

    def _take(self, part: Part) -> None:
        place = place_of(part.title) or INTRODUCTION
        if place in self._texts:
            self._texts[place] = joined(self._texts[place], part.body)
        elif place == STATUS:
            self._keep(STATUS, self._facts.beside_status(part.body))
        elif place == FRONT_MATTER and (yaml := yaml_in(Section(place, part.body))):
            self._take_front(yaml)
        elif place.lower() != "date" or not self._facts.takes("date", part.body):
            self._sections.append(Section(place, part.body))

    def _keep(self, title: str, body: str) -> None:
        self._sections += [Section(title, body)] if body else []

    def _adr(self, title: str) -> Adr:
        options, introduced, strangers = options_of(
            self._texts[OPTIONS], self._texts[PROS_AND_CONS]
        )
        self._keep(OPTIONS, introduced)
        self._keep(PROS_AND_CONS, strangers)
        under = self._under_outcome()
        before = under.pop("")
        outcome = outcome_of(before or under.pop("outcome", ""), options)
        if outcome.chosen is not None:
            options = with_chosen(options, outcome.chosen)
        self._keep(FRONT_MATTER, fenced("yaml", "\n".join(self._yaml)) if self._yaml else "")
        under_it = [Section(name, body) for name, body in under.items() if name in UNDER_OUTCOME]
        adr = Adr(
            title=title,
            status=self._facts.status,
            decided_on=self._facts.day,
            context=self._texts[CONTEXT],
            options=options,
            outcome=joined(outcome.text, under.get("outcome", "")),
            rationale=joined(outcome.why, under.get("rationale", "")),
            sections=(*self._facts.people, *under_it, *self._sections),
            links=tuple(self._facts.links),
        )
        return normalized(adr)

    def _under_outcome(self) -> dict[str, str]:
        """The text of the outcome by heading under it. Text before any heading has the key `""`."""
        before, found = parts(self._texts[OUTCOME], OPTION_LEVEL)
        under, last = {"": before}, ""
        for part in found:
            name = part.title.lower()
            name = name if name in _SAID_THERE else place_of(part.title)
            is_known = name in UNDER_OUTCOME or name in _SAID_THERE
            text = part.body if is_known else joined(f"{'#' * part.level} {part.title}", part.body)
            last = name if is_known else last
            under[last] = joined(under.get(last, ""), text)
        return under


def _gaps(adr: Adr) -> list[Phrase]:
    """Warnings for what a record doesn't say."""
    missing = []
    if adr.status is None:
        missing.append(Phrase("imports.warned-no-status"))
    elif word_of(adr.status) not in KNOWN:
        missing.append(Phrase("imports.warned-status", status=adr.status))
    if adr.decided_on is None:
        missing.append(Phrase("imports.warned-no-date"))
    if not (adr.context or adr.outcome or adr.rationale or adr.options):
        missing.append(Phrase("imports.warned-empty"))
    return missing
