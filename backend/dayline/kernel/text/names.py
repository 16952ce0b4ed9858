"""Names that people can tell apart: nothing in them is hidden, and something can be seen.

Characters of format join, part or turn others and are not seen themselves. With them two names look
alike, or one reads otherwise than it is written.
"""

import re
import unicodedata

_SEEN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
"""Arabic and Syriac marks of numbers and verses, which Unicode counts as format, and are seen."""

_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0\u034f\u17b4\u17b5")
"""Letters and marks without a shape."""

_JOINERS = frozenset("\u200c\u200d")
"""They shape words of Persian and of Indian languages, and combine emoji."""

_LOOKS = frozenset("\ufe0e\ufe0f")
"""They say whether a symbol before them is shown as text or as a picture."""

_IGNORABLE = re.compile("[\u180b-\u180f\u2065\ufe00-\ufe0f\ufff0-\ufff8\U000e0000-\U000e0fff]")
"""What a font shows nothing for, though Unicode counts it as a mark or keeps it for later."""

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_VISIBLE = frozenset("LNPS")
_PICTURED = frozenset({"So", "Sm", "Po", "Nd", "Sk"})


def is_visible(text: str) -> bool:
    """Whether anything of the text can be seen."""
    return any(unicodedata.category(c)[0] in _VISIBLE and c not in _BLANK for c in text)


def without_hidden(text: str) -> str:
    """The text without what cannot be seen in it."""
    return "".join(c for place, c in enumerate(text) if not _is_hidden(text, place))


def has_hidden(text: str) -> bool:
    """Whether the text holds what cannot be seen in it."""
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
    """Whether a joiner has something to do behind this character: no letter that has a case."""
    return bool(before) and unicodedata.category(before) in {"Lo", "Mn", "Mc", "So", "Sk"}
