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
from dayline.kernel.schemas import Input, Instant, Line, Output, Prose

MOST_VERSION = 2**31 - 1
_NO_STEPS = "Has no `escalation`: only the member named in the decision can answer."

WarnShare = Annotated[
    int,
    Field(
        ge=1, le=99, description="The percentage of an allowance after which its timer warns once."
    ),
]
AllowanceSeconds = Annotated[int, Field(ge=LEAST_ALLOWANCE_S, le=MOST_ALLOWANCE_S)]
FirstCheckMinutes = Annotated[
    int,
    Field(
        ge=1,
        le=MOST_FIRST_CHECK_MINUTES,
        description="How soon after the start of their next working day the recipient looks at "
        "what arrived outside it.",
    ),
]


class StepTerms(Input):
    """One step of what follows an overdue answer."""

    to: StepKind = Field(
        description="The recipient's stand-in, the lead of the project, or an owner of the "
        "workspace: the one of them who can be asked first."
    )
    allowance_s: AllowanceSeconds = Field(
        description="Seconds of their working time, from when the answer before is overdue.",
        examples=[7200],
    )


class ClauseTerms(Input):
    """What one clause gives."""

    allowance_s: AllowanceSeconds = Field(
        description="Seconds of the recipient's working time: 5 minutes to 30 days.",
        examples=[14400],
    )
    escalation: list[StepTerms] = Field(
        default_factory=list,
        max_length=len(StepKind),
        description="Whom the question is handed over to if the answer is overdue, in this order. "
        "Empty: no one.",
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
    """The clauses of an agreement: one for each kind."""

    task_comment: ClauseTerms
    project_update: ClauseTerms
    project_discussion: ClauseTerms
    direct_message: ClauseTerms
    urgent: ClauseTerms = Field(description="Whatever its kind, a message that is marked urgent.")
    decision_input: DecisionTerms = Field(description=_NO_STEPS)
    decision_outcome: DecisionTerms = Field(description=_NO_STEPS)

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
    """A published version without its text. It never changes."""

    id: UUID
    version: int = Field(description="1 for the first.")
    title: str
    clauses: Clauses
    warn_share: WarnShare
    first_check_minutes: FirstCheckMinutes
    published_at: datetime
    published_by: UUID | None = Field(
        description="The member who published it; null where an upgrade of the software did."
    )
    in_force_from: datetime = Field(
        description="From then on it is in force, until a later version is."
    )


class SignatureOut(Output):
    """A member signed."""

    member_id: UUID
    name: str
    signed_at: datetime


class SignerOut(Output):
    """A member who is asked to sign."""

    member_id: UUID
    name: str


class AgreementOut(AgreementCard):
    """A published version with its text and who signed it."""

    text: str = Field(description="Markdown.")
    text_html: str = Field(description="The text as safe HTML.")
    superseded_from: datetime | None = Field(
        description="From when a later version is in force; null while none is published."
    )
    signatures: list[SignatureOut] | None = Field(
        description="Who signed this version, in that order; null for guests."
    )
    unsigned: list[SignerOut] | None = Field(
        description="Active members who have not signed it yet, by name; guests are not asked, "
        "and nobody is once it is superseded. Null for guests."
    )
    unsigned_by_me: bool = Field(description="Whether you are asked to sign it.")


class AgreementDraftOut(Output):
    """What the next version will say. After a publication it says what that version says."""

    title: str
    text: str = Field(description="Markdown.")
    text_html: str = Field(description="The text as safe HTML.")
    clauses: Clauses
    warn_share: WarnShare
    first_check_minutes: FirstCheckMinutes
    rev: int


class AgreementDraftEdit(Input):
    """What changes; what is left out stays as it is."""

    title: Line = Field(default_factory=str)
    text: Prose = Field(default_factory=str, description="Markdown.")
    clauses: Clauses = Field(
        default_factory=lambda: Clauses.of(ALLOWANCES, ESCALATIONS), description="All of them."
    )
    warn_share: WarnShare = Field(default_factory=int)
    first_check_minutes: FirstCheckMinutes = Field(default_factory=int)


class Publication(Input):
    """From when the draft is to be in force."""

    in_force_from: Instant | None = Field(
        default=None,
        description="Now, where it is left out. Not in the past, not earlier than that of the "
        "version before, and within a year.",
    )
    in_force_on: date | None = Field(
        default=None,
        description="Instead of an instant: from the start of this date in the reference zone; "
        "today means now.",
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
    """What a clause of the agreement in force would mean for you, were you asked now."""

    kind: ClauseKind
    local_now: str = Field(description="The present time on your clock, with its offset.")
    local_due: str | None = Field(
        description="By when you would answer, on your clock; null where your calendar holds too "
        "little working time."
    )
