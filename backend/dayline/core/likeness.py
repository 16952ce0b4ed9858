"""Whether two short texts name the same subject, by their letters and by their words.

Letters: trigrams as in PostgreSQL's pg_trgm, each word in lower case with two spaces before it and
one after. Words: the significant ones in the singular, each matched with an equal or similar word
of the other text.
"""

import re
from collections.abc import Collection
from functools import lru_cache
from itertools import islice

SAME = 0.7
"""The least likeness of texts that name the same subject."""

SIMILAR = 0.45
"""The least likeness of texts that are worth comparing."""

MOST_WORDS = 24
"""The most words of a text that count. A line of 200 characters rarely has more."""

_NEAR = 0.5
_WORD = re.compile(r"\w+")
_STOP = frozenset(
    _WORD.findall(
        "a about again all an and any are as at be by can could did do does explain explained for "
        "from get gets had has have how i in into is it its just me my of on or our over should "
        "so some that the their them there they this to up was we were what when where which who "
        "whom why will with without would you your"
    )
)


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1, in either order and ignoring case."""
    shared = _shared(_letters(one), _letters(other))
    return max(shared, _of_words(significant_words(one), significant_words(other)))


def is_same(one: str, other: str) -> bool:
    """Whether two texts name the same subject."""
    return likeness(one, other) >= SAME


@lru_cache(maxsize=4096)
def significant_words(text: str) -> frozenset[str]:
    """Return the first significant words, in the singular. All words if none is significant."""
    words = dict.fromkeys(_WORD.findall(text.casefold()))
    said = islice((word for word in words if word not in _STOP), MOST_WORDS)
    return frozenset(map(_singular, said)) or frozenset(islice(words, MOST_WORDS))


@lru_cache(maxsize=16_384)
def trigrams(word: str) -> frozenset[str]:
    """Return the trigrams of a word: for `cat`, `  c`, ` ca`, `cat` and `at `."""
    padded = f"  {word} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def letters(text: str) -> list[str]:
    """Return the sorted trigrams of a text, to store with it: similar texts share many."""
    return sorted(_letters(text))


@lru_cache(maxsize=4096)
def _letters(text: str) -> frozenset[str]:
    return frozenset[str]().union(*map(trigrams, significant_words(text)))


def _of_words(mine: frozenset[str], theirs: frozenset[str]) -> float:
    if not mine or not theirs:
        return 0.0
    both = mine & theirs
    found = 2 * len(both)
    found += sum(_is_nearly_in(word, theirs) for word in mine - both)
    found += sum(_is_nearly_in(word, mine) for word in theirs - both)
    return found / (len(mine) + len(theirs))


def _is_nearly_in(word: str, words: Collection[str]) -> bool:
    return any(_are_near(word, other) for other in words)


@lru_cache(maxsize=65_536)
def _are_near(word: str, other: str) -> bool:
    return _shared(trigrams(word), trigrams(other)) >= _NEAR


def _shared(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """Return the share of all elements that are in both sets."""
    shared = len(mine & theirs)
    both = len(mine) + len(theirs) - shared
    return shared / both if both else 0.0


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):  # noqa: PLR2004 -- `ties` is no `ty`
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    is_plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))  # noqa: PLR2004
    return word[:-1] if is_plural else word
