"""API schemas of topics and messages."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from dayline.attachments.schemas import AttachmentOut, Attachments
from dayline.core.phrase import Phrase, Refused
from dayline.kernel.schemas import (
    Id,
    Input,
    Line,
    MemberHandle,
    MemberId,
    MemberName,
    Output,
    Prose,
    Rev,
    YourTime,
    one_line,
    visible,
)
from dayline.messages.reach_schemas import KeptAsText, UnreachedOut
from dayline.projects.models import Condition
from dayline.timers.schemas import AnsweredOut, AskOut

MOST_ASKED = 100


class MessageSort(StrEnum):
    """The order of a topic's messages. A leading `-` puts the newest first."""

    OLDEST = "sent_at"
    LATEST = "-sent_at"


class Author(Output):
    """The member who wrote a message."""

    id: MemberId
    handle: MemberHandle
    name: MemberName


class MessageOut(Output):
    """A message in a topic. It has no content once it is withdrawn."""

    id: Id
    topic_id: UUID = Field(description="The id of the topic that holds the message.")
    author: Author = Field(description="The member who wrote the message.")
    body: str = Field(description="The text of the message, in Markdown.")
    body_html: str = Field(description="The text as safe HTML.")
    mentions: list[UUID] = Field(description="The ids of the members mentioned by `@handle`.")
    asks: list[AskOut] = Field(
        description="The members who were asked for an answer, and whether they answered."
    )
    answers: list[AnsweredOut] = Field(description="The asks that the message answered.")
    urgent: bool = Field(description="Whether the message asks for urgent answers.")
    urgent_reason: str | None = Field(
        description="Why an urgent message couldn't wait for a member who wasn't working. "
        "Null if no reason was needed."
    )
    clarity_reason: str | None = Field(
        description="Why the message misses some of the five points that the workspace requires. "
        "Null if no reason was needed."
    )
    condition: Condition | None = Field(
        description="How the project is doing, according to this update. Null for other messages."
    )
    attachments: list[AttachmentOut] = Field(description="The files attached to the message.")
    sent_at: datetime = Field(description="When the message was posted.")
    sent_local: YourTime = Field(examples=["2026-05-22T17:30:00+03:00"])
    edited_at: datetime | None = Field(
        description="When the author last edited the message. Null if they haven't."
    )
    withdrawn_at: datetime | None = Field(
        description="When the message was withdrawn. Null if it hasn't been."
    )
    rev: Rev


class WrittenOut(MessageOut):
    """A message that was just posted or edited."""

    unreached: list[UnreachedOut] = Field(description="The mentions in the text that ask no one.")


class UpdateOut(Output):
    """A project update, which is the first message of its own topic."""

    topic_id: UUID = Field(description="The id of the topic about the update.")
    message: MessageOut = Field(description="The message with the text of the update.")
    condition: Condition = Field(description="How the project is doing.")


class WrittenUpdateOut(UpdateOut):
    """A project update that was just posted."""

    message: WrittenOut = Field(description="The message with the text of the update.")


Asks = Annotated[
    list[UUID] | None,
    Field(
        max_length=MOST_ASKED,
        description="The ids of all members who are asked for an answer. Null asks those "
        "mentioned in the text. In a direct topic with one other person, it also asks that "
        "person, unless the message answers something. Guests can't be asked.",
    ),
]

Answers = Annotated[
    list[UUID] | None,
    Field(
        max_length=MOST_ASKED,
        description="The ids of the timers that the message answers. They must be open asks of "
        "yours in this topic. Null answers all of them, an empty list none.",
    ),
]


def _reason(value: str | None) -> str | None:
    return None if value is None else visible(one_line(value))


UrgentReason = Annotated[
    Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)] | None,
    AfterValidator(_reason),
    Field(
        description="Why an urgent message can't wait until its recipients work again. "
        "Everyone in the topic sees it.",
        examples=["Customers cannot sign in"],
    ),
]


ClarityReason = Annotated[
    Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)] | None,
    AfterValidator(_reason),
    Field(
        description="Why the text misses some of the five points, in a workspace that requires "
        "them. It is shown with the text, and only kept if points are missing.",
        examples=["The details are in the call that we just had"],
    ),
]


class Written(Input):
    """What a message can have besides its text."""

    asks: Asks = None
    urgent: bool = Field(
        default=False,
        description="Whether to ask for answers within the agreement's urgent answer time.",
    )
    urgent_reason: UrgentReason = None
    clarity_reason: ClarityReason = None
    attachments: Attachments = Field(default_factory=list)
    kept_as_text: KeptAsText = Field(default_factory=list)


class MessageIn(Written):
    """A message to post."""

    body: Prose = Field(
        description="The text of the message, in Markdown. `@handle` mentions a member."
    )
    answers: Answers = None


class Opening(Written):
    """A topic to open, optionally with a first message."""

    body: Prose | None = Field(
        default=None, description="The first message, in Markdown. Null for none."
    )

    @model_validator(mode="after")
    def _asks_in_words(self) -> Self:
        if self.body is None and (self.asks or self.urgent or self.attachments):
            raise Refused(Phrase("fields.body-first"))
        return self


class TopicIn(Opening):
    """A topic to open in a project's discussion."""

    title: Line = Field(description="What the topic is called.")


class DirectTopicIn(Opening):
    """A conversation to start, which only its participants can see."""

    participants: Annotated[list[UUID], Field(min_length=1, max_length=20)] = Field(
        description="The ids of the other participants."
    )
    title: Line | None = Field(
        default=None,
        description="What the topic is called. Null uses the names of the participants.",
    )


class MessageEdit(Input):
    """Changes to a message. Fields left out stay the same."""

    body: Prose = Field(
        default_factory=str, description="The new text, in Markdown. `@handle` mentions a member."
    )
    asks: Asks = None
    urgent_reason: UrgentReason = None
    clarity_reason: ClarityReason = None
    attachments: Attachments = Field(default_factory=list)
    kept_as_text: KeptAsText = Field(default_factory=list)


class UpdateIn(Written):
    """A project update to post."""

    body: Prose = Field(
        description="The text of the message, in Markdown. `@handle` mentions a member."
    )
    condition: Condition = Field(description="How the project is doing.")
