"""The outline of a Markdown text: its headings and the parts under them, its lists.

Only headings and lists at the outermost level count: what is quoted, listed or in a fence is text.
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
"""The level of the smallest heading."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, and the lines that it takes: from `start` on, before `end`."""

    level: int
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and all that stands under it."""

    level: int
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its first paragraph as one line, and the rest of it."""

    title: str
    body: str


def trimmed(text: str) -> str:
    """The text without blank lines before it, and without white space after it."""
    return _BLANK_LINES.sub("", text).rstrip()


def joined(*texts: str) -> str:
    """The texts that are not empty, with a blank line between them."""
    return "\n\n".join(text for text in texts if text)


def heading_line(text: str) -> str:
    """The text as the line of a heading: no comments, no line breaks, no closing hashes."""
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
    """What stands before the first heading of this level or above, and a part for each of them."""
    lines = text.split("\n")
    found = [heading for heading in headings(text) if heading.level <= level]
    ends = [*(heading.start for heading in found[1:]), len(lines)][: len(found)]
    before = lines[: found[0].start] if found else lines
    return trimmed("\n".join(before)), [
        Part(heading.level, heading.title, trimmed("\n".join(lines[heading.end : end])))
        for heading, end in zip(found, ends, strict=True)
    ]


def nested(text: str, least: int) -> str:
    """The text with its headings so much smaller that the greatest has the level `least`."""
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
    """The text, and the end of a fence, a comment or the like that it leaves open."""
    if _is_closed(text):
        return text
    fences = [f"\n{token.markup}" for token in blocks(text)[-1:] if token.markup]
    tried = (text + end for end in (*fences, *_ENDS))
    return next(filter(_is_closed, tried), "")


def _is_closed(text: str) -> bool:
    last = blocks(f"{text}\n\n# The end")[-1]
    return last.type == "heading_close" and last.level == 0


def begins_with_paragraph(text: str) -> bool:
    """Whether the text goes on in the line of other text."""
    return [token.type for token in blocks(text)[:1]] == ["paragraph_open"]


def paragraphs(text: str) -> list[range]:
    """The lines of each paragraph, in lists and quotes, too; code, headings and HTML are none."""
    return [
        range(*_lines(token))
        for before, token in pairwise(blocks(text))
        if token.type == "inline" and before.type == "paragraph_open"
    ]


def without_comments(text: str, comment: re.Pattern[str]) -> str:
    """The text without the blocks of HTML that are such comments."""
    lines = text.split("\n")
    for token in reversed(blocks(text)):
        if token.type == "html_block" and comment.fullmatch(token.content.strip()):
            start, end = _lines(token)
            del lines[start:end]
    return "\n".join(lines)


def bullet_after(text: str) -> str:
    """A bullet of a list that does not go on with one in the text."""
    lists = _lists(blocks(text))
    return "-" if lists and lists[-1][0].markup == "*" else "*"


def without_lists(text: str) -> tuple[str, list[Item]]:
    """The text outside of its lists, and the items of those; a list of anything else is text."""
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
    """The tokens of each list of the outermost level."""
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
