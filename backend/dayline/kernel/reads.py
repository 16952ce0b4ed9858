"""Hot reads: the few lists that everybody loads all day.

Their statements are built and compiled once for each shape, run on the driver's own connection,
and PostgreSQL writes the JSON, which passes through as it is. What they say is what the idiomatic
form says (`tests/kernel/test_reads.py`), in a tenth of its time: `docs/decisions/0017`.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from asyncpg import Connection
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    DateTime,
    Executable,
    Select,
    Text,
    case,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.types import TypeEngine
from sqlmodel.sql.sqltypes import UTCDateTime
from starlette.responses import Response

_DIALECT = asyncpg_dialect()  # type: ignore[no-untyped-call]


class Prepared:
    """A statement compiled once. Its parameters without a value are given by name when it runs."""

    def __init__(self, statement: Executable) -> None:
        compiled = statement.compile(dialect=_DIALECT)  # type: ignore[attr-defined]
        self.sql = str(compiled)
        self._binds = [_Bind(compiled.binds[name]) for name in compiled.positiontup]

    def arguments(self, **given: Any) -> list[Any]:
        """The values of the parameters, as the driver takes them."""
        return [bind.value(given) for bind in self._binds]

    async def rows(self, connection: Connection, **given: Any) -> list[Any]:
        """What it finds."""
        found: list[Any] = await connection.fetch(self.sql, *self.arguments(**given))
        return found

    async def texts(self, connection: Connection, **given: Any) -> list[str]:
        """The first column of what it finds."""
        return [row[0] for row in await self.rows(connection, **given)]


class _Bind:
    """One parameter: a value that the statement holds, or one that is given."""

    def __init__(self, bind: BindParameter[Any]) -> None:
        self._name = bind.key
        self._is_given = bind.required
        kind: TypeEngine[Any] = bind.type.dialect_impl(_DIALECT)
        self._process = kind.bind_processor(_DIALECT) or _as_it_is
        self._held = None if bind.required else self._process(bind.effective_value)

    def value(self, given: dict[str, Any]) -> Any:
        return self._process(given[self._name]) if self._is_given else self._held


def _as_it_is(value: Any) -> Any:
    return value


@asynccontextmanager
async def connected(engine: AsyncEngine) -> AsyncIterator[Connection]:
    """A connection of the engine's pool, bare: the driver's own, in no transaction."""
    pooled = await engine.raw_connection()
    connection: Connection = pooled.driver_connection
    try:
        yield connection
    finally:
        if connection.is_closed() or connection.is_in_transaction():
            pooled.invalidate()
        pooled.close()


def documents(found: Select[Any]) -> Select[Any]:
    """Each row of `found`, in its order, as one JSON object just as Pydantic would write it.

    The order and the limit stay inside, so that only what is shown is written.
    """
    row = found.subquery("row")
    written = select(*(_written(column) for column in row.c)).subquery("document")
    return select(cast(func.row_to_json(literal_column("document")), Text)).select_from(written)


_INSTANT: ColumnElement[str] = literal_column("""'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'""")
_WHOLE: ColumnElement[str] = literal_column("'.000000Z'")
_FOREVER: ColumnElement[date] = literal_column("'infinity'::date")
_LAST_DAY: ColumnElement[date] = literal_column("'9999-12-31'::date")


def _written(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """An instant, in the connection's zone UTC, has six digits of a second or none.

    The driver stores the last day as infinity.
    """
    if isinstance(column.type, DateTime | UTCDateTime):
        exact = func.to_char(column, _INSTANT)
        return func.replace(exact, _WHOLE, literal_column("'Z'")).label(column.key)
    if isinstance(column.type, Date):
        return case((column == _FOREVER, _LAST_DAY), else_=column).label(column.key)
    return column


def listed(documents: Iterable[str], headers: dict[str, str]) -> Response:
    """An answer of these documents, with these headers."""
    body = f"[{','.join(documents)}]".encode()
    return Response(body, headers=headers, media_type="application/json")
