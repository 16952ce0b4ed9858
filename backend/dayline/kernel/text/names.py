"""Names that people can tell apart: without hidden characters, and with a visible one.

Format characters join, split or reorder others without being visible. With them two different names
can look alike, or a name can read differently than it is written.
"""

import re
import unicodedata

_SEEN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
"""Visible Arabic and Syriac marks, though Unicode classifies them as format characters."""

_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0\u034f\u17b4\u17b5")
"""Letters and marks without a visible shape."""

_JOINERS = frozenset("\u200c\u200d")
"""Joiners shape words in Persian and Indian languages, and combine emoji."""

_LOOKS = frozenset("\ufe0e\ufe0f")
"""Selectors show the symbol before them as text or as a picture."""

_IGNORABLE = re.compile("[\u180b-\u180f\u2065\ufe00-\ufe0f\ufff0-\ufff8\U000e0000-\U000e0fff]")
"""Characters that fonts don't show, though Unicode counts them as marks or reserves them."""

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_VISIBLE = frozenset("LNPS")
_PICTURED = frozenset({"So", "Sm", "Po", "Nd", "Sk"})


def is_visible(text: str) -> bool:
    """Whether the text has a visible character."""
    return any(unicodedata.category(c)[0] in _VISIBLE and c not in _BLANK for c in text)


def without_hidden(text: str) -> str:
    """Return the text without hidden characters."""
    return "".join(c for place, c in enumerate(text) if not _is_hidden(text, place))


def has_hidden(text: str) -> bool:
    """Whether the text has hidden characters."""
    return any(_is_hidden(text, place) for place in range(len(text)))


def _is_hidden(text: str, place: int) -> bool:
    char = text[place]
    if char in _JOINERS:
        return not _joins(text[place - 1 : place])
    if char in _LOOKS:
        return place == 0 or unicodedata.category(text[place - 1]) not in _PICTURED
    if _IGNORABLE.match(char):
        return True
    return char in _BLANK or (unicodedata.category(char) in _HIDDEN and char not in _SEEN)


def _joins(before: str) -> bool:
    """Whether a joiner has an effect after this character."""
    return bool(before) and unicodedata.category(before) in {"Lo", "Mn", "Mc", "So", "Sk"}
