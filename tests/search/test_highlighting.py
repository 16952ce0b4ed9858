"""Excerpts: what stands around the first word that matches."""

import pytest

from dayline.search.highlighting import BEFORE, MOST, Words, excerpt, pieces
from dayline.search.schemas import Piece


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
