"""Deleting unattached files, and then their rows."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.attachments.models import Attachment
from dayline.kernel.db.clock import Clock, transaction_now
from dayline.kernel.db.database import Sessions, scope_of
from dayline.kernel.db.each import in_each
from dayline.kernel.jobs.due_queue import Handler
from dayline.kernel.jobs.failed_jobs import Queue, held_back
from dayline.kernel.ops.files import FileStore

KEPT = timedelta(hours=1)
"""Time until an expired file is deleted, so that a running backup still finds it."""

_AT_ONCE = 500
"""The most files of a workspace that one run tries to delete."""


async def prune(sessions: Sessions, clock: Clock, files: FileStore) -> int:
    """Delete files that expired an hour ago, each in its own transaction. Returns how many.

    A file that can't be deleted is held back, and doesn't stop the others.
    """
    async with sessions() as session, session.begin():
        now = await transaction_now(session, clock)
        old = text("SELECT workspace_id FROM workspaces_with_old_attachments(:at, :before)")
        workspaces = (await session.scalars(old, {"at": now, "before": now - KEPT})).all()
    handler = Handler(Queue.FILES, _claim, partial(_delete, files))
    return await in_each(workspaces, lambda id_: _prune_in(handler, sessions, clock, id_))


async def _prune_in(handler: Handler, sessions: Sessions, clock: Clock, workspace_id: UUID) -> int:
    deleted = 0
    for _ in range(_AT_ONCE):
        outcome = await handler.do_next(sessions, clock, workspace_id)
        if outcome is None:
            break
        deleted += outcome
    return deleted


async def _claim(session: AsyncSession, workspace_id: UUID, now: datetime) -> UUID | None:
    return await session.scalar(
        select(col(Attachment.id))
        .where(
            col(Attachment.workspace_id) == workspace_id,
            col(Attachment.expires_at) < now - KEPT,
            col(Attachment.id).not_in(held_back(Queue.FILES, workspace_id, now)),
        )
        .order_by(col(Attachment.expires_at), col(Attachment.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )


async def _delete(files: FileStore, session: AsyncSession, file_id: UUID, _now: datetime) -> None:
    """Delete the file, then its row. A row that is left is found again, a file wouldn't be."""
    workspace_id = scope_of(session).workspace_id
    await files.remove(workspace_id, file_id)
    await session.execute(
        delete(Attachment).where(
            col(Attachment.workspace_id) == workspace_id, col(Attachment.id) == file_id
        )
    )
