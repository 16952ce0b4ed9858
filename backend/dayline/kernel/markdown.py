"""Markdown: what people write, as HTML that is safe in everybody's browser.

Two walls: HTML in the source is text, and what is rendered passes an allowlist. Nesting is
bounded, so that no text can make deep trees.

`[[Title]]` links to what has that title, by name: its address is `reference:Title`, because only
who shows it knows where that is.
"""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any
from urllib.parse import quote, unquote

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

DEEPEST = 20

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = ("blockquote", "hr", "li", "ol", "p", "pre", "ul")
_TABLES = ("table", "tbody", "td", "th", "thead", "tr")
_INLINE = ("a", "br", "code", "del", "em", "s", "strong")
TAGS = frozenset((*_HEADINGS, *_BLOCKS, *_TABLES, *_INLINE))
ATTRIBUTES: dict[str, set[str]] = {"a": {"href", "title"}, "ol": {"start"}, "*": set()}
REFERENCE = "reference:"
SCHEMES = frozenset({"http", "https", "mailto", "reference"})

_LINK = re.compile(r"(?:https?://|mailto:)[^\x00-\x20]", re.IGNORECASE)
REFERENCE_BEGINS = "[["
_REFERENCE = re.compile(r"\[\[([^\[\]\n]{1,200})\]\]")
_MENTION = re.compile(r"(?<![\w@./+-])@([A-Za-z0-9][A-Za-z0-9._-]*+)(?!\w)")


class _Renderer(RendererHTML):
    """Renders an image as a link to it: pages load nothing from elsewhere."""

    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        token = tokens[idx]
        label = self.renderInlineAsText(token.children, options, env) or str(token.attrs["src"])
        if _is_in_link(tokens[:idx]):
            return nh3.clean_text(label)
        link = Token("link_open", "a", 1, attrs={"href": token.attrs["src"]})
        return f"<a{self.renderAttrs(link)}>{nh3.clean_text(label)}</a>"


def _is_in_link(before: Sequence[Token]) -> bool:
    return sum(t.nesting for t in before if t.type in {"link_open", "link_close"}) > 0


def _named_reference(state: StateInline, silent: bool) -> bool:
    """A rule of the parser: `[[Title]]` is a link that names what it leads to."""
    found = _REFERENCE.match(state.src, state.pos, state.posMax)
    title = folded(found[1]) if found else ""
    if found is None or not title:
        return False
    if not silent:
        link = state.push("link_open", "a", 1)
        link.attrs = {"href": REFERENCE + quote(title, safe="")}
        state.push("text", "", 0).content = title
        state.push("link_close", "a", -1)
    state.pos = found.end()
    return True


def _parser() -> MarkdownIt:
    parser = MarkdownIt(
        "commonmark", {"html": False, "maxNesting": DEEPEST}, renderer_cls=_Renderer
    )
    parser.validateLink = _is_allowed  # type: ignore[method-assign]
    parser.inline.ruler.before("link", "reference", _named_reference)
    return parser.enable(["table", "strikethrough"])


def _is_allowed(url: str) -> bool:
    return _LINK.match(url) is not None


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "href" and not (value.startswith(REFERENCE) or _is_allowed(value)):
        return None
    return value


_MARKDOWN = _parser()


def render(body: str) -> str:
    """The body as sanitised HTML. Links go to http, https and mailto only, or name a reference."""
    return sanitised(_MARKDOWN.render(body)).strip()


def sanitised(html: str) -> str:
    """The HTML without any tag, attribute or address that is not allowed."""
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=set(SCHEMES),
        link_rel="noopener noreferrer nofollow",
    )


def excerpt(html: str, most: int) -> str:
    """The beginning of rendered text, as one line of plain text of at most `most` characters."""
    words = " ".join(unescape(nh3.clean(html, tags=set())).split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def mentions_in(body: str) -> set[str]:
    """The handles that the body names by `@handle`, in lower case; not in code or links."""
    found: set[str] = set()
    for text in _texts(_MARKDOWN.parse(body)):
        found.update(match[1].rstrip("._-").lower() for match in _MENTION.finditer(text))
    return found


def references_in(body: str) -> set[str]:
    """The titles that the body links to by `[[Title]]`; not in code or links."""
    return {
        unquote(address.removeprefix(REFERENCE))
        for token in _MARKDOWN.parse(body)
        for child in token.children or ()
        if child.type == "link_open"
        for address in [str(child.attrs["href"])]
        if address.startswith(REFERENCE)
    }


def folded(title: str) -> str:
    """A title with one space between its words, and none around them."""
    return " ".join(title.split())


def _texts(tokens: Sequence[Token]) -> Iterator[str]:
    """The text that people read, without code, links and images; broken where those were."""
    for token in tokens:
        if token.type != "inline":
            continue
        depth = 0
        for child in token.children or ():
            if child.type in {"link_open", "link_close"}:
                depth += child.nesting
            elif child.type == "text" and depth == 0:
                yield child.content
