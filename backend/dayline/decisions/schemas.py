"""Response schemas of decisions."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from dayline.calendars.schemas import TwoClocks
from dayline.core.clarity import Point
from dayline.decisions.models import AskedFor, DecisionStatus, RelationKind, Stance
from dayline.kernel.schemas import CreatedAt, Id, MemberId, Output, Rev, YourTime, Zone
from dayline.tasks.models import TaskState


class StakeholderCard(Output):
    """A member who is asked for input or approval, and what they have done so far."""

    member_id: MemberId
    asked_for: AskedFor = Field(description="Whether the member is asked for input or approval.")
    has_answered: bool = Field(description="Whether the member has answered.")
    has_read: bool = Field(
        description="Whether the member has confirmed that they read the outcome."
    )


class DecisionCard(Output):
    """A decision as lists, the snapshot and events show it, without its texts."""

    id: Id
    key: str = Field(
        examples=["DEC-7"], description="The key of the decision, which never changes."
    )
    number: int = Field(description="The number in the key.")
    project_id: UUID = Field(description="The id of the project that the decision belongs to.")
    topic_id: UUID = Field(description="The id of the topic that holds the discussion.")
    title: str = Field(description="What is to be decided.")
    status: DecisionStatus = Field(description="How far along the decision is.")
    proposed_by: UUID = Field(description="The id of the member who proposed the decision.")
    decider_id: UUID | None = Field(
        description="The id of the member who decides. Null if no one is chosen yet."
    )
    stakeholders: list[StakeholderCard] = Field(
        description="The members who are asked for input or approval, ordered by member id."
    )
    input_due_at: datetime | None = Field(
        description="The deadline for input, which no change of a calendar moves. Null if "
        "it isn't set yet."
    )
    opened_at: datetime | None = Field(
        description="When the stakeholders were asked. Null while the decision is a draft."
    )
    closed_at: datetime | None = Field(
        description="When input ended, at the deadline or once everyone had answered. Null "
        "if it hasn't."
    )
    decided_at: datetime | None = Field(
        description="When the outcome was recorded. Null if it isn't, or if the decision "
        "was imported."
    )
    decided_on: date | None = Field(
        description="The day given by the source of an imported decision. Null for all others."
    )
    withdrawn_at: datetime | None = Field(
        description="When the decision was withdrawn. Null if it wasn't."
    )
    is_public: bool = Field(description="Whether guests in the project can see the decision.")
    review_on: date | None = Field(
        description="The day on which to check whether the decision still holds. Null for no "
        "review."
    )
    review_due_at: datetime | None = Field(
        description="When the review is due. Null if no review is planned."
    )
    superseded_by: str | None = Field(
        description="The key of the decided decision that supersedes this one. Null if "
        "there is none.",
        examples=["DEC-12"],
    )
    source_status: str | None = Field(
        description="The status in the source of an imported decision. Null for all others."
    )
    updated_at: datetime = Field(description="When the decision last changed.")
    rev: Rev


class OptionOut(Output):
    """One of the options of a decision."""

    id: Id
    position: int = Field(description="The place of the option in the list, starting at 1.")
    title: str = Field(description="What the option is called.")
    body: str = Field(description="What the option means, in Markdown.")
    html: str = Field(description="The body as safe HTML.")
    is_recommended: bool = Field(description="Whether the proposer recommends this option.")
    is_chosen: bool = Field(description="Whether the decider chose this option.")


class InputOut(Output):
    """A stakeholder's input."""

    id: Id
    member_id: UUID = Field(description="The id of the stakeholder.")
    stance: Stance = Field(description="What the stakeholder answered.")
    option_id: UUID | None = Field(
        description="The id of the option that the stakeholder prefers. Null for other answers."
    )
    reason: str = Field(description="The reason, in Markdown.")
    reason_html: str = Field(description="The reason as safe HTML.")
    minutes: int | None = Field(
        description="How many minutes the stakeholder spent. Null if they didn't say and "
        "for guests."
    )
    given_at: datetime = Field(description="When the input was given.")
    given: TwoClocks = Field(
        description="The same instant in the stakeholder's time zone and in yours."
    )
    is_late: bool = Field(description="Whether the input came after the deadline.")
    replaced_at: datetime | None = Field(
        description="When the stakeholder gave other input instead. Null if this is their "
        "current input."
    )
    answer: str = Field(
        description="The decider's reply to the input, in Markdown. Empty if there is none."
    )
    answer_html: str = Field(description="The decider's reply as safe HTML.")


class RelationOut(Output):
    """Another decision that is related to this one."""

    kind: RelationKind = Field(description="How the later decision affects the earlier one.")
    key: str = Field(examples=["DEC-3"], description="The key of the other decision.")
    title: str = Field(description="What the other decision is about.")
    status: DecisionStatus = Field(description="How far along the other decision is.")
    is_in_force: bool = Field(description="Whether the later of the two has been decided.")


class DecisionTaskOut(Output):
    """A task linked to a decision."""

    key: str = Field(examples=["ABC-12"], description="The key of the task.")
    title: str = Field(description="What the task is called.")
    state: TaskState = Field(description="Where the task is in its workflow.")
    is_from_outcome: bool = Field(description="Whether the task was created from the outcome.")
    linked_by: UUID = Field(description="The id of the member who linked the task.")
    linked_at: datetime = Field(description="When the task was linked.")


class ExtensionOut(Output):
    """A change of the deadline for input to a later time."""

    at: datetime = Field(description="When the deadline was changed.")
    by: UUID = Field(description="The id of the member who changed the deadline.")
    old: datetime = Field(description="The deadline before the change.")
    new: datetime = Field(description="The deadline after the change.")
    reason: str = Field(description="Why the deadline was changed.")


class FiguresOut(Output):
    """How much time a decision took, compared with a meeting."""

    elapsed_s: int | None = Field(
        description="The seconds from opening the decision to the outcome. Null until it "
        "is decided."
    )
    person_minutes: int = Field(description="The total minutes that people said they spent.")
    told_by: int = Field(description="How many people said how much time they spent.")
    people: int = Field(
        description="How many people took part as stakeholders, proposer or decider."
    )
    meeting_minutes: int = Field(description="How many minutes a meeting would have taken.")
    meeting_person_minutes: int = Field(
        description="The product of `people` and `meeting_minutes`."
    )


class DeadlineOut(Output):
    """The deadline for input in a stakeholder's time zone."""

    member_id: UUID = Field(description="The id of the stakeholder.")
    zone: Zone
    due: TwoClocks = Field(description="The deadline in the stakeholder's time zone and in yours.")


class MissingOut(Output):
    """What is missing in a draft before it can be opened."""

    point: Point = Field(description="The point of the brief that is missing.")
    field: str = Field(description="The field to fill in.")
    reason: str = Field(
        examples=["Say what someone needs to know to have an opinion."],
        description="What to write, in your language.",
    )


class TextsHtml(Output):
    """The texts of a decision as safe HTML."""

    context: str = Field(description="The context as safe HTML.")
    recommendation: str = Field(description="The recommendation as safe HTML.")
    outcome: str = Field(description="The outcome as safe HTML.")
    rationale: str = Field(description="The rationale as safe HTML.")


class SectionOut(Output):
    """A section of an imported decision that has no field of its own in Dayline."""

    title: str = Field(description="The heading of the section.")
    body: str = Field(description="The text of the section, in Markdown.")
    html: str = Field(description="The text as safe HTML.")


class DecisionOut(DecisionCard):
    """A decision with its texts, options, input and related items."""

    context: str = Field(description="Why something needs to be decided, in Markdown.")
    recommendation: str = Field(description="What the proposer recommends, in Markdown.")
    outcome: str = Field(
        description="What was decided, in Markdown. Empty if the outcome is one of the options."
    )
    rationale: str = Field(description="Why it was decided this way, in Markdown.")
    html: TextsHtml = Field(description="The texts as safe HTML.")
    options: list[OptionOut] = Field(description="The options, in order.")
    inputs: list[InputOut] = Field(
        description="The current input of each stakeholder who answered, ordered by when "
        "it was given."
    )
    supersedes: list[RelationOut] = Field(
        description="The earlier decisions that this one supersedes."
    )
    amends: list[RelationOut] = Field(description="The earlier decisions that this one amends.")
    superseded_by_all: list[RelationOut] = Field(
        description="The later decisions that supersede this one, whether or not they are decided."
    )
    amended_by: list[RelationOut] = Field(description="The later decisions that amend this one.")
    tasks: list[DecisionTaskOut] = Field(description="The tasks linked to the decision.")
    extensions: list[ExtensionOut] = Field(
        description="The changes of the deadline for input, in order."
    )
    sections: list[SectionOut] = Field(
        description="The sections of an imported decision that have no field of their own."
    )
    figures: FiguresOut | None = Field(
        description="How much time the decision took. Null for guests."
    )
    missing: list[MissingOut] = Field(
        description="What is missing before the draft can be opened. Empty for other decisions."
    )
    input_due_local: str | None = Field(
        description="The deadline for input in your time zone, with its UTC offset. Null "
        "if it isn't set yet.",
        examples=["2026-05-20T22:00:00+03:00"],
    )
    deadlines: list[DeadlineOut] = Field(
        description="The deadline for input in each stakeholder's time zone. Empty for guests."
    )
    decided_local: str | None = Field(
        description="When the outcome was recorded, in your time zone with its UTC offset. "
        "Null if it isn't."
    )
    message_id: UUID | None = Field(
        description="The id of the message that opened the decision. Null for drafts and "
        "imported decisions."
    )
    created_at: CreatedAt
    decided_by: UUID | None = Field(
        description="The id of the member who recorded the outcome. Null if it isn't recorded."
    )
    withdrawal_reason: str | None = Field(
        description="Why the decision was withdrawn. Null if it wasn't."
    )
    proposer_minutes: int | None = Field(
        description="How many minutes the proposer spent. Null if they didn't say and for guests."
    )
    decider_minutes: int | None = Field(
        description="How many minutes the decider spent. Null if they didn't say and for guests."
    )


class LinkedDecisionOut(Output):
    """A decision that a task is linked to."""

    decision: DecisionCard = Field(description="The decision, without its texts.")
    is_from_outcome: bool = Field(
        description="Whether the task was created from the decision's outcome."
    )


class DecisionHistoryEntry(Output):
    """An event in the history of a decision."""

    seq: int = Field(description="The number of the event in the workspace.")
    id: Id
    kind: str = Field(
        examples=["decision.opened"], description="What happened, as a kind of event from the feed."
    )
    at: datetime = Field(description="When it happened.")
    at_local: YourTime = Field(examples=["2026-05-22T17:30:00+03:00"])
    actor_id: UUID | None = Field(
        description="The id of the member who did it. Null if it happened automatically."
    )
    member_id: UUID | None = Field(
        description="The id of the stakeholder whose input or confirmation the event is "
        "about. Null for other events."
    )
    changed: list[str] = Field(description="The names of the fields that changed.")
