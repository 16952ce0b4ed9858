"""Pseudo-languages: English that looks foreign, so that tests find text outside the catalogs."""

import re
from collections.abc import Iterator

LONGER = "en-XA"
MIRRORED = "ar-XB"
PSEUDO = frozenset({LONGER, MIRRORED})
"""They are accepted where a client asks for them, and never offered."""

_ACCENTED = str.maketrans(
    "ABCDEFGHIJKLMNOPRSTUVWYZabcdefghijklmnoprstuvwyz",
    "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞŔŠŢÛṼŴÝŽåƀçðéƒĝĥîĵķļɱñöþŕšţûṽŵýž",
)
_STRETCHED = re.compile(r"([aeiouAEIOU])")
_FROM_RIGHT, _UNTIL = "\u202e", "\u202c"
_LINKS = re.compile(r"(https?://\S+|<[^>]*>|&\w+;)")


def disguise(pattern: str, language: str) -> str:
    """Return an ICU pattern whose literal text looks foreign. Everything else stays as it is."""
    said = "".join(
        _disguised(part, language) if is_text else part for is_text, part in _parts(pattern)
    )
    return f"⟦{said}⟧" if language == LONGER else said


def _disguised(text: str, language: str) -> str:
    pieces = _LINKS.split(text)
    return "".join(
        piece if at % 2 or not piece.strip() else _foreign(piece, language)
        for at, piece in enumerate(pieces)
    )


def _foreign(text: str, language: str) -> str:
    if language == MIRRORED:
        return f"{_FROM_RIGHT}{text}{_UNTIL}"
    return _STRETCHED.sub(r"\1\1", text).translate(_ACCENTED)


def _parts(pattern: str) -> Iterator[tuple[bool, str]]:
    """Yield the parts of a pattern, and whether each is literal text.

    Literal text lies at every even depth of braces: outside, and inside a plural's or select's
    cases. Quoted text stays as it is, as its apostrophes have a meaning.
    """
    for found in _PIECE.finditer(_marked(pattern)):
        literal, other = found.groups()
        yield (True, literal) if literal is not None else (False, other)


_TEXT, _SYNTAX = "\ue000", "\ue001"
_PIECE = re.compile(f"{_TEXT}([^{_SYNTAX}{_TEXT}]*)|{_SYNTAX}([^{_SYNTAX}{_TEXT}]*)")
_QUOTED = re.compile(r"'(?:''|[{}#|][^']*(?:''[^']*)*')")


def _marked(pattern: str) -> str:
    """Return the pattern with a mark before each run of text and of syntax."""
    marked, depth, at, is_text = [], 0, 0, None
    while at < len(pattern):
        quoted = _QUOTED.match(pattern, at)
        piece = quoted[0] if quoted else pattern[at]
        now_text = not quoted and piece not in "{}#" and depth % 2 == 0
        if now_text is not is_text:
            marked.append(_TEXT if now_text else _SYNTAX)
            is_text = now_text
        marked.append(piece)
        depth += {"{": 1, "}": -1}.get(piece, 0)
        at += len(piece)
    return "".join(marked)
