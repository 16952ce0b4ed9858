"""The message catalogs: rendering phrases in a language.

A catalog is `locales/<language>/<area>.json`, which maps keys to patterns of ICU MessageFormat.
English fills what another language lacks.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Final, TypeAlias

from babel import Locale
from babel.dates import format_skeleton
from babel.lists import format_list
from icu4py.messageformat import MessageFormat

from dayline.core.phrase import AllOf, Phrase, Value
from dayline.kernel.text.pseudo import PSEUDO, disguise

ENGLISH: Final = "en"

_Written: TypeAlias = "str | int | float | Decimal | date | datetime"
"""What the library formats, of which only texts and numbers are used."""

_CATALOGS = files("dayline") / "locales"


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that people can choose: those with catalogs, sorted by their tag."""
    return tuple(sorted(each.name for each in _CATALOGS.iterdir() if each.is_dir()))


def offered(tag: str) -> str | None:
    """Return the language, or pseudo-language, that a tag like `de-AT` names. None if none does."""
    known = {language.lower(): language for language in (*languages(), *PSEUDO)}
    return known.get(tag.lower()) or known.get(tag.lower().split("-")[0])


@cache
def patterns(language: str) -> Mapping[str, str]:
    """Return the patterns of a language by key (`area.key`), without those that it lacks."""
    if language in PSEUDO:
        return {key: disguise(said, language) for key, said in patterns(ENGLISH).items()}
    return {
        f"{area.name.removesuffix('.json')}.{key}": pattern
        for area in (_CATALOGS / language).iterdir()
        if area.name.endswith(".json")
        for key, pattern in json.loads(area.read_text(encoding="utf-8")).items()
    }


def render(phrase: Phrase, language: str = ENGLISH) -> str:
    """Return the phrase as a text. Raises KeyError for an unknown key."""
    said: dict[str, _Written] = {
        name: _written(value, language) for name, value in phrase.values.items()
    }
    return _compiled(phrase.key, language).format(said)


@cache
def _compiled(key: str, language: str) -> MessageFormat:
    own = patterns(language)
    return MessageFormat(own[key], language) if key in own else _compiled_english(key)


@cache
def _compiled_english(key: str) -> MessageFormat:
    return MessageFormat(patterns(ENGLISH)[key], ENGLISH)


def _written(value: Value, language: str) -> _Written:
    if isinstance(value, Phrase):
        return render(value, language)
    if isinstance(value, date):
        return format_skeleton("yMMMd", value, locale=locale_of(language))
    if isinstance(value, AllOf):
        parts = [
            render(each, language) if isinstance(each, Phrase) else each for each in value.parts
        ]
        return format_list(parts, locale=locale_of(language))
    if isinstance(value, tuple):
        return format_list(value, style="or", locale=locale_of(language))
    return value


def moment(local: datetime, language: str) -> str:
    """Return a wall time as the language writes it, with 24 hours: `Mon 18 May, 16:30`."""
    return _at(local, "MMMEd", language)


def dated_moment(local: datetime, language: str) -> str:
    """Return a wall time with its year: `18 May 2026, 16:30`."""
    return _at(local, "yMMMd", language)


def _at(local: datetime, day: str, language: str) -> str:
    locale = Locale.parse(locale_of(language))
    parts = [format_skeleton(skeleton, local, locale=locale) for skeleton in ("Hm", day)]
    return str(locale.datetime_formats["medium"]).format(*parts)


def locale_of(language: str) -> str:
    """Return Babel's locale of a language. Dayline's English has British dates."""
    return {ENGLISH: "en_GB", "en-XA": "en_GB", "ar-XB": "en_GB"}.get(language, language)
