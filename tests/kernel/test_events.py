"""The numbering of events: gapless, in commit order, cut back with a savepoint."""

from typing import ClassVar

import pytest
from sqlalchemy import select, text
from sqlmodel import col

from dayline.kernel.db import events
from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from dayline.kernel.db.events import Audience, Event, EventRow
from tests.team import Team


class Happened(Event):
    """Something that only these tests record."""

    kind: ClassVar[str] = "test.happened"
    what: str


@pytest.fixture
def sessions(team: Team) -> Sessions:
    sessions: Sessions = team.app.state.sessions
    return sessions


def scope(team: Team) -> Scope:
    return Scope(team.workspace_id, team.clock.now, team.owner.member_id)


async def recorded(sessions: Sessions, team: Team) -> list[tuple[int, str]]:
    async with sessions() as session, session.begin():
        await enter_workspace(session, scope(team))
        rows = await session.scalars(
            select(EventRow)
            .where(col(EventRow.kind) == "test.happened")
            .order_by(col(EventRow.seq))
        )
        return [(row.seq, row.data["what"]) for row in rows]


async def test_events_are_numbered_behind_each_other(sessions: Sessions, team: Team) -> None:
    async with sessions() as session, session.begin():
        await enter_workspace(session, scope(team))
        for what in ("first", "second"):
            events.record(session, Happened(what=what), Audience.workspace())
    assert [what for _, what in await recorded(sessions, team)] == ["first", "second"]
    numbers = [seq for seq, _ in await recorded(sessions, team)]
    assert numbers == [numbers[0], numbers[0] + 1]


async def test_a_savepoint_that_rolls_back_takes_its_events_along(
    sessions: Sessions, team: Team
) -> None:
    async with sessions() as session, session.begin():
        await enter_workspace(session, scope(team))
        events.record(session, Happened(what="kept"), Audience.workspace())
        savepoint = await session.begin_nested()
        events.record(session, Happened(what="lost"), Audience.workspace())
        await savepoint.rollback()
        async with session.begin_nested():
            events.record(session, Happened(what="also kept"), Audience.workspace())
    assert [what for _, what in await recorded(sessions, team)] == ["kept", "also kept"]


async def test_a_rolled_back_transaction_leaves_no_gap(sessions: Sessions, team: Team) -> None:
    async def fail() -> None:
        async with sessions() as session, session.begin():
            await enter_workspace(session, scope(team))
            events.record(session, Happened(what="lost"), Audience.workspace())
            await session.execute(text("SELECT 1/0"))

    with pytest.raises(Exception, match="division by zero"):
        await fail()
    async with sessions() as session, session.begin():
        await enter_workspace(session, scope(team))
        events.record(session, Happened(what="kept"), Audience.workspace())
        head = await session.scalar(text("SELECT head FROM workspace_feed"))
    assert await recorded(sessions, team) == [(head + 1, "kept")]


async def test_another_workspace_is_not_seen(sessions: Sessions, team: Team) -> None:
    other = await Team.create(team.app, team.clock)
    async with sessions() as session, session.begin():
        await enter_workspace(session, scope(other))
        seen = (await session.scalars(select(EventRow))).all()
        assert {row.workspace_id for row in seen} == {other.workspace_id}
    async with sessions() as session, session.begin():
        assert (await session.scalars(select(EventRow))).all() == []
    await other.close()
