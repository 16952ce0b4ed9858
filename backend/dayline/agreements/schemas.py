"""API schemas of the agreement."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, field_validator, model_validator

from dayline.agreements.default import ALLOWANCES, ESCALATIONS
from dayline.agreements.models import MOST_FIRST_CHECK_MINUTES
from dayline.agreements.windows import LEAST_ALLOWANCE_S, MOST_ALLOWANCE_S
from dayline.core.agreement import ClauseKind, StepKind
from dayline.core.phrase import Phrase, Refused
from dayline.kernel.schemas import (
    Id,
    Input,
    Instant,
    Line,
    MemberId,
    MemberName,
    Output,
    Prose,
    Rev,
)

MOST_VERSION = 2**31 - 1
_NO_STEPS = "It has no `escalation`, because only the member named in the decision can answer."

WarnShare = Annotated[
    int,
    Field(
        ge=1,
        le=99,
        description="The percentage of an answer time after which the recipient is reminded once.",
    ),
]
AllowanceSeconds = Annotated[int, Field(ge=LEAST_ALLOWANCE_S, le=MOST_ALLOWANCE_S)]
FirstCheckMinutes = Annotated[
    int,
    Field(
        ge=1,
        le=MOST_FIRST_CHECK_MINUTES,
        description="Within how many minutes of starting work people look at what arrived "
        "outside their working hours.",
    ),
]


# Meanings that several schemas share.
TEXT = Field(description="The text of the agreement, in Markdown.")


class StepTerms(Input):
    """One step of an escalation, which says who is asked next if an answer is overdue."""

    to: StepKind = Field(
        description="Who is asked. Can be the recipient's stand-in, the project lead, or the "
        "owner of the workspace who can be asked first."
    )
    allowance_s: AllowanceSeconds = Field(
        description="How many seconds of that person's working time pass before they are asked, "
        "starting when the answer before is overdue.",
        examples=[7200],
    )


class ClauseTerms(Input):
    """What the agreement says about one kind of ask."""

    allowance_s: AllowanceSeconds = Field(
        description="The answer time in seconds of the recipient's working time, from 5 "
        "minutes to 30 days.",
        examples=[14400],
    )
    escalation: list[StepTerms] = Field(
        default_factory=list,
        max_length=len(StepKind),
        description="Who is asked next if the answer is overdue, in this order. If it is empty, "
        "no one is.",
    )

    @field_validator("escalation")
    @classmethod
    def _each_once(cls, steps: list[StepTerms]) -> list[StepTerms]:
        if len({step.to for step in steps}) < len(steps):
            raise Refused(Phrase("fields.step-twice"))
        return steps


def _not_handed_over(terms: ClauseTerms) -> ClauseTerms:
    if terms.escalation:
        raise Refused(Phrase("fields.decisions-not-handed-over"))
    return terms


DecisionTerms = Annotated[ClauseTerms, AfterValidator(_not_handed_over)]
"""The terms of a clause for decisions: only the member named in the decision can answer."""


class Clauses(Input):
    """The answer times of an agreement, one for each kind of ask."""

    task_comment: ClauseTerms = Field(description="The answer time for comments on tasks.")
    project_update: ClauseTerms = Field(description="The answer time for project updates.")
    project_discussion: ClauseTerms = Field(
        description="The answer time for messages in a project's discussion."
    )
    direct_message: ClauseTerms = Field(description="The answer time for direct messages.")
    urgent: ClauseTerms = Field(description="The answer time for urgent messages of any kind.")
    decision_input: DecisionTerms = Field(
        description=f"The answer time for input on decisions. {_NO_STEPS}"
    )
    decision_outcome: DecisionTerms = Field(
        description=f"The answer time for the outcome of decisions. {_NO_STEPS}"
    )

    @classmethod
    def of(cls, allowances: Mapping[str, int], escalations: Mapping[str, Any]) -> "Clauses":
        """Return the clauses with these seconds and steps, by kind."""
        return cls.model_validate(
            {
                kind: {"allowance_s": seconds, "escalation": escalations.get(kind, [])}
                for kind, seconds in allowances.items()
            }
        )

    def allowances(self) -> dict[str, int]:
        """Return the seconds by kind, in the order of `ClauseKind`."""
        return {kind.value: getattr(self, kind.value).allowance_s for kind in ClauseKind}

    def escalations(self) -> dict[str, list[dict[str, Any]]]:
        """Return the steps by kind, without the kinds that have none."""
        steps = {kind.value: getattr(self, kind.value).escalation for kind in ClauseKind}
        return {
            kind: [step.model_dump(mode="json") for step in found]
            for kind, found in steps.items()
            if found
        }


class AgreementCard(Output):
    """A published version of the agreement, without its text. It never changes."""

    id: Id
    version: int = Field(description="The number of the version, starting at 1.")
    title: str = Field(description="What the version is called.")
    clauses: Clauses = Field(description="The answer times.")
    warn_share: WarnShare
    first_check_minutes: FirstCheckMinutes
    published_at: datetime = Field(description="When the version was published.")
    published_by: UUID | None = Field(
        description="The id of the member who published the version. Null if an upgrade of "
        "Dayline did."
    )
    in_force_from: datetime = Field(
        description="When the version takes effect. It applies until a later version takes effect."
    )


class SignatureOut(Output):
    """A member's signature on a version of the agreement."""

    member_id: MemberId
    name: MemberName
    signed_at: datetime = Field(description="When the member signed.")


class SignerOut(Output):
    """A member who is asked to sign."""

    member_id: MemberId
    name: MemberName


class AgreementOut(AgreementCard):
    """A published version of the agreement, with its text and signatures."""

    text: Annotated[str, TEXT]
    text_html: str = Field(description="The text as safe HTML.")
    superseded_from: datetime | None = Field(
        description="When a later version takes effect. Null if no later version is published."
    )
    signatures: list[SignatureOut] | None = Field(
        description="Who signed this version, in the order of signing. Null for guests."
    )
    unsigned: list[SignerOut] | None = Field(
        description="Active members who still need to sign, by name. Empty once the "
        "version is superseded, and null for guests."
    )
    unsigned_by_me: bool = Field(description="Whether you still need to sign this version.")


class AgreementDraftOut(Output):
    """The draft of the next version. Right after publishing, it equals the published version."""

    title: str = Field(description="What the next version is called.")
    text: Annotated[str, TEXT]
    text_html: str = Field(description="The text as safe HTML.")
    clauses: Clauses = Field(description="The answer times.")
    warn_share: WarnShare
    first_check_minutes: FirstCheckMinutes
    rev: Rev


class AgreementDraftEdit(Input):
    """Changes to the draft. Fields left out stay the same."""

    title: Line = Field(default_factory=str, description="What the next version is called.")
    text: Annotated[Prose, TEXT] = Field(default_factory=str)
    clauses: Clauses = Field(
        default_factory=lambda: Clauses.of(ALLOWANCES, ESCALATIONS),
        description="All the answer times, which replace the current ones.",
    )
    warn_share: WarnShare = Field(default_factory=int)
    first_check_minutes: FirstCheckMinutes = Field(default_factory=int)


class Publication(Input):
    """When the draft takes effect."""

    in_force_from: Instant | None = Field(
        default=None,
        description="The instant at which the draft takes effect, within a year and not "
        "before the previous version. Null with `in_force_on` for now.",
    )
    in_force_on: date | None = Field(
        default=None,
        description="The date at whose start in the team time zone the draft takes effect. "
        "Today means now.",
    )

    @model_validator(mode="after")
    def _said_once(self) -> Self:
        if self.in_force_from is not None and self.in_force_on is not None:
            raise Refused(Phrase("fields.instant-or-date"))
        return self

    def starts(self, now: datetime, reference: ZoneInfo) -> datetime | None:
        """Return the instant of publication, or None for now."""
        if self.in_force_on is None or self.in_force_on == now.astimezone(reference).date():
            return self.in_force_from
        return datetime.combine(self.in_force_on, time.min, reference).astimezone(UTC)


class ClauseExample(Output):
    """When your answer would be due if you were asked now."""

    kind: ClauseKind = Field(description="What you would be asked for.")
    local_now: str = Field(description="The current time in your time zone, with its UTC offset.")
    local_due: str | None = Field(
        description="When your answer would be due, in your time zone. Null if you have "
        "too little working time within five years."
    )
