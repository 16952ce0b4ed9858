"""The events of a test's workspace, as they were committed."""

from sqlalchemy import select
from sqlmodel import col

from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from dayline.kernel.db.events import EventRow
from tests.team import Team


async def head(team: Team) -> int:
    """The number of the workspace's latest event."""
    return (await recorded(team))[-1].seq


async def recorded(team: Team, after: int = 0) -> list[EventRow]:
    """The events behind number `after`, in order."""
    sessions: Sessions = team.app.state.sessions
    async with sessions() as session, session.begin():
        await enter_workspace(session, Scope(team.workspace_id, team.clock.now, None))
        rows = await session.scalars(
            select(EventRow)
            .where(col(EventRow.workspace_id) == team.workspace_id, col(EventRow.seq) > after)
            .order_by(col(EventRow.seq))
        )
        return list(rows)


async def kinds(team: Team, after: int) -> list[str]:
    """The kinds of the events behind number `after`."""
    return [row.kind for row in await recorded(team, after)]
