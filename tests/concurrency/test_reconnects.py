"""Clients whose links are cut again and again, under load: each ends with what a fresh read says.

The short form cuts 40 times; with DAYLINE_CHAOS=1 it is 200.
"""

import asyncio
import os
import random

from dayline.identity.models import Role
from tests.concurrency.recording import record
from tests.feed.reduce import normal
from tests.feed.steps import (
    add_to_project,
    done,
    make_project,
    make_task,
    open_direct,
    say,
    take_off_project,
)
from tests.live import Follower, events_of, feed, frames_until, next_frame
from tests.recorded import head
from tests.team import Person, Team

CUTS = 200 if os.environ.get("DAYLINE_CHAOS") else 40
PROJECTS = ("ABC", "DEF", "GHI")


class Load:
    """Changes of every sort, at random, until told to stop."""

    def __init__(self, team: Team, rng: random.Random) -> None:
        self.team = team
        self.rng = rng
        self.moved: set[str] = set()
        """Guests whose projects were changed."""
        self.stopping = False
        self._tasks: list[str] = []
        self._topics: list[tuple[Person, str]] = []

    async def run(self) -> None:
        changes = (self._make, self._edit, self._talk, self._whisper, self._move_guest)
        while not self.stopping:
            await self.rng.choices(changes, weights=(3, 5, 3, 1, 1))[0]()

    def _anybody(self) -> Person:
        members = [p for h, p in self.team.people.items() if not h.startswith("guest")]
        return self.rng.choice(members)

    async def _make(self) -> None:
        task = await make_task(self._anybody(), self.rng.choice(PROJECTS))
        self._tasks.append(task["key"])
        self._topics.append((self._anybody(), task["topic_id"]))

    async def _edit(self) -> None:
        if self._tasks:
            state = self.rng.choice(["todo", "in_progress", "done"])
            keys = self.rng.sample(self._tasks, min(3, len(self._tasks)))
            body = {"keys": keys, "change": {"state": state}}
            await done(self._anybody().post("/tasks/bulk", body))

    async def _talk(self) -> None:
        if self._topics:
            await say(*self.rng.choice(self._topics))

    async def _whisper(self) -> None:
        one = self._anybody()
        other = self.rng.choice([p for p in self.team.people.values() if p is not one])
        topic = await open_direct(one, other)
        self._topics.append((other, topic["id"]))

    async def _move_guest(self) -> None:
        guest = self.team.people[self.rng.choice(["guest-a", "guest-b"])]
        self.moved.add(guest.handle)
        move = self.rng.choice([add_to_project, take_off_project])
        await move(self.team, self.rng.choice(PROJECTS), guest)


async def test_every_client_ends_with_what_a_fresh_read_says(team: Team, address: str) -> None:
    rng = random.Random(20260518)  # noqa: S311
    for handle in ("ann", "bo"):
        await team.add(handle)
    for key in PROJECTS:
        await make_project(team, key)
    for handle in ("guest-a", "guest-b", "guest-still"):
        guest = await team.add(handle, Role.GUEST)
        await add_to_project(team, "ABC", guest)
    followers = [Follower(address, person) for person in team.people.values()]
    for follower in followers:
        await follower.reach(0)
    load, start = Load(team, rng), await head(team)
    changing = [asyncio.create_task(load.run()) for _ in range(3)]
    for _ in range(CUTS):
        follower = rng.choice(followers)
        await follower.reach(await head(team))
        follower.cut()
        await asyncio.sleep(rng.random() / 10)
    load.stopping = True
    await asyncio.gather(*changing)
    for follower in followers:
        state, fresh = await follower.settle()
        assert normal(state) == normal(fresh)
        allowed = {"access"} if follower.person.handle in load.moved else set()
        assert set(follower.resets) <= allowed
        await follower.stop()
    assert load.moved
    assert await head(team) - start > CUTS * 2
    assert sum(follower.connections for follower in followers) >= CUTS


async def test_who_joins_while_events_are_committed_misses_none(team: Team, address: str) -> None:
    """The commits fall before, into and behind each step by which a connection becomes live."""
    rng = random.Random(7)  # noqa: S311

    async def write() -> None:
        for _ in range(rng.randint(1, 6)):
            await record(team, "x")
            await asyncio.sleep(rng.random() / 200)

    for _ in range(60):
        writing = asyncio.create_task(write())
        await asyncio.sleep(rng.random() / 100)
        since = await head(team)
        async with feed(address, team.owner, {"since": since}) as socket:
            assert (await next_frame(socket))["seq"] == since
            await writing
            latest = await head(team)
            frames = await frames_until(socket, latest) if latest > since else []
        numbers = [event["seq"] for event in events_of(frames)]
        assert numbers == list(range(since + 1, latest + 1))
