"""Who asked and who answered, and which exchanges took too many turns, from messages alone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

TURNS = 3
"""After this many turns about an unanswered question, a call is quicker."""


@dataclass(frozen=True, slots=True)
class Post:
    """One message of a topic. `mentions` are the members it mentions, each once.

    `is_question` says whether it asks something back, whether or not it mentions anyone.
    """

    id: str
    topic: str
    author: str
    at: datetime
    mentions: tuple[str, ...] = ()
    is_question: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """A post that asked one member. `answer` is their first later post in the topic, if any."""

    post: Post
    recipient: str
    answer: Post | None

    def is_open_at(self, post: Post) -> bool:
        """Whether it was still unanswered after this post."""
        return self.answer is None or _order(self.answer) > _order(post)


def asks_of(posts: Iterable[Post]) -> list[Ask]:
    """Return all asks in the order of the posts. Each mention is one, except of the author.

    A post answers everything that its author was asked before in that topic.
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
    """Return the posts at which to suggest a call, in order, at most one per topic.

    A turn is one or more consecutive posts of an author. Counting from the turn that asks, the call
    is suggested at the first post of turn number `turns`, if the ask is unanswered then or was
    answered with a question.
    """
    topics: defaultdict[str, list[Post]] = defaultdict(list)
    for post in sorted(posts, key=_order):
        topics[post.topic].append(post)
    found = (_call(topic, turns) for topic in topics.values())
    return sorted((post for post in found if post is not None), key=_order)


def _call(topic: Sequence[Post], turns: int) -> Post | None:
    """Return the post of a topic at which to suggest a call, or None. Posts must be in order."""
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
