"""The queue of due work for decisions: deadlines for input, reminders and reviews.

Each item is handled once, however many workers run; rows locked by another transaction are skipped.
Work that came due while no worker ran is done once one runs, with the time at which it was due.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.decisions.closing import close
from dayline.decisions.models import Decision, DecisionStatus
from dayline.decisions.reminding import REMINDERS
from dayline.decisions.reviewing import REVIEWS
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.finding import locked
from dayline.kernel.jobs.due_queue import DueQueue, Handler
from dayline.kernel.jobs.failed_jobs import Queue, held_back

_QUEUE = Queue.DECISION_DEADLINES


async def _close(session: AsyncSession, decision_id: UUID, _now: datetime) -> None:
    here = scope_of(session).workspace_id
    await close(session, await session.get_one(Decision, (here, decision_id)))


async def _claim(session: AsyncSession, workspace_id: UUID, now: datetime) -> UUID | None:
    """The open decision whose deadline passed longest ago.

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


DEADLINES = Handler(_QUEUE, _claim, _close)
AGENDA = DueQueue(
    "workspaces_with_decisions_due", "next_decision_at", (DEADLINES, REMINDERS, REVIEWS)
)
