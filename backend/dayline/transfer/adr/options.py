"""Options: listed in one section, argued for and against in another."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dayline.transfer.adr.outline import Item, joined, nested, parts, without_lists
from dayline.transfer.adr.record import LONGEST, Option
from dayline.transfer.text import line

LONGEST_NAME = 1_000
"""Characters with which a text may name an option, whose title has fewer; its links count."""

OPTION_LEVEL = 3
"""Of the heading over what is said of one option."""

_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_QUOTES = re.compile("[\"'`*\N{LEFT SINGLE QUOTATION MARK}-\N{DOUBLE LOW-9 QUOTATION MARK}]")


def alike(title: str) -> str:
    """A title without what differs where it is repeated: links, quotes, emphasis, case."""
    return " ".join(_QUOTES.sub("", _LINK.sub(r"\1", title)).casefold().split()).rstrip(".")


def options_of(considered: str, argued: str) -> tuple[tuple[Option, ...], str, str]:
    """The options of two sections, and what else is said in each of these.

    The first lists them, and the second argues under their titles; where nothing is listed, the
    headings of either are the options.
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
    """An option for each item by what is alike in its title; the same one again adds to it."""
    found: dict[str, Option] = {}
    for item in items:
        title = line(item.title, LONGEST)
        body = item.body if title == item.title else joined(item.title, item.body)
        found[alike(title)] = _more(found.get(alike(title), Option(title)), body)
    return found


def _more(option: Option, body: str) -> Option:
    return replace(option, body=nested(joined(option.body, body), OPTION_LEVEL + 1))


def with_chosen(options: Sequence[Option], chosen: Option | None) -> tuple[Option, ...]:
    """The same options, and which of them was chosen."""
    return tuple(replace(option, is_chosen=option is chosen) for option in options)


def named(options: Sequence[Option], name: str) -> Option | None:
    """The option that goes by this name: its title, or the only title that begins so."""
    if len(name) > LONGEST_NAME:
        return None
    exact = [option for option in options if alike(option.title) == alike(name)]
    begun = [option for option in options if _begins(alike(option.title), alike(name))]
    return next((found[0] for found in (exact, begun) if len(found) == 1), None)


def _begins(title: str, name: str) -> bool:
    rest = title.removeprefix(name)
    return bool(name) and rest != title and re.match(r"\W", rest) is not None
