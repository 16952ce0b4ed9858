"""Normalizing a record, so that writing and reading it again gives the same record."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from dayline.transfer.adr.front_matter import entries
from dayline.transfer.adr.options import OPTION_LEVEL, alike
from dayline.transfer.adr.outline import (
    begins_with_paragraph,
    closed,
    heading_line,
    nested,
    trimmed,
    without_comments,
)
from dayline.transfer.adr.places import PEOPLE, UNDER_OUTCOME, in_order
from dayline.transfer.adr.record import FRONT_MATTER, LONGEST, Adr, Link, Option, Section
from dayline.transfer.adr.status import links_in, links_in_body
from dayline.transfer.text import clean, line

_BOILERPLATE = re.compile(
    r"<!--\s*(?:This is an optional element\. Feel free to remove\.?"
    r"|numbers of [\w ]+ can vary|markdownlint-[^>]*?)\s*-->"
)

SECTION_LEVEL = 2
"""The level of the headings of a record's sections."""


def normalized(adr: Adr) -> Adr:
    """The record with headings nested below those of its parts, and sections in file order."""
    tidy = replace(
        adr,
        title=line(heading_line(clean(adr.title)), LONGEST),
        status=line(adr.status or "", LONGEST) or None,
        context=_below(adr.context, SECTION_LEVEL),
        options=tuple(_options(adr.options)),
        outcome=_below(adr.outcome, OPTION_LEVEL),
        rationale=_below(adr.rationale, OPTION_LEVEL),
        sections=in_order(_sections(adr.sections)),
    )
    return replace(tidy, links=distinct([*told_in(tidy), *adr.links]))


def told_in(adr: Adr) -> list[Link]:
    """The links stated in the status and the texts of a record."""
    bodies = [section.body for section in adr.sections if section.title not in _NO_PROSE]
    texts = (adr.context, adr.outcome, adr.rationale, *bodies)
    texts += tuple(option.body for option in adr.options)
    return links_in(adr.status or "") + [link for text in texts for link in links_in_body(text)]


_NO_PROSE = {FRONT_MATTER, *PEOPLE}


def distinct(links: Iterable[Link]) -> tuple[Link, ...]:
    """The links in order, without duplicates."""
    first: dict[tuple[str, str], Link] = {}
    for link in links:
        first.setdefault((link.kind, link.target), link)
    return tuple(first[key] for key in sorted(first))


def without_boilerplate(text: str) -> str:
    """The text without the hints of MADR's templates."""
    return without_comments(text, _BOILERPLATE)


def _below(text: str, level: int) -> str:
    tidy = trimmed(without_boilerplate(clean(text)))
    begun = tidy.lstrip() if begins_with_paragraph(tidy) else tidy
    return closed(nested(begun, level + 1))


def _sections(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        level = OPTION_LEVEL if section.title in UNDER_OUTCOME else SECTION_LEVEL
        yield Section(section.title, _below(section.body, level))


def _options(options: Iterable[Option]) -> Iterator[Option]:
    """The options with titles that fit in a list item and are distinct."""
    taken: set[str] = set()
    for option in options:
        wanted = _listable(line(heading_line(clean(option.title)), LONGEST))
        title, number = line(wanted, LONGEST), 1
        while alike(title) in taken:
            number += 1
            again = f" ({number})"
            title = line(wanted, LONGEST - len(again)) + again
        taken.add(alike(title))
        yield replace(option, title=title, body=_below(option.body, OPTION_LEVEL))


def _listable(title: str) -> str:
    return title if begins_with_paragraph(title) else f"\\{title}"


def yaml_in(section: Section) -> str | None:
    """The YAML of a front matter section, or None for any other section."""
    opening, _, rest = section.body.partition("\n")
    yaml, _, closing = rest.rpartition("\n")
    is_fence = opening.endswith("yaml") and opening == f"{closing}yaml" and set(closing) == {"`"}
    return yaml if is_fence and entries(yaml) else None


def fenced(language: str, text: str) -> str:
    """The text in a fence long enough that the text can't close it."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"
