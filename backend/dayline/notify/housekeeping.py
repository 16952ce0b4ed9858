"""Housekeeping: deliveries that were settled long ago are deleted."""

from datetime import timedelta

from sqlalchemy import delete, text
from sqlmodel import col

from dayline.kernel.db.clock import Clock, transaction_now
from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from dayline.kernel.db.each import in_each
from dayline.notify.models import Delivery

KEPT = timedelta(days=30)


async def prune(sessions: Sessions, clock: Clock) -> int:
    """Delete deliveries settled 30 days ago, a workspace a transaction. Returns how many rows."""
    async with sessions() as session, session.begin():
        now = await transaction_now(session, clock)
        old = text("SELECT workspace_id FROM workspaces_with_old_deliveries(:before)")
        workspaces = (await session.scalars(old, {"before": now - KEPT})).all()
    return await in_each(workspaces, lambda id_: _prune_in(sessions, Scope(id_, now, None)))


async def _prune_in(sessions: Sessions, scope: Scope) -> int:
    async with sessions() as session, session.begin():
        await enter_workspace(session, scope)
        gone = await session.scalars(
            delete(Delivery)
            .where(
                col(Delivery.workspace_id) == scope.workspace_id,
                col(Delivery.settled_at) < scope.now - KEPT,
            )
            .returning(col(Delivery.id))
        )
        return len(gone.all())
