"""Request and response schemas of references and explanations."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from dayline.context.places import DecisionLine, ProjectLine, TaskLine, TopicLine
from dayline.core.phrase import Phrase
from dayline.kernel.schemas import (
    CreatedAt,
    Id,
    Input,
    Line,
    Output,
    Prose,
    Rev,
    Shape,
    YourTime,
    one_line,
    visible,
)
from dayline.projects.schemas import ProjectKey
from dayline.tasks.schemas import Day

Title = Annotated[Line, Shape(r"[^\[\]]*", Phrase("fields.brackets"))]
"""A title that can be written in a link: it contains no square brackets."""

Reason = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
    AfterValidator(one_line),
    AfterValidator(visible),
]


# Meanings that several schemas share.
TITLE = Field(description="What the reference is called.")
OWNER_ID = Field(description="The id of the member who keeps the reference up to date.")
REVIEW_ON = Field(
    description="The day on which the owner checks the reference. Null for no review."
)
REFERENCE_ID = Field(
    description="The id of the reference that answers the subject. Null if there is none."
)
WORDS = Field(description="What was explained, in the words of the latest explanation.")


class StaleMarkOut(Output):
    """What a member found wrong or out of date."""

    marked_by: UUID = Field(description="The id of the member who marked the reference.")
    marked_at: datetime = Field(description="When the member marked the reference.")
    reason: str = Field(description="What is wrong or out of date.")


class ReferenceCard(Output):
    """A reference as lists, the snapshot and events show it, without its text."""

    id: Id
    title: Annotated[str, TITLE]
    former_titles: list[str] = Field(
        description="Earlier titles. Links by these titles still lead to the reference."
    )
    owner_id: Annotated[UUID, OWNER_ID]
    review_on: Annotated[date | None, REVIEW_ON]
    stale: list[StaleMarkOut] = Field(
        description="What members found wrong or out of date, ordered by when they said so."
    )
    created_at: CreatedAt
    updated_at: datetime = Field(description="When the text last changed.")
    updated_by: UUID = Field(description="The id of the member who last changed the text.")
    deleted_at: datetime | None = Field(
        description="When the reference was deleted. Only events say so, and clients then "
        "remove the reference."
    )
    rev: Rev


class ExplanationCard(Output):
    """An explanation as events show it, without where it came up."""

    id: Id
    subject_id: UUID = Field(description="The id of the subject that was explained.")
    words: str = Field(description="What was explained, in one line.")
    explained_by: UUID = Field(description="The id of the member who explained it.")
    explained_at: datetime = Field(description="When the explanation was logged.")
    project_id: UUID | None = Field(
        description="The id of the project that the explanation was about. Null if it was "
        "about none."
    )
    reference_id: Annotated[UUID | None, REFERENCE_ID]


class NotedExplanation(ExplanationCard):
    """A logged explanation."""

    explained_local: YourTime = Field(examples=["2026-05-04T11:00:00+03:00"])
    topic_id: UUID | None = Field(
        description="The id of the topic in which it came up. Null if there is none or you "
        "can't see it."
    )
    message_id: UUID | None = Field(
        description="The id of the message in which it came up. Null if there is none or you "
        "can't see it."
    )


class SubjectOut(Output):
    """A subject that was explained, possibly several times in similar words."""

    id: Id
    words: Annotated[str, WORDS]
    explanations: list[NotedExplanation] = Field(
        description="The explanations, from the earliest to the latest."
    )
    reference_id: Annotated[UUID | None, REFERENCE_ID]
    wanted_of: UUID | None = Field(
        description="The id of the member who was asked to write a reference. Null if no one was."
    )
    wanted_from: datetime | None = Field(
        description="When the member is reminded to write it, within their working hours. "
        "Null if no one is asked."
    )
    declined_at: datetime | None = Field(
        description="When someone said that no reference is needed. Null if no one did."
    )


class Noted(Output):
    """The logged explanation, and whether you should write a reference now."""

    explanation: NotedExplanation = Field(description="The logged explanation.")
    subject: SubjectOut = Field(description="The subject that the explanation counts towards.")
    is_wanted: bool = Field(description="Whether you are now asked to write a reference.")


class Similar(Output):
    """What exists about a subject already."""

    subject: SubjectOut | None = Field(
        description="The subject that a new explanation would count towards. Null if it "
        "would start a new one."
    )
    near: list[SubjectOut] = Field(description="Subjects in less similar words.")
    references: list[ReferenceCard] = Field(
        description="References that may answer the subject, best match first."
    )


class ReferenceLine(Output):
    """The name of a reference."""

    id: Id
    title: Annotated[str, TITLE]


class LinkedFrom(Output):
    """A conversation that links to the reference."""

    topic: TopicLine = Field(description="The topic with the link.")
    task: TaskLine | None = Field(description="The task of the topic. Null if the topic has none.")
    decision: DecisionLine | None = Field(
        description="The decision of the topic. Null if the topic has none."
    )
    project: ProjectLine | None = Field(
        description="The project of the topic. Null for direct topics."
    )


class ReferenceOut(ReferenceCard):
    """A reference with its text and links."""

    body: str = Field(description="The text of the reference, in Markdown.")
    body_html: str = Field(description="The text as safe HTML.")
    created_by: UUID = Field(description="The id of the member who created the reference.")
    explanations: list[NotedExplanation] = Field(
        description="The explanations that the reference answers, from the earliest to the latest."
    )
    linked_from: list[LinkedFrom] = Field(
        description="The conversations you can see that link to the reference, latest first."
    )
    linked_from_references: list[ReferenceLine] = Field(
        description="The other references that link to this one."
    )


class RevisionOut(Output):
    """An earlier or current text of a reference."""

    number: int = Field(description="The number of the revision, starting at 1.")
    title: str = Field(description="The title at that time.")
    body: str = Field(description="The text at that time, in Markdown.")
    edited_by: UUID = Field(description="The id of the member who edited the reference.")
    edited_at: datetime = Field(description="When the reference was edited.")
    edited_local: YourTime


class ReferenceWanted(Output):
    """A subject that you explained often enough to write a reference."""

    subject_id: UUID = Field(description="The id of the subject.")
    words: Annotated[str, WORDS]
    explained: int = Field(description="How many times the subject was explained.")
    wanted_from: datetime = Field(description="When you are reminded to write the reference.")


class DraftOut(Output):
    """A suggested start for a reference about a subject."""

    title: str = Field(description="A suggested title.")
    body: str = Field(
        description="The earlier explanations with the messages they came up in, in Markdown."
    )


class ReferenceIn(Input):
    """A reference to create."""

    title: Annotated[Title, TITLE]
    body: Prose = Field(
        description="The text of the reference, in Markdown. `[[Title]]` links to another "
        "reference."
    )
    owner_id: UUID | None = Field(
        default=None,
        description="The id of the member who keeps the reference up to date. Null means you.",
    )
    review_on: Annotated[Day | None, REVIEW_ON] = None
    subject_id: UUID | None = Field(
        default=None, description="The id of the subject that the reference answers. Null for none."
    )


class ReferenceEdit(Input):
    """Changes to a reference. Fields left out stay the same. A new text clears all stale marks."""

    title: Title = Field(
        default_factory=str, description="The new title. Links by earlier titles still work."
    )
    body: Prose = Field(
        default_factory=str,
        description="The new text, in Markdown. `[[Title]]` links to another reference.",
    )
    owner_id: Annotated[UUID, OWNER_ID] = Field(default_factory=lambda: UUID(int=0))
    review_on: Annotated[Day | None, REVIEW_ON] = None


class StaleIn(Input):
    """What is wrong or out of date."""

    reason: Reason = Field(description="What is wrong or out of date.")


class ReviewIn(Input):
    """A confirmation that the reference is correct."""

    review_on: Day | None = Field(
        default=None, description="The day of the next review. Null for no further review."
    )


class ExplanationIn(Input):
    """Something that you just explained, in one line."""

    words: Line = Field(
        examples=["How VAT works for customers in the EU"],
        description="What you explained, in one line.",
    )
    project: ProjectKey | None = Field(
        default=None,
        description="The key of the project that the explanation was about. Null for none.",
    )
    topic_id: UUID | None = Field(
        default=None, description="The id of the topic in which it came up. Null for none."
    )
    message_id: UUID | None = Field(
        default=None, description="The id of the message in which it came up. Null for none."
    )
    subject_id: UUID | None = Field(
        default=None,
        description="The id of the subject that the explanation counts towards. Null finds "
        "one in similar words or starts a new one.",
    )
