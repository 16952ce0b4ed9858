"""Excerpts: what stands around the first word that matches."""

from time import thread_time

import pytest

from dayline.search.highlighting import BEFORE, MOST, Words, excerpt, pieces
from dayline.search.schemas import Piece

CEILING = 0.2
"""CPU seconds for sixteen of the longest texts: four times what they take."""


def shown(found: list[Piece]) -> str:
    return "".join(f"[{piece.text}]" if piece.is_hit else piece.text for piece in found)


@pytest.mark.parametrize(
    ("text", "written", "expected"),
    [
        ("Deploy the deployment", "deploy", "[Deploy] the [deployment]"),
        ("Deploy the deployment", "deploy the", "[Deploy] [the] deployment"),
        ("Café 🎉 zoé", "zoe", "Café 🎉 [zoé]"),
        ("A b", "b", "A [b]"),
        ("Abc b", "a", "Abc b"),
        ("<b>bold</b>", "bold", "<b>[bold]</b>"),
        ("Nothing", "", "Nothing"),
    ],
)
def test_pieces(text: str, written: str, expected: str) -> None:
    found = pieces(text, Words(written))
    assert shown(found) == expected
    assert "".join(piece.text for piece in found) == text


def test_an_excerpt_begins_before_the_first_hit_and_ends_somewhere() -> None:
    text = "long " * 60 + "falcon " + "after " * 60
    found = excerpt(text, Words("falcon"))
    line = "".join(piece.text for piece in found)
    assert line.startswith("…long")
    assert line.endswith("after…")
    assert len(line) <= MOST + 2
    assert line.index("falcon") <= BEFORE + 6


def test_without_a_hit_there_is_no_excerpt() -> None:
    assert excerpt("A text", Words("falcon")) == []
    assert shown(excerpt("one\n\n  falcon", Words("falcon"))) == "one [falcon]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The **falcon** is _here_", "The [falcon] is here"),
        ("## A `falcon`\n\n- ~~one~~\n- [ ] two\n> three", "A [falcon] one two three"),
        (
            "See [the falcon](https://example.com/a) and [[House rules]].",
            "See the [falcon] and House rules.",
        ),
        ("**Bold, falcon.** Then", "Bold, [falcon]. Then"),
        ("2 * 3, snake_case, a[1] and a falcon", "2 * 3, snake_case, a[1] and a [falcon]"),
        ("[here](https://example.com/falcon)", "[here](https://example.com/[falcon])"),
    ],
)
def test_an_excerpt_is_plain_text(text: str, expected: str) -> None:
    assert shown(excerpt(text, Words("falcon"))) == expected


@pytest.mark.parametrize("filler", ["word ", "café ", "a", "\n", "ﬁn ", "한국어 ", "_"])
@pytest.mark.parametrize("before", [0, 3, 399, 401, 5000, 40_000])
def test_a_word_is_found_wherever_it_stands_in_a_long_text(filler: str, before: int) -> None:
    text = (filler * before)[:before] + " falcon " + filler * 200
    assert Words("falcon").first_in(text) == text.index("falcon")
    found = excerpt(text, Words("falcon"))
    assert [piece.text for piece in found if piece.is_hit] == ["falcon"]
    assert len("".join(piece.text for piece in found)) <= MOST + 2


def test_a_part_of_a_word_is_no_hit_wherever_it_is_cut() -> None:
    assert excerpt("snowfalcon " * 5000, Words("falcon")) == []
    assert excerpt("a" * 20_000 + "falcon", Words("falcon")) == []


@pytest.mark.parametrize("written", ["zebra", "ab b", "ov", "noire"])
def test_excerpts_of_long_texts_are_found_in_time(written: str) -> None:
    texts = ["The quick brown fox jumps over it. " * 2300, "Le café noir est là. " * 3800]
    began = thread_time()
    for text in texts * 8:
        excerpt(text, Words(written))
    assert thread_time() - began < CEILING
