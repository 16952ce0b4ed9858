"""Races that come out the same each time: one transaction is held open while another one runs."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Coroutine
from contextlib import asynccontextmanager
from typing import TypeVar

from sqlalchemy import text

from dayline.identity.caller import Caller
from dayline.identity.models import Role, TokenScope
from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from tests.team import Person, Team

T = TypeVar("T")


@asynccontextmanager
async def acting(team: Team, person: Person, role: Role = Role.MEMBER) -> AsyncIterator[Caller]:
    """A transaction of `person`, committed at the end of the block."""
    sessions: Sessions = team.app.state.sessions
    async with sessions() as session, session.begin():
        scope = Scope(team.workspace_id, team.clock.now, person.member_id)
        await enter_workspace(session, scope)
        yield Caller(
            session=session,
            now=team.clock.now,
            workspace_id=team.workspace_id,
            member_id=person.member_id,
            account_id=person.account_id,
            role=role,
            session_id=None,
            token_id=None,
            scopes=frozenset(TokenScope),
        )


async def meanwhile(held: Caller, other: Coroutine[None, None, T]) -> Awaitable[T]:
    """Start `other`, and go on when it is done or waits for a lock that `held` has."""
    task = asyncio.create_task(other)
    blocked = text(
        "SELECT count(*) FROM pg_locks WHERE NOT granted "
        "AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
    )
    while not task.done() and not await held.session.scalar(blocked):
        pass
    return task
