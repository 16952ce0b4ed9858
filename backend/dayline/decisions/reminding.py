"""Reminders to stakeholders who have not answered when half of their time is over.

A reminder is recorded in working hours, by the calendar at that moment. Outside them it is moved to
the next working hours, or dropped if there are none before the deadline.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.calendars.queries import member_calendars
from dayline.core.response import working_before
from dayline.core.worktime import epoch
from dayline.decisions.events import InputReminded
from dayline.decisions.models import Decision, DecisionStakeholder, DecisionStatus
from dayline.decisions.queries import card_of
from dayline.kernel.db import events
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.events import Audience
from dayline.kernel.jobs.due_queue import Handler
from dayline.kernel.jobs.failed_jobs import Queue, held_back
from dayline.projects.queries import members_who_see

REMINDS_AT = 50
"""Percent of the working time until the deadline."""

_QUEUE = Queue.DECISION_REMINDERS


async def _claim(session: AsyncSession, workspace_id: UUID, now: datetime) -> UUID | None:
    """The stakeholder whose reminder has been due for the longest time. Locks their decision.

    Skips decisions that are locked by another transaction: someone is answering, or another worker
    is reminding.
    """
    of_decision = (col(Decision.workspace_id) == col(DecisionStakeholder.workspace_id)) & (
        col(Decision.id) == col(DecisionStakeholder.decision_id)
    )
    return await session.scalar(
        select(col(DecisionStakeholder.id))
        .join(Decision, of_decision)
        .where(
            col(Decision.workspace_id) == workspace_id,
            col(Decision.status) == DecisionStatus.OPEN,
            col(Decision.closed_at).is_(None),
            col(DecisionStakeholder.reminded_at).is_(None),
            col(DecisionStakeholder.remind_at) <= now,
            col(DecisionStakeholder.id).not_in(held_back(_QUEUE, workspace_id, now)),
        )
        .order_by(col(DecisionStakeholder.remind_at), col(DecisionStakeholder.id))
        .limit(1)
        .with_for_update(key_share=True, of=Decision, skip_locked=True)
    )


async def _remind(session: AsyncSession, stakeholder_id: UUID, now: datetime) -> None:
    here = scope_of(session).workspace_id
    stakeholder = await session.get_one(DecisionStakeholder, (here, stakeholder_id))
    decision = await session.get_one(Decision, (here, stakeholder.decision_id))
    chance = await _chance(session, decision, stakeholder.member_id, now)
    if chance != now:
        stakeholder.remind_at = chance
        return
    stakeholder.reminded_at = now
    await session.flush()
    reminded = InputReminded(
        decision=await card_of(session, decision), member_id=stakeholder.member_id
    )
    events.record(session, reminded, Audience.member(stakeholder.member_id))


async def _chance(
    session: AsyncSession, decision: Decision, member_id: UUID, now: datetime
) -> datetime | None:
    """When to remind a member: now if they work, else when they work next, or None for never."""
    seeing = await members_who_see(session, decision.workspace_id, decision.project_id)
    if member_id not in seeing or decision.input_due_at is None:
        return None
    found = await member_calendars(session, decision.workspace_id, [member_id])
    calendar = found[member_id].compiled
    if calendar.is_working(epoch(now)) and now < decision.input_due_at:
        return now
    return working_before(calendar, now, decision.input_due_at)


REMINDERS = Handler(_QUEUE, _claim, _remind)
