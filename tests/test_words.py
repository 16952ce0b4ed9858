"""The catalogs, the documents and the demo's story follow the rules of plain English."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
STORY = ROOT / "backend/dayline/demo/story"
LOCALES = [ROOT / "backend/dayline/locales", ROOT / "frontend/locales"]

_LABEL_KEYS = re.compile(r"(^|[-_.])(label|button|title|toast|menu|tab|heading)$")
_LABEL_AREAS = frozenset({"problems"})
"""Areas whose keys end in words like these without being labels."""

_MOST_OF_SENTENCE, _MOST_OF_HINT = 25, 12
_HINT_KEYS = re.compile(r"(^|[-_.])hint$")

_NEVER = (
    r"\b(whoever|whom|somebody|everybody|nobody|take (it )?back|e-mails?)\b|"
    r"(?<!\bno )\bone (must|has|may|can|needs|aims)\b"
)
_BANNED = re.compile(
    rf"{_NEVER}|\b(give up|given up|programs?)\b|"
    r"\b(web |secret )?address(es)?\b(?<!IP address)(?<!IP addresses)",
    re.IGNORECASE,
)
_NOT_PROSE = re.compile(r"^```.*?^```$|^    [^\n]*$|`[^`]*`", re.MULTILINE | re.DOTALL)
"""Code in a document: fences, indented lines and spans."""

_CASE = re.compile(r"(?:=\d+|\b(?!other\b)\w+)\s*\{[^{}]*\}")
"""A case of a plural or select that isn't the last one: a sentence is as long as with that one."""

_RULES = {
    "banned words": _BANNED,
    "numeric dates": re.compile(r"(?<![\d.])\d{1,2}[./]\d{1,2}[./](\d{2}|\d{4})\b(?!\.?[\d/])"),
    "double spaces": re.compile("  "),
    "colons that join clauses": re.compile(
        r"[a-z]: (?!x\b)[a-z]|;"
    ),  # a label before a value joins none,
}


def messages() -> Iterator[tuple[str, str, str]]:
    """The area, key and pattern of each English message."""
    for folder in LOCALES:
        yield from messages_in(folder / "en")


def messages_in(folder: Path) -> Iterator[tuple[str, str, str]]:
    """The area, key and pattern of each message of a language."""
    for file in sorted(folder.glob("*.json")):
        for key, pattern in json.loads(file.read_text("utf-8")).items():
            yield file.stem, key, pattern


def said_by(pattern: str) -> str:
    """The words of an ICU pattern: each case of a plural or select, and x for a parameter."""
    words = re.sub(r"\{\s*\w+\s*,\s*\w+\s*,", " ", pattern)
    words = re.sub(r"(?:=\d+|\b\w+)\s*\{([^{}]*)\}", r"\1", words)
    words = re.sub(r"\{\s*\w+[^{}]*\}", "x", words)
    return re.sub(r"[{}]+", "", words).strip()


def sentences(text: str) -> list[str]:
    return [each for each in re.split(r"(?<=[.!?])\s+", text) if each]


def rules_broken_by(text: str) -> list[str]:
    """The rules that a text without parameters breaks."""
    broken = [rule for rule, wrong in _RULES.items() if wrong.search(text)]
    if any(len(each.split()) > _MOST_OF_SENTENCE for each in sentences(text)):
        broken.append("long sentences")
    return broken


def is_label(area: str, key: str) -> bool:
    return area not in _LABEL_AREAS and _LABEL_KEYS.search(key) is not None


def broken() -> dict[str, list[str]]:
    """The messages that break each rule."""
    found: dict[str, list[str]] = {rule: [] for rule in (*_RULES, "full stops", "long sentences")}
    for area, key, pattern in messages():
        text, name = said_by(pattern), f"{area}.{key}: {pattern}"
        for rule, wrong in _RULES.items():
            if wrong.search(pattern if rule == "double spaces" else text):
                found[rule].append(name)
        if is_label(area, key) and text.endswith("."):
            found["full stops"].append(name)
        most = _MOST_OF_HINT if _HINT_KEYS.search(key) else _MOST_OF_SENTENCE
        if any(len(each.split()) > most for each in sentences(said_by(_CASE.sub("", pattern)))):
            found["long sentences"].append(name)
    return found


def test_the_words_keep_the_rules(capsys: pytest.CaptureFixture[str]) -> None:
    found = broken()
    texts = [said_by(pattern) for _, _, pattern in messages()]
    with capsys.disabled():
        figures = [f"{len(texts)} messages", f"{sum(len(text.split()) for text in texts)} words"]
        figures += [f"{len(names)} {rule}" for rule, names in found.items()]
        print("\n" + ", ".join(figures))  # noqa: T201 -- seen with every run
    assert [name for names in found.values() for name in names] == []


_STRAIGHT = re.compile(r"""["']""")
_QUOTED_BY_ICU = re.compile(r"'[{}#|][^']*'")
"""Braces that are text. Apostrophes mean nothing else in a pattern."""


@pytest.mark.parametrize("folder", [each for place in LOCALES for each in sorted(place.iterdir())])
def test_apostrophes_and_quotes_are_typographic(folder: Path) -> None:
    found = [
        f"{area}.{key}: {pattern}"
        for area, key, pattern in messages_in(folder)
        if _STRAIGHT.search(_QUOTED_BY_ICU.sub("", pattern))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("Add {n, plural, one {# day} other {# days}}.", "Add # day # days."),
        ("{name} is away.", "x is away."),
    ],
)
def test_the_words_of_a_pattern(pattern: str, words: str) -> None:
    assert re.sub(" +", " ", said_by(pattern)) == words


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_documents_speak_of_people_as_the_product_does(document: Path) -> None:
    prose = " ".join(_NOT_PROSE.sub("", document.read_text("utf-8")).split())
    assert [found[0] for found in re.finditer(_NEVER, prose, re.IGNORECASE)] == []


def lines_of_the_story() -> Iterator[str]:
    """Every text of the story. A value in a text becomes x."""
    for file in sorted(STORY.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = [p.value if isinstance(p, ast.Constant) else "x" for p in node.values]
                yield "".join(map(str, parts))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_the_people_of_the_demo_write_plain_english() -> None:
    lines = list(lines_of_the_story())
    assert len(lines) > 300
    rules = [_BANNED, _RULES["double spaces"], re.compile("; ")]
    assert [line for line in lines if any(rule.search(line) for rule in rules)] == []
