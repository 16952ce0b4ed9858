"""What happens to references and explanations. The team is told; guests see none of it."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from dayline.kernel.db.events import Audience, Event
from dayline.references.schemas import ExplanationCard, ReferenceCard

TEAM = Audience.team()


class ReferenceEvent(Event):
    """Something happened to a reference."""

    reference: ReferenceCard


class ReferenceCreated(ReferenceEvent):
    """Something was written down."""

    kind: ClassVar[str] = "reference.created"


class ReferenceChanged(ReferenceEvent):
    """It has another text, owner or date of review."""

    kind: ClassVar[str] = "reference.changed"


class ReferenceMarkedStale(ReferenceEvent):
    """Somebody found it wrong or out of date."""

    kind: ClassVar[str] = "reference.marked_stale"


class ReferenceReviewed(ReferenceEvent):
    """Somebody looked at it and found it right."""

    kind: ClassVar[str] = "reference.reviewed"


class ReferenceDeleted(ReferenceEvent):
    """A reference is gone; its `deleted_at` says so."""

    kind: ClassVar[str] = "reference.deleted"


class ReferenceWanted(Event):
    """A subject was explained once too often: who explained it last is asked to write it down."""

    kind: ClassVar[str] = "reference.wanted"
    about: UUID
    words: str
    explained: int
    wanted_from: datetime


class ReferenceDeclined(Event):
    """A subject was said to need no reference."""

    kind: ClassVar[str] = "reference.declined"
    about: UUID


class Explained(Event):
    """Somebody explained something by talking."""

    kind: ClassVar[str] = "explanation.noted"
    explanation: ExplanationCard


class ExplanationTakenBack(Event):
    """A note of an explanation was taken back."""

    kind: ClassVar[str] = "explanation.taken_back"
    explanation: ExplanationCard
