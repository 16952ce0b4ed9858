"""The order in which transactions take locks, by their statements, and the one in the docs."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from asyncpg import Connection
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.team import Team

_DOCS = Path(__file__).parents[2] / "docs" / "architecture.md"
_FOR = re.compile(r"\bFOR (?:NO KEY )?(?:UPDATE|SHARE)(?: OF (?P<of>\w+))?")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FROM = re.compile(r"\b(?:FROM|JOIN) (\w+)")
_CHANGES = re.compile(r"\b(?:UPDATE|DELETE FROM) (\w+)")
_ADVISORY = re.compile(r"pg_advisory_xact_lock(?:_shared)?\(")
_BRACKETS = re.compile(r"\([^()]*\)")
_PLACE = re.compile(r"^\d+\. (.*?)(?=^\d+\. |\Z)", re.DOTALL | re.MULTILINE)

Known = UUID | bytes
"""By what a row is known."""


def promised() -> dict[str, int]:
    """The place of each lock in the list of docs/architecture.md."""
    (listed,) = re.findall(r"<!-- locks -->\n(.*?)<!-- /locks -->", _DOCS.read_text(), re.DOTALL)
    places = enumerate(_PLACE.findall(listed), start=1)
    return {name: place for place, said in places for name in re.findall("`(.+?)`", said)}


@dataclass
class Taken:
    """What one transaction locked, in its order: each name once, unless other rows follow.

    A row is known by an id, or the hash of a secret, in the statement. Rows that were found by
    something else may be any.
    """

    names: list[str] = field(default_factory=list)
    rows: dict[str, set[Known]] = field(default_factory=dict)

    def note(self, name: str, ids: set[Known]) -> None:
        known = self.rows.get(name)
        are_known = known is not None and (not known or known & ids)
        if not are_known:
            self.names.append(name)
            self.rows[name] = ids | (known or set())


@dataclass
class Trace:
    """The transactions that ended while it was kept. `everywhere` is an id of no single row."""

    everywhere: UUID
    ended: list[Taken] = field(default_factory=list)
    chosen: set[str] = field(default_factory=set)
    """The kinds of advisory locks, and the tables of which rows were locked without a change."""
    running: defaultdict[Any, Taken] = field(default_factory=lambda: defaultdict(Taken))

    def statement(self, connection: Any, sql: str, values: Sequence[Any]) -> None:
        ids = set(_ids(values)) - {self.everywhere}
        for name in locked_by(sql, values):
            self.running[connection].note(name, ids)
        self.chosen |= {*_advisory(sql, values), *explicitly_locked_by(sql)}

    def end(self, connection: Any) -> None:
        if (taken := self.running.pop(connection, None)) is not None:
            self.ended.append(taken)


def locked_by(sql: str, values: Sequence[Any]) -> Iterator[str]:
    """What a statement may wait for: tables, and the kinds of advisory locks."""
    yield from _advisory(sql, values)
    yield from explicitly_locked_by(sql)
    if not sql.lstrip().startswith("INSERT"):
        yield from _CHANGES.findall(_FOR.sub("", sql))


def _advisory(sql: str, values: Sequence[Any]) -> Iterator[str]:
    """The kind of the advisory lock that a statement takes; one without a name has no kind."""
    if _ADVISORY.search(sql):
        keys = (value for value in values if isinstance(value, str))
        yield "advisory " + re.split(":| of ", next(keys, "without a name"))[0]


def explicitly_locked_by(sql: str) -> Iterator[str]:
    """The tables that a statement locks rows of without changing them."""
    for found in _FOR.finditer(sql):
        select = _without_subqueries(sql[: found.start()])
        yield from [found["of"]] if found["of"] else _FROM.findall(select, select.rindex("SELECT"))


def _without_subqueries(sql: str) -> str:
    """Without what is in brackets: a lock of rows takes none of those that a subquery reads."""
    while (outer := _BRACKETS.sub("", sql)) != sql:
        sql = outer
    return sql


def _ids(values: Any) -> Iterator[Known]:
    for value in values:
        if isinstance(value, bytes):
            yield value
        elif isinstance(value, UUID) or (isinstance(value, str) and _UUID.fullmatch(value)):
            yield UUID(str(value))
        elif isinstance(value, list | tuple):
            yield from _ids(value)


@contextmanager
def tracing(team: Team, monkeypatch: pytest.MonkeyPatch) -> Iterator[Trace]:
    """Note what transactions lock, by the statements of the engine and of the driver alone."""
    engine: AsyncEngine = team.app.state.engine
    trace, fetch = Trace(team.workspace_id), Connection.fetch

    async def fetching(connection: Any, sql: str, *values: Any, **options: Any) -> Any:
        trace.statement(connection, sql, values)
        return await fetch(connection, sql, *values, **options)

    def executing(of: Any, _cursor: Any, sql: str, values: Any, *_: Any) -> None:
        trace.statement(of.connection.driver_connection, sql, values or ())

    def ending(of: Any) -> None:
        trace.end(of.connection.driver_connection)

    monkeypatch.setattr(Connection, "fetch", fetching)
    listening: dict[str, Callable[..., None]] = {
        "before_cursor_execute": executing,
        "commit": ending,
        "rollback": ending,
    }
    for name, listener in listening.items():
        event.listen(engine.sync_engine, name, listener)
    try:
        yield trace
    finally:
        for name, listener in listening.items():
            event.remove(engine.sync_engine, name, listener)


def violations(trace: Trace) -> set[tuple[str, str]]:
    """What was locked before something that comes earlier in the list: the two names."""
    places = promised()
    found = set()
    for taken in trace.ended:
        known = [name for name in taken.names if name in places]
        for number, name in enumerate(known):
            earlier = [each for each in known[:number] if places[each] > places[name]]
            found |= {(each, name) for each in earlier}
    return found


def unlisted(trace: Trace) -> set[str]:
    """What was locked although the list does not have it."""
    return trace.chosen - promised().keys()
