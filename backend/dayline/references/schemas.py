"""Request and response schemas of references and explanations."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from dayline.context.places import DecisionLine, ProjectLine, TaskLine, TopicLine
from dayline.core.phrase import Phrase
from dayline.kernel.schemas import Input, Line, Output, Prose, Shape, one_line, visible
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


class StaleMarkOut(Output):
    """What somebody found wrong or out of date."""

    marked_by: UUID
    marked_at: datetime
    reason: str


class ReferenceCard(Output):
    """A reference without its text, as lists, snapshots and events show it."""

    id: UUID
    title: str
    former_titles: list[str] = Field(description="Links by these lead to it too.")
    owner_id: UUID = Field(description="Who sees to it that it stays true.")
    review_on: date | None = Field(description="When its owner looks at it again.")
    stale: list[StaleMarkOut] = Field(description="By when they were marked.")
    created_at: datetime
    updated_at: datetime = Field(description="When its text was last changed.")
    updated_by: UUID
    deleted_at: datetime | None = Field(description="Only events say so: drop the card then.")
    rev: int


class ExplanationCard(Output):
    """An explanation as events show it: not where it came up."""

    id: UUID
    subject_id: UUID
    words: str
    explained_by: UUID
    explained_at: datetime
    project_id: UUID | None
    reference_id: UUID | None = Field(description="The reference that answers its subject.")


class NotedExplanation(ExplanationCard):
    """Something that was explained by talking."""

    explained_local: str = Field(
        description="When it was, on your clock, with its offset.",
        examples=["2026-05-04T11:00:00+03:00"],
    )
    topic_id: UUID | None = Field(description="Where it came up; null where you do not see that.")
    message_id: UUID | None


class SubjectOut(Output):
    """What was explained, in similar words."""

    id: UUID
    words: str = Field(description="As the latest explanation says it.")
    explanations: list[NotedExplanation] = Field(description="The earliest first.")
    reference_id: UUID | None = Field(description="The reference that answers it.")
    wanted_of: UUID | None = Field(description="The member who was asked for a reference.")
    wanted_from: datetime | None = Field(description="Since when they are told: in their hours.")
    declined_at: datetime | None = Field(description="When it was said to need no reference.")


class Noted(Output):
    """What was noted, and what came of it."""

    explanation: NotedExplanation
    subject: SubjectOut
    is_wanted: bool = Field(description="Whether this asked you for a reference.")


class Similar(Output):
    """What there is about a subject already."""

    subject: SubjectOut | None = Field(description="The subject that a note would count to.")
    near: list[SubjectOut] = Field(description="Subjects in words that are less alike.")
    references: list[ReferenceCard] = Field(description="Those that may answer it; best first.")


class ReferenceLine(Output):
    """A reference, as far as a line names it."""

    id: UUID
    title: str


class LinkedFrom(Output):
    """A conversation in which, or in what it is about, a link stands."""

    topic: TopicLine
    task: TaskLine | None
    decision: DecisionLine | None
    project: ProjectLine | None = Field(description="Null in direct topics.")


class ReferenceOut(ReferenceCard):
    """One reference, whole."""

    body: str = Field(description="Markdown.")
    body_html: str = Field(description="The body as safe HTML.")
    created_by: UUID
    explanations: list[NotedExplanation] = Field(
        description="What it answers, the earliest first: those before it, and those since."
    )
    linked_from: list[LinkedFrom] = Field(description="Where you see links to it; latest first.")
    linked_from_references: list[ReferenceLine]


class RevisionOut(Output):
    """The text of a reference as one edit left it."""

    number: int
    title: str
    body: str = Field(description="Markdown.")
    edited_by: UUID
    edited_at: datetime
    edited_local: str = Field(description="When it was, on your clock, with its offset.")


class ReferenceWanted(Output):
    """A subject that you explained when it was once too often, and that nobody wrote down."""

    subject_id: UUID
    words: str
    explained: int = Field(description="How often it was explained.")
    wanted_from: datetime


class DraftOut(Output):
    """How a reference to a subject may begin."""

    title: str
    body: str = Field(description="Markdown: what was explained when, with what was written then.")


class ReferenceIn(Input):
    """A new reference."""

    title: Title
    body: Prose = Field(description="Markdown. `[[Title]]` links to another reference.")
    owner_id: UUID | None = Field(default=None, description="Null: you.")
    review_on: Day | None = None
    subject_id: UUID | None = Field(default=None, description="The subject that it answers.")


class ReferenceEdit(Input):
    """What changes; what is left out stays as it is. Another text clears what was marked stale."""

    title: Title = Field(default_factory=str)
    body: Prose = Field(default_factory=str)
    owner_id: UUID = Field(default_factory=lambda: UUID(int=0))
    review_on: Day | None = None


class StaleIn(Input):
    """What is wrong or out of date."""

    reason: Reason


class ReviewIn(Input):
    """It was looked at and is right."""

    review_on: Day | None = Field(default=None, description="When it is looked at again, if ever.")


class ExplanationIn(Input):
    """Something that you explained by talking, in a line."""

    words: Line = Field(examples=["How VAT works for customers in the EU"])
    project: ProjectKey | None = Field(default=None, description="The project that it was about.")
    topic_id: UUID | None = Field(default=None, description="The topic that it came up in.")
    message_id: UUID | None = Field(default=None, description="The message that it came up in.")
    subject_id: UUID | None = Field(
        default=None,
        description="The subject that it counts to, whatever its words. Null: the "
        "one in similar words, or a new one.",
    )
