"""What happens to decisions.

Each event carries the card after the change, and never what anybody wrote: what was said stands in
the decision alone.
"""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from dayline.decisions.models import Decision
from dayline.decisions.schemas import DecisionCard
from dayline.kernel.db.events import Audience, Event


class DecisionEvent(Event):
    """Something happened to a decision; it stands in the decision's history."""

    decision: DecisionCard

    @property
    def subject_id(self) -> UUID:
        """The decision."""
        return self.decision.id


class DecisionCreated(DecisionEvent):
    """Somebody began a draft."""

    kind: ClassVar[str] = "decision.created"


class DecisionChanged(DecisionEvent):
    """Some fields of it changed."""

    kind: ClassVar[str] = "decision.changed"
    changed: list[str]


class DecisionOpened(DecisionEvent):
    """Its stakeholders are asked."""

    kind: ClassVar[str] = "decision.opened"


class DecisionExtended(DecisionEvent):
    """Its deadline for input is later."""

    kind: ClassVar[str] = "decision.extended"
    old: datetime
    new: datetime


class InputGiven(DecisionEvent):
    """A stakeholder answered, or answered anew."""

    kind: ClassVar[str] = "decision.input_given"
    member_id: UUID
    is_late: bool


class DecisionClosed(DecisionEvent):
    """The time for input is over: the decider is asked."""

    kind: ClassVar[str] = "decision.closed"


class DecisionDecided(DecisionEvent):
    """It was decided: it is a record now."""

    kind: ClassVar[str] = "decision.decided"


class DecisionWithdrawn(DecisionEvent):
    """Nothing is decided."""

    kind: ClassVar[str] = "decision.withdrawn"


class RecordRead(DecisionEvent):
    """A stakeholder confirmed that they have read the record."""

    kind: ClassVar[str] = "decision.read"
    member_id: UUID


class InputReminded(DecisionEvent):
    """Half of a stakeholder's working time until the deadline is over, and they have not answered.

    It is told in their working hours, to them alone.
    """

    kind: ClassVar[str] = "decision.reminded"
    member_id: UUID


class ReviewDue(DecisionEvent):
    """The day has come to look whether it still holds."""

    kind: ClassVar[str] = "decision.review_due"


class TaskLinked(DecisionEvent):
    """A task belongs to it, or does no longer."""

    kind: ClassVar[str] = "decision.linked"
    task_id: UUID


def audience_of(decision: Decision | DecisionCard) -> Audience:
    """Who sees what happens to a decision: the team, and guests while it is public."""
    return Audience.discussion(decision.topic_id)
