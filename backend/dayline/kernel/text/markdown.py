"""Markdown: what people write, as HTML that is safe in every browser.

Two things guard it: HTML in the source is text, and the rendered HTML passes an allowlist. The
parser takes time in proportion to the text, and the page has bounds (see `markdown_page`), so that
no text makes deep trees, long pages or slow requests.

`[[Title]]` links to the reference with that title by name: its address is `reference:Title`,
because only whoever shows the text knows where that is.
"""

import asyncio
from collections.abc import Iterable, Mapping
from html import unescape

import nh3

from dayline.kernel.text.markdown_page import Page, ParsedText, TooMuch, as_written
from dayline.kernel.text.markdown_tags import (
    ATTRIBUTES,
    REFERENCE,
    REFERENCE_BEGINS,
    SCHEMES,
    TAGS,
    folded,
    is_allowed,
)

__all__ = [
    "ATTRIBUTES",
    "TAGS",
    "ParsedText",
    "excerpt",
    "folded",
    "parse",
    "parse_all",
    "parse_async",
    "references_in",
    "render",
    "sanitised",
]

SHORT = 1_500
"""Characters that are parsed in less than 5 ms, whatever they are; longer texts take a thread."""


def parse(body: str) -> ParsedText:
    """The body as sanitised HTML, with the handles and titles that it names.

    Links go to http, https and mailto only, or name a reference. A text that passes the bounds is
    shown as its author wrote it.
    """
    try:
        page = Page(body).read()
    except TooMuch:
        page = as_written(body)
    return ParsedText(sanitised(page.html).strip(), page.mentions, page.references)


async def parse_async(body: str) -> ParsedText:
    """The same, and a long text does not hold up other requests."""
    return parse(body) if len(body) <= SHORT else await asyncio.to_thread(parse, body)


def render(body: str) -> str:
    """The body as sanitised HTML, for who needs nothing else of it."""
    return parse(body).html


async def parse_all(bodies: Iterable[str]) -> Mapping[str, ParsedText]:
    """The same of each of these texts, by the text."""
    texts = set(bodies)
    is_short = sum(map(len, texts)) <= SHORT
    return _parse_each(texts) if is_short else await asyncio.to_thread(_parse_each, texts)


def _parse_each(texts: Iterable[str]) -> dict[str, ParsedText]:
    return {text: parse(text) for text in texts}


async def references_in(bodies: Iterable[str]) -> frozenset[str]:
    """The titles that any of these texts links to."""
    linking = [body for body in bodies if REFERENCE_BEGINS in body]
    parsed = await parse_all(linking)
    return frozenset[str]().union(*(each.references for each in parsed.values()))


def sanitised(html: str) -> str:
    """The HTML without any tag, attribute or address that is not allowed."""
    clean = nh3.clean(
        html,
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=set(SCHEMES),
        link_rel="noopener noreferrer nofollow",
    )
    return clean.replace("&nbsp;", "\u00a0")


_TAGS_AROUND = 20
"""Characters of HTML that are read for each one of an excerpt; a tag that they cut is left out."""


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "href" and not (value.startswith(REFERENCE) or is_allowed(value)):
        return None
    return value


def excerpt(html: str, most: int) -> str:
    """The beginning of rendered text, as one line of plain text of at most `most` characters."""
    words = " ".join(unescape(nh3.clean(html[: most * _TAGS_AROUND], tags=set())).split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
