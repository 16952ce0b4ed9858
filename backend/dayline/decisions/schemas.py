"""What the API says and takes about decisions."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import Field, StringConstraints, model_validator

from dayline.core.clarity import Point
from dayline.decisions.keys import DecisionKey
from dayline.decisions.models import AskedFor, DecisionStatus, RelationKind, Stance
from dayline.kernel.schemas import Input, Line, Output, Prose, Text
from dayline.people.fields import Day, NearInstant
from dayline.people.schemas import TwoClocks
from dayline.projects.schemas import ProjectKey
from dayline.tasks.models import TaskState

MOST_OPTIONS = 10
MOST_STAKEHOLDERS = 50
MOST_EARLIER = 20

Minutes = Literal[5, 10, 15, 30]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
MeetingMinutes = Annotated[
    int,
    Field(ge=5, le=480, description="How long the meeting would have been that it replaces."),
]
Earlier = Annotated[
    list[DecisionKey], Field(max_length=MOST_EARLIER, json_schema_extra={"uniqueItems": True})
]
ReviewDay = Annotated[Day, Field(description="The day on which to look whether it still holds.")]


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
    minutes: int | None = Field(description="What it took them, as they say.")
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
    reason: str = Field(examples=["must say what one has to know to have an opinion"])


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
    figures: FiguresOut
    missing: list[MissingOut] = Field(description="Of a draft; else none.")
    input_due_local: str | None = Field(
        description="The deadline for input on your wall, with its offset.",
        examples=["2026-05-20T22:00:00+03:00"],
    )
    deadlines: list[DeadlineOut] = Field(description="By stakeholder.")
    decided_local: str | None = Field(
        description="When it was decided, on your wall, with its offset."
    )
    message_id: UUID | None = Field(description="The message that opened it.")
    created_at: datetime
    decided_by: UUID | None
    withdrawal_reason: str | None
    proposer_minutes: int | None
    decider_minutes: int | None


class OptionIn(Input):
    """One way to go."""

    title: Line
    body: Text = ""
    is_recommended: bool = False


class StakeholderIn(Input):
    """A member to ask. The proposer and the decider are none."""

    member_id: UUID
    asked_for: AskedFor = AskedFor.INPUT


Options = Annotated[
    list[OptionIn],
    Field(max_length=MOST_OPTIONS, description="All of them. At most one is recommended."),
]
Stakeholders = Annotated[
    list[StakeholderIn], Field(max_length=MOST_STAKEHOLDERS, description="All of them.")
]


class DecisionIn(Input):
    """A new draft. What is not known yet may be left out until it is opened."""

    project: ProjectKey = Field(description="The key of its project.", examples=["ABC"])
    title: Line
    context: Text = ""
    recommendation: Text = ""
    options: Options = Field(default_factory=list)
    input_due_at: NearInstant | None = None
    decider_id: UUID | None = None
    stakeholders: Stakeholders = Field(default_factory=list)
    meeting_minutes: MeetingMinutes = 30
    is_public: bool = False
    supersedes: Earlier = Field(default_factory=list, description="Keys of earlier decisions.")
    amends: Earlier = Field(default_factory=list, description="Keys of earlier decisions.")


class DecisionEdit(Input):
    """What changes; what is left out stays as it is.

    Once it is open: the decider, and whether it is public. Once it is decided: whether it is.
    """

    title: Line = Field(default_factory=str)
    context: Text = Field(default_factory=str)
    recommendation: Text = Field(default_factory=str)
    options: Options = Field(default_factory=list)
    input_due_at: NearInstant | None = None
    decider_id: UUID | None = None
    stakeholders: Stakeholders = Field(default_factory=list)
    meeting_minutes: MeetingMinutes = Field(default_factory=int)
    is_public: bool = Field(default_factory=bool)
    supersedes: Earlier = Field(default_factory=list, description="All of them.")
    amends: Earlier = Field(default_factory=list, description="All of them.")


class OpenIn(Input):
    """Opening a draft."""

    minutes: Minutes | None = Field(
        default=None, description="What writing it took you, in minutes."
    )


class InputIn(Input):
    """Your answer. Another one takes its place until the decision is made."""

    stance: Stance = Field(
        description="Asked for input: `agree`, `prefer`, `object` or `abstain`. Asked for "
        "approval: `approve` or `reject`."
    )
    option_id: UUID | None = Field(default=None, description="The option that you `prefer`.")
    reason: Text = Field(default="", description="Markdown; `object` and `reject` need one.")
    minutes: Minutes | None = Field(default=None, description="What it took you, in minutes.")

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.stance is Stance.PREFER) != (self.option_id is not None):
            raise ValueError("prefer names the option in option_id, and nothing else does")
        if self.stance in {Stance.OBJECT, Stance.REJECT} and not self.reason.strip():
            raise ValueError("object and reject need a reason")
        return self


class ExtendIn(Input):
    """A later deadline for input."""

    input_due_at: NearInstant = Field(description="Later than the deadline that stands.")
    reason: Reason


class AnswerIn(Input):
    """What the decider answers to the input of a stakeholder."""

    member_id: UUID
    answer: Prose


class DecideIn(Input):
    """The outcome: one of the options, or a text of its own."""

    option_id: UUID | None = None
    outcome: Text = Field(default="", description="Markdown; needed where no option is chosen.")
    rationale: Prose = Field(description="Why. Markdown.")
    answers: Annotated[list[AnswerIn], Field(max_length=MOST_STAKEHOLDERS)] = Field(
        default_factory=list, description="To each who rejects one is needed."
    )
    minutes: Minutes | None = Field(default=None, description="What it took you, in minutes.")
    review_on: ReviewDay | None = None

    @model_validator(mode="after")
    def _has_an_outcome(self) -> Self:
        if self.option_id is None and not self.outcome.strip():
            raise ValueError("choose an option, or write an outcome")
        return self


class WithdrawIn(Input):
    """Why nothing is decided."""

    reason: Reason


class DecisionReviewIn(Input):
    """The decision was looked at again."""

    review_on: ReviewDay | None = Field(description="When to look next; null: never.")


class OutcomeTaskIn(Input):
    """A task made from the outcome."""

    title: Line
    assignee_id: UUID | None = None
    due_on: Day | None = None
    project: ProjectKey | None = Field(
        default=None, description="The key of its project; else that of the decision."
    )


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
        description="The same on your wall, with its offset.",
        examples=["2026-05-22T17:30:00+03:00"],
    )
    actor_id: UUID | None = Field(description="Null: it happened by itself.")
    member_id: UUID | None = Field(description="Whose input or confirmation it tells of.")
    changed: list[str] = Field(description="The fields that changed.")


class Clocks(Output):
    """An instant on a member's clock, on your own, and on that of the reference zone."""

    at: datetime
    theirs: str = Field(examples=["2026-05-22T10:30:00-04:00"])
    yours: str = Field(examples=["2026-05-22T17:30:00+03:00"])
    reference: str = Field(examples=["2026-05-22T17:30:00+03:00"])

    @classmethod
    def of(cls, at: datetime, theirs: ZoneInfo, yours: ZoneInfo, reference: ZoneInfo) -> "Clocks":
        """The instant in these zones."""
        zones = {"theirs": theirs, "yours": yours, "reference": reference}
        walls: dict[str, Any] = {
            name: at.astimezone(zone).isoformat() for name, zone in zones.items()
        }
        return cls(at=at, **walls)


class StakeholderFairness(Output):
    """What a deadline leaves to one stakeholder."""

    member_id: UUID
    zone: str
    working_s: int | None = Field(
        description="Seconds of their working time until the deadline; null without a deadline."
    )
    is_enough: bool | None = Field(description="Whether that is the allowance or more.")
    due: Clocks | None = Field(description="The deadline.")
    earliest: Clocks | None = Field(
        description="When they have had the allowance. Null: not within five years."
    )


class FairnessOut(Output):
    """Whether a deadline leaves every stakeholder the allowance for decision input."""

    at: datetime = Field(description="From when it is counted: now.")
    allowance_s: int = Field(description="Seconds of working time, as the agreement says.")
    input_due_at: datetime | None
    is_fair: bool | None = Field(description="Null without a deadline.")
    earliest: Clocks | None = Field(
        description="The earliest deadline that is fair to all; `theirs` is the clock of the "
        "last who has had the allowance. Null: nobody is asked, or somebody has too little "
        "working time within five years."
    )
    stakeholders: list[StakeholderFairness]
