"""Events of scheduled messages. Only the author sees them, and they don't contain the text."""

from typing import ClassVar
from uuid import UUID

from dayline.kernel.db.events import Audience, Event
from dayline.scheduled.models import ScheduledMessage
from dayline.scheduled.schemas import ScheduledCard


class ScheduledEvent(Event):
    """Something happened to a scheduled message."""

    scheduled: ScheduledCard


class MessageScheduled(ScheduledEvent):
    """A message was scheduled."""

    kind: ClassVar[str] = "scheduled.created"


class ScheduledChanged(ScheduledEvent):
    """The text, the asks or the time changed."""

    kind: ClassVar[str] = "scheduled.changed"


class ScheduledCancelled(ScheduledEvent):
    """The author cancelled the message."""

    kind: ClassVar[str] = "scheduled.cancelled"


class ScheduledSent(ScheduledEvent):
    """The message was sent. `message_id` is the id of the posted message."""

    kind: ClassVar[str] = "scheduled.sent"
    message_id: UUID


class ScheduledFailed(ScheduledEvent):
    """The message couldn't be sent. It stays until its author edits or cancels it."""

    kind: ClassVar[str] = "scheduled.failed"


def card_of(scheduled: ScheduledMessage) -> ScheduledCard:
    """The card of a scheduled message, as events carry it."""
    return ScheduledCard.model_validate(scheduled)


def audience_of(scheduled: ScheduledMessage) -> Audience:
    """Only its author sees its events."""
    return Audience.member(scheduled.author_id)
