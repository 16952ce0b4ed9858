"""Bulk inserts: a past has too many rows to insert them one by one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic_core import to_json
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import class_mapper
from sqlmodel import SQLModel

AT_ONCE = 2000
"""Rows per statement."""

Row = Mapping[str, Any]
"""The values of a row by column name. A missing column is null."""


async def write(session: AsyncSession, rows: Iterable[SQLModel]) -> None:
    """Insert rows, table by table. A table's rows must come before those that reference them.

    The rows are not in the session afterwards: select them if you need objects.
    """
    by_table: defaultdict[type[SQLModel], list[Row]] = defaultdict(list)
    for row in rows:
        by_table[type(row)].append(row.model_dump())
    for table, held in by_table.items():
        await insert(session, table, held)


async def insert(session: AsyncSession, table: type[SQLModel], rows: Sequence[Row]) -> None:
    """Insert rows of one table from plain values, which is faster for many than objects.

    COPY would not be faster, and PostgreSQL refuses it under row-level security.
    """
    name = table.__tablename__
    written = (each.name for each in class_mapper(table).columns if each.computed is None)
    columns = ", ".join(written)
    statement = text(
        f"INSERT INTO {name} ({columns}) SELECT {columns} "  # noqa: S608 -- our table
        f"FROM jsonb_populate_recordset(NULL::{name}, CAST(:rows AS jsonb))"
    )
    for first in range(0, len(rows), AT_ONCE):
        chunk = to_json(rows[first : first + AT_ONCE]).decode()
        await session.execute(statement, {"rows": chunk})
