"""Response schemas of decisions."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from dayline.calendars.schemas import TwoClocks
from dayline.core.clarity import Point
from dayline.decisions.models import AskedFor, DecisionStatus, RelationKind, Stance
from dayline.kernel.schemas import Output
from dayline.tasks.models import TaskState


class StakeholderCard(Output):
    """A member who is asked, and where that stands."""

    member_id: UUID
    asked_for: AskedFor
    has_answered: bool
    has_read: bool = Field(description="Whether they confirmed that they have read the record.")


class DecisionCard(Output):
    """A decision as lists, the snapshot and events show it: all but its texts."""

    id: UUID
    key: str = Field(examples=["DEC-7"])
    number: int
    project_id: UUID
    topic_id: UUID = Field(description="The topic that holds its discussion.")
    title: str
    status: DecisionStatus
    proposed_by: UUID
    decider_id: UUID | None
    stakeholders: list[StakeholderCard] = Field(description="By their ids.")
    input_due_at: datetime | None = Field(
        description="The deadline for input. Calendars do not move it."
    )
    opened_at: datetime | None
    closed_at: datetime | None = Field(
        description="When the time for input was over: at the deadline, or when all had answered."
    )
    decided_at: datetime | None = Field(description="Null in an imported one.")
    decided_on: date | None = Field(description="The day that the source of an imported one gives.")
    withdrawn_at: datetime | None
    is_public: bool
    review_on: date | None
    review_due_at: datetime | None
    superseded_by: str | None = Field(
        description="The key of the decided one that took its place.", examples=["DEC-12"]
    )
    source_status: str | None = Field(
        description="The status of an imported one as its source writes it."
    )
    updated_at: datetime
    rev: int


class OptionOut(Output):
    """One way to go."""

    id: UUID
    position: int
    title: str
    body: str = Field(description="Markdown.")
    html: str = Field(description="The body as safe HTML.")
    is_recommended: bool
    is_chosen: bool


class InputOut(Output):
    """What a stakeholder answered."""

    id: UUID
    member_id: UUID
    stance: Stance
    option_id: UUID | None = Field(description="The option that they prefer.")
    reason: str = Field(description="Markdown.")
    reason_html: str
    minutes: int | None = Field(description="What it took them, as they say. Null for guests.")
    given_at: datetime
    given: TwoClocks = Field(description="The same on their clock and on yours.")
    is_late: bool = Field(description="Whether it came after the deadline.")
    replaced_at: datetime | None = Field(description="Since when another answer stands for it.")
    answer: str = Field(description="What the decider answered to it. Markdown.")
    answer_html: str


class RelationOut(Output):
    """Another decision to which this one is related."""

    kind: RelationKind
    key: str = Field(examples=["DEC-3"])
    title: str
    status: DecisionStatus
    is_in_force: bool = Field(description="Whether the later one of the two is decided.")


class DecisionTaskOut(Output):
    """A task that a decision is about, or that was made from its outcome."""

    key: str = Field(examples=["ABC-12"])
    title: str
    state: TaskState
    is_from_outcome: bool
    linked_by: UUID
    linked_at: datetime


class ExtensionOut(Output):
    """A move of the deadline for input."""

    at: datetime
    by: UUID
    old: datetime
    new: datetime
    reason: str


class FiguresOut(Output):
    """What a decision took, beside the meeting that it replaced."""

    elapsed_s: int | None = Field(
        description="Seconds from its opening to the decision; null until it is decided."
    )
    person_minutes: int = Field(description="What all say that it took them, together.")
    told_by: int = Field(description="How many people said what it took them.")
    people: int = Field(description="Stakeholders, proposer and decider, each once.")
    meeting_minutes: int = Field(description="Of the meeting, for each of them.")
    meeting_person_minutes: int = Field(description="`people` times `meeting_minutes`.")


class DeadlineOut(Output):
    """The deadline for input as a stakeholder's clock shows it."""

    member_id: UUID
    zone: str
    due: TwoClocks


class MissingOut(Output):
    """What a draft must say before it can be opened."""

    point: Point = Field(description="Which of the five points of clear writing.")
    field: str
    reason: str = Field(examples=["Say what someone needs to know to have an opinion."])


class TextsHtml(Output):
    """The texts of a decision as safe HTML."""

    context: str
    recommendation: str
    outcome: str
    rationale: str


class SectionOut(Output):
    """A part of an imported decision that Dayline has no place of its own for."""

    title: str
    body: str = Field(description="Markdown.")
    html: str


class DecisionOut(DecisionCard):
    """A decision, whole."""

    context: str = Field(description="Why there is something to decide. Markdown.")
    recommendation: str = Field(description="What is proposed. Markdown.")
    outcome: str = Field(description="What was decided, where it is no option. Markdown.")
    rationale: str = Field(description="Why. Markdown.")
    html: TextsHtml
    options: list[OptionOut] = Field(description="In their order.")
    inputs: list[InputOut] = Field(description="What stands of each who answered, by when.")
    supersedes: list[RelationOut]
    amends: list[RelationOut]
    superseded_by_all: list[RelationOut] = Field(
        description="The later ones that take its place, decided or not."
    )
    amended_by: list[RelationOut]
    tasks: list[DecisionTaskOut]
    extensions: list[ExtensionOut]
    sections: list[SectionOut]
    figures: FiguresOut | None = Field(description="Null for guests.")
    missing: list[MissingOut] = Field(description="Of a draft; else none.")
    input_due_local: str | None = Field(
        description="The deadline for input on your clock, with its offset.",
        examples=["2026-05-20T22:00:00+03:00"],
    )
    deadlines: list[DeadlineOut] = Field(description="By stakeholder. Guests get none.")
    decided_local: str | None = Field(
        description="When it was decided, on your clock, with its offset."
    )
    message_id: UUID | None = Field(description="The message that opened it.")
    created_at: datetime
    decided_by: UUID | None
    withdrawal_reason: str | None
    proposer_minutes: int | None = Field(description="Null for guests.")
    decider_minutes: int | None = Field(description="Null for guests.")


class LinkedDecisionOut(Output):
    """A decision that a task belongs to."""

    decision: DecisionCard
    is_from_outcome: bool


class DecisionHistoryEntry(Output):
    """One event of a decision: who did what, and when."""

    seq: int = Field(description="The event's number in the workspace.")
    id: UUID
    kind: str = Field(examples=["decision.opened"])
    at: datetime
    at_local: str = Field(
        description="The same on your clock, with its offset.",
        examples=["2026-05-22T17:30:00+03:00"],
    )
    actor_id: UUID | None = Field(description="Null: it happened by itself.")
    member_id: UUID | None = Field(description="Whose input or confirmation it tells of.")
    changed: list[str] = Field(description="The fields that changed.")
