"""The place of each part of a record: in the front matter, or under a heading of MADR."""

from collections.abc import Iterable, Mapping

from dayline.transfer.adr.outline import joined
from dayline.transfer.adr.record import (
    CONSULTED,
    DECISION_MAKERS,
    DRIVERS,
    FRONT_MATTER,
    INFORMED,
    INTRODUCTION,
    OPTIONS,
    PROS_AND_CONS,
    STATUS,
    Section,
)

PEOPLE = {
    DECISION_MAKERS: "decision-makers",
    CONSULTED: "consulted",
    INFORMED: "informed",
}
"""The sections about people, with their keys in the front matter."""

CONTEXT = "Context and Problem Statement"
OUTCOME = "Decision Outcome"

_ORDER = (
    FRONT_MATTER,
    *PEOPLE,
    INTRODUCTION,
    STATUS,
    DRIVERS,
    OPTIONS,
    "Positive Consequences",
    "Negative Consequences",
    "Consequences",
    "Confirmation",
    "Validation",
    PROS_AND_CONS,
)
UNDER_OUTCOME = frozenset(_ORDER[_ORDER.index(OPTIONS) + 1 : -1])
"""The sections below the outcome, each with a heading of its own."""

_OTHER_NAMES = {
    CONTEXT: ("context", "context and problem", "problem statement"),
    OPTIONS: ("options", "options considered", "alternatives considered"),
    OUTCOME: ("decision", "outcome"),
    PROS_AND_CONS: ("pros and cons",),
    DECISION_MAKERS: ("decision maker", "decision-makers", "deciders", "decider"),
}
_NAMES = {
    **{title.lower(): title for title in (*_ORDER, CONTEXT, OUTCOME)},
    **{name: title for title, names in _OTHER_NAMES.items() for name in names},
}


def place_of(title: str) -> str:
    """The standard title of a section, for any of its spellings. Unknown titles are unchanged."""
    return _NAMES.get(" ".join(title.lower().replace("_", "-").split()), title)


def in_order(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Sections in file order. Those with the same standard title are merged, empty ones removed."""
    known: dict[str, Section] = {}
    others = []
    for section in sections:
        if section.title not in _ORDER:
            others.append(section)
        elif not section.body:
            continue
        elif section.title in known:
            body = joined(known[section.title].body, section.body)
            known[section.title] = Section(section.title, body)
        else:
            known[section.title] = section
    return (*sorted(known.values(), key=lambda each: _ORDER.index(each.title)), *others)


def by_title(sections: Iterable[Section]) -> Mapping[str, str]:
    """The bodies of the sections with a standard title, by title."""
    return {section.title: section.body for section in sections if section.title in _ORDER}
