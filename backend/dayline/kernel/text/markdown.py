"""Rendering Markdown to HTML that is safe in every browser.

HTML in the source becomes text, and the rendered HTML passes an allowlist. The parser takes time
proportional to the text, and the page has limits (see `markdown_page`), so no text causes deep
trees, long pages or slow requests.

`[[Title]]` links to the reference with that title. Its URL is `reference:Title`, because only the
code that shows the text knows the reference's real URL.
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
"""Characters that parse in under 5 ms, whatever they are. Longer texts use a thread."""


def parse(body: str) -> ParsedText:
    """Return the body as sanitised HTML, with the handles and titles in it.

    Links lead to http, https, mailto or a reference. A text beyond the limits is shown as its
    source.
    """
    try:
        page = Page(body).read()
    except TooMuch:
        page = as_written(body)
    return ParsedText(sanitised(page.html).strip(), page.mentions, page.references, page.prose)


async def parse_async(body: str) -> ParsedText:
    """Do the same without blocking other requests for a long text."""
    return parse(body) if len(body) <= SHORT else await asyncio.to_thread(parse, body)


def render(body: str) -> str:
    """Return only the sanitised HTML of the body."""
    return parse(body).html


async def parse_all(bodies: Iterable[str]) -> Mapping[str, ParsedText]:
    """Parse each of these texts. Returns the results by text."""
    texts = set(bodies)
    is_short = sum(map(len, texts)) <= SHORT
    return _parse_each(texts) if is_short else await asyncio.to_thread(_parse_each, texts)


def _parse_each(texts: Iterable[str]) -> dict[str, ParsedText]:
    return {text: parse(text) for text in texts}


async def references_in(bodies: Iterable[str]) -> frozenset[str]:
    """Return the titles to which any of these texts links."""
    linking = [body for body in bodies if REFERENCE_BEGINS in body]
    parsed = await parse_all(linking)
    return frozenset[str]().union(*(each.references for each in parsed.values()))


def sanitised(html: str) -> str:
    """Return the HTML without tags, attributes and URLs that are not allowed."""
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
"""Characters of HTML read for each one of an excerpt. A tag cut off at the end is dropped."""


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "href" and not (value.startswith(REFERENCE) or is_allowed(value)):
        return None
    return value


def excerpt(html: str, most: int) -> str:
    """Return the beginning of rendered text as one plain line of at most `most` characters."""
    words = " ".join(unescape(nh3.clean(html[: most * _TAGS_AROUND], tags=set())).split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
