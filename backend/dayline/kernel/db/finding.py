"""Finding one row: what is not there, or not for whoever asks, is one problem."""

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
    """The one row that a statement finds, `for_update` locked as it is now. Raises NotFound."""
    found: Row | None = await session.scalar(locked(statement) if for_update else statement)
    if found is None:
        raise NotFound
    return found


async def count(
    session: AsyncSession, kind: type[WorkspaceRow], *which: ColumnElement[bool]
) -> int:
    """How many rows of a table there are in the workspace."""
    here = col(kind.workspace_id) == scope_of(session).workspace_id
    counted = select(func.count()).select_from(kind).where(here, *which)
    return await session.scalar(counted) or 0


def locked(statement: Select[Any]) -> Select[Any]:
    """The rows of the statement's first table as they are now, held until the commit.

    Rows that point to them may still come.
    """
    kind = statement.column_descriptions[0]["entity"]
    held = statement.with_for_update(key_share=True, of=kind)
    return held.execution_options(populate_existing=True)
