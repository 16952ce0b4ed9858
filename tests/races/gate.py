"""Two actions at once, whatever they are: one is stopped just before its commit, holding all of its
locks, while the other one runs as far as it can.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.orm import Session
from sqlalchemy.util import await_only

from dayline.kernel.db.database import Sessions, UnitOfWork

Action = Callable[[], Coroutine[None, None, Any]]

_BLOCKED = text(
    "SELECT count(*) FROM pg_locks WHERE NOT granted AND :pid = ANY(pg_blocking_pids(pid))"
)
_PID = text("SELECT pg_backend_pid()")
_stopping: ContextVar["_Stop | None"] = ContextVar("stopping", default=None)


class _Stop:
    """Where an action waits before its first commit that recorded something."""

    def __init__(self) -> None:
        self.pid: int | None = None
        self.reached = asyncio.Event()
        self.released = asyncio.Event()

    async def run(self, action: Action) -> Any:
        _stopping.set(self)
        return await action()

    def wait(self, session: Session) -> None:
        self.pid = session.execute(_PID).scalar_one()
        self.reached.set()
        await_only(self.released.wait())


def _before_commit(session: Session) -> None:
    stop = _stopping.get()
    is_done = stop is None or stop.reached.is_set()
    if stop is not None and not is_done and not session.in_nested_transaction() and _wrote(session):
        stop.wait(session)


def _wrote(session: Session) -> bool:
    """Whether the transaction has recorded events: the one that signs in only looks."""
    return "head" in session.info


@contextmanager
def _stops() -> Iterator[None]:
    event.listen(UnitOfWork, "before_commit", _before_commit)
    try:
        yield
    finally:
        event.remove(UnitOfWork, "before_commit", _before_commit)


async def at_once(sessions: Sessions, first: Action, second: Action) -> tuple[Any, Any]:
    """What two actions came to, the second of which began before the first was committed.

    The second one ran until it was done or waited for what the first one held.
    """
    stop = _Stop()
    with _stops():
        one = asyncio.create_task(stop.run(first))
        await _reached(stop, one)
        other = asyncio.create_task(second())
        if not one.done():
            await _done_or_blocked(sessions, other, stop)
        stop.released.set()
        return await one, await other


async def _reached(stop: _Stop, running: asyncio.Task[Any]) -> None:
    waiting = asyncio.create_task(stop.reached.wait())
    await asyncio.wait({waiting, running}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()


async def _done_or_blocked(sessions: Sessions, running: asyncio.Task[Any], stop: _Stop) -> None:
    async with sessions() as session, session.begin():
        while not running.done() and not await session.scalar(_BLOCKED, {"pid": stop.pid}):
            pass
