"""What happens to scheduled messages. Only their authors are told, and never what they say."""

from typing import ClassVar
from uuid import UUID

from dayline.kernel.db.events import Audience, Event
from dayline.scheduled.models import ScheduledMessage
from dayline.scheduled.schemas import ScheduledCard


class ScheduledEvent(Event):
    """Something happened to a scheduled message."""

    scheduled: ScheduledCard


class MessageScheduled(ScheduledEvent):
    """A message waits for its instant."""

    kind: ClassVar[str] = "scheduled.created"


class ScheduledChanged(ScheduledEvent):
    """It says something else, or waits for another instant."""

    kind: ClassVar[str] = "scheduled.changed"


class ScheduledCancelled(ScheduledEvent):
    """Its author deleted it."""

    kind: ClassVar[str] = "scheduled.cancelled"


class ScheduledSent(ScheduledEvent):
    """It was sent, and is gone: it is this message now."""

    kind: ClassVar[str] = "scheduled.sent"
    message_id: UUID


class ScheduledFailed(ScheduledEvent):
    """It could not be sent, and waits for its author."""

    kind: ClassVar[str] = "scheduled.failed"


def card_of(scheduled: ScheduledMessage) -> ScheduledCard:
    """A scheduled message as events show it."""
    return ScheduledCard.model_validate(scheduled)


def audience_of(scheduled: ScheduledMessage) -> Audience:
    """Its author."""
    return Audience.member(scheduled.author_id)
