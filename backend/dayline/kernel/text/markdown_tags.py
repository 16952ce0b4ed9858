"""The HTML into which Markdown is rendered: tags, attributes, URLs, and mentions."""

import re
from html import escape
from urllib.parse import quote

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = ("blockquote", "hr", "li", "ol", "p", "pre", "ul")
_TABLES = ("table", "tbody", "td", "th", "thead", "tr")
_INLINE = ("a", "br", "code", "del", "em", "s", "strong")
TAGS = frozenset((*_HEADINGS, *_BLOCKS, *_TABLES, *_INLINE))
ATTRIBUTES: dict[str, set[str]] = {"a": {"href", "title"}, "ol": {"start"}, "*": set()}
REFERENCE = "reference:"
SCHEMES = frozenset({"http", "https", "mailto", "reference"})

PARTS = {
    "Paragraph": ("<p>", "</p>\n"),
    "HtmlBlock": ("<p>", "</p>\n"),
    "BlockQuote": ("<blockquote>\n", "</blockquote>\n"),
    "CodeBlock": ("<pre><code>", "</code></pre>\n"),
    "Item": ("<li>", "</li>\n"),
    "Table": ("<table>", "</tbody></table>\n"),
    "TableHead": ("<thead><tr>", "</tr></thead><tbody>"),
    "TableRow": ("<tr>", "</tr>"),
    "TableCell": ("<td>", "</td>"),
    "Emphasis": ("<em>", "</em>"),
    "Strong": ("<strong>", "</strong>"),
}
"""The opening and closing HTML of each part, by the parser's names."""

BLOCKS = frozenset({*PARTS, "Heading", "List"}) - {"Emphasis", "Strong"}
BREAKS = {"SoftBreak": "\n", "HardBreak": "<br>\n", "Rule": "<hr>\n"}
END_OF_CODE = PARTS["CodeBlock"][1]
END_OF_QUOTE = PARTS["BlockQuote"][1]
END_OF_LINK = "</a>"

_LINK = re.compile(r"(?:https?://|mailto:)[^\x00-\x20]", re.IGNORECASE)
REFERENCE_BEGINS = "[["
_REFERENCE = re.compile(r"\[\[([^\[\]\n]{1,200})\]\]")
_MENTION = re.compile(r"(?<![\w@./+-])@([A-Za-z0-9][A-Za-z0-9._-]*+)(?!\w)")
_IN_ADDRESS = "!#$%&'()*+,/:;=?@[]~"


def is_allowed(url: str) -> bool:
    """Whether a link may lead to this URL: http, https or mailto."""
    return _LINK.match(url) is not None


def link_tag(url: str, title: str = "") -> str:
    """Return the opening tag of a link. The sanitiser checks it again."""
    attributes = f' title="{escape(title)}"' if title else ""
    return f'<a href="{escape(quote(url, safe=_IN_ADDRESS))}"{attributes}>'


def reference_tag(title: str) -> str:
    """Return the opening tag of a link to the reference with this title."""
    return f'<a href="{REFERENCE}{quote(title, safe="")}">'


def title_in(source: str) -> str:
    """Return the title in `[[Title]]`. Empty if the source isn't such a link."""
    found = _REFERENCE.fullmatch(source)
    return folded(found[1]) if found else ""


def folded(title: str) -> str:
    """Return a title with single spaces between words, and none around it."""
    return " ".join(title.split())


def handles_in(text: str) -> set[str]:
    """Return the handles in plain text (`@handle`), in lower case."""
    return {match[1].rstrip("._-").lower() for match in _MENTION.finditer(text)}
