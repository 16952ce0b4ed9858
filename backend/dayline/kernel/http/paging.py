"""Pages of lists, with keyset cursors: they stay stable while rows are added or removed."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar, TypeVarTuple, cast

from fastapi import Depends, Query, Request, Response
from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python
from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    bindparam,
    literal_column,
    or_,
    tuple_,
)
from sqlalchemy.types import TypeEngine
from starlette.requests import HTTPConnection

from dayline.core.phrase import Phrase
from dayline.kernel.errors import Invalid

T = TypeVar("T")
Columns = TypeVarTuple("Columns")

MOST = 200


@dataclass(frozen=True, slots=True)
class Key:
    """One column of a list's order, never null, whose values have the type `type`."""

    column: SQLColumnExpression[Any]
    type: Any
    descending: bool = False

    def after(self, value: Any) -> ColumnElement[bool]:
        """Select the rows after `value` in this column's direction."""
        behind: ColumnElement[bool] = (
            self.column < value if self.descending else self.column > value
        )
        return behind

    def bound(self, value: Any) -> BindParameter[Any]:
        """Return a value of the column as a bound parameter."""
        return bindparam(None, value, type_=self._kind)

    def given(self, name: str) -> BindParameter[Any]:
        """Return a parameter named `name`, whose value is passed when the statement runs."""
        return bindparam(name, type_=self._kind)

    def storable(self, value: Any) -> Any:
        """Return the value in a form that PostgreSQL can store in this column, instants in UTC.

        Raises OverflowError or ValueError if it can't: a cursor may be forged.
        """
        if isinstance(value, datetime):
            return value.astimezone(UTC)
        if isinstance(value, int):
            bits = 64 if isinstance(self._kind, BigInteger) else 32
            value.to_bytes(bits // 8, signed=True)
        if isinstance(value, str) and b"\0" in value.encode():  # encode refuses lone surrogates
            raise ValueError("holds a zero character")
        return value

    @property
    def _kind(self) -> TypeEngine[Any]:
        return cast("ColumnElement[Any]", self.column).type

    def ordered(self) -> ColumnElement[Any]:
        """Return the column in its direction."""
        return self.column.desc() if self.descending else self.column.asc()


@dataclass(frozen=True, slots=True)
class PageRequest:
    """How many rows the client wants, and the cursor after which they start."""

    limit: int
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of a list, and the cursor of the next part, if any."""

    items: Sequence[T]
    next_cursor: str | None


async def _page_request(
    limit: Annotated[
        int, Query(ge=1, le=MOST, description="The maximum number of items on a page.")
    ] = 50,
    cursor: Annotated[
        str | None,
        Query(
            max_length=1000,
            description="Where to continue, from the `next` link of the page before.",
        ),
    ] = None,
) -> PageRequest:
    return PageRequest(limit, cursor)


Paging = Annotated[PageRequest, Depends(_page_request)]


def paged(
    statement: Select[*Columns], order: Sequence[Key], page: PageRequest, name: str
) -> Select[*Columns]:
    """Order `statement`, and limit it to one page plus one row, which shows whether more follow.

    `name` is the order's name. Raises Invalid for a cursor of another order.
    """
    if page.cursor is not None:
        found = zip(order, _decode(page.cursor, order, name), strict=True)
        statement = statement.where(_behind(order, [key.bound(value) for key, value in found]))
    return _cut_short(statement, order, page.limit)


def paged_anywhere(
    statement: Select[*Columns], order: Sequence[Key], limit: int, *, behind: bool
) -> Select[*Columns]:
    """Do the same with a parameter for the cursor, or for the first page. See `place`."""
    if behind:
        values = [key.given(_PLACE % at) for at, key in enumerate(order)]
        statement = statement.where(_behind(order, values))
    return _cut_short(statement, order, limit)


def place(order: Sequence[Key], page: PageRequest, name: str) -> dict[str, Any]:
    """Return the parameters of `paged_anywhere` for a page. Empty for the first one."""
    if page.cursor is None:
        return {}
    values = _decode(page.cursor, order, name)
    return {_PLACE % at: value for at, value in enumerate(values)}


_PLACE = "behind_%d"


def _cut_short(statement: Select[*Columns], order: Sequence[Key], limit: int) -> Select[*Columns]:
    ordered = statement.order_by(*(key.ordered() for key in order))
    return ordered.limit(literal_column(str(limit + 1)))  # so that the planner knows the limit


def cut(
    rows: Sequence[T], page: PageRequest, name: str, key: Callable[[T], Sequence[Any]]
) -> Page[T]:
    """Return the page of rows that `paged` selected. `key` returns a row's values in the order."""
    if len(rows) <= page.limit:
        return Page(rows, None)
    kept = rows[: page.limit]
    return Page(kept, _encode(key(kept[-1]), name))


def link_next(request: Request, response: Response, page: Page[Any]) -> None:
    """Add the link to the next page, if any, to the response (RFC 8288)."""
    response.headers.update(next_link(request, page))


def next_link(request: HTTPConnection, page: Page[Any]) -> dict[str, str]:
    """Return the header with the link to the next page. Empty if there is none."""
    if page.next_cursor is None:
        return {}
    url = request.url.include_query_params(cursor=page.next_cursor)
    return {"Link": f'<{url.path}?{url.query}>; rel="next"'}


def _behind(order: Sequence[Key], values: Sequence[BindParameter[Any]]) -> ColumnElement[bool]:
    if len({key.descending for key in order}) == 1:
        return _behind_row(order, values)
    choices = []
    for depth, key in enumerate(order):
        same = [order[i].column == values[i] for i in range(depth)]
        choices.append(and_(*same, key.after(values[depth])))
    return or_(*choices)


def _behind_row(order: Sequence[Key], values: Sequence[BindParameter[Any]]) -> ColumnElement[bool]:
    """Compare rows of columns with one direction, which lets an index find the place."""
    row, place = tuple_(*(key.column for key in order)), tuple_(*values)
    return row < place if order[0].descending else row > place


def _encode(values: Sequence[Any], name: str) -> str:
    raw = json.dumps([name, *(to_jsonable_python(value) for value in values)])
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def _decode(cursor: str, order: Sequence[Key], name: str) -> list[Any]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        found, *values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if found != name or len(values) != len(order):
            raise ValueError(found)
        return [
            key.storable(TypeAdapter(key.type).validate_python(value, strict=False))
            for key, value in zip(order, values, strict=True)
        ]
    except (ValueError, TypeError, OverflowError, RecursionError) as fault:
        raise Invalid.field("cursor", Phrase("fields.cursor")) from fault
