"""Hot reads: the few lists that everybody loads all day.

Their statements are built and compiled once for each shape, run on the driver's own connection,
and PostgreSQL writes the JSON, which passes through as it is. What they say is what the idiomatic
form says (`tests/kernel/test_reads.py`), in a tenth of its time: `docs/decisions/0017`.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Select,
    Text,
    case,
    cast,
    func,
    literal_column,
    select,
)
from sqlmodel.sql.sqltypes import UTCDateTime
from starlette.responses import Response


def json_rows(found: Select[Any]) -> Select[Any]:
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
