"""API schemas of topics and messages."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from dayline.attachments.schemas import AttachmentOut, Attachments
from dayline.core.phrase import Phrase, Refused
from dayline.kernel.schemas import Input, Line, Output, Prose, one_line, visible
from dayline.projects.models import Condition
from dayline.timers.schemas import AskOut

MOST_ASKED = 100


class MessageSort(StrEnum):
    """The orders of a topic's messages."""

    OLDEST = "sent_at"
    LATEST = "-sent_at"


class Author(Output):
    """Who wrote a message."""

    id: UUID
    handle: str
    name: str


class MessageOut(Output):
    """One post in a topic. A withdrawn one is empty."""

    id: UUID
    topic_id: UUID
    author: Author
    body: str = Field(description="Markdown.")
    body_html: str = Field(description="The body as safe HTML.")
    mentions: list[UUID] = Field(description="The members whom it names by `@handle`.")
    asks: list[AskOut] = Field(description="Whom it asks for an answer, and where that stands.")
    urgent: bool = Field(description="Whether what it asks is urgent.")
    urgent_reason: str | None = Field(
        description="Why it could not wait for somebody who was off when it was sent."
    )
    clarity_reason: str | None = Field(
        description="Why it was sent without all of the five points, where they are required."
    )
    condition: Condition | None = Field(description="What a project update says.")
    attachments: list[AttachmentOut] = Field(description="The files that hang on it.")
    sent_at: datetime
    sent_local: str = Field(
        description="The same on your clock, with its offset.",
        examples=["2026-05-22T17:30:00+03:00"],
    )
    edited_at: datetime | None
    withdrawn_at: datetime | None
    rev: int


class UpdateOut(Output):
    """A project update: its first message, in a topic of its own."""

    topic_id: UUID
    message: MessageOut
    condition: Condition


Asks = Annotated[
    list[UUID] | None,
    Field(
        max_length=MOST_ASKED,
        description="Ids of the members who are asked for an answer, all of them. Null: those "
        "whom the body names. Guests cannot be asked.",
    ),
]


def _reason(value: str | None) -> str | None:
    return None if value is None else visible(one_line(value))


UrgentReason = Annotated[
    Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)] | None,
    AfterValidator(_reason),
    Field(
        description="Why an urgent message cannot wait for a recipient who is off; shown on it. "
        "Others have none.",
        examples=["Customers cannot sign in"],
    ),
]


ClarityReason = Annotated[
    Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)] | None,
    AfterValidator(_reason),
    Field(
        description="Why it may miss some of the five points that the workspace requires; shown "
        "on it. Kept only where it is needed.",
        examples=["The details are in the call that we just had"],
    ),
]


class Written(Input):
    """What stands beside a message's text."""

    asks: Asks = None
    urgent: bool = Field(
        default=False, description="Whether what it asks takes the urgent clause of the agreement."
    )
    urgent_reason: UrgentReason = None
    clarity_reason: ClarityReason = None
    attachments: Attachments = Field(default_factory=list)


class MessageIn(Written):
    """A new message."""

    body: Prose = Field(description="Markdown. `@handle` names a member.")


class Opening(Written):
    """A new conversation, with its first message or without one."""

    body: Prose | None = Field(default=None, description="The first message, Markdown.")

    @model_validator(mode="after")
    def _asks_in_words(self) -> Self:
        if self.body is None and (self.asks or self.urgent or self.attachments):
            raise Refused(Phrase("fields.body-first"))
        return self


class TopicIn(Opening):
    """A new thread of a project's discussion."""

    title: Line


class DirectTopicIn(Opening):
    """A conversation that only its participants see."""

    participants: Annotated[list[UUID], Field(min_length=1, max_length=20)] = Field(
        description="Ids of the members beside you."
    )
    title: Line | None = Field(default=None, description="Absent: made from the names.")


class MessageEdit(Input):
    """What changes; what is left out stays as it is."""

    body: Prose = Field(default_factory=str)
    asks: Asks = None
    urgent_reason: UrgentReason = None
    clarity_reason: ClarityReason = None
    attachments: Attachments = Field(default_factory=list)


class UpdateIn(MessageIn):
    """How a project stands."""

    condition: Condition
