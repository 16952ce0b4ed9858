"""Deleting rows after their retention period, with a transaction per workspace."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlmodel import col

from dayline.kernel.db.clock import Clock, transaction_now
from dayline.kernel.db.columns import WorkspaceRow
from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from dayline.kernel.db.each import in_each


@dataclass(frozen=True, slots=True)
class Retention:
    """How long the rows of a table are kept after the instant in one of their columns."""

    table: type[WorkspaceRow]
    column: Any
    kept: timedelta
    finder: str
    """The SQL function that returns the workspaces with rows from before an instant."""

    async def prune(self, sessions: Sessions, clock: Clock) -> int:
        """Delete the rows whose period is over. Returns how many.

        Raises an ExceptionGroup of all errors, after every workspace was tried.
        """
        async with sessions() as session, session.begin():
            now = await transaction_now(session, clock)
            old = getattr(func, self.finder)(now - self.kept).table_valued("workspace_id")
            workspaces = (await session.scalars(select(old.c.workspace_id))).all()

        async def prune_in(workspace_id: UUID) -> int:
            return await self._prune_in(sessions, Scope(workspace_id, now, None))

        return await in_each(workspaces, prune_in)

    async def _prune_in(self, sessions: Sessions, scope: Scope) -> int:
        async with sessions() as session, session.begin():
            await enter_workspace(session, scope)
            gone = await session.scalars(
                delete(self.table)
                .where(
                    col(self.table.workspace_id) == scope.workspace_id,
                    col(self.column) < scope.now - self.kept,
                )
                .returning(col(self.table.id))
            )
            return len(gone.all())
