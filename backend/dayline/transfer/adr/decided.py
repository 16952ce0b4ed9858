"""The sections for a decision made in Dayline: who was asked, their input, and the figures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dayline.decisions.figures import figures_of
from dayline.decisions.keys import key_of
from dayline.decisions.models import (
    AskedFor,
    Decision,
    DecisionInput,
    DecisionOption,
    DecisionStakeholder,
    Stance,
)
from dayline.transfer.adr.outline import heading_line, joined, nested
from dayline.transfer.adr.record import CONSULTED, DECISION_MAKERS, Section

_LEVEL = 3
_STANCES = {
    Stance.AGREE: "agrees",
    Stance.PREFER: "prefers another option",
    Stance.OBJECT: "objects",
    Stance.ABSTAIN: "abstains",
    Stance.APPROVE: "approves",
    Stance.REJECT: "rejects",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision from Dayline, with its parts."""

    decision: Decision
    options: Sequence[DecisionOption]
    stakeholders: Sequence[DecisionStakeholder]
    inputs: Sequence[DecisionInput]
    names: Mapping[UUID, str]
    has_figures: bool

    def sections(self) -> list[Section]:
        """The sections for everything that has no place of its own in a record."""
        found = {
            DECISION_MAKERS: self._name(self.decision.decided_by or self.decision.decider_id),
            CONSULTED: ", ".join(sorted(self._name(each.member_id) for each in self.stakeholders)),
            "Recommendation": self._recommendation(),
            "Input": joined(*self._answers()),
            "Withdrawal": self.decision.withdrawal_reason or "",
            "More Information": "\n".join(f"* {fact}." for fact in self._facts()),
        }
        return [Section(title, body) for title, body in found.items() if body]

    def _name(self, member_id: UUID | None) -> str:
        return "" if member_id is None else heading_line(self.names[member_id])

    def _recommendation(self) -> str:
        """The proposal of a decided decision. Before that, it is written as the outcome."""
        if self.decision.decided_at is None:
            return ""
        title = next((option.title for option in self.options if option.is_recommended), "")
        return joined(f"The proposal was: {title}" if title else "", self.decision.recommendation)

    def _answers(self) -> Iterator[str]:
        if self.decision.opened_at is None:
            return
        given = {each.member_id: each for each in self.inputs}
        for asked in sorted(self.stakeholders, key=lambda each: self._name(each.member_id)):
            answer = given.get(asked.member_id)
            said = "did not answer" if answer is None else self._stance(answer)
            yield f"{'#' * _LEVEL} {self._name(asked.member_id)} {said}"
            yield self._asked(asked, answer)
            if answer is not None:
                yield nested(answer.reason, _LEVEL + 1)
                yield nested(f"Answer: {answer.answer}" if answer.answer else "", _LEVEL + 1)

    def _stance(self, answer: DecisionInput) -> str:
        preferred = (option.title for option in self.options if option.id == answer.option_id)
        title = next(preferred, None)
        return f"prefers: {title}" if title else _STANCES[answer.stance]

    def _asked(self, asked: DecisionStakeholder, answer: DecisionInput | None) -> str:
        what = "approval" if asked.asked_for is AskedFor.APPROVAL else "input"
        if answer is None:
            return f"Asked for {what}."
        late = ", after the deadline" if answer.is_late else ""
        return f"Asked for {what}; answered on {_minute(answer.given_at)}{late}."

    def _facts(self) -> Iterator[str]:
        decision = self.decision
        yield f"{key_of(decision.number)}, proposed by {self._name(decision.proposed_by)}"
        if decision.opened_at is not None and decision.input_due_at is not None:
            due = _minute(decision.input_due_at)
            yield f"Open for input from {_minute(decision.opened_at)} until {due}"
        for extension in decision.extensions:
            yield f"The deadline was moved from {extension['old']} to {extension['new']}: " + (
                " ".join(extension["reason"].split()).rstrip(".")
            )
        if self.has_figures:
            yield from self._figures()
        if decision.review_on is not None:
            yield f"To be reviewed on {decision.review_on}"

    def _figures(self) -> Iterator[str]:
        asked = [each.member_id for each in self.stakeholders]
        figures = figures_of(self.decision, asked, self.inputs)
        if figures.elapsed_s is None:
            return
        yield f"Decided after {figures.elapsed_s / 3600:.1f} hours"
        yield (
            f"It took {figures.person_minutes} person-minutes; the meeting would have taken "
            f"{figures.meeting_person_minutes}, {figures.people} people for "
            f"{figures.meeting_minutes} minutes"
        )


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
