"""Housekeeping: files that hang on nothing are deleted, and then their rows."""

from datetime import timedelta

from sqlalchemy import delete, select, text
from sqlmodel import col

from dayline.attachments.models import Attachment
from dayline.kernel.clock import Clock, transaction_now
from dayline.kernel.database import Scope, Sessions, enter_workspace
from dayline.kernel.files import FileStore

KEPT = timedelta(hours=1)
"""So that a backup under way still finds what its snapshot names."""

_AT_ONCE = 500


async def prune(sessions: Sessions, clock: Clock, files: FileStore) -> int:
    """Delete what expired an hour ago, a workspace a transaction. Returns how many rows."""
    async with sessions() as session, session.begin():
        now = await transaction_now(session, clock)
        old = text("SELECT workspace_id FROM workspaces_with_old_attachments(:before)")
        workspaces = (await session.scalars(old, {"before": now - KEPT})).all()
    return sum([await _prune_in(sessions, Scope(id_, now, None), files) for id_ in workspaces])


async def _prune_in(sessions: Sessions, scope: Scope, files: FileStore) -> int:
    """Files go first: a row that stays behind is found again, a file would not be."""
    here = col(Attachment.workspace_id) == scope.workspace_id
    async with sessions() as session, session.begin():
        await enter_workspace(session, scope)
        expired = (
            await session.scalars(
                select(col(Attachment.id))
                .where(here, col(Attachment.expires_at) < scope.now - KEPT)
                .limit(_AT_ONCE)
                .with_for_update(skip_locked=True)
            )
        ).all()
        for attachment_id in expired:
            await files.remove(scope.workspace_id, attachment_id)
        await session.execute(delete(Attachment).where(here, col(Attachment.id).in_(expired)))
        return len(expired)
