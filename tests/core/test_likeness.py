"""What names the same subject, and what only sounds like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dayline.core.likeness import SIMILAR, is_same, likeness, significant_words, trigrams

SAME = [
    ("How VAT works for EU customers", "VAT for EU customers"),
    ("Deploying to staging", "How to deploy to staging"),
    ("Invoice numbering", "the numbering of our invoices"),
    ("VAT rates", "VAT rates in the EU"),
    ("Restoring the backup", "how do we restore a backup?"),
    ("release process", "Explained our release process again"),
    ("Why retries double the charge", "Why a retry doubles charges"),
    ("Як працює ПДВ", "як працює пдв"),
]

NOT_THE_SAME = [
    ("Refund a card payment", "Refund a bank payment"),
    ("VAT rates", "VAT numbers"),
    ("VAT", "VAT for EU customers"),
    ("Login", "Login problems on phones"),
    ("Deploying to staging", "Deploying to production"),
    ("How to sign the agreement", "How to change the agreement"),
    ("Invoices", "Holidays"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_similar_wording_is_the_same_subject(one: str, other: str) -> None:
    assert is_same(one, other)


@pytest.mark.parametrize(("one", "other"), NOT_THE_SAME)
def test_one_word_that_differs_is_another_subject(one: str, other: str) -> None:
    assert not is_same(one, other)


def test_what_is_not_the_same_may_be_worth_a_look() -> None:
    assert likeness("Refund a card payment", "Refund a bank payment") >= SIMILAR
    assert likeness("Deploy to staging", "Depoly to staging") >= SIMILAR
    assert likeness("Invoices", "Holidays") < SIMILAR


def test_words_that_say_something_are_kept_in_the_singular() -> None:
    assert significant_words("How do the policies and boxes of classes work?") == {
        "policy",
        "box",
        "class",
        "work",
    }
    assert significant_words("This status") == {"status"}
    assert significant_words("how to") == {"how", "to"}


def test_trigrams_are_those_of_postgresql() -> None:
    assert trigrams("cat") == {"  c", " ca", "cat", "at "}


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_has_no_order_and_stays_in_its_range(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1


@given(st.text(alphabet=st.characters(categories=["L"]), min_size=1, max_size=40))
def test_every_text_is_like_itself_in_any_case(text: str) -> None:
    assert is_same(text, text)
    assert likeness(text, f"  {text}!") == 1
