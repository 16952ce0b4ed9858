"""The figures of a decision: time spent, compared with the meeting that it replaced."""

from collections.abc import Sequence
from uuid import UUID

from dayline.decisions.models import Decision, DecisionInput
from dayline.decisions.schemas import FiguresOut


def figures_of(
    decision: Decision, asked: Sequence[UUID], inputs: Sequence[DecisionInput]
) -> FiguresOut:
    """The figures of a decision. `inputs` holds the current input of each stakeholder."""
    told = [
        minutes
        for minutes in (
            decision.proposer_minutes,
            decision.decider_minutes,
            *(each.minutes for each in inputs),
        )
        if minutes is not None
    ]
    people = {decision.proposed_by, *asked}
    if decision.decider_id is not None:
        people.add(decision.decider_id)
    elapsed = (
        decision.decided_at - decision.opened_at
        if decision.decided_at is not None and decision.opened_at is not None
        else None
    )
    return FiguresOut(
        elapsed_s=None if elapsed is None else int(elapsed.total_seconds()),
        person_minutes=sum(told),
        told_by=len(told),
        people=len(people),
        meeting_minutes=decision.meeting_minutes,
        meeting_person_minutes=len(people) * decision.meeting_minutes,
    )
