"""Events of timers. Each carries the timer after the change, and never why someone is off."""

from datetime import datetime
from typing import ClassVar, Protocol
from uuid import UUID

from dayline.kernel.db.events import Audience, Event
from dayline.kernel.schemas import Output
from dayline.timers.models import OF_DECISIONS
from dayline.timers.schemas import TimerOut


class TimerEvent(Event):
    """Something happened to a timer."""

    timer: TimerOut


class TimerStarted(TimerEvent):
    """A member was asked for an answer."""

    kind: ClassVar[str] = "timer.started"


class TimerWarned(TimerEvent):
    """The answer is due soon."""

    kind: ClassVar[str] = "timer.warned"


class TimerBreached(TimerEvent):
    """The answer became overdue."""

    kind: ClassVar[str] = "timer.breached"


class TimerEscalated(TimerEvent):
    """An overdue ask was handed over to the next person."""

    kind: ClassVar[str] = "timer.escalated"


class TimerResponded(TimerEvent):
    """The recipient answered, on time or late."""

    kind: ClassVar[str] = "timer.responded"


class TimerReopened(TimerEvent):
    """The author of the answer reopened the ask, and it goes on as if not answered."""

    kind: ClassVar[str] = "timer.reopened"


class TimerAcknowledged(TimerEvent):
    """The recipient promised an answer, and another timer runs until then."""

    kind: ClassVar[str] = "timer.acknowledged"


class TimerCancelled(TimerEvent):
    """An answer is no longer needed."""

    kind: ClassVar[str] = "timer.cancelled"


class TimerPaused(TimerEvent):
    """The timer was paused, and its time doesn't count for now."""

    kind: ClassVar[str] = "timer.paused"


class TimerResumed(TimerEvent):
    """The timer was resumed, and its time counts again."""

    kind: ClassVar[str] = "timer.resumed"


class Instants(Output):
    """What moves when the recipient's calendar does."""

    first_check_at: datetime | None
    warn_at: datetime | None
    due_at: datetime | None


class TimerMoved(TimerEvent):
    """The recipient's working time changed, and with it the timer's instants."""

    kind: ClassVar[str] = "timer.moved"
    old: Instants
    new: Instants


def audience_of(timer: "Timed") -> Audience:
    """Return who sees the events of a timer: the participants of a direct topic, or the team.

    A guest sees the timers of questions they asked themselves, while they are in the project.
    """
    if timer.project_id is None:
        return Audience.topic(timer.topic_id)
    if timer.kind in OF_DECISIONS:
        return Audience.team()
    return Audience.asker(timer.project_id, timer.author_id)


AUDIENCE_ID = f"""
    CASE WHEN project_id IS NULL THEN topic_id
        WHEN kind NOT IN ({", ".join(f"'{kind}'" for kind in OF_DECISIONS)})
            THEN CAST(md5(CAST(project_id AS text) || CAST(author_id AS text)) AS uuid) END
"""
"""SQL that computes the id of `audience_of` from the columns of a timer."""


class Timed(Protocol):
    """The fields that decide who sees a timer. A row or part of a statement's result has them."""

    @property
    def project_id(self) -> UUID | None:
        """The project's id, None in a direct topic."""

    @property
    def topic_id(self) -> UUID:
        """The topic in which the question was asked."""

    @property
    def author_id(self) -> UUID:
        """The member who asked."""

    @property
    def kind(self) -> str:
        """The clause of the agreement that applies."""
