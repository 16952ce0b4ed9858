"""The transaction of an import into a workspace: everything is imported, or nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from dayline.core.phrase import Phrase
from dayline.kernel.db.clock import Clock, transaction_now
from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from dayline.kernel.http.readiness import newest_revision
from dayline.kernel.ops.fault import Fault, reason_of_error

_TAKEN_OR_GONE = {"23503", "23505"}
"""PostgreSQL's codes for violated foreign keys and unique constraints."""


class ImportFault(Fault):
    """An import that failed without changing anything."""


@asynccontextmanager
async def entered(
    sessions: Sessions, clock: Clock, slug: str, *, dry_run: bool = False
) -> AsyncIterator[AsyncSession]:
    """A transaction in the workspace `slug`, rolled back by a dry run. Raises ImportFault."""
    try:
        async with sessions() as session, session.begin() as transaction:
            await _enter(session, clock, slug)
            yield session
            if dry_run:
                await transaction.rollback()
    except (DBAPIError, OSError) as fault:
        if getattr(getattr(fault, "orig", None), "sqlstate", None) in _TAKEN_OR_GONE:
            raise ImportFault(Phrase("imports.changed-meanwhile", slug=slug)) from None
        said = Phrase("commands.database-refused", reason=reason_of_error(fault))
        raise ImportFault(said) from None


async def _enter(session: AsyncSession, clock: Clock, slug: str) -> None:
    """Enter the workspace, and lock out other imports into it until the transaction ends.

    Raises ImportFault.
    """
    if await session.scalar(text("SELECT version_num FROM alembic_version")) != newest_revision():
        raise ImportFault(Phrase("imports.other-version"))
    found = text("SELECT find_workspace(:slug)")
    workspace_id: UUID | None = await session.scalar(found, {"slug": slug})
    if workspace_id is None:
        raise ImportFault(Phrase("imports.no-workspace", slug=slug))
    await enter_workspace(session, Scope(workspace_id, await transaction_now(session, clock), None))
    key = func.hashtextextended(f"import:{workspace_id}", 0)
    if not await session.scalar(select(func.pg_try_advisory_xact_lock(key))):
        raise ImportFault(Phrase("imports.another-running", slug=slug))
