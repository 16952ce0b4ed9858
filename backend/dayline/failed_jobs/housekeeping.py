"""Housekeeping: failed jobs whose item is gone are forgotten."""

from datetime import timedelta

from sqlalchemy import delete, text
from sqlmodel import col

from dayline.kernel.db.clock import Clock, transaction_now
from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from dayline.kernel.db.each import in_each
from dayline.kernel.jobs.failed_jobs import FailedJob

OVERDUE = timedelta(days=1)
"""A job that nothing tried for so long after its instant is about something that is gone."""


async def prune(sessions: Sessions, clock: Clock) -> int:
    """Forget jobs that were to be tried a day ago, and were not. Returns how many rows."""
    async with sessions() as session, session.begin():
        now = await transaction_now(session, clock)
        old = text("SELECT workspace_id FROM workspaces_with_old_jobs(:before)")
        workspaces = (await session.scalars(old, {"before": now - OVERDUE})).all()
    return await in_each(workspaces, lambda id_: _prune_in(sessions, Scope(id_, now, None)))


async def _prune_in(sessions: Sessions, scope: Scope) -> int:
    async with sessions() as session, session.begin():
        await enter_workspace(session, scope)
        gone = await session.scalars(
            delete(FailedJob)
            .where(
                col(FailedJob.workspace_id) == scope.workspace_id,
                col(FailedJob.retry_at) < scope.now - OVERDUE,
            )
            .returning(col(FailedJob.id))
        )
        return len(gone.all())
