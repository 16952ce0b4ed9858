"""Fast reads, for the few lists that everyone loads all day.

Their statements are compiled once per shape and run on the driver's own connection, and PostgreSQL
encodes the JSON. The results equal those of ordinary code (`tests/kernel/test_reads.py`), in a
tenth of the time: `docs/decisions/0017`.
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
    """Select each row of `found`, in order, as a JSON object that equals Pydantic's encoding.

    The order and the limit stay in the subquery, so that only selected rows are encoded.
    """
    row = found.subquery("row")
    written = select(*(_written(column) for column in row.c)).subquery("document")
    return select(cast(func.row_to_json(literal_column("document")), Text)).select_from(written)


_INSTANT: ColumnElement[str] = literal_column("""'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'""")
_WHOLE: ColumnElement[str] = literal_column("'.000000Z'")
_FOREVER: ColumnElement[date] = literal_column("'infinity'::date")
_LAST_DAY: ColumnElement[date] = literal_column("'9999-12-31'::date")


def _written(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return how a column is encoded: instants in UTC with six digits of a second or none.

    The driver stores the last day as infinity, so it is mapped back.
    """
    if isinstance(column.type, DateTime | UTCDateTime):
        exact = func.to_char(column, _INSTANT)
        return func.replace(exact, _WHOLE, literal_column("'Z'")).label(column.key)
    if isinstance(column.type, Date):
        return case((column == _FOREVER, _LAST_DAY), else_=column).label(column.key)
    return column


def listed(documents: Iterable[str], headers: dict[str, str]) -> Response:
    """Return a JSON response that lists these documents, with these headers."""
    body = f"[{','.join(documents)}]".encode()
    return Response(body, headers=headers, media_type="application/json")
