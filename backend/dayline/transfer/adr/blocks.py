"""The block tokens of a Markdown text: headings, lists, paragraphs, tables and fences.

Inline content is not parsed: that is the slow part, and no outline needs it.
"""

from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.token import Token

MOST_CELLS = 5_000
"""The most cells (rows times columns of the head) of a table. A larger one is a paragraph."""

_KEPT = 32
_LONGEST_KEPT = 20_000


def blocks(text: str) -> Sequence[Token]:
    """The block tokens of a text, in order. They are cached: don't change them."""
    return _kept(text) if len(text) <= _LONGEST_KEPT else _PARSER.parse(text)


@lru_cache(maxsize=_KEPT)
def _kept(text: str) -> Sequence[Token]:
    """The same, cached, since several functions ask for the same text."""
    return _PARSER.parse(text)


def lines_without_tables(text: str) -> list[str]:
    """The lines of the paragraphs, headings and list items of a text. Tables are paragraphs."""
    inline = (token for token in _WITHOUT_TABLES.parse(text) if token.type == "inline")
    return [line for token in inline for line in token.content.split("\n")]


def _table_within_bounds(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """A parser rule for tables, except those with too many cells once their rows are filled up."""
    if not table(state, first, end, True):
        return False
    columns = state.getLines(first, first + 1, 0, False).count("|") + 1
    last = first + MOST_CELLS // columns
    is_small = last >= end or any(state.isEmpty(row) for row in range(first, last))
    return is_small and table(state, first, end, silent)


def _of_blocks(*rules: str) -> MarkdownIt:
    parser = MarkdownIt("commonmark").disable(["inline", "text_join"])
    return parser.enable(list(rules))


_WITHOUT_TABLES = _of_blocks()
_PARSER = _of_blocks("table")
_PARSER.block.ruler.at("table", _table_within_bounds, {"alt": ["paragraph", "reference"]})
