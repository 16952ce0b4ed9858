"""A member has so many sockets, and gets a place back when one ends."""

import asyncio

import pytest
from websockets.exceptions import InvalidStatus

from dayline.feed.socket_limit import SocketLimit
from tests.live import feed, next_frame
from tests.team import Person, Team


async def test_racing_sockets_of_a_member_stay_within_the_limit(
    team: Team, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(team.app.state.hub, "places", SocketLimit(2))
    sam = await team.add("sam")
    opening = [feed(address, sam).__aenter__() for _ in range(5)]
    opened = await asyncio.gather(*opening, return_exceptions=True)
    refused = [each for each in opened if isinstance(each, InvalidStatus)]
    assert len(refused) == 3, opened
    assert b"too-many-sockets" in refused[0].response.body
    assert refused[0].response.headers["Retry-After"] == "30"
    async with feed(address, team.owner) as other:
        await next_frame(other)
    live = [each for each in opened if not isinstance(each, BaseException)]
    for socket in live:
        await socket.close()
    async with asyncio.timeout(20):
        while not await is_let_in(address, sam):
            pass


async def is_let_in(address: str, person: Person) -> bool:
    try:
        async with feed(address, person) as socket:
            await next_frame(socket)
    except InvalidStatus:
        return False
    return True
