"""Request and response schemas of scheduled messages."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from dayline.calendars.fields import NearInstant
from dayline.kernel.schemas import CreatedAt, Id, Input, Output, Prose, Rev, YourTime
from dayline.messages.reach_schemas import KeptAsText, UnreachedOut
from dayline.messages.schemas import Answers, Asks, ClarityReason, UrgentReason

# Meanings that several schemas share.
TOPIC_ID = Field(description="The id of the topic in which the message is posted.")
URGENT = Field(description="Whether to ask for answers within the agreement's urgent answer time.")
SEND_AT = Field(description="When to send the message, at most 90 days ahead.")


class ScheduledOut(Output):
    """A message of yours that is sent later."""

    id: Id
    topic_id: Annotated[UUID, TOPIC_ID]
    body: str = Field(description="The text of the message, in Markdown.")
    asks: list[UUID] | None = Field(
        description="The ids of the members who will be asked. Null asks the same members as "
        "for a message."
    )
    answers: list[UUID] | None = Field(
        description="The ids of the timers that the message will answer, if they are still open "
        "when it is sent. Null answers all your open asks in the topic."
    )
    kept_as_text: list[str] = Field(
        description="The handles of members who can't see the topic, and whose mentions stay "
        "plain text."
    )
    urgent: bool = Field(description="Whether the message will ask for urgent answers.")
    urgent_reason: str | None = Field(
        description="Why an urgent message can't wait until its recipients work again. Null if "
        "there is no reason."
    )
    clarity_reason: str | None = Field(
        description="Why the message misses some of the five points that the workspace requires. "
        "Null if there is no reason."
    )
    send_at: datetime = Field(description="When the message is sent.")
    send_local: YourTime = Field(examples=["2026-05-22T17:30:00+03:00"])
    created_at: CreatedAt
    failed_at: datetime | None = Field(
        description="When sending failed. The message then waits for you to change or "
        "delete it. Null if it hasn't failed."
    )
    failure: str | None = Field(description="Why sending failed. Null if it hasn't.")
    rev: Rev


class WrittenScheduledOut(ScheduledOut):
    """A message of yours that was just scheduled or changed."""

    unreached: list[UnreachedOut] = Field(description="The mentions in the text that ask no one.")


class ScheduledCard(Output):
    """A scheduled message as events show it, without its text."""

    id: Id
    topic_id: Annotated[UUID, TOPIC_ID]
    send_at: datetime = Field(description="When the message is sent.")
    failed_at: datetime | None = Field(description="When sending failed. Null if it hasn't.")
    rev: Rev


class ScheduledIn(Input):
    """A message to send later."""

    body: Prose = Field(
        description="The text of the message, in Markdown. `@handle` mentions a member."
    )
    asks: Asks = None
    answers: Answers = None
    kept_as_text: KeptAsText = Field(default_factory=list)
    urgent: Annotated[bool, URGENT] = False
    urgent_reason: UrgentReason = None
    clarity_reason: ClarityReason = None
    send_at: Annotated[NearInstant, SEND_AT]


class ScheduledEdit(Input):
    """Changes to a scheduled message. Fields left out stay the same. A failed one is sent again."""

    body: Prose = Field(
        default_factory=str, description="The new text, in Markdown. `@handle` mentions a member."
    )
    asks: Asks = None
    answers: Answers = None
    kept_as_text: KeptAsText = Field(default_factory=list)
    urgent: Annotated[bool, URGENT] = Field(default_factory=bool)
    urgent_reason: UrgentReason = None
    clarity_reason: ClarityReason = None
    send_at: Annotated[NearInstant, SEND_AT] = Field(
        default_factory=lambda: datetime.max.replace(tzinfo=UTC)
    )
