"""The parts of a draft: its people, its options, and the earlier decisions that it affects."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select
from sqlmodel import col

from dayline.calendars.locking import lock_people, read_people
from dayline.core.phrase import Phrase
from dayline.decisions.keys import number_of
from dayline.decisions.models import (
    Decision,
    DecisionOption,
    DecisionRelation,
    DecisionStakeholder,
    DecisionStatus,
    RelationKind,
)
from dayline.decisions.queries import options_of, stakeholders_of, visible_decisions
from dayline.decisions.request_schemas import OptionIn, StakeholderIn
from dayline.identity.caller import Caller
from dayline.kernel.errors import FieldError, Invalid
from dayline.members.access import Person, refusal_to_ask


async def check_people(
    caller: Caller,
    proposed_by: UUID,
    decider_id: UUID | None,
    stakeholder_ids: Sequence[UUID],
    *,
    are_asked: bool = False,
) -> None:
    """Check that these members can take these parts in a proposal of `proposed_by`.

    With `are_asked` they are locked until the commit, since they are asked now. A draft is checked
    again when it is opened. Raises Invalid with an error for each one who can't.
    """
    wanted = {*stakeholder_ids, *([] if decider_id is None else [decider_id])}
    members = await (lock_people if are_asked else read_people)(caller.session, wanted)
    errors: list[FieldError] = []
    if decider_id is not None and (reason := _refusal(members.get(decider_id))):
        errors.append(FieldError(field="decider_id", reason=reason))
    for place, member_id in enumerate(stakeholder_ids):
        reason = _refusal(members.get(member_id)) or _double(
            member_id, proposed_by, decider_id, stakeholder_ids[:place]
        )
        if reason:
            errors.append(FieldError(field=f"stakeholders.{place}.member_id", reason=reason))
    if errors:
        raise Invalid(errors=errors)


def _refusal(member: Person | None) -> Phrase | None:
    return Phrase("fields.cannot-ask") if member is None else refusal_to_ask(member)


def _double(
    member_id: UUID, proposed_by: UUID, decider_id: UUID | None, before: Sequence[UUID]
) -> Phrase | None:
    if member_id == proposed_by:
        return Phrase("fields.is-proposer")
    if member_id == decider_id:
        return Phrase("fields.is-decider")
    return Phrase("fields.named-twice") if member_id in before else None


async def set_options(caller: Caller, decision: Decision, wanted: Sequence[OptionIn]) -> bool:
    """Set the options of a draft. Returns whether they changed. Raises Invalid."""
    if sum(option.is_recommended for option in wanted) > 1:
        raise Invalid.field("options", Phrase("fields.one-recommendation"))
    held = await options_of(caller.session, decision.id)
    if [(option.title, option.body, option.is_recommended) for option in held] == [
        (option.title, option.body, option.is_recommended) for option in wanted
    ]:
        return False
    await _forget(caller, DecisionOption, decision)
    caller.session.add_all(
        DecisionOption(
            **option.model_dump(),
            workspace_id=caller.workspace_id,
            decision_id=decision.id,
            position=position,
        )
        for position, option in enumerate(wanted, start=1)
    )
    await caller.session.flush()
    return True


async def set_stakeholders(
    caller: Caller, decision: Decision, wanted: Sequence[StakeholderIn]
) -> bool:
    """Set the stakeholders of a draft. Returns whether they changed."""
    held = await stakeholders_of(caller.session, decision.id)
    if {each.member_id: each.asked_for for each in held} == {
        each.member_id: each.asked_for for each in wanted
    }:
        return False
    await _forget(caller, DecisionStakeholder, decision)
    caller.session.add_all(
        DecisionStakeholder(
            **each.model_dump(), workspace_id=caller.workspace_id, decision_id=decision.id
        )
        for each in wanted
    )
    await caller.session.flush()
    return True


async def set_earlier(
    caller: Caller, decision: Decision, kind: RelationKind, keys: Sequence[str]
) -> bool:
    """Set what a draft supersedes or amends. Returns whether it changed. Raises Invalid."""
    found = await _numbered(caller, keys)
    refused = [
        FieldError(field=f"{kind.value}.{place}", reason=reason)
        for place, key in enumerate(keys)
        if (reason := _no_earlier(found.get(number_of(key))))
    ]
    if refused:
        raise Invalid(errors=refused)
    wanted = {earlier.id for earlier in found.values()}
    if wanted == await _earlier_ids(caller, decision, kind):
        return False
    await _forget(caller, DecisionRelation, decision, col(DecisionRelation.kind) == kind)
    caller.session.add_all(
        DecisionRelation(
            workspace_id=caller.workspace_id, decision_id=decision.id, earlier_id=id_, kind=kind
        )
        for id_ in wanted
    )
    await caller.session.flush()
    return True


def _no_earlier(found: Decision | None) -> Phrase | None:
    if found is None:
        return Phrase("fields.decision-unknown")
    return None if found.status is DecisionStatus.DECIDED else Phrase("fields.not-decided")


async def _numbered(caller: Caller, keys: Iterable[str]) -> dict[int, Decision]:
    rows = await caller.session.scalars(
        select(Decision).where(
            visible_decisions(caller), col(Decision.number).in_([number_of(key) for key in keys])
        )
    )
    return {decision.number: decision for decision in rows}


async def _earlier_ids(caller: Caller, decision: Decision, kind: RelationKind) -> set[UUID]:
    rows = await caller.session.scalars(
        select(col(DecisionRelation.earlier_id)).where(
            col(DecisionRelation.workspace_id) == caller.workspace_id,
            col(DecisionRelation.decision_id) == decision.id,
            col(DecisionRelation.kind) == kind,
        )
    )
    return set(rows)


async def _forget(
    caller: Caller,
    part: type[DecisionOption | DecisionStakeholder | DecisionRelation],
    decision: Decision,
    *which: ColumnElement[bool],
) -> None:
    await caller.session.execute(
        delete(part).where(
            col(part.workspace_id) == caller.workspace_id,
            col(part.decision_id) == decision.id,
            *which,
        )
    )
