"""Closing: the time for input is over, and the decider is asked."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.accounts.caller import Caller
from dayline.accounts.models import Member, Role
from dayline.core.agreement import ClauseKind
from dayline.decisions.events import DecisionClosed, audience_of
from dayline.decisions.models import (
    Decision,
    DecisionInput,
    DecisionStakeholder,
    DecisionStatus,
)
from dayline.decisions.queries import answers, card_of, locked
from dayline.kernel import events
from dayline.kernel.database import scope_of
from dayline.timers import deciding as timers
from dayline.timers.actions import Ask
from dayline.timers.holding import hold_calendars


async def close_if_all_answered(session: AsyncSession, decision: Decision) -> None:
    """Close an open decision, which is held, when all who can still answer have."""
    if decision.closed_at is None and await _all_answered(session, decision):
        await close(session, decision)


async def go_on_without(session: AsyncSession, member: Member) -> None:
    """A member's card changed: what waits for the input of who has no access, or is a guest now,
    and of nobody else, closes.
    """
    if member.disabled_at is None and member.role is not Role.GUEST:
        return
    asked = select(col(DecisionStakeholder.decision_id)).where(
        col(DecisionStakeholder.workspace_id) == member.workspace_id,
        col(DecisionStakeholder.member_id) == member.id,
    )
    waiting = await session.scalars(
        locked(
            select(Decision)
            .where(
                col(Decision.workspace_id) == member.workspace_id,
                col(Decision.status) == DecisionStatus.OPEN,
                col(Decision.closed_at).is_(None),
                col(Decision.id).in_(asked),
            )
            .order_by(col(Decision.id))
        )
    )
    for decision in waiting.all():
        await close_if_all_answered(session, decision)


async def _all_answered(session: AsyncSession, decision: Decision) -> bool:
    """Whether nobody with access is left who has not; who lost it cannot any more."""
    left = await session.scalar(
        select(col(DecisionStakeholder.id))
        .join(Member, _is_able())
        .outerjoin(DecisionInput, answers())
        .where(
            col(DecisionStakeholder.workspace_id) == decision.workspace_id,
            col(DecisionStakeholder.decision_id) == decision.id,
            col(DecisionInput.id).is_(None),
        )
        .limit(1)
    )
    return left is None


def _is_able() -> ColumnElement[bool]:
    return (
        (col(Member.workspace_id) == col(DecisionStakeholder.workspace_id))
        & (col(Member.id) == col(DecisionStakeholder.member_id))
        & col(Member.disabled_at).is_(None)
        & (col(Member.role) != Role.GUEST)
    )


async def close(session: AsyncSession, decision: Decision) -> None:
    """Close an open decision, which is held: now, or at its deadline where that has passed.

    The decider's time runs from then, whenever this is done.
    """
    now = scope_of(session).now
    due = decision.input_due_at or now
    decision.closed_at = min(now, due)
    decision.updated_at = now
    decision.rev += 1
    await session.flush()
    await _ask_decider(session, decision, decision.closed_at)
    closed = DecisionClosed(decision=await card_of(session, decision))
    events.record(session, closed, audience_of(decision))


async def hand_over(caller: Caller, decision: Decision) -> None:
    """Another member decides: where it is closed, they are asked now, and the other no longer."""
    if decision.closed_at is None or decision.message_id is None:
        return
    await hold_calendars(caller.session, [decision.decider_id or decision.proposed_by])
    await timers.forget_decider(caller.session, decision.message_id)
    await _ask_decider(caller.session, decision, caller.now)


async def _ask_decider(session: AsyncSession, decision: Decision, since: datetime) -> None:
    if decision.decider_id is not None and await _has_access(session, decision.decider_id):
        await timers.ask_decider(
            session, ask_of(decision), decision.proposed_by, decision.decider_id, since
        )


async def _has_access(session: AsyncSession, member_id: UUID) -> bool:
    found = await session.scalar(
        select(col(Member.id)).where(
            col(Member.workspace_id) == scope_of(session).workspace_id,
            col(Member.id) == member_id,
            col(Member.disabled_at).is_(None),
            col(Member.role) != Role.GUEST,
        )
    )
    return found is not None


def ask_of(decision: Decision, kind: ClauseKind = ClauseKind.DECISION_OUTCOME) -> Ask:
    """What the timers of a decision hang on. It has been opened."""
    if decision.message_id is None:
        raise ValueError("a draft asks nobody")
    return Ask(
        message_id=decision.message_id,
        topic_id=decision.topic_id,
        project_id=decision.project_id,
        kind=kind,
        urgent=False,
    )
