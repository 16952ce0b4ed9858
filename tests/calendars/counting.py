"""Counting statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from asyncpg.connection import LoggedQuery
from sqlalchemy import event

from tests.team import Team

_OF_TRANSACTIONS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@contextmanager
def statements(team: Team) -> Iterator[list[str]]:
    """The statements that the app sends inside the block, through a session or past it.

    What begins and ends transactions is left out.
    """
    sent: list[str] = []

    def note(query: LoggedQuery) -> None:
        if not query.query.startswith(_OF_TRANSACTIONS):
            sent.append(query.query)

    def executed(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    def listen(connection: Any, *_rest: Any) -> None:
        connection.driver_connection.add_query_logger(note)

    def leave(connection: Any, *_rest: Any) -> None:
        if connection is not None:
            connection.driver_connection.remove_query_logger(note)

    engine = team.app.state.engine.sync_engine
    heard = (
        (engine, "before_cursor_execute", executed),
        (engine.pool, "checkout", listen),  # the driver tells of those that it is given itself
        (engine.pool, "checkin", leave),
    )
    for each in heard:
        event.listen(*each)
    try:
        yield sent
    finally:
        for each in heard:
            event.remove(*each)
