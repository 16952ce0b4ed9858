"""Finding rows. A missing row and one that the caller may not see raise the same problem."""

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.kernel.db.columns import WorkspaceRow
from dayline.kernel.db.database import scope_of
from dayline.kernel.errors import NotFound

Row = TypeVar("Row")


async def find_one(
    session: AsyncSession, statement: Select[Row], *, for_update: bool = False
) -> Row:
    """Return the row that a statement selects, locked with `for_update`. Raises NotFound."""
    found: Row | None = await session.scalar(locked(statement) if for_update else statement)
    if found is None:
        raise NotFound
    return found


async def count(
    session: AsyncSession, kind: type[WorkspaceRow], *which: ColumnElement[bool]
) -> int:
    """Return how many rows of a table in the workspace match."""
    here = col(kind.workspace_id) == scope_of(session).workspace_id
    counted = select(func.count()).select_from(kind).where(here, *which)
    return await session.scalar(counted) or 0


def locked(statement: Select[Any]) -> Select[Any]:
    """Lock the rows of the statement's first table, and refresh them.

    Other transactions may still insert rows that reference them.
    """
    kind = statement.column_descriptions[0]["entity"]
    held = statement.with_for_update(key_share=True, of=kind)
    return held.execution_options(populate_existing=True)
