"""The unit of work: a transaction, in at most one workspace, that numbers its events."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy import Dialect, ExceptionContext, event, text
from sqlalchemy.exc import MissingGreenlet
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import Session
from sqlalchemy.util.concurrency import in_greenlet

APP_ROLE = "dayline_app"
"""The role that serves requests. It doesn't own the tables, so row-level security applies."""

POOL_WAIT_S = 10
"""Seconds for which a request waits for a connection when all are in use."""

Sessions = async_sessionmaker[AsyncSession]


class DatabaseAway(ConnectionError):
    """PostgreSQL doesn't answer, or not in time."""


class UnitOfWork(Session):
    """The synchronous session behind each AsyncSession. `kernel.db.events` hooks its commit."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A transaction's workspace, its instant (aware, UTC), and the acting member, if any."""

    workspace_id: UUID
    now: datetime
    actor_id: UUID | None


def create_engine(url: str, *, pool_size: int, role: str = APP_ROLE) -> AsyncEngine:
    """Return an engine whose connections use `role` and UTC, and time out on a dead server.

    The role is a startup setting: unlike SET ROLE it survives the pool's RESET, without a round
    trip.
    """
    engine = create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=POOL_WAIT_S,
        pool_pre_ping=False,
        hide_parameters=True,
        connect_args={
            "timeout": 5,
            "command_timeout": 30,
            "server_settings": {
                "role": role,
                "timezone": "UTC",
                "jit": "off",
                "application_name": "dayline",
                "idle_in_transaction_session_timeout": "60s",
            },
        },
    )
    event.listen(engine.sync_engine, "do_connect", _connect)
    event.listen(engine.sync_engine, "handle_error", _name_fault)
    return engine


def _connect(dialect: Dialect, _record: Any, args: Any, parameters: Any) -> Any:
    """Connect. Raises DatabaseAway for network errors, to tell them from every other OSError.

    Raises MissingGreenlet outside a greenlet, before the driver's coroutine is made: nobody would
    await it.
    """
    if not in_greenlet():
        raise MissingGreenlet("a connection is opened in a greenlet")
    try:
        return dialect.connect(*args, **parameters)
    except OSError as fault:
        raise DatabaseAway(repr(fault)) from fault


def _name_fault(context: ExceptionContext) -> None:
    if isinstance(context.original_exception, OSError):  # a statement's timeout is one, too
        raise DatabaseAway(repr(context.original_exception)) from context.original_exception


def create_sessions(engine: AsyncEngine) -> Sessions:
    """Return a factory of sessions on `engine`."""
    return async_sessionmaker(engine, sync_session_class=UnitOfWork, expire_on_commit=False)


async def enter_workspace(session: AsyncSession, scope: Scope) -> None:
    """Give the transaction access to one workspace, and no other, until it ends."""
    await session.execute(
        text("SELECT set_config('app.workspace_id', :id, true)"), {"id": str(scope.workspace_id)}
    )
    adopt(session, scope)


def adopt(session: AsyncSession, scope: Scope) -> None:
    """Set the scope of a transaction that has access to its workspace in PostgreSQL already.

    Raises RuntimeError if it has entered another workspace.
    """
    held = session.info.get("scope")
    if held is not None and held.workspace_id != scope.workspace_id:
        raise RuntimeError("a transaction belongs to one workspace")
    session.info["scope"] = scope


def scope_of(session: AsyncSession | Session) -> Scope:
    """Return the transaction's scope. Raises RuntimeError if it hasn't entered a workspace."""
    scope: Scope | None = session.info.get("scope")
    if scope is None:
        raise RuntimeError("the transaction has not entered a workspace")
    return scope


async def transaction(request: Request) -> AsyncIterator[AsyncSession]:
    """Yield the transaction of a request. Only this function commits it, before the response.

    After the commit the feed is notified. A lost notification delays events by one poll interval.
    """
    async with request.app.state.sessions() as session:
        async with session.begin():
            request.state.transaction = session
            yield session
        if "head" in session.info:
            request.app.state.announce(scope_of(session).workspace_id)


Transaction = Annotated[AsyncSession, Depends(transaction, scope="function")]
