"""Writing a record as a MADR 4 file."""

import re
from collections.abc import Iterator
from datetime import date

from dayline.transfer.adr.front_matter import written
from dayline.transfer.adr.normalizing import SECTION_LEVEL, told_in, yaml_in
from dayline.transfer.adr.options import OPTION_LEVEL, named
from dayline.transfer.adr.outcome import sentence
from dayline.transfer.adr.outline import bullet_after, joined
from dayline.transfer.adr.places import CONTEXT, OUTCOME, PEOPLE, UNDER_OUTCOME, by_title
from dayline.transfer.adr.record import (
    DRIVERS,
    FRONT_MATTER,
    INTRODUCTION,
    OPTIONS,
    PROS_AND_CONS,
    STATUS,
    Adr,
    LinkKind,
)
from dayline.transfer.adr.status import as_markdown

_ELSEWHERE = {INTRODUCTION, STATUS, DRIVERS, OPTIONS, PROS_AND_CONS, *PEOPLE, *UNDER_OUTCOME}


def write(adr: Adr) -> str:
    """The file of a normalized record. Reading it gives the same record."""
    said = by_title(adr.sections)
    parts = (
        f"# {adr.title}",
        said.get(INTRODUCTION, ""),
        _part(STATUS, said.get(STATUS, "")),
        _part(CONTEXT, adr.context),
        _part(DRIVERS, said.get(DRIVERS, "")),
        _part(OPTIONS, _considered(adr, said.get(OPTIONS, ""))),
        _part(OUTCOME, joined(*_outcome(adr))),
        _part(PROS_AND_CONS, joined(said.get(PROS_AND_CONS, ""), *_arguments(adr))),
        *_others(adr),
    )
    return _front(adr) + joined(*parts) + "\n"


def _part(title: str, body: str, level: int = SECTION_LEVEL) -> str:
    return joined(f"{'#' * level} {title}", body) if body else ""


def _considered(adr: Adr, introduced: str) -> str:
    bullet = bullet_after(introduced)
    return joined(introduced, "\n".join(f"{bullet} {option.title}" for option in adr.options))


def _outcome(adr: Adr) -> Iterator[str]:
    name = adr.chosen.title if adr.chosen else ""
    is_name = _is_name(adr)
    if is_name or name:
        yield sentence(adr.outcome if is_name else name, adr.rationale)
    if not is_name:
        yield _part("Outcome", adr.outcome, OPTION_LEVEL) if name else adr.outcome
    if not is_name and not name:
        yield _part("Rationale", adr.rationale, OPTION_LEVEL)
    for section in adr.sections:
        if section.title in UNDER_OUTCOME:
            yield _part(section.title, section.body, OPTION_LEVEL)


def _is_name(adr: Adr) -> bool:
    """Whether the outcome can be the name in the outcome sentence."""
    is_plain = adr.outcome.strip() and not re.search(r'[\n"]|\A\s', adr.outcome)
    is_told_why = adr.chosen is not None or adr.rationale
    return bool(is_plain and is_told_why) and named(adr.options, adr.outcome) is adr.chosen


def _arguments(adr: Adr) -> Iterator[str]:
    return (_part(option.title, option.body, OPTION_LEVEL) for option in adr.options)


def _others(adr: Adr) -> Iterator[str]:
    for section in adr.sections:
        is_front = section.title == FRONT_MATTER and yaml_in(section) is not None
        if section.title not in _ELSEWHERE and not is_front:
            yield joined(f"{'#' * SECTION_LEVEL} {section.title}", section.body)


def _front(adr: Adr) -> str:
    values: dict[str, str | list[str] | date] = {}
    if adr.status is not None:
        values["status"] = adr.status
    if adr.decided_on is not None:
        values["date"] = adr.decided_on
    said = by_title(adr.sections)
    values |= {key: said[title] for title, key in PEOPLE.items() if said.get(title)}
    told = {(link.kind, link.target) for link in told_in(adr)}
    for kind in LinkKind:
        links = [link for link in adr.links if link.kind is kind]
        untold = [as_markdown(link) for link in links if (kind, link.target) not in told]
        values |= {kind.value: untold} if untold else {}
    kept = [yaml_in(section) for section in adr.sections if section.title == FRONT_MATTER]
    lines = written(values) + "".join(f"{yaml}\n" for yaml in kept if yaml is not None)
    return f"---\n{lines}---\n\n" if lines else ""
