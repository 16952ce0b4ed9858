"""Reading decisions: who sees which, their cards and their parts."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.decisions.keys import key_of, number_of
from dayline.decisions.models import (
    Decision,
    DecisionInput,
    DecisionOption,
    DecisionRelation,
    DecisionStakeholder,
    DecisionStatus,
    RelationKind,
)
from dayline.decisions.schemas import DecisionCard, StakeholderCard
from dayline.identity.caller import Caller
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.finding import find_one
from dayline.projects.queries import projects_of

UNSETTLED = (DecisionStatus.DRAFT, DecisionStatus.OPEN)
"""The statuses of the decisions in a snapshot: those that still need something done."""


def visible_decisions(caller: Caller) -> ColumnElement[bool]:
    """Matches the decisions that the caller sees. Guests see the public ones of their projects."""
    here: ColumnElement[bool] = col(Decision.workspace_id) == caller.workspace_id
    if caller.is_guest:
        return here & col(Decision.is_public) & col(Decision.project_id).in_(projects_of(caller))
    return here


async def get_decision(caller: Caller, key: str, *, for_update: bool = False) -> Decision:
    """The decision with this key. Raises NotFound if the caller sees none."""
    which = visible_decisions(caller), col(Decision.number) == number_of(key)
    return await find_one(caller.session, select(Decision).where(*which), for_update=for_update)


async def unsettled_decisions(caller: Caller) -> list[DecisionCard]:
    """Every draft and open decision that the caller sees, as in the snapshot."""
    which = visible_decisions(caller) & col(Decision.status).in_(UNSETTLED)
    found = await caller.session.scalars(select(Decision).where(which).order_by(col(Decision.id)))
    return await cards_of(caller.session, found.all())


async def card_of(session: AsyncSession, decision: Decision) -> DecisionCard:
    """The card of a decision as events carry it, the same for every caller."""
    return (await cards_of(session, [decision]))[0]


async def cards_of(session: AsyncSession, decisions: Sequence[Decision]) -> list[DecisionCard]:
    """The cards of decisions, in the given order, as lists and events show them."""
    ids = [decision.id for decision in decisions]
    stakeholders = await _stakeholder_cards(session, ids)
    later = await _superseding(session, ids)
    return [
        DecisionCard(
            **{name: getattr(decision, name) for name in _AS_THEY_ARE},
            key=key_of(decision.number),
            stakeholders=stakeholders[decision.id],
            superseded_by=later.get(decision.id),
        )
        for decision in decisions
    ]


_AS_THEY_ARE = DecisionCard.model_fields.keys() - {"key", "stakeholders", "superseded_by"}


async def _stakeholder_cards(
    session: AsyncSession, ids: Collection[UUID]
) -> dict[UUID, list[StakeholderCard]]:
    rows = await session.execute(
        select(
            col(DecisionStakeholder.decision_id),
            col(DecisionStakeholder.member_id),
            col(DecisionStakeholder.asked_for),
            col(DecisionInput.id).is_not(None).label("has_answered"),
            col(DecisionStakeholder.read_at).is_not(None).label("has_read"),
        )
        .outerjoin(DecisionInput, answers())
        .where(
            col(DecisionStakeholder.workspace_id) == scope_of(session).workspace_id,
            col(DecisionStakeholder.decision_id).in_(ids),
        )
        .order_by(col(DecisionStakeholder.member_id))
    )
    found: dict[UUID, list[StakeholderCard]] = defaultdict(list)
    for row in rows:
        found[row.decision_id].append(StakeholderCard.model_validate(row))
    return found


def answers() -> ColumnElement[bool]:
    """Joins a stakeholder with their current input."""
    return and_(
        col(DecisionInput.workspace_id) == col(DecisionStakeholder.workspace_id),
        col(DecisionInput.decision_id) == col(DecisionStakeholder.decision_id),
        col(DecisionInput.member_id) == col(DecisionStakeholder.member_id),
        col(DecisionInput.replaced_at).is_(None),
    )


async def _superseding(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    """For each id, the key of the latest decided decision that supersedes it."""
    later = and_(
        col(Decision.workspace_id) == col(DecisionRelation.workspace_id),
        col(Decision.id) == col(DecisionRelation.decision_id),
    )
    rows = await session.execute(
        select(col(DecisionRelation.earlier_id), func.max(col(Decision.number)))
        .join(Decision, later)
        .where(
            col(DecisionRelation.workspace_id) == scope_of(session).workspace_id,
            col(DecisionRelation.earlier_id).in_(ids),
            col(DecisionRelation.kind) == RelationKind.SUPERSEDES,
            col(Decision.status) == DecisionStatus.DECIDED,
        )
        .group_by(col(DecisionRelation.earlier_id))
    )
    return {row[0]: key_of(row[1]) for row in rows}


async def options_of(session: AsyncSession, decision_id: UUID) -> Sequence[DecisionOption]:
    """The options of a decision, in their order."""
    rows = await session.scalars(
        select(DecisionOption)
        .where(
            col(DecisionOption.workspace_id) == scope_of(session).workspace_id,
            col(DecisionOption.decision_id) == decision_id,
        )
        .order_by(col(DecisionOption.position))
    )
    return rows.all()


async def stakeholders_of(
    session: AsyncSession, decision_id: UUID
) -> Sequence[DecisionStakeholder]:
    """The stakeholders of a decision, by member id."""
    rows = await session.scalars(
        select(DecisionStakeholder)
        .where(
            col(DecisionStakeholder.workspace_id) == scope_of(session).workspace_id,
            col(DecisionStakeholder.decision_id) == decision_id,
        )
        .order_by(col(DecisionStakeholder.member_id))
    )
    return rows.all()


async def inputs_of(
    session: AsyncSession, decision_id: UUID, *, with_history: bool = False
) -> Sequence[DecisionInput]:
    """The current inputs to a decision, oldest first. With `with_history`, replaced ones too."""
    statement = select(DecisionInput).where(
        col(DecisionInput.workspace_id) == scope_of(session).workspace_id,
        col(DecisionInput.decision_id) == decision_id,
    )
    if not with_history:
        statement = statement.where(col(DecisionInput.replaced_at).is_(None))
    order = col(DecisionInput.given_at), col(DecisionInput.id)
    return (await session.scalars(statement.order_by(*order))).all()


async def answered_ids(session: AsyncSession, decision_id: UUID) -> set[UUID]:
    """The ids of the members whose current input a decision has."""
    return {each.member_id for each in await inputs_of(session, decision_id)}
