"""Highlighting: the matching words in a title, and an excerpt around the first of them."""

import re
import unicodedata
from collections.abc import Iterator

from dayline.search.schemas import Piece

MOST = 160
"""The most characters of an excerpt."""
BEFORE = 40
"""The characters of an excerpt before the first matching word."""

SMALL = 400
"""Up to this many characters, the words of a text are compared one by one."""

_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\W_]")
_BEGINS, _ENDS = r"(?<![^\W_])", r"(?![^\W_])"
_MARKS = re.compile("[\u0300-\u036f]")

_LINK = re.compile(r"!?\[([^\[\]\n]{1,200})\]\([^()\s]{0,400}\)")
_LINE_MARK = re.compile(r"(?m)^ {0,3}(?:#{1,6} +|> ?|[-*+] +(?:\[[ xX]\] +)?|(?:`{3}|~{3}).*$)")
_OPENING = re.compile(r"(?<![^\W_])(?:[*_]{1,3}|~~|`{1,3}|\[\[)(?=[^\W_])")
_CLOSING = re.compile(r"(?<=[\w.,:;!?)])(?:[*]{1,3}|(?<![_\s])_{1,3}|~~|`{1,3}|\]\])(?![^\W_])")


def fold(word: str) -> str:
    """The word without case and accents, folded as by the SQL function `search_words`."""
    if word.isascii():
        return word.lower()
    return _MARKS.sub("", unicodedata.normalize("NFKD", word)).lower()


class Words:
    """The words of a query. A text's word matches the last one if it begins with it."""

    def __init__(self, written: str) -> None:
        *self._whole, self._last = [fold(word) for word in _WORD.findall(written)] or [""]
        ends = "" if len(self._last) > 1 else _ENDS
        ways = [*(re.escape(word) + _ENDS for word in self._whole), re.escape(self._last) + ends]
        self._anywhere = re.compile(f"{_BEGINS}(?:{'|'.join(ways)})")

    def match(self, word: str) -> bool:
        """Whether a word of a text matches one of them."""
        folded = fold(word)
        return folded in self._whole or self._begins(folded)

    def match_all(self, text: str) -> bool:
        """Whether a text contains all of them."""
        held = [fold(word) for word in _WORD.findall(text)]
        return all(word in held for word in self._whole) and any(map(self._begins, held))

    def _begins(self, folded: str) -> bool:
        if len(self._last) == 1:
            return folded == self._last
        return self._last != "" and folded.startswith(self._last)

    def first_in(self, text: str) -> int | None:
        """The index of the first matching word in a text, or None.

        Parts without a match are skipped, so a long text takes only a few passes.
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
        """The spans (start, end) of the matching words in a text."""
        return (found.span() for found in _WORD.finditer(text) if self.match(found[0]))


def pieces(text: str, words: Words) -> list[Piece]:
    """The whole text, split into matching and other pieces."""
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
    """The text around the first matching word, in pieces, without Markdown's marks.

    Empty if no word matches.
    """
    at = words.first_in(text)
    if at is None:
        return []
    is_cut, is_end = at > SMALL, at + SMALL >= len(text)
    before, after = _unmarked(text[max(at - SMALL, 0) : at], text[at : at + SMALL], words)
    before = _whole_words(before, is_cut=is_cut)
    start = before.rfind(" ", 0, max(len(before) - BEFORE, 0)) + 1
    if len(before) - start > MOST // 2:
        start = len(before) - BEFORE
    line = before[start:] + " ".join(after.split())
    is_all = len(line) <= MOST and is_end
    shown = line if is_all else line[:MOST].rsplit(" ", 1)[0] + "…"
    return pieces("…" + shown if start or is_cut else shown, words)


def _unmarked(before: str, after: str, words: Words) -> tuple[str, str]:
    """Both parts of a text without Markdown's marks, where the second begins with a match.

    A match that is only in an address keeps its marks around it.
    """
    text = _LINK.sub(r"\1", before + after)
    for mark in (_LINE_MARK, _OPENING, _CLOSING):
        text = mark.sub("", text)
    at = words.first_in(text)
    return (before, after) if at is None else (text[:at], text[at:])


def _whole_words(text: str, *, is_cut: bool) -> str:
    """The text on one line. If it was cut, the partial first word is removed."""
    line = re.sub(r"\s+", " ", text)
    return line.partition(" ")[2] if is_cut else line.lstrip()
