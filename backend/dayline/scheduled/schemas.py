"""Request and response schemas of scheduled messages."""

from datetime import UTC, datetime
from uuid import UUID

from pydantic import Field

from dayline.calendars.fields import NearInstant
from dayline.kernel.schemas import Input, Output, Prose
from dayline.messages.schemas import Asks, ClarityReason, UrgentReason


class ScheduledOut(Output):
    """A message of yours that waits for its instant."""

    id: UUID
    topic_id: UUID
    body: str = Field(description="Markdown.")
    asks: list[UUID] | None = Field(description="Null: those whom the body names.")
    urgent: bool
    urgent_reason: str | None
    clarity_reason: str | None
    send_at: datetime
    send_local: str = Field(
        description="The same on your clock, with its offset.",
        examples=["2026-05-22T17:30:00+03:00"],
    )
    created_at: datetime
    failed_at: datetime | None = Field(
        description="Since when it is known that it cannot be sent: change it, or delete it."
    )
    failure: str | None = Field(description="Why it could not be sent.")
    rev: int


class ScheduledCard(Output):
    """The same as events show it: without its text."""

    id: UUID
    topic_id: UUID
    send_at: datetime
    failed_at: datetime | None
    rev: int


class ScheduledIn(Input):
    """A message to send later, as you."""

    body: Prose = Field(description="Markdown. `@handle` names a member.")
    asks: Asks = None
    urgent: bool = Field(
        default=False, description="Whether what it asks takes the urgent clause of the agreement."
    )
    urgent_reason: UrgentReason = None
    clarity_reason: ClarityReason = None
    send_at: NearInstant = Field(description="In the future, at most 90 days ahead.")


class ScheduledEdit(Input):
    """What changes; what is left out stays as it is. One that failed is then tried again."""

    body: Prose = Field(default_factory=str)
    asks: Asks = None
    urgent: bool = Field(default_factory=bool)
    urgent_reason: UrgentReason = None
    clarity_reason: ClarityReason = None
    send_at: NearInstant = Field(default_factory=lambda: datetime.max.replace(tzinfo=UTC))
