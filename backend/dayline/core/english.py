"""Whether a short text is English, by its letters and its most frequent words.

Only English is checked for the five points. A text in another language must be recognised, or its
author would be told that points are missing which they wrote.
"""

import re
from collections.abc import Iterator

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_MOST_WORDS = 400
"""The most words of a text that count."""

_NO_ENGLISH = 8
"""A text of so many words has a frequent English one."""

_ENGLISH = frozenset(
    _WORD.findall(
        "the of and to is are it that this these those i you we they he she my your our their for "
        "with on from at be been have has had do does did can could would should not don't doesn't "
        "didn't can't won't isn't what which who how why when where there if or but as by about "
        "into than then some any all no yes please it's i'm i've let's get need want know think "
        "make new"
    )
)
_OTHERS = frozenset(
    # German, Dutch, French, Spanish, Portuguese, Italian, Polish, Swedish: what isn't English too
    _WORD.findall(
        "der das und ist nicht ein eine einen ich du wir ihr sie es mit auf zu dem den von wie "
        "wann wer warum kannst könnt bitte wird werden haben habe hat sind oder aber wenn noch "
        "auch nur het een van voor niet dat ik jij je wij zijn heeft hebben maar ook naar deze "
        "wat kun le la les des est et un une nous vous ils pas que qui pour dans sur avec ce "
        "cette sont ou peux peut pouvez merci el los las y por para con del se lo más qué cómo "
        "puedes gracias os uma não em com você podem il che di non per sono della gli anche "
        "puoi grazie na się jest nie czy jak proszę dla och att det som är för inte på kan ska"
    )
)


def is_english(text: str) -> bool:
    """Whether the text is English, or too short to tell."""
    english = others = strange = count = 0
    for word in _words(text):
        count += 1
        english += word in _ENGLISH
        others += word in _OTHERS or not word.isascii()
        strange += _is_of_another_script(word)
    if 2 * strange > count or others > english:
        return False
    return english > 0 or count < _NO_ENGLISH


def _words(text: str) -> Iterator[str]:
    for number, found in enumerate(_WORD.finditer(text)):
        if number >= _MOST_WORDS:
            return
        yield found[0].lower().replace("’", "'")


def _is_of_another_script(word: str) -> bool:
    return word[0] > "\u024f"
