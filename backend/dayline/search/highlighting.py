"""Showing why something was found: the words that match, in what was written."""

import re
import unicodedata
from collections.abc import Iterator

from dayline.search.schemas import Piece

MOST = 160
"""Characters of an excerpt."""
BEFORE = 40
"""Characters of it before the first word that matches."""

_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile("[\u0300-\u036f]")


def fold(word: str) -> str:
    """What two spellings of a word share: as the function `search_words` folds it."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", word)).lower()


class Words:
    """The words that somebody looks for; the last one may go on."""

    def __init__(self, written: str) -> None:
        *self._whole, self._last = [fold(word) for word in _WORD.findall(written)] or [""]

    def match(self, word: str) -> bool:
        """Whether a word of a text is one of them."""
        folded = fold(word)
        return folded in self._whole or self._begins(folded)

    def match_all(self, text: str) -> bool:
        """Whether a text holds every one of them."""
        held = [fold(word) for word in _WORD.findall(text)]
        return all(word in held for word in self._whole) and any(map(self._begins, held))

    def _begins(self, folded: str) -> bool:
        if len(self._last) == 1:
            return folded == self._last
        return self._last != "" and folded.startswith(self._last)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where in a text they stand."""
        return (found.span() for found in _WORD.finditer(text) if self.match(found[0]))


def pieces(text: str, words: Words) -> list[Piece]:
    """The whole text, cut where words match."""
    cut: list[Piece] = []
    done = 0
    for start, end in words.spans(text):
        cut += [
            Piece(text=text[done:start], is_hit=False),
            Piece(text=text[start:end], is_hit=True),
        ]
        done = end
    cut.append(Piece(text=text[done:], is_hit=False))
    return [piece for piece in cut if piece.text]


def excerpt(text: str, words: Words) -> list[Piece]:
    """The text around the first word that matches; nothing where none does."""
    line = " ".join(text.split())
    first = next(words.spans(line), None)
    if first is None:
        return []
    start = line.rfind(" ", 0, max(first[0] - BEFORE, 0)) + 1
    end = start + MOST
    shown = line[start:] if end >= len(line) else line[start:end].rsplit(" ", 1)[0] + "…"
    return pieces("…" + shown if start else shown, words)
