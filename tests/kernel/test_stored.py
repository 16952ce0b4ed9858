"""Phrases in rows."""

import pytest

from dayline.core.phrase import Phrase
from dayline.kernel.text.catalogs import render
from dayline.kernel.text.stored import restored, stored


@pytest.mark.parametrize(
    "phrase",
    [
        Phrase("delivery-errors.no-key"),
        Phrase("delivery-errors.timeout", seconds=0.5),
        Phrase("delivery-errors.said", said='404 {"phrase": "»no«"}'),
        Phrase("delivery-errors.too-long", reason=Phrase("delivery-errors.timeout", seconds=10)),
    ],
)
def test_a_stored_phrase_is_the_same(phrase: Phrase) -> None:
    assert restored(stored(phrase)) == phrase


@pytest.mark.parametrize("text", ["An admin turned it off.", "404 no_service", '{"a": 1}', ""])
def test_text_stays_as_it_is(text: str) -> None:
    assert stored(text) == restored(text) == text


def test_the_longest_reason_fits_into_its_column() -> None:
    longest = Phrase("delivery-errors.too-long", reason="500 " + '"\\' * 98)
    assert len(stored(longest)) <= 500
    assert render(longest).endswith('"\\')
