"""Request schemas of decisions."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from dayline.calendars.fields import Day, NearInstant
from dayline.core.phrase import Phrase, Refused
from dayline.decisions.keys import DecisionKey
from dayline.decisions.models import AskedFor, Stance
from dayline.kernel.schemas import Input, Line, MemberId, Prose, Text, visible
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
    Field(
        ge=5, le=480, description="How many minutes a meeting about the decision would have taken."
    ),
]
Earlier = Annotated[
    list[DecisionKey], Field(max_length=MOST_EARLIER, json_schema_extra={"uniqueItems": True})
]
ReviewDay = Annotated[
    Day, Field(description="The day on which to check whether the decision still holds.")
]


# Meanings that several schemas share.
CONTEXT = Field(description="Why something needs to be decided, in Markdown.")
DECIDER_ID = Field(description="The id of the member who decides. Null if no one is chosen yet.")
IS_PUBLIC = Field(description="Whether guests in the project can see the decision.")
MINUTES = Field(description="How many minutes you spent. Null if you don't want to say.")


class OptionIn(Input):
    """One of the options of a decision."""

    title: Line = Field(description="What the option is called.")
    body: Text = Field(default="", description="What the option means, in Markdown.")
    is_recommended: bool = Field(default=False, description="Whether you recommend this option.")


class StakeholderIn(Input):
    """A member to ask. The proposer and the decider can't be stakeholders."""

    member_id: MemberId
    asked_for: AskedFor = Field(
        default=AskedFor.INPUT, description="Whether to ask the member for input or approval."
    )


Options = Annotated[
    list[OptionIn],
    Field(
        max_length=MOST_OPTIONS,
        description="All options, which replace the current ones. At most one is recommended.",
    ),
]
Stakeholders = Annotated[
    list[StakeholderIn],
    Field(
        max_length=MOST_STAKEHOLDERS, description="All stakeholders, who replace the current ones."
    ),
]


class DecisionIn(Input):
    """A draft to create. Fields left out can be filled in until the decision is opened."""

    project: ProjectKey = Field(
        description="The key of the project that the decision belongs to.", examples=["ABC"]
    )
    title: Line = Field(description="What is to be decided.")
    context: Annotated[Text, CONTEXT] = ""
    recommendation: Text = Field(default="", description="What you recommend, in Markdown.")
    options: Options = Field(default_factory=list)
    input_due_at: NearInstant | None = Field(
        default=None, description="The deadline for input. Null if it isn't known yet."
    )
    decider_id: Annotated[UUID | None, DECIDER_ID] = None
    stakeholders: Stakeholders = Field(default_factory=list)
    meeting_minutes: MeetingMinutes = 30
    is_public: Annotated[bool, IS_PUBLIC] = False
    supersedes: Earlier = Field(
        default_factory=list, description="The keys of earlier decisions that this one supersedes."
    )
    amends: Earlier = Field(
        default_factory=list, description="The keys of earlier decisions that this one amends."
    )


class DecisionEdit(Input):
    """Changes to a decision. Fields left out stay the same.

    While a decision is open, only its decider and whether it is public can change. Once it is
    decided, only whether it is public can.
    """

    title: Line = Field(default_factory=str, description="What is to be decided.")
    context: Annotated[Text, CONTEXT] = Field(default_factory=str)
    recommendation: Text = Field(
        default_factory=str, description="What you recommend, in Markdown."
    )
    options: Options = Field(default_factory=list)
    input_due_at: NearInstant | None = Field(
        default=None, description="The deadline for input. Null removes it from a draft."
    )
    decider_id: Annotated[UUID | None, DECIDER_ID] = None
    stakeholders: Stakeholders = Field(default_factory=list)
    meeting_minutes: MeetingMinutes = Field(default_factory=int)
    is_public: Annotated[bool, IS_PUBLIC] = Field(default_factory=bool)
    supersedes: Earlier = Field(
        default_factory=list,
        description="The keys of all earlier decisions that this one supersedes.",
    )
    amends: Earlier = Field(
        default_factory=list, description="The keys of all earlier decisions that this one amends."
    )


class OpenIn(Input):
    """How long the draft took you, and why it misses points, if it does."""

    minutes: Minutes | None = Field(
        default=None,
        description="How many minutes you spent on the draft. Null if you don't want to say.",
    )
    clarity_reason: ClarityReason = None


class InputIn(Input):
    """Your input. Until the outcome is recorded, new input replaces it."""

    stance: Stance = Field(
        description="Your answer. For input it is `agree`, `prefer`, `object` or "
        "`abstain`, and for approval `approve` or `reject`."
    )
    option_id: UUID | None = Field(
        default=None, description="The id of the option that you prefer. Needed for `prefer` only."
    )
    reason: Text = Field(
        default="", description="Your reason, in Markdown. Needed for `object` and `reject`."
    )
    minutes: Annotated[Minutes | None, MINUTES] = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.stance is Stance.PREFER) != (self.option_id is not None):
            raise Refused(Phrase("fields.option-with-prefer"))
        if self.stance in {Stance.OBJECT, Stance.REJECT} and not self.reason.strip():
            raise Refused(Phrase("fields.reason-to-object"))
        return self


class ExtendIn(Input):
    """A later deadline for input."""

    input_due_at: NearInstant = Field(description="The new deadline, later than the current one.")
    reason: Reason = Field(description="Why the deadline changes.")


class AnswerIn(Input):
    """The decider's reply to a stakeholder's input."""

    member_id: UUID = Field(description="The id of the stakeholder.")
    answer: Prose = Field(description="The reply, in Markdown.")


class DecideIn(Input):
    """The outcome, which is one of the options or a text."""

    option_id: UUID | None = Field(
        default=None,
        description="The id of the option that you choose. Null if the outcome is a text.",
    )
    outcome: Text = Field(
        default="",
        description="What you decide, in Markdown. Needed if you don't choose an option.",
    )
    rationale: Prose = Field(description="Why you decide this way, in Markdown.")
    answers: Annotated[list[AnswerIn], Field(max_length=MOST_STAKEHOLDERS)] = Field(
        default_factory=list,
        description="Your replies to input. Each stakeholder who rejects needs a reply.",
    )
    minutes: Annotated[Minutes | None, MINUTES] = None
    review_on: ReviewDay | None = Field(
        default=None,
        description="The day on which to check whether the decision still holds. Null for no "
        "review.",
    )

    @model_validator(mode="after")
    def _has_an_outcome(self) -> Self:
        if self.option_id is None and not self.outcome.strip():
            raise Refused(Phrase("fields.option-or-outcome"))
        return self


class WithdrawIn(Input):
    """Why the decision is withdrawn."""

    reason: Reason = Field(description="Why the decision is withdrawn.")


class DecisionReviewIn(Input):
    """A confirmation that the decision still holds."""

    review_on: ReviewDay | None = Field(
        description="The day of the next review. Null for no further review."
    )


class OutcomeTaskIn(Input):
    """A task to create from the outcome."""

    title: Line = Field(description="What the task is called.")
    assignee_id: UUID | None = Field(
        default=None,
        description="The id of the member who works on the task. Null to leave it unassigned.",
    )
    due_on: Day | None = Field(
        default=None, description="The day on which the task is due. Null for no due date."
    )
    project: ProjectKey | None = Field(
        default=None,
        description="The key of the project that the task belongs to. Null uses the "
        "decision's project.",
    )
