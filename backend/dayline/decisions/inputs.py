"""Input: what stakeholders answer until the outcome is written."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from dayline.core.agreement import ClauseKind
from dayline.core.phrase import Phrase
from dayline.decisions.closing import close_if_all_answered, lock_decider
from dayline.decisions.drafts import touch
from dayline.decisions.events import InputGiven, audience_of
from dayline.decisions.models import (
    AskedFor,
    Decision,
    DecisionInput,
    DecisionStakeholder,
    DecisionStatus,
    Stance,
)
from dayline.decisions.problems import AlreadyDecided, NotOpen, StakeholderOnly
from dayline.decisions.queries import card_of, get_decision, options_of
from dayline.decisions.request_schemas import InputIn
from dayline.identity.caller import Caller
from dayline.kernel.db import events
from dayline.kernel.errors import Invalid
from dayline.timers import deciding as timers

STANCES = {
    AskedFor.INPUT: (Stance.AGREE, Stance.PREFER, Stance.OBJECT, Stance.ABSTAIN),
    AskedFor.APPROVAL: (Stance.APPROVE, Stance.REJECT),
}
"""The stances that each kind of request accepts."""


async def give_input(caller: Caller, key: str, new: InputIn) -> Decision:
    """Give or replace the caller's input to an open decision.

    Their timer ends, and the decision closes if they were the last. Giving the same input again
    changes nothing. Raises StakeholderOnly, NotOpen, AlreadyDecided, Invalid.
    """
    decision = await get_decision(caller, key, for_update=True)
    stakeholder = await _stakeholder(caller, decision)
    _check_open(decision)
    await _check(caller, decision, stakeholder, new)
    before = await _current(caller, decision.id)
    if before is not None and _says_the_same(before, new):
        return decision
    given = await _replace(caller, decision, before, new)
    stakeholder.remind_at = None
    touch(caller, decision)
    await caller.session.flush()
    await _end_timer(caller, decision)
    told = InputGiven(
        decision=await card_of(caller.session, decision),
        member_id=caller.member_id,
        is_late=given.is_late,
    )
    events.record(caller.session, told, audience_of(decision))
    await close_if_all_answered(caller.session, decision)
    return decision


async def _end_timer(caller: Caller, decision: Decision) -> None:
    """End the caller's timer. The decider is locked before any timer, as they may be asked next."""
    if decision.message_id is None:
        return
    await lock_decider(caller.session, decision)
    kind = ClauseKind.DECISION_INPUT
    await timers.answered(caller.session, decision.message_id, caller.member_id, kind)


async def _stakeholder(caller: Caller, decision: Decision) -> DecisionStakeholder:
    found: DecisionStakeholder | None = await caller.session.scalar(
        select(DecisionStakeholder).where(
            col(DecisionStakeholder.workspace_id) == caller.workspace_id,
            col(DecisionStakeholder.decision_id) == decision.id,
            col(DecisionStakeholder.member_id) == caller.member_id,
        )
    )
    if found is None:
        raise StakeholderOnly
    return found


def _check_open(decision: Decision) -> None:
    if decision.status is DecisionStatus.DECIDED:
        raise AlreadyDecided
    if decision.status is not DecisionStatus.OPEN:
        raise NotOpen


async def _check(
    caller: Caller, decision: Decision, stakeholder: DecisionStakeholder, new: InputIn
) -> None:
    stances = STANCES[stakeholder.asked_for]
    if new.stance not in stances:
        raise Invalid.field("stance", _wrong_stance(stakeholder.asked_for, tuple(stances)))
    options = await options_of(caller.session, decision.id)
    if new.option_id is not None and new.option_id not in {option.id for option in options}:
        raise Invalid.field("option_id", Phrase("fields.not-an-option"))


def _wrong_stance(asked_for: AskedFor, stances: tuple[str, ...]) -> Phrase:
    if asked_for is AskedFor.APPROVAL:
        return Phrase("fields.stance-approval", stances=stances)
    return Phrase("fields.stance-input", stances=stances)


async def _current(caller: Caller, decision_id: UUID) -> DecisionInput | None:
    found: DecisionInput | None = await caller.session.scalar(
        select(DecisionInput).where(
            col(DecisionInput.workspace_id) == caller.workspace_id,
            col(DecisionInput.decision_id) == decision_id,
            col(DecisionInput.member_id) == caller.member_id,
            col(DecisionInput.replaced_at).is_(None),
        )
    )
    return found


def _says_the_same(before: DecisionInput, new: InputIn) -> bool:
    return all(getattr(before, name) == value for name, value in new.model_dump().items())


async def _replace(
    caller: Caller, decision: Decision, before: DecisionInput | None, new: InputIn
) -> DecisionInput:
    """Write the new input. The previous one becomes history."""
    if before is not None:
        before.replaced_at = caller.now
        await caller.session.flush()
    given = DecisionInput(
        **new.model_dump(),
        workspace_id=caller.workspace_id,
        decision_id=decision.id,
        member_id=caller.member_id,
        given_at=caller.now,
        is_late=decision.input_due_at is not None and caller.now > decision.input_due_at,
    )
    caller.session.add(given)
    return given
