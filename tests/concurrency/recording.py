"""Recording events directly, many at a time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import ClassVar

from dayline.kernel.db import events
from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from dayline.kernel.db.events import Audience, Event
from tests.team import Team


class Counted(Event):
    """Something that only these tests record."""

    kind: ClassVar[str] = "test.counted"
    text: str


@asynccontextmanager
async def recording(team: Team, *texts: str) -> AsyncIterator[None]:
    """A transaction that records an event for each text, and commits at the end."""
    sessions: Sessions = team.app.state.sessions
    async with sessions() as session, session.begin():
        scope = Scope(team.workspace_id, team.clock.now, team.owner.member_id)
        await enter_workspace(session, scope)
        for text in texts:
            events.record(session, Counted(text=text), Audience.workspace())
        yield


async def record(team: Team, *texts: str) -> None:
    """Record an event for each text, in one commit, and tell the hub."""
    async with recording(team, *texts):
        pass
    team.app.state.announce(team.workspace_id)
