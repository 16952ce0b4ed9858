"""The outline of a Markdown text: its headings with the text under them, and its lists.

Only headings and lists at the outermost level count, not those in quotes, lists or fences.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import dedent

from markdown_it.token import Token

from dayline.transfer.adr.blocks import blocks

_BLANK_LINES = re.compile(r"\A(?:[ \t]*\n)+")
_CLOSING_HASHES = re.compile(r"(?:^|\s)#+$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ENDS = ("-->", "?>", "]]>", ">", "</pre>", "</script>", "</style>", "</textarea>")
DEEPEST = 6
"""The lowest level of a heading."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and its lines, from `start` up to but not including `end`."""

    level: int
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and the text under it."""

    level: int
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Item:
    """A list item: its first paragraph as one line, and the rest."""

    title: str
    body: str


def trimmed(text: str) -> str:
    """The text without leading blank lines and trailing white space."""
    return _BLANK_LINES.sub("", text).rstrip()


def joined(*texts: str) -> str:
    """The texts that are not empty, separated by blank lines."""
    return "\n\n".join(text for text in texts if text)


def heading_line(text: str) -> str:
    """The text as one heading line, without comments, line breaks and closing hashes."""
    ended, end, rest = text.rpartition("-->")
    said = _COMMENT.sub("", ended + end) + rest
    return _CLOSING_HASHES.sub("", " ".join(said.split())).strip()


def headings(text: str) -> list[Heading]:
    """The headings of a text, in order."""
    tokens = blocks(text)
    return [
        Heading(int(token.tag[1]), heading_line(inline.content), *_lines(token))
        for token, inline in pairwise(tokens)
        if token.type == "heading_open" and token.level == 0
    ]


def parts(text: str, level: int) -> tuple[str, list[Part]]:
    """The text before the first heading of at most this level, and a part for each such heading."""
    lines = text.split("\n")
    found = [heading for heading in headings(text) if heading.level <= level]
    ends = [*(heading.start for heading in found[1:]), len(lines)][: len(found)]
    before = lines[: found[0].start] if found else lines
    return trimmed("\n".join(before)), [
        Part(heading.level, heading.title, trimmed("\n".join(lines[heading.end : end])))
        for heading, end in zip(found, ends, strict=True)
    ]


def nested(text: str, least: int) -> str:
    """The text with its headings shifted down, so that the highest has level `least` or lower."""
    found = headings(text)
    by = least - min((heading.level for heading in found), default=least)
    if by <= 0:
        return text
    lines = text.split("\n")
    for heading in reversed(found):
        level = min(heading.level + by, DEEPEST)
        lines[heading.start : heading.end] = [f"{'#' * level} {heading.title}".rstrip()]
    return "\n".join(lines)


def closed(text: str) -> str:
    """The text with the end of a fence, comment or HTML block that it leaves open."""
    if _is_closed(text):
        return text
    fences = [f"\n{token.markup}" for token in blocks(text)[-1:] if token.markup]
    tried = (text + end for end in (*fences, *_ENDS))
    return next(filter(_is_closed, tried), "")


def _is_closed(text: str) -> bool:
    last = blocks(f"{text}\n\n# The end")[-1]
    return last.type == "heading_close" and last.level == 0


def begins_with_paragraph(text: str) -> bool:
    """Whether the text begins with a paragraph, so that it can continue a line."""
    return [token.type for token in blocks(text)[:1]] == ["paragraph_open"]


def paragraphs(text: str) -> list[range]:
    """The line numbers of each paragraph, also in lists and quotes."""
    return [
        range(*_lines(token))
        for before, token in pairwise(blocks(text))
        if token.type == "inline" and before.type == "paragraph_open"
    ]


def without_comments(text: str, comment: re.Pattern[str]) -> str:
    """The text without the HTML blocks that match `comment`."""
    lines = text.split("\n")
    for token in reversed(blocks(text)):
        if token.type == "html_block" and comment.fullmatch(token.content.strip()):
            start, end = _lines(token)
            del lines[start:end]
    return "\n".join(lines)


def bullet_after(text: str) -> str:
    """A bullet that doesn't continue the last list of the text."""
    lists = _lists(blocks(text))
    return "-" if lists and lists[-1][0].markup == "*" else "*"


def without_lists(text: str) -> tuple[str, list[Item]]:
    """The text without its lists, and their items. Lists of anything but paragraphs stay text."""
    lines = text.split("\n")
    items: list[Item] = []
    kept = list(lines)
    for block in reversed(_lists(blocks(text))):
        found = list(_items(block, lines))
        if all(item.title for item in found):
            items = found + items
            start, end = _lines(block[0])
            kept[start:end] = [""]
    return trimmed("\n".join(kept)), items


def _lists(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens of each outermost list."""
    found: list[list[Token]] = []
    for token in tokens:
        if token.level == 0 and token.type in {"bullet_list_open", "ordered_list_open"}:
            found.append([])
        if found and (token.level > 0 or token.type.endswith(("list_open", "list_close"))):
            found[-1].append(token)
    return found


def _items(block: Sequence[Token], lines: Sequence[str]) -> Iterator[Item]:
    for token, first, inline in zip(block, block[1:], block[2:], strict=False):
        if token.type != "list_item_open" or token.level != 1:
            continue
        if first.type != "paragraph_open":
            yield Item("", "")
            continue
        _, begin = _lines(first)
        _, end = _lines(token)
        rest = dedent("\n".join(lines[begin:end]))
        yield Item(heading_line(inline.content), trimmed(rest))


def _lines(token: Token) -> tuple[int, int]:
    start, end = token.map or (0, 0)
    return start, end
