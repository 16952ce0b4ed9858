"""The options of a record: listed in one section, discussed in another."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dayline.transfer.adr.outline import Item, joined, nested, parts, without_lists
from dayline.transfer.adr.record import LONGEST, Option
from dayline.transfer.text import line

LONGEST_NAME = 1_000
"""Characters of a text that names an option, with its links. Titles are shorter."""

OPTION_LEVEL = 3
"""The level of the headings above the discussion of an option."""

_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_QUOTES = re.compile("[\"'`*\N{LEFT SINGLE QUOTATION MARK}-\N{DOUBLE LOW-9 QUOTATION MARK}]")


def alike(title: str) -> str:
    """A title normalized for comparison: without links, quotes, emphasis, case and final stop."""
    return " ".join(_QUOTES.sub("", _LINK.sub(r"\1", title)).casefold().split()).rstrip(".")


def options_of(considered: str, argued: str) -> tuple[tuple[Option, ...], str, str]:
    """The options in two sections, and the remaining text of each of these sections.

    The first section lists the options, the second discusses them under their titles. If none are
    listed, the headings of the first, or else of the second section are the options.
    """
    before, arguments = parts(argued, OPTION_LEVEL)
    rest, items = without_lists(considered)
    if not items:
        rest, items = _headed(considered)
    if not items:
        items, arguments = [Item(part.title, part.body) for part in arguments], []
    found = _merged(items)
    strangers = []
    for part in arguments:
        option = named([*found.values()], part.title)
        if option is None:
            strangers.append(joined(f"{'#' * OPTION_LEVEL} {part.title}", part.body))
        else:
            found[alike(option.title)] = _more(option, part.body)
    return tuple(found.values()), rest, joined(before, *strangers)


def _headed(considered: str) -> tuple[str, list[Item]]:
    before, found = parts(considered, OPTION_LEVEL)
    return before, [Item(part.title, part.body) for part in found]


def _merged(items: Iterable[Item]) -> dict[str, Option]:
    """An option for each item, by normalized title. Repeated items are merged."""
    found: dict[str, Option] = {}
    for item in items:
        title = line(item.title, LONGEST)
        body = item.body if title == item.title else joined(item.title, item.body)
        found[alike(title)] = _more(found.get(alike(title), Option(title)), body)
    return found


def _more(option: Option, body: str) -> Option:
    return replace(option, body=nested(joined(option.body, body), OPTION_LEVEL + 1))


def with_chosen(options: Sequence[Option], chosen: Option | None) -> tuple[Option, ...]:
    """The options with the chosen one marked."""
    return tuple(replace(option, is_chosen=option is chosen) for option in options)


def named(options: Sequence[Option], name: str) -> Option | None:
    """The option that a name means: that with this title, or the only one that begins with it."""
    if len(name) > LONGEST_NAME:
        return None
    exact = [option for option in options if alike(option.title) == alike(name)]
    begun = [option for option in options if _begins(alike(option.title), alike(name))]
    return next((found[0] for found in (exact, begun) if len(found) == 1), None)


def _begins(title: str, name: str) -> bool:
    rest = title.removeprefix(name)
    return bool(name) and rest != title and re.match(r"\W", rest) is not None
