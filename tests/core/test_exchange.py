"""Asks, their answers, and when a call is quicker: worked cases, then every small exchange."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from dayline.core.exchange import Ask, Post, asks_of, calls_of

START = datetime(2026, 5, 18, 7, tzinfo=UTC)


def talk(*lines: str) -> list[Post]:
    """Posts a minute apart: `K @N @R?` is K, who names N and R and asks something back."""
    posts = []
    for minute, line in enumerate(lines):
        author, *named = line.rstrip("?").split()
        posts.append(
            Post(
                id=f"{minute:02}",
                topic="t",
                author=author,
                at=START + timedelta(minutes=minute),
                mentions=tuple(name.removeprefix("@") for name in named),
                is_question=line.endswith("?"),
            )
        )
    return posts


def answers(posts: Sequence[Post]) -> list[tuple[str, str, str | None]]:
    """Each ask as the id of its post, its recipient and the id of its answer."""
    return [
        (ask.post.id, ask.recipient, ask.answer.id if ask.answer else None)
        for ask in asks_of(posts)
    ]


def call(*lines: str) -> str | None:
    """The id of the post at which a call would be suggested."""
    return next((post.id for post in calls_of(talk(*lines))), None)


def test_the_first_later_post_of_whom_is_named_answers() -> None:
    assert answers(talk("N", "K @N", "R", "N", "N")) == [("01", "N", "03")]


def test_each_who_is_named_is_asked_for_themselves() -> None:
    assert answers(talk("K @N @R", "R")) == [("00", "N", None), ("00", "R", "01")]


def test_nobody_asks_themselves() -> None:
    assert answers(talk("K @K", "K")) == []


def test_one_post_answers_all_that_was_asked_before() -> None:
    found = answers(talk("K @N", "R @N", "N @K", "K @N"))
    assert found == [("00", "N", "02"), ("01", "N", "02"), ("02", "K", "03"), ("03", "N", None)]


def test_another_topic_answers_nothing() -> None:
    asked, later = talk("K @N", "N")
    elsewhere = Post("02", "another", later.author, later.at)
    assert answers([asked, elsewhere]) == [("00", "N", None)]
    assert calls_of([asked, elsewhere]) == []


def test_a_call_is_suggested_on_the_third_turn_after_an_answer_that_asks_back() -> None:
    assert call("K @N", "N?", "K") == "02"
    assert call("K @N", "N", "K") is None


def test_a_call_is_suggested_on_the_third_turn_while_an_ask_is_open() -> None:
    assert call("K @N", "R", "K") == "02"
    assert call("K @N", "R", "N") is None
    assert call("K @N", "R", "N?") == "02"


def test_posts_in_a_row_are_one_turn() -> None:
    assert call("K @N", "K", "K") is None
    assert call("K @N", "K", "R", "R", "K") == "04"


def test_turns_count_from_the_one_that_asks() -> None:
    assert call("K", "N", "R", "K @N", "R", "K") == "05"
    assert call("K", "N", "R", "K @N", "N") is None


def test_a_topic_has_one_call_at_most() -> None:
    assert [post.id for post in calls_of(talk("K @N", "R", "K @N", "R", "K", "R"))] == ["02"]


Line = tuple[str, set[str], bool, str]
LINES = st.lists(
    st.tuples(
        st.sampled_from("KNR"),
        st.sets(st.sampled_from("KNR")),
        st.booleans(),
        st.sampled_from("tu"),
    ),
    max_size=12,
)


def drawn(lines: list[Line]) -> list[Post]:
    return [
        Post(f"{n:02}", topic, author, START + timedelta(minutes=n), tuple(sorted(named)), back)
        for n, (author, named, back, topic) in enumerate(lines)
    ]


def plainly_asked(posts: list[Post]) -> list[Ask]:
    """The definition, word for word."""
    found = []
    for number, post in enumerate(posts):
        for name in post.mentions:
            if name != post.author:
                later = (
                    answer
                    for answer in posts[number + 1 :]
                    if answer.author == name and answer.topic == post.topic
                )
                found.append(Ask(post, name, next(later, None)))
    return found


def plainly_called(posts: list[Post]) -> list[Post]:
    """The definition, word for word: read on from each ask until the third turn begins."""
    found: dict[str, Post] = {}
    for ask in plainly_asked(posts):
        topic = [p for p in posts if p.topic == ask.post.topic and p.id >= ask.post.id]
        turns = [next(turn) for _, turn in groupby(topic, key=lambda post: post.author)]
        if len(turns) < 3:
            continue
        third, answer = turns[2], ask.answer
        if answer is None or answer.id > third.id or answer.is_question:
            found[third.topic] = min(found.get(third.topic, third), third, key=lambda p: p.id)
    return sorted(found.values(), key=lambda post: post.id)


@given(LINES, st.randoms(use_true_random=False))
def test_asks_and_answers_are_those_of_the_definition_in_any_order(
    lines: list[Line], random: Random
) -> None:
    posts = drawn(lines)
    mixed = random.sample(posts, len(posts))
    assert asks_of(mixed) == plainly_asked(posts)


@given(LINES, st.randoms(use_true_random=False))
def test_calls_are_those_of_the_definition_in_any_order(lines: list[Line], random: Random) -> None:
    posts = drawn(lines)
    mixed = random.sample(posts, len(posts))
    assert calls_of(mixed) == plainly_called(posts)
