"""Two tenants under load on one server: neither sees an event of the other."""

import asyncio

from dayline.identity.models import Role
from tests.concurrency.recording import record
from tests.feed.reduce import normal
from tests.feed.steps import a_busy_week
from tests.live import Follower
from tests.recorded import head, recorded
from tests.team import Team


async def test_two_tenants_never_see_each_others_events(team: Team, address: str) -> None:
    teams = [team, await Team.create(team.app, team.clock)]
    starts = [await head(one) for one in teams]
    guests = [await one.add("gus", Role.GUEST) for one in teams]
    followers = [Follower(address, one.owner) for one in teams]
    followers += [Follower(address, guest) for guest in guests]
    for follower, one in zip(followers, teams * 2, strict=True):
        await follower.reach(await head(one))
    await asyncio.gather(
        *(a_busy_week(one, guest) for one, guest in zip(teams, guests, strict=True)),
        *(record(one, f"{n}") for n in range(20) for one in teams),
    )
    for follower, one, start in zip(followers, teams * 2, starts * 2, strict=True):
        state, fresh = await follower.settle()
        own = {str(row.id) for row in await recorded(one, start)}
        assert follower.seen
        assert {event["id"] for event in follower.seen} <= own
        assert normal(state) == normal(fresh)
        await follower.stop()
    await teams[1].close()
