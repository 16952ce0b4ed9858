"""Events of messages. They never carry the text: a withdrawn text must not remain in the log."""

from typing import ClassVar
from uuid import UUID

from dayline.conversations.events import TopicEvent


class MessageEvent(TopicEvent):
    """Something happened to a message."""

    message_id: UUID
    author_id: UUID


class MessagePosted(MessageEvent):
    """A member posted a message."""

    kind: ClassVar[str] = "message.posted"
    mentions: list[UUID]


class MessageEdited(MessageEvent):
    """The author edited a message."""

    kind: ClassVar[str] = "message.edited"
    mentions: list[UUID]


class MessageWithdrawn(MessageEvent):
    """A message was withdrawn, and its text is gone."""

    kind: ClassVar[str] = "message.withdrawn"
