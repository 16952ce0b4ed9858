"""Closing a decision: the time for input ends and the decider is asked for the outcome."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.calendars.locking import lock_people
from dayline.core.agreement import ClauseKind
from dayline.decisions.events import DecisionClosed, audience_of
from dayline.decisions.models import Decision, DecisionInput, DecisionStakeholder, DecisionStatus
from dayline.decisions.queries import answers, card_of
from dayline.identity.caller import Caller
from dayline.kernel.db import events
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.finding import locked
from dayline.kernel.jobs.due_queue import Handler
from dayline.kernel.jobs.failed_jobs import Queue, held_back
from dayline.members.access import Person
from dayline.members.models import Member
from dayline.timers import deciding as timers
from dayline.timers.starting import Ask


async def close_if_all_answered(session: AsyncSession, decision: Decision) -> None:
    """Close a locked, open decision once every stakeholder who can still answer has answered."""
    if decision.closed_at is None and await _all_answered(session, decision):
        await close(session, decision)


async def lock_what_waits_for(
    session: AsyncSession, member_id: UUID, _project_ids: Collection[UUID]
) -> None:
    """Lock the open decisions that wait for a member's input, before the member's row changes.

    The caller holds the membership lock, so no decision is opened meanwhile.
    """
    await _waiting_for(session, member_id)


async def lock_who_decides(
    session: AsyncSession, member_id: UUID, _project_ids: Collection[UUID]
) -> None:
    """Lock the deciders who may be asked next when a member's input is no longer awaited."""
    waiting = await _waiting_for(session, member_id)
    deciders = {each.decider_id for each in waiting if each.decider_id is not None}
    if deciders:
        await lock_people(session, deciders)


async def close_if_waiting_only_for(session: AsyncSession, member: Member) -> None:
    """Close the decisions that waited only for this member, who lost access or became a guest.

    Does nothing for a member who can still answer.
    """
    if member.is_teammate:
        return
    for decision in await _waiting_for(session, member.id):
        await close_if_all_answered(session, decision)


async def _waiting_for(session: AsyncSession, member_id: UUID) -> Sequence[Decision]:
    """Lock and return the open decisions in which a member is a stakeholder."""
    here = scope_of(session).workspace_id
    asked = select(col(DecisionStakeholder.decision_id)).where(
        col(DecisionStakeholder.workspace_id) == here,
        col(DecisionStakeholder.member_id) == member_id,
    )
    waiting = await session.scalars(
        locked(
            select(Decision)
            .where(
                col(Decision.workspace_id) == here,
                col(Decision.status) == DecisionStatus.OPEN,
                col(Decision.closed_at).is_(None),
                col(Decision.id).in_(asked),
            )
            .order_by(col(Decision.id))
        )
    )
    return waiting.all()


async def _all_answered(session: AsyncSession, decision: Decision) -> bool:
    """Whether every stakeholder with access has answered. Members without access don't count."""
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
        & Member.is_teammate
    )


async def close(session: AsyncSession, decision: Decision) -> None:
    """Close a locked, open decision: now, or as of its deadline if that has passed.

    The decider's answer time runs from that instant, even if this is called later.
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


async def reassign_decider(caller: Caller, decision: Decision) -> None:
    """Ask the new decider of a closed decision, and cancel the timer of the previous one.

    The new decider is locked. Does nothing while the decision is not closed.
    """
    if decision.closed_at is None or decision.message_id is None:
        return
    await timers.cancel_decider_timer(caller.session, decision.message_id)
    await _ask_decider(caller.session, decision, caller.now)


async def _ask_decider(session: AsyncSession, decision: Decision, since: datetime) -> None:
    """Ask the decider for the outcome. If they can't be asked, another decider must be named."""
    decider = await lock_decider(session, decision)
    if decider is not None and decider.is_teammate:
        await timers.ask_decider(session, ask_of(decision), decision.proposed_by, decider.id, since)


async def lock_decider(session: AsyncSession, decision: Decision) -> Person | None:
    """Lock and return the decider, or None if there is none. Call it before locking timers."""
    if decision.decider_id is None:
        return None
    return (await lock_people(session, [decision.decider_id])).get(decision.decider_id)


def ask_of(decision: Decision, kind: ClauseKind = ClauseKind.DECISION_OUTCOME) -> Ask:
    """The ask that the timers of an opened decision belong to. Raises ValueError for a draft."""
    if decision.message_id is None:
        raise ValueError("a draft asks nobody")
    return Ask(
        message_id=decision.message_id,
        topic_id=decision.topic_id,
        project_id=decision.project_id,
        kind=kind,
        urgent=False,
    )


_QUEUE = Queue.DECISION_DEADLINES


async def _close_due(session: AsyncSession, decision_id: UUID, _now: datetime) -> None:
    here = scope_of(session).workspace_id
    await close(session, await session.get_one(Decision, (here, decision_id)))


async def _claim_due(session: AsyncSession, workspace_id: UUID, now: datetime) -> UUID | None:
    """The open decision whose deadline passed the longest ago.

    Skips one that is locked by a stakeholder who is answering: that input counts first.
    """
    decision_id: UUID | None = await session.scalar(
        locked(
            select(col(Decision.id))
            .where(
                col(Decision.workspace_id) == workspace_id,
                col(Decision.status) == DecisionStatus.OPEN,
                col(Decision.closed_at).is_(None),
                col(Decision.input_due_at) <= now,
                col(Decision.id).not_in(held_back(_QUEUE, workspace_id, now)),
            )
            .order_by(col(Decision.input_due_at), col(Decision.id))
            .limit(1)
        ).with_for_update(key_share=True, of=Decision, skip_locked=True)
    )
    return decision_id


DEADLINES = Handler(_QUEUE, _claim_due, _close_due)
"""Closes decisions at their deadlines."""
