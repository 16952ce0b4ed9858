"""The catalogs and the code agree: each phrase is written, used, and has its parameters."""

import ast
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from icu4py.messageformat import MessageFormat

import dayline
import dayline.app  # which imports every room
import dayline.kernel.http.connections
from dayline.core.phrase import Phrase
from dayline.kernel.errors import Problem
from dayline.kernel.text import catalogs
from dayline.kernel.text.catalogs import ENGLISH, languages, patterns, render
from dayline.kernel.text.pseudo import LONGER, MIRRORED, disguise

SOURCE = Path(dayline.__file__).parent
_NAME = re.compile(r"\{\s*(\w+)\s*[,}]")
_CASE = re.compile(r"(?:=\d+|\w+)\s*\{")


def parameters(pattern: str) -> set[str]:
    """The names of an ICU pattern's parameters, wherever they are nested."""
    quoted_out = re.sub(r"'[{}#|][^']*'", "", pattern)
    return {
        found[1]
        for found in _NAME.finditer(quoted_out)
        if not _is_text_of_case(quoted_out, found.start())
    }


def values_for(pattern: str) -> dict[str, int | float | str | Decimal | date | datetime]:
    """A value for each parameter: a word for a select, else a number."""
    return {
        name: "x" if re.search(rf"\{{{name}, select", pattern) else 1
        for name in parameters(pattern)
    }


def _is_text_of_case(pattern: str, at: int) -> bool:
    """Whether a brace opens the text of a plural's or select's case, such as `one {day}`."""
    before = pattern[:at].rstrip()
    inside = before.count("{") - before.count("}")
    return inside % 2 == 1


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for file in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in file.parts:
            yield file, ast.parse(file.read_text("utf-8"))


def phrases() -> Iterator[tuple[str, ast.Call]]:
    """Every call of `Phrase` in the code, with its place."""
    for file, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Phrase":
                yield f"{file.relative_to(SOURCE)}:{node.lineno}", node


def literals() -> set[str]:
    return {
        node.value
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def kinds_of(kind: type[Problem]) -> Iterator[type[Problem]]:
    for each in kind.__subclasses__():
        yield each
        yield from kinds_of(each)


def titles() -> set[str]:
    return {kind.title().key for kind in kinds_of(Problem) if kind.__module__.startswith("dayline")}


def test_every_phrase_of_the_code_is_in_the_catalog_with_its_parameters() -> None:
    english = patterns(ENGLISH)
    for place, call in phrases():
        key = call.args[0]
        if not isinstance(key, ast.Constant):
            continue
        assert key.value in english, place
        if all(keyword.arg is not None for keyword in call.keywords):
            given = {keyword.arg for keyword in call.keywords}
            assert given == parameters(english[str(key.value)]), place


def test_every_problem_has_a_title_without_parameters() -> None:
    english = patterns(ENGLISH)
    for key in titles():
        assert not parameters(english[key]), key


def test_every_message_is_used() -> None:
    assert set(patterns(ENGLISH)) - titles() - literals() == set()


@pytest.mark.parametrize("language", languages())
def test_a_language_has_no_key_that_english_lacks_and_the_same_parameters(language: str) -> None:
    english = patterns(ENGLISH)
    for key, pattern in patterns(language).items():
        assert key in english, (language, key)
        assert parameters(pattern) == parameters(english[key]), (language, key)
        assert MessageFormat(pattern, language).format(values_for(pattern))


@pytest.mark.parametrize("language", [LONGER, MIRRORED])
def test_a_pseudo_language_changes_only_the_text(language: str) -> None:
    for key, pattern in patterns(ENGLISH).items():
        changed = disguise(pattern, language)
        assert parameters(changed) == parameters(pattern), key
        assert changed != pattern or not re.search("[A-Za-z]", re.sub(r"\{.*\}", "", pattern)), key
        assert MessageFormat(changed, language).format(values_for(pattern)), key


def test_what_looks_foreign() -> None:
    pattern = "Add {n, plural, one {# day} other {# days}}. See https://a.example, {name}"
    assert disguise(pattern, LONGER) == (
        "⟦ÅÅðð {n, plural, one {# ðååý} other {# ðååýš}}. Šéééé https://a.example, {name}⟧"
    )


def test_a_language_gets_english_where_it_lacks_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    written = {**patterns(ENGLISH)}
    monkeypatch.setattr(catalogs, "patterns", lambda of: written if of == ENGLISH else {})
    catalogs._compiled.cache_clear()
    try:
        assert render(Phrase("fields.taken"), "de") == render(Phrase("fields.taken"))
    finally:
        catalogs._compiled.cache_clear()


def test_lists_dates_phrases_and_numbers_are_written_in_the_language() -> None:
    said = Phrase("fields.one-of", expected=("red", "green", "blue"))
    assert render(said) == "Must be red, green or blue."
    assert render(Phrase("fields.days-ahead", days=1)) == "Pick a time at most 1 day ahead."
    nested = Phrase("fields.overlaps", other=Phrase("fields.date"))
    assert render(nested) == "Overlaps Enter a date, like 2026-05-22.."
    on = Phrase("fields.overlaps", other=date(2026, 5, 22))
    assert render(on) == "Overlaps 22 May 2026."


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(KeyError):
        render(Phrase("fields.nothing-of-the-kind"))


def test_phrases_are_values() -> None:
    one, same, other = (Phrase("fields.longest", most=most) for most in (1, 1, 2))
    assert (one == same, one == other, one == "fields.longest") == (True, False, False)
    assert hash(one) == hash(same)
    assert repr(one) == "Phrase('fields.longest', most=1)"
