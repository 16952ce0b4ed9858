"""Request schemas of decisions."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from dayline.calendars.fields import Day, NearInstant
from dayline.core.phrase import Phrase, Refused
from dayline.decisions.keys import DecisionKey
from dayline.decisions.models import AskedFor, Stance
from dayline.kernel.schemas import Input, Line, Prose, Text, visible
from dayline.messages.schemas import ClarityReason
from dayline.projects.schemas import ProjectKey

MOST_OPTIONS = 10
MOST_STAKEHOLDERS = 50
MOST_EARLIER = 20

Minutes = Literal[5, 10, 15, 30]
Reason = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2000),
    AfterValidator(visible),
]
MeetingMinutes = Annotated[
    int,
    Field(ge=5, le=480, description="How long the meeting would have been that it replaces."),
]
Earlier = Annotated[
    list[DecisionKey], Field(max_length=MOST_EARLIER, json_schema_extra={"uniqueItems": True})
]
ReviewDay = Annotated[Day, Field(description="The day on which to look whether it still holds.")]


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
    clarity_reason: ClarityReason = None


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
            raise Refused(Phrase("fields.option-with-prefer"))
        if self.stance in {Stance.OBJECT, Stance.REJECT} and not self.reason.strip():
            raise Refused(Phrase("fields.reason-to-object"))
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
            raise Refused(Phrase("fields.option-or-outcome"))
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
