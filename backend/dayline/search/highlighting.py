"""Showing why something was found: the words that match, in what was written."""

import re
import unicodedata
from collections.abc import Iterator

from dayline.search.schemas import Piece

MOST = 160
"""Characters of an excerpt."""
BEFORE = 40
"""Characters of it before the first word that matches."""

SMALL = 400
"""Characters of a text whose words are looked at one by one."""

_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\W_]")
_BEGINS, _ENDS = r"(?<![^\W_])", r"(?![^\W_])"
_MARKS = re.compile("[\u0300-\u036f]")


def fold(word: str) -> str:
    """What two spellings of a word share: as the function `search_words` folds it."""
    if word.isascii():
        return word.lower()
    return _MARKS.sub("", unicodedata.normalize("NFKD", word)).lower()


class Words:
    """The words that somebody looks for; the last one may go on."""

    def __init__(self, written: str) -> None:
        *self._whole, self._last = [fold(word) for word in _WORD.findall(written)] or [""]
        ends = "" if len(self._last) > 1 else _ENDS
        ways = [*(re.escape(word) + _ENDS for word in self._whole), re.escape(self._last) + ends]
        self._anywhere = re.compile(f"{_BEGINS}(?:{'|'.join(ways)})")

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

    def first_in(self, text: str) -> int | None:
        """Where the first of them stands in a text.

        Parts of the text that hold none are passed over at once, so that this takes no longer for
        a long text than reading it a few times.
        """
        if not self._may_be_in(fold(text)):
            return None
        gap = _GAP.search(text, len(text) // 2) if len(text) > SMALL else None
        if gap is None:
            return next((start for start, _ in self.spans(text)), None)
        before = self.first_in(text[: gap.start()])
        if before is not None:
            return before
        behind = self.first_in(text[gap.end() :])
        return None if behind is None else gap.end() + behind

    def _may_be_in(self, folded: str) -> bool:
        if self._last == "" or not any(word in folded for word in (*self._whole, self._last)):
            return False
        return self._anywhere.search(folded) is not None

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
    at = words.first_in(text)
    if at is None:
        return []
    before = _whole_words(text[max(at - SMALL, 0) : at], is_cut=at > SMALL)
    start = before.rfind(" ", 0, max(len(before) - BEFORE, 0)) + 1
    if len(before) - start > MOST // 2:
        start = len(before) - BEFORE
    line = before[start:] + " ".join(text[at : at + SMALL].split())
    is_all = len(line) <= MOST and at + SMALL >= len(text)
    shown = line if is_all else line[:MOST].rsplit(" ", 1)[0] + "…"
    return pieces("…" + shown if start or at > SMALL else shown, words)


def _whole_words(text: str, *, is_cut: bool) -> str:
    """The text as one line; without the word at its beginning where that is cut."""
    line = re.sub(r"\s+", " ", text)
    return line.partition(" ")[2] if is_cut else line.lstrip()
