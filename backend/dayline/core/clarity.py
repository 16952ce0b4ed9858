"""The five points of clear writing, and which of them a proposal lacks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dayline.core.ahead import refusal_of_instant
from dayline.core.phrase import Phrase
from dayline.core.written import says_something

FEWEST_OPTIONS = 2


class Point(StrEnum):
    """One of the five points that a reader needs to answer without asking back."""

    CONTEXT = "context"
    REQUEST = "request"
    DEADLINE = "deadline"
    OPTIONS = "options"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True)
class Proposal:
    """The parts of a decision's draft that decide whether it is complete."""

    context: str
    recommendation: str
    options: int
    input_due_at: datetime | None
    has_decider: bool
    stakeholders: int


@dataclass(frozen=True, slots=True)
class Missing:
    """A missing point, the field that provides it, and what the field must contain."""

    point: Point
    field: str
    reason: Phrase


def missing_in(proposal: Proposal, now: datetime) -> list[Missing]:
    """Return what is missing before others can be asked, in the order of the points."""
    return list(_missing(proposal, now))


def _missing(proposal: Proposal, now: datetime) -> Iterator[Missing]:
    if not says_something(proposal.context):
        reason = Phrase("fields.context-missing")
        yield Missing(Point.CONTEXT, "context", reason)
    if not proposal.recommendation.strip():
        yield Missing(Point.REQUEST, "recommendation", Phrase("fields.recommendation-missing"))
    if proposal.input_due_at is None:
        yield Missing(Point.DEADLINE, "input_due_at", Phrase("fields.input-due-missing"))
    elif refusal := refusal_of_instant(proposal.input_due_at, now):
        yield Missing(Point.DEADLINE, "input_due_at", refusal)
    if proposal.options < FEWEST_OPTIONS:
        yield Missing(Point.OPTIONS, "options", Phrase("fields.two-options"))
    if not proposal.has_decider:
        yield Missing(Point.AUTHORITY, "decider_id", Phrase("fields.decider-missing"))
    if proposal.stakeholders == 0:
        reason = Phrase("fields.stakeholders-missing")
        yield Missing(Point.AUTHORITY, "stakeholders", reason)
