"""Forged cursors: whatever a cursor holds, it is refused, or it is a place in the list."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from pydantic import TypeAdapter, ValidationError

from dayline.kernel.http import paging
from dayline.kernel.http.paging import Key
from tests.clock import MovableClock
from tests.furnished import furnish
from tests.team import Person
from tests.test_isolation import OPERATIONS

HOSTILE: list[Any] = [
    *(0, -1, 2**31 - 1, 2**31, -(2**31) - 1, 2**63 - 1, 2**63, -(2**63) - 1, 2**64, 10**400),
    *(1.5, 1e308, float("nan"), float("inf"), True, None, [], {}, [[]], {"a": 1}),
    *("", "\0", "a\0b", "\ud800", "\n", "x" * 300, "%", "'; --", "infinity", "-infinity", "NaN"),
    *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-02-30", "24:00"),
    *("0001-01-01", "9999-12-31", "2026-05-22T10:00:00Z", str(uuid4()), "2147483648", "1e999"),
]
"""Values that a list's order may compare with what PostgreSQL holds."""

WORST: list[Any] = ["\0", "\ud800", 2**31, 2**63, float("nan"), "9999-12-31T23:59:59-23:59", None]
"""Of them those that are tried on every list; the others once for each kind of column."""

FITTING: list[Any] = [1, str(uuid4()), "2026-05-22T10:00:00Z", "2026-05-22", "a", 0.5, True]


@dataclass
class Orders:
    """What each list says of its order when it is shown a cursor."""

    seen: list[tuple[tuple[Key, ...], str]] = field(default_factory=list)


@pytest.fixture
def orders(monkeypatch: pytest.MonkeyPatch) -> Orders:
    found, decode = Orders(), paging._decode

    def noting(cursor: str, order: Any, name: str) -> list[Any]:
        found.seen.append((tuple(order), name))
        return decode(cursor, order, name)

    monkeypatch.setattr(paging, "_decode", noting)
    return found


def cursor(values: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def fitting(key: Key) -> Any:
    """A value that this column takes."""
    for value in FITTING:
        try:
            TypeAdapter(key.type).validate_python(value)
        except ValidationError:
            continue
        return value
    raise AssertionError(f"no value for {key}")


def forged(order: tuple[Key, ...], name: str, known: set[str]) -> Iterator[str]:
    """Cursors of this order in which one value after the other is hostile."""
    usual = [fitting(key) for key in order]
    for at, key in enumerate(order):
        kind = f"{key.type} as {key._kind!r}"
        values = WORST if kind in known else HOSTILE
        known.add(kind)
        for value in values:
            yield cursor([name, *usual[:at], value, *usual[at + 1 :]])
    others: list[Any] = [[], [name], [name, *usual, 1], {}, name, 7, None]
    yield from map(cursor, others)
    yield from ("", "x", "!", "é", "A" * 1000, base64.b64encode(b"[" * 700).decode())


def lists(app: FastAPI) -> Iterator[tuple[str, list[str]]]:
    """Each list that has pages, and the orders that it may be asked for."""
    for item in app.openapi()["paths"].values():
        operation = item.get("get", {})
        parameters = {each["name"]: each for each in operation.get("parameters", ())}
        if "cursor" in parameters:
            schema = parameters.get("sort", {}).get("schema", {})
            name = schema.get("$ref", "").rpartition("/")[2]
            found = app.openapi()["components"]["schemas"].get(name, schema)
            yield operation["operationId"], found.get("enum", [""])


async def read(owner: Person, url: str, sort: str, cursor: str) -> int:
    params = {"cursor": cursor} | ({"sort": sort} if sort else {})
    return (await owner.http.get(url, params=params)).status_code


async def test_no_forged_cursor_is_a_fault_of_the_server(
    app: FastAPI, clock: MovableClock, orders: Orders
) -> None:
    tenant = await furnish(app, clock, "CUR")
    known = set[str]()
    tried, faults = set(), list[tuple[str, str, int, str]]()
    for name, sorts in lists(app):
        url = OPERATIONS[name].url(tenant.shown)
        for sort in sorts:
            orders.seen.clear()
            assert await read(tenant.team.owner, url, sort, "x") in {422, 403}
            if not orders.seen:
                assert url.startswith(("/api/sessions", "/api/account"))  # a token is refused there
                continue
            for each in forged(*orders.seen[0], known):
                status = await read(tenant.team.owner, url, sort, each)
                faults += [(name, sort, status, each)] if status not in {200, 422} else []
            tried.add((name, sort))
    assert not faults
    assert len(tried) > 20
    await tenant.team.close()
