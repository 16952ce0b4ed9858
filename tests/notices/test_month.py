"""Weeks of a team in six zones, on a clock that is moved: who is told what, when, and how often.

`make chaos` plays the month that the promise speaks of; otherwise it is a few days.
"""

import asyncio
import os
import random
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from dayline.kernel.db.database import Scope, enter_workspace
from dayline.kernel.jobs.outbox import DeliveryState, Refused, TryAgain, Verdict
from dayline.notices.channels import Address, NoticeMessage
from dayline.notices.consumer import notices_consumer
from dayline.notices.models import Notice, NoticeDelivery
from dayline.notices.preferences import LOUD
from tests.calendars.desk import weekdays, works
from tests.notices.post import Post, Recorder
from tests.recorded import recorded
from tests.team import Person, Team
from tests.timers.desk import at, done, sweep

CHAOS = "DAYLINE_CHAOS" in os.environ
DAYS, REST, EVENTS, KILLS = (30, 5, 2000, 40) if CHAOS else (2, 2, 40, 4)
"""Days of work and of what is left, at least so many events, and deaths of the worker."""
GRID = timedelta(minutes=30)
SEED = 20260518

ZONES = {
    "uma": "Europe/Kyiv",
    "ben": "Europe/Kyiv",
    "nina": "America/New_York",
    "noah": "America/New_York",
    "tomo": "Asia/Tokyo",
    "rani": "Asia/Kolkata",
    "bea": "Europe/Berlin",
    "sol": "America/Sao_Paulo",
}
FOCUSED = ("ben", "tomo")
FOCUS = time(10), time(12)
HOURS = time(9), time(17)


def may_be_told(handle: str, now: datetime) -> bool:
    """Whether somebody works and has no focus time, as their own clock says."""
    local = now.astimezone(ZoneInfo(ZONES[handle]))
    works_now = local.weekday() < 5 and HOURS[0] <= local.time() < HOURS[1]
    focused = handle in FOCUSED and FOCUS[0] <= local.time() < FOCUS[1]
    return works_now and not focused


@dataclass
class Came:
    """A message, and when it came."""

    at: datetime
    message: NoticeMessage


@dataclass
class Unsteady(Recorder):
    """A channel whose worker dies now and then, and that doesn't always accept what it is given."""

    team: Team | None = None
    dice: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311
    kills_left: int = 0
    is_moody: bool = False
    log: list[Came] = field(default_factory=list)

    async def addresses(
        self, session: AsyncSession, member_ids: Collection[UUID]
    ) -> Mapping[UUID, Address]:
        if member_ids and self._dies(0.1):  # the worker is gone in the middle of a transaction
            raw = await (await session.connection()).get_raw_connection()
            assert raw.driver_connection is not None
            raw.driver_connection.terminate()
        return await super().addresses(session, member_ids)

    async def deliver(self, message: NoticeMessage) -> Verdict:
        assert self.team is not None
        if self.is_moody and self.dice.random() < 0.3:
            answers: list[Verdict] = [TryAgain("Busy"), TryAgain("Down"), Refused("No.")]
            return self.dice.choice(answers)
        if self.is_moody and self.dice.random() < 0.03:
            await asyncio.sleep(3600)
        self.log.append(Came(self.team.clock.now, message))
        if self._dies(0.3):  # it was taken, and nobody wrote so down
            task = asyncio.current_task()
            assert task is not None
            task.cancel()
            await asyncio.sleep(0)
        return await super().deliver(message)

    def _dies(self, chance: float) -> bool:
        dies = self.kills_left > 0 and self.dice.random() < chance
        self.kills_left -= dies
        return dies


@dataclass
class Month:
    """A team, what it does, and a worker that is started again whenever it died."""

    team: Team
    letters: Post
    channel: Unsteady
    dice: random.Random
    people: dict[str, Person] = field(default_factory=dict)
    topics: list[str] = field(default_factory=list)

    @classmethod
    async def begin(cls, team: Team, **how: Any) -> "Month":
        channel = Unsteady(team=team, **how)
        dice = random.Random(SEED)  # noqa: S311 -- repeatable, hides nothing
        month = cls(team, Post(team, channel), channel, dice)
        for handle, zone in ZONES.items():
            person = month.people[handle] = await team.add(handle)
            await works(person, zone, weekdays("09:00-17:00"))
            if handle in FOCUSED:
                block: dict[str, Any] = {"days": ["mon", "tue", "wed", "thu", "fri"]}
                block |= {"start": "10:00", "end": "12:00"}
                await done(person.post(f"/members/{person.member_id}/focus-blocks", block))
        await done(team.owner.post("/projects", {"key": "ABC", "name": "Alpha"}))
        for number in range(6):
            new = {"project": "ABC", "title": f"Task {number}"}
            month.topics.append((await done(team.owner.post("/tasks", new)))["topic_id"])
        return month

    async def play(self) -> None:
        """What people do at random instants, with the worker at its work in between."""
        start = self.team.clock.now
        instants = sorted(
            start + timedelta(seconds=self.dice.randrange(DAYS * 24 * 3600))
            for _ in range(EVENTS // 2)
        )
        for instant in instants:
            for now in _grid(self.team.clock.now, instant):
                await self._work_at(now)
            self.team.clock.now = instant
            await self._act()
        for now in _grid(instants[-1], instants[-1] + timedelta(days=REST)):
            await self._work_at(now)

    async def _work_at(self, now: datetime) -> None:
        self.team.clock.now = now
        await sweep(self.team)
        consumer = notices_consumer([self.channel])
        sessions = self.team.app.state.sessions
        try:
            while await consumer.handle_next(sessions, self.team.clock, self.team.workspace_id):
                pass
            for claimed in await self.letters.claim():
                sending = asyncio.create_task(self.letters.outbox.send(claimed))
                with suppress(asyncio.CancelledError):  # the worker died while it was sending
                    await sending
        except Exception:
            if not self.channel.is_moody:  # nobody was killed: it is a fault of ours
                raise

    async def _act(self) -> None:
        author, other = self.dice.sample(list(self.people.values()), 2)
        path = f"/topics/{self.dice.choice(self.topics)}/messages"
        roll = self.dice.random()
        if roll < 0.25:
            await done(author.post(path, {"body": "Here you are.", "asks": []}))
        elif roll < 0.35:
            await done(author.post(path, {"body": f"As @{other.handle} said.", "asks": []}))
        else:
            new: dict[str, Any] = {"body": "Which one?", "asks": [str(other.member_id)]}
            if roll < 0.5:
                new |= {"urgent": True, "urgent_reason": "The site is down."}
            await done(author.post(path, new))

    async def stored(self) -> list[Any]:
        """All notices of kinds that are told, with their deliveries."""
        async with self.team.app.state.sessions() as session, session.begin():
            scope = Scope(self.team.workspace_id, self.team.clock.now, None)
            await enter_workspace(session, scope)
            rows = await session.execute(
                select(Notice, NoticeDelivery)
                .outerjoin(NoticeDelivery, NoticeDelivery.notice_id == Notice.id)  # type: ignore[arg-type]
                .where(Notice.workspace_id == self.team.workspace_id)  # type: ignore[arg-type]
            )
            return [row for row in rows if row.Notice.kind in LOUD]


def _grid(after: datetime, until: datetime) -> Iterator[datetime]:
    """The instants at which the worker looks, between two others."""
    seconds = int(GRID.total_seconds())
    now = datetime.fromtimestamp((int(after.timestamp()) // seconds + 1) * seconds, after.tzinfo)
    while now < until:
        yield now
        now += GRID


async def judged(month: Month) -> Counter[str]:
    """What went right and wrong, counted."""
    counts: Counter[str] = Counter()
    handles = {person.member_id: handle for handle, person in month.people.items()}
    keys: dict[UUID, set[UUID]] = {}
    for came in month.channel.log:
        counts["messages"] += 1
        urgent = all(notice.urgent for notice in came.message.notices)
        if not may_be_told(handles[came.message.member_id], came.at):
            counts["urgent, outside hours" if urgent else "outside hours"] += 1
        for notice in came.message.notices:
            counts["told"] += 1
            keys.setdefault(notice.id, set()).add(came.message.key)
    counts["told again, same key"] = counts["told"] - len(keys)
    counts["doubled"] = sum(len(each) > 1 for each in keys.values())
    for notice, delivery in await month.stored():
        if notice.member_id not in handles:
            continue
        counts["notices"] += 1
        state = delivery and delivery.state
        if state is DeliveryState.DROPPED and notice.settled_at is not None:
            counts["settled before"] += 1
        elif state is DeliveryState.FAILED and month.channel.is_moody:
            counts["refused"] += 1
        elif state is not DeliveryState.DELIVERED or notice.id not in keys:
            counts["lost"] += 1
    recorded_by_people = [
        row for row in await recorded(month.team) if not row.kind.startswith("notice")
    ]
    counts["events"] = len(recorded_by_people)
    return counts


@pytest.mark.parametrize("faults", [False, True], ids=["calm", "faults"])
async def test_everyone_is_told_once_in_their_hours(team: Team, faults: bool) -> None:
    team.clock.now = at("2026-05-18 10:00")
    month = await Month.begin(team, kills_left=KILLS if faults else 0, is_moody=faults)
    await month.play()
    counts = await judged(month)
    killed = KILLS - month.channel.kills_left if faults else 0
    print(f"\nkills {killed}, {dict(counts)}")  # noqa: T201 -- for the reader of a chaos run
    assert counts["events"] >= EVENTS
    assert counts["messages"] > EVENTS // 20
    assert (counts["outside hours"], counts["lost"], counts["doubled"]) == (0, 0, 0)
    assert counts["urgent, outside hours"] > 0
    if faults:
        assert killed == KILLS
    else:
        assert counts["told again, same key"] == 0
