"""What falls due in decisions: deadlines for input, reminders, and days of review.

Each is done once, whoever does it and however many do: what somebody else holds is passed over.
What fell due while nobody worked is done as soon as somebody does, and dated as it should have
been.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.decisions.closing import close
from dayline.decisions.models import Decision, DecisionStatus
from dayline.decisions.queries import locked
from dayline.decisions.reminding import remind_next
from dayline.decisions.reviewing import tell_next
from dayline.kernel.clock import Clock, transaction_now
from dayline.kernel.database import Scope, Sessions, enter_workspace

WORKSPACES = 1000
"""Workspaces that one look finds."""

_DUE = text("SELECT workspace_id FROM workspaces_with_decisions_due(:at, :most)")
_NEXT = text("SELECT next_decision_at()")


async def do_due(sessions: Sessions, clock: Clock, announce: Callable[[UUID], None]) -> int:
    """Do all that is due now; how many things that were.

    `announce` is told each workspace of one, after the commit. Raises what went wrong in a
    workspace, after the others had their turn.
    """
    async with sessions() as session, session.begin():
        at = await transaction_now(session, clock)
        found = list(await session.scalars(_DUE, {"at": at, "most": WORKSPACES}))
    done, faults = 0, list[Exception]()
    for workspace_id in found:
        try:
            while await do_next(sessions, clock, workspace_id):
                done += 1
                announce(workspace_id)
        except Exception as fault:
            faults.append(fault)
    if faults:
        raise ExceptionGroup("some workspaces were passed over", faults)
    return done


async def next_in(sessions: Sessions, clock: Clock) -> timedelta | None:
    """In how long the next thing is due; None where nothing waits."""
    async with sessions() as session, session.begin():
        now = await transaction_now(session, clock)
        at: datetime | None = await session.scalar(_NEXT)
        return None if at is None else at - now


async def do_next(sessions: Sessions, clock: Clock, workspace_id: UUID) -> bool:
    """Do one thing in a workspace that is due, deadlines first; whether there was one."""
    return (
        await close_next(sessions, clock, workspace_id)
        or await remind_next(sessions, clock, workspace_id)
        or await tell_next(sessions, clock, workspace_id)
    )


async def close_next(sessions: Sessions, clock: Clock, workspace_id: UUID) -> bool:
    """Close the decision of a workspace whose deadline passed longest ago; whether there was one.

    One to which somebody just answers is passed over: that input is counted first.
    """
    async with sessions() as session, session.begin():
        now = await transaction_now(session, clock)
        await enter_workspace(session, Scope(workspace_id, now, None))
        decision = await _to_close(session, workspace_id, now)
        if decision is None:
            return False
        await close(session, decision)
        return True


async def _to_close(session: AsyncSession, workspace_id: UUID, now: datetime) -> Decision | None:
    decision: Decision | None = await session.scalar(
        locked(
            select(Decision)
            .where(
                col(Decision.workspace_id) == workspace_id,
                col(Decision.status) == DecisionStatus.OPEN,
                col(Decision.closed_at).is_(None),
                col(Decision.input_due_at) <= now,
            )
            .order_by(col(Decision.input_due_at), col(Decision.id))
            .limit(1)
        ).with_for_update(key_share=True, of=Decision, skip_locked=True)
    )
    return decision
