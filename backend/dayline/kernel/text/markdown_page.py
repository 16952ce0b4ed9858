"""Writing the HTML page of a Markdown text in one pass, within limits.

The parser (pulldown-cmark) yields the parts of the text in order. The page counts them, including
table cells and columns (short rows are filled up to the head's width), and stops when there are
too many. What is nested too deeply is shown as its source, and so is a whole text with too many
parts or too long a page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from pyromark import Options, events_with_range
from pyromark.event import Event, Range

from dayline.kernel.text.markdown_tags import (
    BLOCKS,
    BREAKS,
    END_OF_CODE,
    END_OF_LINK,
    END_OF_QUOTE,
    PARTS,
    handles_in,
    is_allowed,
    link_tag,
    reference_tag,
    title_in,
)

DEEPEST = 20
"""The deepest nesting of parts."""
MOST_PARTS = 25_000
"""The most starts, ends and texts: one for each character of a long text."""
LONGEST = 5
"""The most characters of HTML for each one of the source, besides `ALWAYS` for every text."""
ALWAYS = 4_000

_OPTIONS = Options.ENABLE_TABLES | Options.ENABLE_STRIKETHROUGH | Options.ENABLE_WIKILINKS
_TOO_DEEP = "Some of this text is nested too deeply to format, so you see it as written."
_TOO_MUCH = "This text has too much formatting to show, so you see it as written."
_RELATION = len(' rel="noopener noreferrer nofollow"')
"""What the sanitiser adds to each link."""


class TooMuch(Exception):
    """The text has too many parts or too long a page."""


@dataclass(frozen=True, slots=True)
class ParsedText:
    """A text as HTML, and the members and references it names outside of code and links."""

    html: str
    mentions: frozenset[str]
    """Handles, in lower case."""
    references: frozenset[str]
    """Titles in `[[…]]`."""
    prose: str
    """What the author says: without code and quotes, each block and item of a list on a line."""


CODE = "\ufffc"
"""Stands in the prose for code within a sentence."""


def as_written(body: str) -> ParsedText:
    """Return the text without formatting. Members it mentions still count as mentioned."""
    html = f"<pre>{escape(body, quote=False)}</pre>\n<p><em>{_TOO_MUCH}</em></p>"
    return ParsedText(html, frozenset(handles_in(body)), frozenset(), body)


class Page:
    """The page of one text while it is written."""

    def __init__(self, body: str) -> None:
        plain = body.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
        self._source = plain.encode()
        self._parts = _at_most(events_with_range(plain, options=_OPTIONS, merge_text=True))
        self._html: list[str] = []
        self._prose: list[str] = []
        self._room = LONGEST * len(plain) + ALWAYS
        self._closing: list[str] = []
        self._cell = "td"
        self._is_too_deep = False
        self._mentions: set[str] = set()
        self._references: set[str] = set()

    def read(self) -> ParsedText:
        """Read the whole text. Raises TooMuch."""
        for event, where in self._parts:
            self._follow(event, where)
        if self._is_too_deep:
            self._put(f"<p><em>{_TOO_DEEP}</em></p>")
        html = "".join(self._html)
        prose = "".join(self._prose).strip()
        return ParsedText(html, frozenset(self._mentions), frozenset(self._references), prose)

    def _follow(self, event: Event, where: Range) -> None:
        if isinstance(event, str):
            self._put(BREAKS[event])
            self._prose.append("\n")
            return
        kind, value = _named(event)
        if kind == "Start":
            self._begin(*_named(value), where)
        elif kind == "End":
            self._put(self._closing.pop())
        elif kind == "Code":
            self._put(f"<code>{escape(value, quote=False)}</code>")
            self._add_prose(CODE)
        else:
            self._say(value)

    def _put(self, html: str) -> None:
        self._html.append(html)
        self._room -= len(html)
        if self._room < 0:
            raise TooMuch

    def _say(self, text: str) -> None:
        """Add visible text, and note mentions. HTML in the source is text."""
        self._put(escape(text, quote=False))
        self._add_prose(text)
        if "@" in text and END_OF_LINK not in self._closing and END_OF_CODE not in self._closing:
            self._mentions |= handles_in(text)

    def _add_prose(self, text: str) -> None:
        if END_OF_CODE not in self._closing and END_OF_QUOTE not in self._closing:
            self._prose.append(text)

    def _begin(self, name: str, data: Any, where: Range) -> None:
        if name in BLOCKS:
            self._prose.append("\n- " if name == "Item" else "\n")
        if name in BLOCKS and self._html and not self._html[-1].endswith(("\n", ">")):
            self._put("\n")
        if len(self._closing) >= DEEPEST:
            self._is_too_deep = True
            self._leave_as_written(where, "<pre>{}</pre>\n" if name in BLOCKS else "{}")
        elif name == "Link":
            self._begin_link(data, where)
        elif name == "Image":
            self._show_image(data, where)
        else:
            self._open(*self._tags(name, data, where))

    def _open(self, opening: str, closing: str) -> None:
        self._put(opening)
        self._closing.append(closing)

    def _tags(self, name: str, data: Any, where: Range) -> tuple[str, str]:
        if name == "Heading":
            tag = data["level"].lower()
            return f"<{tag}>", f"</{tag}>\n"
        if name == "List":
            first = "" if data in {None, 1} else f' start="{data}"'
            return ("<ul>\n", "</ul>\n") if data is None else (f"<ol{first}>\n", "</ol>\n")
        if name == "Strikethrough":
            is_one = self._written(where)[:2] != "~~"
            return ("~", "~") if is_one else ("<s>", "</s>")
        if name in {"TableHead", "TableRow"}:
            self._cell = "th" if name == "TableHead" else "td"
        if name == "TableCell":
            return f"<{self._cell}>", f"</{self._cell}>"
        return PARTS[name]

    def _begin_link(self, link: Any, where: Range) -> None:
        url = f"mailto:{link['dest_url']}" if link["link_type"] == "Email" else link["dest_url"]
        if _is_by_name(link):
            self._link_by_name(where)
        elif is_allowed(url):
            self._room -= _RELATION
            self._add_prose(f"{url} ")
            self._open(link_tag(url, link["title"]), END_OF_LINK)
        else:
            self._leave_as_written(where, "{}")

    def _link_by_name(self, where: Range) -> None:
        """Add a `[[Title]]` link. The `!` of an image before it stays text."""
        source = self._written(where)
        title = title_in(source.removeprefix("!"))
        if not title or END_OF_LINK in self._closing:
            self._leave_as_written(where, "{}")
            return
        self._until_end()
        self._references.add(title)
        self._add_prose(f"[[{title}]]")
        self._room -= _RELATION
        mark = "!" if source[0] == "!" else ""
        self._put(f"{mark}{reference_tag(title)}{escape(title, quote=False)}{END_OF_LINK}")

    def _show_image(self, image: Any, where: Range) -> None:
        """Add a link to the image, as pages load nothing from other sites."""
        if _is_by_name(image):
            self._link_by_name(where)
        elif not is_allowed(image["dest_url"]):
            self._leave_as_written(where, "{}")
        else:
            self._add_prose(f"{image['dest_url']} ")
            label = escape(self._until_end() or image["dest_url"], quote=False)
            is_linked = END_OF_LINK in self._closing
            self._room -= _RELATION
            self._put(label if is_linked else f"{link_tag(image['dest_url'])}{label}{END_OF_LINK}")

    def _leave_as_written(self, where: Range, shape: str) -> None:
        """Add the source of a part, and continue after it."""
        self._until_end()
        source = self._written(where)
        self._put(shape.format(escape(source, quote=False)))
        if END_OF_LINK not in self._closing:
            self._mentions |= handles_in(source)

    def _written(self, where: Range) -> str:
        return self._source[where["start"] : where["end"]].decode()

    def _until_end(self) -> str:
        """Skip the part that just started, and return its text."""
        depth, said = 1, []
        for event, _ in self._parts:
            kind, value = _named(event)
            depth += {"Start": 1, "End": -1}.get(kind, 0)
            if depth == 0:
                break
            said.append(_TEXTS.get(kind, "{}").format(value))
        return "".join(said)


_TEXTS = {"Start": "", "End": "", "SoftBreak": "\n", "HardBreak": "\n", "Rule": ""}


def _named(event: Any) -> tuple[str, Any]:
    """Return the name of an event or tag, and its data."""
    if isinstance(event, str):
        return event, None
    ((name, data),) = event.items()
    return name, data


def _is_by_name(link: Any) -> bool:
    return not isinstance(link["link_type"], str)


def _at_most(parts: Iterator[tuple[Event, Range]]) -> Iterator[tuple[Event, Range]]:
    for number, part in enumerate(parts):
        if number >= MOST_PARTS:
            raise TooMuch
        yield part
