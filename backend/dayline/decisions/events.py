"""Events of decisions.

Each event carries the card after the change but none of the texts, which are only in the decision.
"""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from dayline.decisions.models import Decision
from dayline.decisions.schemas import DecisionCard
from dayline.kernel.db.events import Audience, Event


class DecisionEvent(Event):
    """Something happened to a decision. The event appears in the decision's history."""

    decision: DecisionCard

    @property
    def subject_id(self) -> UUID:
        """The decision's id."""
        return self.decision.id


class DecisionCreated(DecisionEvent):
    """A draft was created."""

    kind: ClassVar[str] = "decision.created"


class DecisionChanged(DecisionEvent):
    """Some fields of the decision changed."""

    kind: ClassVar[str] = "decision.changed"
    changed: list[str]


class DecisionOpened(DecisionEvent):
    """The decision was opened, and its stakeholders are asked."""

    kind: ClassVar[str] = "decision.opened"


class DecisionExtended(DecisionEvent):
    """The deadline for input was moved to a later time."""

    kind: ClassVar[str] = "decision.extended"
    old: datetime
    new: datetime


class InputGiven(DecisionEvent):
    """A stakeholder gave input or replaced it."""

    kind: ClassVar[str] = "decision.input_given"
    member_id: UUID
    is_late: bool


class DecisionClosed(DecisionEvent):
    """Input ended, and the decider is asked for the outcome."""

    kind: ClassVar[str] = "decision.closed"


class DecisionDecided(DecisionEvent):
    """The outcome was recorded and can't be changed any more."""

    kind: ClassVar[str] = "decision.decided"


class DecisionWithdrawn(DecisionEvent):
    """The decision was withdrawn without an outcome."""

    kind: ClassVar[str] = "decision.withdrawn"


class RecordRead(DecisionEvent):
    """A stakeholder confirmed that they have read the outcome."""

    kind: ClassVar[str] = "decision.read"
    member_id: UUID


class InputReminded(DecisionEvent):
    """Half of a stakeholder's working time until the deadline is over without their input.

    It is recorded in their working hours, and only they see it.
    """

    kind: ClassVar[str] = "decision.reminded"
    member_id: UUID


class ReviewDue(DecisionEvent):
    """The decision is due for review."""

    kind: ClassVar[str] = "decision.review_due"


class TaskLinked(DecisionEvent):
    """A task was linked to the decision or unlinked from it."""

    kind: ClassVar[str] = "decision.linked"
    task_id: UUID


def audience_of(decision: Decision | DecisionCard) -> Audience:
    """Who sees the events of a decision: the team, and guests while it is public."""
    return Audience.discussion(decision.topic_id)
