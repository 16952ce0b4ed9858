"""What falls due in decisions: deadlines for input, reminders, and days of review.

Each is done once, whoever does it and however many do: what somebody else holds is passed over.
What fell due while nobody worked is done as soon as somebody does, and dated as it should have
been.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.decisions.closing import close
from dayline.decisions.models import Decision, DecisionStatus
from dayline.decisions.queries import locked
from dayline.decisions.reminding import remind_next
from dayline.decisions.reviewing import tell_next
from dayline.kernel.agenda import Agenda
from dayline.kernel.clock import Clock, transaction_now
from dayline.kernel.database import Scope, Sessions, enter_workspace


async def do_next(sessions: Sessions, clock: Clock, workspace_id: UUID) -> bool:
    """Do one thing in a workspace that is due, deadlines first; whether there was one."""
    return (
        await close_next(sessions, clock, workspace_id)
        or await remind_next(sessions, clock, workspace_id)
        or await tell_next(sessions, clock, workspace_id)
    )


AGENDA = Agenda("workspaces_with_decisions_due", "next_decision_at", do_next)


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
