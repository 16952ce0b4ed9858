"""Parsing a status: its first word, and the links to other records in it."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from dayline.transfer.adr.blocks import lines_without_tables
from dayline.transfer.adr.record import Link, LinkKind

PROPOSED = frozenset({"proposed", "draft"})
ACCEPTED = frozenset({"accepted", "approved", "adopted", "decided"})
KNOWN = PROPOSED | ACCEPTED | {"amended", "deprecated", "rejected", "superseded", "withdrawn"}

_SPELLINGS = {"superceded": "superseded", "replaced": "superseded"}
_WORD = re.compile(r"[^\W\d_]+")
_PLACEHOLDER = re.compile(
    r"[\[{<].*[\]}>]|DATE|STATUS|TITLE|(?:NUMBER|N+)\. TITLE|Title", re.DOTALL
)
_REFERENCE = (
    r"(?:\[(?P<label>(?:[^\[\]\\]|\\.)*)\]\(<?(?P<target>[^()\s<>]+)>?\)"
    r"|ADR[-_ ]?#?(?P<number>\d{1,6})\b"
    r"|<?(?P<path>[\w./-]{0,160}\w\.md)\b>?"
    r"|(?P<bare>\d{1,6})\b(?![-.]\w))"
)
_ANY = _REFERENCE.replace("?P<label>", "?:").replace("?P<target>", "?:")
_ANY = _ANY.replace("?P<number>", "?:").replace("?P<path>", "?:").replace("?P<bare>", "?:")
_PHRASE = re.compile(
    r"(?P<verb>super[sc]ed|replac|amend)(?:(?P<by>ed[ ]by)|e?s)\b[*_]*+[ ]*+:?[*_]*+[ ]*+"
    rf"(?P<references>{_ANY}(?:[ ]*(?:,|&|and|,[ ]*and)[ ]*{_ANY})*)",
    re.IGNORECASE,
)
_LINE = re.compile(r"(?:this (?:adr|decision|record) )?(?=super|replac|amend)", re.IGNORECASE)
_EACH = re.compile(_REFERENCE, re.IGNORECASE)


def word_of(status: str) -> str:
    """The first word of a status in lower case and standard spelling, or an empty text."""
    found = _WORD.search(status)
    word = found[0].lower() if found else ""
    return _SPELLINGS.get(word, word)


def is_placeholder(text: str) -> bool:
    """Whether a text is a placeholder of a template."""
    return _PLACEHOLDER.fullmatch(text.strip().strip("*_\"'")) is not None


def links_in(text: str) -> list[Link]:
    """The links in a status, like `superseded by [ADR-5](0005-use-x.md), ADR-7`."""
    return [link for phrase in _PHRASE.finditer(text) for link in _links(phrase)]


def references_in(kind: LinkKind, text: str) -> list[Link]:
    """The links in the value of a key that says their kind."""
    return [_link(kind, reference) for reference in _EACH.finditer(text)]


def links_of_line(line: str) -> list[Link]:
    """The links of a line that is only a phrase like `Amends ADR-5`, else none."""
    phrase = _PHRASE.fullmatch(line.strip().rstrip("."))
    return list(_links(phrase)) if phrase else []


def links_in_body(text: str) -> list[Link]:
    """The links of the lines and list items that begin with such a phrase.

    Only file names and `ADR-5` count: the number in `replaces 5` need not be a record.
    """
    if not _PHRASE.search(text):
        return []
    return [link for line in lines_without_tables(text) for link in _first_links(line)]


def _first_links(line: str) -> Iterator[Link]:
    begin = _LINE.match(line.lstrip("*_ "))
    phrase = begin and _PHRASE.match(line.lstrip("*_ "), begin.end())
    return _links(phrase, in_body=True) if phrase else iter(())


def _links(phrase: re.Match[str], *, in_body: bool = False) -> Iterator[Link]:
    is_amends = phrase["verb"].lower() == "amend"
    if phrase["by"]:
        kind = LinkKind.AMENDED_BY if is_amends else LinkKind.SUPERSEDED_BY
    else:
        kind = LinkKind.AMENDS if is_amends else LinkKind.SUPERSEDES
    for reference in _EACH.finditer(phrase["references"]):
        link = _link(kind, reference)
        if not in_body or reference["number"] or link.target.endswith(".md"):
            yield link


def _link(kind: LinkKind, reference: re.Match[str]) -> Link:
    target = reference["target"] or reference["path"]
    if target is None:
        return Link(kind, str(int(reference["number"] or reference["bare"])))
    path = unquote(target.partition("#")[0]).removeprefix("./")
    return Link(kind, path, reference["label"] or "")


def as_markdown(link: Link) -> str:
    """A link as written in the front matter or in a status."""
    if link.target.isdecimal():
        return f"ADR-{int(link.target):04}"
    return f"[{link.label}]({_address(link.target)})" if link.label else link.target


def _address(path: str) -> str:
    return re.sub(r"[()\s<>%#]", lambda found: f"%{ord(found[0]):02X}", path)
