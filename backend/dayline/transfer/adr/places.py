"""Which part of a record stands where: in the front matter, or under which heading of MADR."""

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
"""Those of whom the front matter tells, and its key."""

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
"""What stands under the outcome, in a heading of its own."""

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
    """The title by which a part is known here, however it is written; others stay as they are."""
    return _NAMES.get(" ".join(title.lower().replace("_", "-").split()), title)


def in_order(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Sections in the order in which a file has them; what has one place is one section, if any."""
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
    """The bodies of the sections that have a place, by their titles."""
    return {section.title: section.body for section in sections if section.title in _ORDER}
