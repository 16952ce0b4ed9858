"""Relations between decisions: later ones supersede or amend earlier ones."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlmodel import col

from dayline.decisions.events import DecisionChanged, audience_of
from dayline.decisions.keys import key_of
from dayline.decisions.models import Decision, DecisionRelation, DecisionStatus, RelationKind
from dayline.decisions.queries import cards_of, visible_decisions
from dayline.decisions.schemas import RelationOut
from dayline.identity.caller import Caller
from dayline.kernel.db import events


async def relations_of(caller: Caller, decision: Decision) -> dict[str, list[RelationOut]]:
    """The related decisions that the caller sees, by the field names of `DecisionOut`.

    Later decisions that were withdrawn are left out.
    """
    earlier = await _related(caller, _earlier(decision.id), decision)
    later = await _related(caller, _later(decision.id))
    supersedes, amends = RelationKind.SUPERSEDES, RelationKind.AMENDS
    return {
        "supersedes": [each for each in earlier if each.kind is supersedes],
        "amends": [each for each in earlier if each.kind is amends],
        "superseded_by_all": [each for each in later if each.kind is supersedes],
        "amended_by": [each for each in later if each.kind is amends],
    }


def _earlier(decision_id: UUID) -> Select[Decision, RelationKind]:
    return _joined(
        col(Decision.id) == col(DecisionRelation.earlier_id),
        col(DecisionRelation.decision_id) == decision_id,
    )


def _later(decision_id: UUID) -> Select[Decision, RelationKind]:
    return _joined(
        col(Decision.id) == col(DecisionRelation.decision_id),
        col(DecisionRelation.earlier_id) == decision_id,
        col(Decision.status) != DecisionStatus.WITHDRAWN,
    )


def _joined(other: Any, *which: Any) -> Select[Decision, RelationKind]:
    here = col(Decision.workspace_id) == col(DecisionRelation.workspace_id)
    return (
        select(Decision, col(DecisionRelation.kind))
        .join(DecisionRelation, here & other)
        .where(*which)
        .order_by(col(Decision.number))
    )


async def _related(
    caller: Caller, statement: Select[Decision, RelationKind], later: Decision | None = None
) -> list[RelationOut]:
    rows = await caller.session.execute(statement.where(visible_decisions(caller)))
    return [
        RelationOut(
            kind=kind,
            key=key_of(other.number),
            title=other.title,
            status=other.status,
            is_in_force=(later or other).status is DecisionStatus.DECIDED,
        )
        for other, kind in rows
    ]


async def record_superseded(caller: Caller, decision: Decision) -> None:
    """Record a change of each decision that this one, now decided, supersedes."""
    rows = await caller.session.scalars(
        select(Decision)
        .join(
            DecisionRelation,
            (col(Decision.workspace_id) == col(DecisionRelation.workspace_id))
            & (col(Decision.id) == col(DecisionRelation.earlier_id)),
        )
        .where(
            col(Decision.workspace_id) == caller.workspace_id,
            col(DecisionRelation.decision_id) == decision.id,
            col(DecisionRelation.kind) == RelationKind.SUPERSEDES,
        )
        .order_by(col(Decision.number))
    )
    for card in await cards_of(caller.session, rows.all()):
        told = DecisionChanged(decision=card, changed=["superseded_by"])
        events.record(caller.session, told, audience_of(card))
