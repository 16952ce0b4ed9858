"""Timers follow calendars, holidays and zone data; and what may not move stays."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from dayline.kernel.db.database import Sessions
from dayline.kernel.text import zones
from dayline.timers.recalculation import follow_zones_everywhere
from tests.calendars.counting import statements
from tests.calendars.desk import path_of
from tests.clock import MovableClock
from tests.races import acting
from tests.recorded import head
from tests.team import Team
from tests.timers.desk import Json, ask, at, done, instant, member, sweep, task_topic, timer, told


async def computed_with(team: Team, version: str, running: Json, **columns: Any) -> None:
    """Write a timer down as if other zone data had computed it."""
    async with acting(team, team.owner) as caller:
        for name, value in ({"tz_version": version} | columns).items():
            await caller.session.execute(
                text(f"UPDATE timers SET {name} = :value WHERE id = :id"),  # noqa: S608
                {"value": value, "id": running["id"]},
            )


async def everywhere(team: Team) -> None:
    sessions: Sessions = team.app.state.sessions
    await follow_zones_everywhere(sessions, team.clock)


async def version_of(team: Team, running: Json) -> str:
    found = await done(team.owner.get(f"/timers/{running['id']}/explanation"))
    version: str = found["tz_version"]
    return version


async def test_new_zone_data_moves_what_runs_and_is_looked_at_once(team: Team) -> None:
    sam = await member(team, "sam")
    topic = await task_topic(team.owner)
    wrong = await ask(team.owner, topic, sam)
    right = await ask(team.owner, topic, sam)
    an_hour_off = instant(wrong["due_at"]) + timedelta(hours=1)
    await computed_with(team, "2020.1", wrong, due_at=an_hour_off)
    await computed_with(team, "2020.1", right)
    before = await head(team)
    await everywhere(team)
    assert (await timer(sam, wrong["id"]))["due_at"] == wrong["due_at"]
    assert await timer(sam, right["id"]) == right
    assert await version_of(team, right) == await version_of(team, wrong) == zones.VERSION
    assert await told(team, before) == ["timer.moved"]
    await everywhere(team)
    assert await told(team, before) == ["timer.moved"]


async def test_what_explains_an_ended_timer_keeps_the_zone_data_of_then(team: Team) -> None:
    sam = await member(team, "sam")
    topic = await task_topic(team.owner)
    over, runs = await ask(team.owner, topic, sam), await ask(team.owner, topic, sam)
    await done(team.owner.put(f"/messages/{over['message_id']}/withdrawal"))
    for each in (over, runs):
        await computed_with(team, "2020.1", each)
    await everywhere(team)
    assert await version_of(team, over) == "2020.1"
    assert await version_of(team, runs) == zones.VERSION


async def test_what_has_breached_does_not_move_and_warns_no_more(
    team: Team, clock: MovableClock
) -> None:
    sam = await member(team, "sam")
    running = await ask(team.owner, await task_topic(team.owner), sam)
    clock.now = at("2026-05-18 14:00")
    await sweep(team)
    breached = await timer(sam, running["id"])
    await done(sam.put(path_of(sam, "overrides/2026-05-18"), {"intervals": []}))
    assert await timer(sam, running["id"]) == breached


async def test_what_is_overdue_and_not_swept_yet_does_not_move(
    team: Team, clock: MovableClock
) -> None:
    sam = await member(team, "sam")
    running = await ask(team.owner, await task_topic(team.owner), sam)
    clock.now = at("2026-05-18 15:00")
    await done(sam.put(path_of(sam, "overrides/2026-05-18"), {"intervals": []}))
    await sweep(team)
    assert (await timer(sam, running["id"]))["breached_at"] == running["due_at"]


async def test_a_timer_warns_once_wherever_it_moves(team: Team, clock: MovableClock) -> None:
    sam = await member(team, "sam")
    running = await ask(team.owner, await task_topic(team.owner), sam)
    clock.now = at("2026-05-18 13:00")
    await sweep(team)
    off = {"starts_on": "2026-05-18", "ends_on": "2026-05-18"}
    off |= {"starts_time": "13:00", "ends_time": "18:00"}
    await done(sam.post(path_of(sam, "time-off"), off))
    assert instant((await timer(sam, running["id"]))["due_at"]) == at("2026-05-19 10:00")
    clock.now = at("2026-05-19 09:59")
    await sweep(team)
    assert (await told(team)).count("timer.warned") == 1


@pytest.mark.parametrize("country", ["UA", "DE"])
async def test_a_holiday_moves_the_timers_of_those_who_have_it(
    team: Team, clock: MovableClock, country: str
) -> None:
    sam = await member(team, "sam")
    rev = (await done(sam.get(path_of(sam, "calendar"))))["rev"]
    await done(sam.patch(path_of(sam, "calendar"), {"country": country}, rev))
    clock.now = at("2026-05-19 16:00")
    running = await ask(team.owner, await task_topic(team.owner), sam)
    new = {"country": "DE", "on": "2026-05-20", "name": "Summer day"}
    await done(team.owner.post("/holidays", new))
    moved = await timer(sam, running["id"])
    day = 21 if country == "DE" else 20
    assert instant(moved["due_at"]) == at(f"2026-05-{day} 11:00")


async def test_many_timers_move_by_as_many_statements_as_one(team: Team) -> None:
    sam, ann = await member(team, "sam"), await member(team, "ann")
    topic = await task_topic(team.owner)
    await ask(team.owner, topic, ann)
    for _ in range(20):
        await ask(team.owner, topic, sam)
    counts = []
    for person in (ann, sam):
        with statements(team) as sent:
            await done(person.put(path_of(person, "overrides/2026-05-18"), {"intervals": []}))
        counts.append(len(sent))
    assert counts[0] == counts[1]
    assert (await told(team)).count("timer.moved") == 21
