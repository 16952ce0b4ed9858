"""Reading a workspace's events, as its audit does."""

from sqlalchemy import select
from sqlmodel import col

from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from dayline.kernel.db.events import EventRow, WorkspaceFeed
from tests.team import Team


async def events_of(team: Team, *kinds: str) -> list[EventRow]:
    """The events of some kinds, in their order."""
    sessions: Sessions = team.app.state.sessions
    async with sessions() as session, session.begin():
        await enter_workspace(session, Scope(team.workspace_id, team.clock.now, None))
        found = select(EventRow).where(col(EventRow.kind).in_(kinds)).order_by(col(EventRow.seq))
        return list((await session.scalars(found)).all())


async def access_rev(team: Team) -> int:
    """The number that grows when somebody's access changed."""
    sessions: Sessions = team.app.state.sessions
    async with sessions() as session, session.begin():
        await enter_workspace(session, Scope(team.workspace_id, team.clock.now, None))
        return (await session.scalars(select(col(WorkspaceFeed.access_rev)))).one()
