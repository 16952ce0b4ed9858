"""What follows an overdue answer: whom the ask is handed over to next, and when.

Each step counts from the instant at which the answer before is overdue, in the working time of the
person it goes to. That person then has the clause's whole answer time, in their working time too.
So no one is passed over while their own time is still running.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from dayline.core.agreement import Step, StepKind
from dayline.core.worktime import Calendar, NoWorkingTime, epoch_after, moment

Span = tuple[datetime, datetime]
"""Two instants, half-open."""


class SkipReason(StrEnum):
    """Why a step asks no one."""

    NO_ONE = "no_one"  # no stand-in then, no lead, or no owner who can be asked
    IS_AUTHOR = "is_author"  # they asked
    ALREADY_ASKED = "already_asked"  # they are asked by the message already
    NO_ACCESS = "no_access"  # their access ended
    IS_GUEST = "is_guest"
    CANNOT_SEE = "cannot_see"  # the conversation is direct, and they aren't in it
    NO_WORKING_TIME = "no_working_time"  # too little within five years


@dataclass(frozen=True, slots=True)
class Candidate:
    """Someone to whom a step may go. `refusal` says why they can't be asked.

    A stand-in is asked only at an instant within `during`.
    """

    member_id: UUID
    calendar: Calendar
    refusal: SkipReason | None = None
    during: Span | None = None


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step: whom it asks at `asked_at`, with an answer due at `due_at`, or why it is skipped.

    A skipped step names the member if there was only one candidate.
    """

    to: StepKind
    member_id: UUID | None
    asked_at: datetime | None = None
    due_at: datetime | None = None
    skipped: SkipReason | None = None


def plan(
    overdue_at: datetime,
    steps: Sequence[Step],
    allowance_s: int,
    candidates: Callable[[StepKind], Sequence[Candidate]],
) -> Iterator[PlannedStep]:
    """Yield the steps that follow if no one answers, in their order.

    `allowance_s` is the clause's answer time. Of several candidates, the one who can be asked first
    is asked, and no one is asked twice. A skipped step takes no time.
    """
    asked = set[UUID]()
    for step in steps:
        taken = _step(overdue_at, step, allowance_s, candidates(step.to), asked)
        yield taken
        if taken.skipped is None and taken.member_id is not None:
            asked.add(taken.member_id)
            if taken.due_at is None:
                return  # without a due instant it is never overdue, so nothing follows
            overdue_at = taken.due_at


def _step(
    overdue_at: datetime,
    step: Step,
    allowance_s: int,
    candidates: Sequence[Candidate],
    asked: set[UUID],
) -> PlannedStep:
    found: list[tuple[datetime, UUID, Candidate]] = []
    refused: list[tuple[UUID, SkipReason]] = []
    for each in candidates:
        at = _reached(each.calendar, overdue_at, step.allowance_s)
        reason = _refusal(each, at, asked)
        if reason is None and at is not None:
            found.append((at, each.member_id, each))
        else:
            refused.append((each.member_id, reason or SkipReason.NO_ONE))
    if not found:
        return _skipped(step.to, refused)
    at, member_id, chosen = min(found, key=lambda each: each[:2])
    return PlannedStep(step.to, member_id, at, _reached(chosen.calendar, at, allowance_s))


def _refusal(candidate: Candidate, at: datetime | None, asked: set[UUID]) -> SkipReason | None:
    if candidate.refusal is not None:
        return candidate.refusal
    if candidate.member_id in asked:
        return SkipReason.ALREADY_ASKED
    if at is None:
        return SkipReason.NO_WORKING_TIME
    if candidate.during is not None and not candidate.during[0] <= at < candidate.during[1]:
        return SkipReason.NO_ONE
    return None


def _skipped(to: StepKind, refused: list[tuple[UUID, SkipReason]]) -> PlannedStep:
    if len(refused) != 1 or refused[0][1] is SkipReason.NO_ONE:
        return PlannedStep(to, None, skipped=SkipReason.NO_ONE)
    member_id, reason = refused[0]
    return PlannedStep(to, member_id, skipped=reason)


def _reached(calendar: Calendar, since: datetime, seconds: int) -> datetime | None:
    """Return the instant at which this much working time has passed. None beyond the horizon."""
    try:
        return moment(calendar.add(epoch_after(since), seconds))
    except NoWorkingTime:
        return None
