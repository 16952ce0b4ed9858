"""Events of references and explanations. The team sees them; guests don't."""

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
    """A reference was created."""

    kind: ClassVar[str] = "reference.created"


class ReferenceChanged(ReferenceEvent):
    """The text, owner or review date of a reference changed."""

    kind: ClassVar[str] = "reference.changed"


class ReferenceMarkedStale(ReferenceEvent):
    """Someone marked a reference as stale."""

    kind: ClassVar[str] = "reference.marked_stale"


class ReferenceReviewed(ReferenceEvent):
    """Someone reviewed a reference and found it correct."""

    kind: ClassVar[str] = "reference.reviewed"


class ReferenceDeleted(ReferenceEvent):
    """A reference was deleted, as of its `deleted_at`."""

    kind: ClassVar[str] = "reference.deleted"


class ReferenceWanted(Event):
    """A subject was explained too often. The last member to do so is asked for a reference."""

    kind: ClassVar[str] = "reference.wanted"
    about: UUID
    words: str
    explained: int
    wanted_from: datetime


class ReferenceDeclined(Event):
    """Someone said that a subject needs no reference."""

    kind: ClassVar[str] = "reference.declined"
    about: UUID


class Explained(Event):
    """Someone logged an explanation."""

    kind: ClassVar[str] = "explanation.noted"
    explanation: ExplanationCard


class ExplanationTakenBack(Event):
    """An explanation was deleted by its author."""

    kind: ClassVar[str] = "explanation.taken_back"
    explanation: ExplanationCard
