"""Ending a decision: writing its outcome, or withdrawing it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from dayline.conversations.actions import resolve_topics
from dayline.conversations.queries import get_topic
from dayline.core.phrase import Phrase
from dayline.decisions.closing import ask_of, close
from dayline.decisions.events import DecisionDecided, DecisionWithdrawn, audience_of
from dayline.decisions.models import Decision, DecisionInput, DecisionStatus, Stance
from dayline.decisions.problems import (
    AlreadyDecided,
    DeciderOnly,
    NotClosed,
    NotOpen,
    NotYourDecision,
)
from dayline.decisions.queries import card_of, get_decision, inputs_of, options_of
from dayline.decisions.relations import record_superseded
from dayline.decisions.request_schemas import AnswerIn, DecideIn, WithdrawIn
from dayline.decisions.reviewing import plan_review
from dayline.decisions.texts import report_texts
from dayline.identity.caller import Caller
from dayline.kernel.db import events
from dayline.kernel.errors import FieldError, Invalid
from dayline.members.models import Member
from dayline.timers import deciding as timers


async def decide(caller: Caller, key: str, said: DecideIn) -> Decision:
    """Write the outcome. The decision becomes a record that can't be changed.

    If two people decide at the same time, one succeeds. Raises AlreadyDecided, NotOpen, NotClosed,
    DeciderOnly, and Invalid for an option of another decision or an unanswered rejection.
    """
    decision = await get_decision(caller, key, for_update=True)
    await get_topic(caller, decision.topic_id, for_update=True)  # always locked before timers
    await _check_may_decide(caller, decision)
    await _write_answers(caller, decision, said.answers)
    await _choose(caller, decision, said.option_id)
    await caller.session.flush()  # parts first: once decided, the database refuses changes
    await _write_outcome(caller, decision, said)
    await report_texts(caller, decision)
    asked = ask_of(decision)
    await timers.answered(caller.session, asked.message_id, caller.member_id, asked.kind)
    await resolve_topics(caller, [decision.topic_id])
    await record_superseded(caller, decision)
    decided = DecisionDecided(decision=await card_of(caller.session, decision))
    events.record(caller.session, decided, audience_of(decision))
    return decision


async def _check_may_decide(caller: Caller, decision: Decision) -> None:
    if decision.status is DecisionStatus.DECIDED:
        raise AlreadyDecided
    if decision.status is not DecisionStatus.OPEN or decision.input_due_at is None:
        raise NotOpen
    if decision.decider_id != caller.member_id:
        raise DeciderOnly
    if decision.closed_at is None and decision.input_due_at > caller.now:
        raise NotClosed(input_due_at=decision.input_due_at.isoformat())
    if decision.closed_at is None:
        await close(caller.session, decision)


async def _write_answers(caller: Caller, decision: Decision, answers: Sequence[AnswerIn]) -> None:
    given = {each.member_id: each for each in await inputs_of(caller.session, decision.id)}
    refused = [
        FieldError(field=f"answers.{place}.member_id", reason=reason)
        for place, answer in enumerate(answers)
        if (reason := _refusal(answer.member_id, given, answers[:place]))
    ]
    answered = {answer.member_id for answer in answers}
    rejecting = [
        member_id
        for member_id, each in given.items()
        if each.stance is Stance.REJECT and member_id not in answered
    ]
    names = await _names(caller, rejecting)
    refused += [
        FieldError(field="answers", reason=Phrase("fields.answer-rejection", name=names[member_id]))
        for member_id in rejecting
    ]
    if refused:
        raise Invalid(errors=refused)
    for answer in answers:
        given[answer.member_id].answer = answer.answer


async def _names(caller: Caller, member_ids: Collection[UUID]) -> dict[UUID, str]:
    rows = await caller.session.execute(
        select(col(Member.id), col(Member.name)).where(
            col(Member.workspace_id) == caller.workspace_id, col(Member.id).in_(member_ids)
        )
    )
    return {row[0]: row[1] for row in rows}


def _refusal(
    member_id: UUID, given: Mapping[UUID, DecisionInput], before: Sequence[AnswerIn]
) -> Phrase | None:
    if member_id not in given:
        return Phrase("fields.no-input")
    return (
        Phrase("fields.answered-twice")
        if member_id in {each.member_id for each in before}
        else None
    )


async def _choose(caller: Caller, decision: Decision, option_id: UUID | None) -> None:
    if option_id is None:
        return
    options = {option.id: option for option in await options_of(caller.session, decision.id)}
    if option_id not in options:
        raise Invalid.field("option_id", Phrase("fields.not-an-option"))
    options[option_id].is_chosen = True


async def _write_outcome(caller: Caller, decision: Decision, said: DecideIn) -> None:
    decision.status = DecisionStatus.DECIDED
    decision.decided_at = decision.updated_at = caller.now
    decision.decided_by = caller.member_id
    decision.outcome, decision.rationale = said.outcome, said.rationale
    decision.decider_minutes = said.minutes
    await _set_review(caller, decision, said.review_on)
    decision.rev += 1
    await caller.session.flush()


async def _set_review(caller: Caller, decision: Decision, on: date | None) -> None:
    decision.review_on = on
    decision.review_due_at = None if on is None else await plan_review(caller, decision, on)


async def withdraw(caller: Caller, key: str, said: WithdrawIn) -> Decision:
    """Withdraw a decision, so that no one is asked any more. Withdrawing it again changes nothing.

    Raises NotYourDecision, AlreadyDecided.
    """
    decision = await get_decision(caller, key, for_update=True)
    if decision.proposed_by != caller.member_id and not caller.acts_as_admin:
        raise NotYourDecision
    if decision.status is DecisionStatus.DECIDED:
        raise AlreadyDecided
    if decision.status is not DecisionStatus.WITHDRAWN:
        await _withdraw(caller, decision, said.reason)
    return decision


async def _withdraw(caller: Caller, decision: Decision, reason: str) -> None:
    decision.status = DecisionStatus.WITHDRAWN
    decision.withdrawn_at = decision.updated_at = caller.now
    decision.withdrawal_reason = reason
    decision.rev += 1
    await caller.session.flush()
    await resolve_topics(caller, [decision.topic_id])
    withdrawn = DecisionWithdrawn(decision=await card_of(caller.session, decision))
    events.record(caller.session, withdrawn, audience_of(decision))
