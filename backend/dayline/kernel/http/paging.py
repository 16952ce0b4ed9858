"""Lists: keyset cursors, so that a page stays where it was while rows come and go."""

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

from dayline.kernel.errors import Invalid

T = TypeVar("T")
Columns = TypeVarTuple("Columns")

MOST = 200


@dataclass(frozen=True, slots=True)
class Key:
    """One column of a list's order: never null, compared as `type`."""

    column: SQLColumnExpression[Any]
    type: Any
    descending: bool = False

    def after(self, value: Any) -> ColumnElement[bool]:
        """Rows behind `value` in this column's direction."""
        behind: ColumnElement[bool] = (
            self.column < value if self.descending else self.column > value
        )
        return behind

    def bound(self, value: Any) -> BindParameter[Any]:
        """A value of the column, as a parameter."""
        return bindparam(None, value, type_=self._kind)

    def given(self, name: str) -> BindParameter[Any]:
        """A value of the column that is given as `name` when the statement runs."""
        return bindparam(name, type_=self._kind)

    def storable(self, value: Any) -> Any:
        """The value as PostgreSQL can hold it in this column, an instant in UTC.

        Raises OverflowError or ValueError where it cannot. A cursor may be forged.
        """
        if isinstance(value, datetime):
            return value.astimezone(UTC)
        if isinstance(value, int):
            bits = 64 if isinstance(self._kind, BigInteger) else 32
            value.to_bytes(bits // 8, signed=True)
        if isinstance(value, str) and b"\0" in value.encode():  # half a character is refused, too
            raise ValueError("holds a zero character")
        return value

    @property
    def _kind(self) -> TypeEngine[Any]:
        return cast("ColumnElement[Any]", self.column).type

    def ordered(self) -> ColumnElement[Any]:
        """The column in its direction."""
        return self.column.desc() if self.descending else self.column.asc()


@dataclass(frozen=True, slots=True)
class PageRequest:
    """How much of a list the client wants, and behind which row."""

    limit: int
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of a list, and the cursor of the next part where there is one."""

    items: Sequence[T]
    next_cursor: str | None


async def _page_request(
    limit: Annotated[int, Query(ge=1, le=MOST, description="Rows a page.")] = 50,
    cursor: Annotated[
        str | None,
        Query(max_length=1000, description="From the `next` link of the page before."),
    ] = None,
) -> PageRequest:
    return PageRequest(limit, cursor)


Paging = Annotated[PageRequest, Depends(_page_request)]


def paged(
    statement: Select[*Columns], order: Sequence[Key], page: PageRequest, name: str
) -> Select[*Columns]:
    """`statement` in `order`, cut to one page and one row more, which tells that more follow.

    `name` is the order's name: a cursor of another order is refused.
    """
    if page.cursor is not None:
        found = zip(order, _decode(page.cursor, order, name), strict=True)
        statement = statement.where(_behind(order, [key.bound(value) for key, value in found]))
    return _cut_short(statement, order, page.limit)


def paged_anywhere(
    statement: Select[*Columns], order: Sequence[Key], limit: int, *, behind: bool
) -> Select[*Columns]:
    """The same for any cursor, or for the first page; `place` gives the parameters."""
    if behind:
        values = [key.given(_PLACE % at) for at, key in enumerate(order)]
        statement = statement.where(_behind(order, values))
    return _cut_short(statement, order, limit)


def place(order: Sequence[Key], page: PageRequest, name: str) -> dict[str, Any]:
    """The parameters of `paged_anywhere` for a page; none for the first one."""
    if page.cursor is None:
        return {}
    values = _decode(page.cursor, order, name)
    return {_PLACE % at: value for at, value in enumerate(values)}


_PLACE = "behind_%d"


def _cut_short(statement: Select[*Columns], order: Sequence[Key], limit: int) -> Select[*Columns]:
    ordered = statement.order_by(*(key.ordered() for key in order))
    return ordered.limit(literal_column(str(limit + 1)))  # the planner sees how few


def cut(
    rows: Sequence[T], page: PageRequest, name: str, key: Callable[[T], Sequence[Any]]
) -> Page[T]:
    """The page of `rows` as `paged` selected them; `key` gives a row's values in the order."""
    if len(rows) <= page.limit:
        return Page(rows, None)
    kept = rows[: page.limit]
    return Page(kept, _encode(key(kept[-1]), name))


def link_next(request: Request, response: Response, page: Page[Any]) -> None:
    """Tell the client where the next page is (RFC 8288)."""
    response.headers.update(next_link(request, page))


def next_link(request: HTTPConnection, page: Page[Any]) -> dict[str, str]:
    """The header that tells it, where there is a next page."""
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
    """The same where all columns have one direction: an index finds the place at once."""
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
        raise Invalid.field("cursor", "is not a cursor of this list") from fault
