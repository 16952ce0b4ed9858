"""Events of topics.

Each carries the topic after the change, and never the text of a message: a withdrawn text must
not remain in the log.
"""

from typing import ClassVar

from dayline.conversations.models import Topic, TopicKind
from dayline.conversations.schemas import TopicOut
from dayline.kernel.db.events import Audience, Event


class TopicEvent(Event):
    """Something happened in a topic."""

    topic: TopicOut


class TopicOpened(TopicEvent):
    """A topic was opened."""

    kind: ClassVar[str] = "topic.opened"


class TopicChanged(TopicEvent):
    """A topic was renamed."""

    kind: ClassVar[str] = "topic.changed"


class TopicResolved(TopicEvent):
    """A topic was resolved."""

    kind: ClassVar[str] = "topic.resolved"


class TopicReopened(TopicEvent):
    """A resolved topic was reopened."""

    kind: ClassVar[str] = "topic.reopened"


def audience_of(topic: Topic | TopicOut) -> Audience:
    """Return who sees the events of a topic."""
    if topic.project_id is None:
        return Audience.topic(topic.id)
    if topic.kind is TopicKind.DECISION:
        return Audience.discussion(topic.id)
    return Audience.project(topic.project_id)
