"""The blocks of a Markdown text by their lines: headings, lists, paragraphs, tables, fences.

What stands inside a line is not read: it is the costly part of a text, and no outline needs it.
"""

from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.token import Token

MOST_CELLS = 5_000
"""Of one table, counted as if its rows were as wide as its head. A larger one is a paragraph."""

_KEPT = 32
_LONGEST_KEPT = 20_000


def blocks(text: str) -> Sequence[Token]:
    """The blocks of a text and what opens and closes them, in order. Nobody may change them."""
    return _kept(text) if len(text) <= _LONGEST_KEPT else _PARSER.parse(text)


@lru_cache(maxsize=_KEPT)
def _kept(text: str) -> Sequence[Token]:
    """The blocks of a text that was read just before, as several questions to one text do."""
    return _PARSER.parse(text)


def lines_without_tables(text: str) -> list[str]:
    """The lines of the paragraphs, headings and list items of a text; tables are paragraphs."""
    inline = (token for token in _WITHOUT_TABLES.parse(text) if token.type == "inline")
    return [line for token in inline for line in token.content.split("\n")]


def _table_within_bounds(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """A rule of the parser: a table, unless filling up its rows makes too many cells."""
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
