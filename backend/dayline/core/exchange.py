"""Who asked whom, who answered, and when words went to and fro too long: from messages alone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

TURNS = 3
"""After so many turns about something that is not answered, talking is quicker."""


@dataclass(frozen=True, slots=True)
class Post:
    """One message of a topic: `mentions` are the members whom it names, each once.

    `is_question` says whether it asks something back, whomever it names.
    """

    id: str
    topic: str
    author: str
    at: datetime
    mentions: tuple[str, ...] = ()
    is_question: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """A post asked one member. `answer` is their first later post in the same topic, if any."""

    post: Post
    recipient: str
    answer: Post | None

    def is_open_at(self, post: Post) -> bool:
        """Whether there was no answer yet when this post had been written."""
        return self.answer is None or _order(self.answer) > _order(post)


def asks_of(posts: Iterable[Post]) -> list[Ask]:
    """Every ask, in the order of the posts: each mention is one, but of the author themselves.

    One post answers all that its author was asked before in that topic.
    """
    asked: list[tuple[Post, str]] = []
    answers: dict[int, Post] = {}
    waiting: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for post in sorted(posts, key=_order):
        for number in waiting.pop((post.topic, post.author), ()):
            answers[number] = post
        for recipient in post.mentions:
            if recipient != post.author:
                waiting[post.topic, recipient].append(len(asked))
                asked.append((post, recipient))
    return [
        Ask(post, recipient, answers.get(number)) for number, (post, recipient) in enumerate(asked)
    ]


def calls_of(posts: Iterable[Post], turns: int = TURNS) -> list[Post]:
    """The posts at which a call would be suggested: at most one in a topic, in order.

    A turn is one or more posts in a row by one author. It is the first post of the last of
    `turns` turns, the one that asks being the first of them, at which the ask is still open or was
    answered by a question.
    """
    topics: defaultdict[str, list[Post]] = defaultdict(list)
    for post in sorted(posts, key=_order):
        topics[post.topic].append(post)
    found = (_call(topic, turns) for topic in topics.values())
    return sorted((post for post in found if post is not None), key=_order)


def _call(topic: Sequence[Post], turns: int) -> Post | None:
    """The post of one topic, its posts in order, at which a call would be suggested."""
    taken = [list(turn) for _, turn in groupby(topic, key=lambda post: post.author)]
    turn_of = {post.id: number for number, turn in enumerate(taken) for post in turn}
    reached = (
        (ask, taken[last][0])
        for ask in asks_of(topic)
        if (last := turn_of[ask.post.id] + turns - 1) < len(taken)
    )
    due = (post for ask, post in reached if _wants_a_call(ask, post))
    return min(due, key=_order, default=None)


def _wants_a_call(ask: Ask, post: Post) -> bool:
    return ask.is_open_at(post) or (ask.answer is not None and ask.answer.is_question)


def _order(post: Post) -> tuple[datetime, str]:
    return post.at, post.id
