"""The hub while its servers come and go, and clients that were away for long."""

import asyncio

from sqlalchemy.exc import DBAPIError

from dayline.kernel.http.problems import is_away
from tests.concurrency.recording import record
from tests.feed.steps import make_project
from tests.live import PATIENCE, Follower, events_of, feed, frames_until, next_frame
from tests.recorded import head
from tests.servers import Servers
from tests.team import Team


async def make_project_when_it_can(team: Team, key: str) -> None:
    """As a client does that is told 503: again, a little later."""
    async with asyncio.timeout(PATIENCE):
        while True:
            answer = await team.owner.post("/projects", {"key": key, "name": key})
            if answer.status_code == 201:
                return
            assert answer.status_code == 503
            await asyncio.sleep(0.05)


async def head_when_it_can(team: Team) -> int:
    """The number of the latest event, also where the pool still holds dead connections."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                return await head(team)
            except DBAPIError as fault:
                if not is_away(fault):
                    raise


async def test_events_arrive_although_valkey_is_gone_and_comes_back(
    team: Team, address: str, servers: Servers
) -> None:
    async with feed(address, team.owner) as socket:
        await next_frame(socket)
        servers.kill_valkey()
        try:
            await make_project(team, "ABC")
            await frames_until(socket, await head(team))
        finally:
            servers.start_valkey()
        await make_project(team, "DEF")
        await frames_until(socket, await head(team))


async def test_an_event_that_nobody_hinted_at_is_found_by_the_poll(
    team: Team, address: str
) -> None:
    announce, team.app.state.announce = team.app.state.announce, lambda _: None
    try:
        async with feed(address, team.owner) as socket:
            hello = await next_frame(socket)
            await make_project(team, "ABC")
            frames = await frames_until(socket, await head(team))
            assert len(events_of(frames)) == await head(team) - hello["seq"]
    finally:
        team.app.state.announce = announce


async def test_a_hint_of_another_server_process_is_heard(team: Team, address: str) -> None:
    hub, heard = team.app.state.hub, asyncio.Event()
    async with feed(address, team.owner) as socket:
        await next_frame(socket)
        channel = hub.channels[team.workspace_id]
        channel.poke = heard.set
        other = type(hub)(team.app.state.engine, team.clock, team.app.state.settings)
        await other.start()
        async with asyncio.timeout(PATIENCE):
            while not heard.is_set():
                other.announce(team.workspace_id)
                await asyncio.sleep(0.05)
        del channel.poke
        await other.stop()


async def test_a_connected_client_misses_nothing_when_postgresql_drops_every_connection(
    team: Team, address: str, servers: Servers
) -> None:
    follower = Follower(address, team.owner)
    await follower.reach(await head(team))
    for round_, key in enumerate(("ABC", "DEF", "GHI")):
        ended = servers.postgres.psql(
            "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity "
            "WHERE application_name = 'dayline'"
        )
        assert int(ended) > 0
        await make_project_when_it_can(team, key)
        state = await follower.reach(await head_when_it_can(team))
        assert len(state["projects"]) == round_ + 1
    assert follower.connections == 1
    assert follower.resets == []
    await follower.stop()
    await team.app.state.engine.dispose()  # the dead connections that nobody has met yet


async def test_who_missed_more_than_ten_thousand_events_reads_afresh(
    team: Team, address: str
) -> None:
    since = await head(team)
    await record(team, *("x" for _ in range(10_000)))
    async with feed(address, team.owner, {"since": since}) as socket:
        assert (await next_frame(socket))["seq"] == since
        assert events_of([await next_frame(socket)])[0]["seq"] == since + 1
    await record(team, "one more")
    async with feed(address, team.owner, {"since": since}) as socket:
        assert (await next_frame(socket))["seq"] == await head(team)
        reset = await next_frame(socket)
        assert (reset["type"], reset["reason"]) == ("reset", "behind")
        assert reset["seq"] == await head(team)
