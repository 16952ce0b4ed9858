"""The sweep: each warning and each breach once, in order, whoever sweeps and however late."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlmodel import col

from dayline.kernel.db.events import Audience
from dayline.timers import sweep as sweeping
from dayline.timers.models import EndReason, Timer
from dayline.timers.sweep import sweep, sweep_workspace
from tests import recorded
from tests.races import acting, meanwhile
from tests.team import Team
from tests.timers.rows import Asked

Told = list[tuple[str, UUID]]


@pytest.fixture
async def asked(team: Team) -> Asked:
    return await Asked.create(team)


async def fire(asked: Asked) -> int:
    """Sweep this test's workspace at this instant, to the end."""
    fired = 0
    while more := await sweep_workspace(asked.sessions, asked.team.clock, asked.team.workspace_id):
        fired += more
    return fired


async def told(asked: Asked) -> Told:
    """What fired, in the order of the feed."""
    return [
        (row.kind, UUID(row.data["timer"]["id"]))
        for row in await recorded.recorded(asked.team)
        if row.kind in {"timer.warned", "timer.breached"}
    ]


async def row_of(asked: Asked, timer_id: UUID) -> Timer:
    async with asked.inside() as session:
        return (await session.scalars(select(Timer).where(col(Timer.id) == timer_id))).one()


async def change(asked: Asked, timer_id: UUID, assignments: str) -> None:
    async with asked.inside() as session:
        statement = text(f"UPDATE timers SET {assignments} WHERE id = :id")  # noqa: S608
        await session.execute(statement, {"id": timer_id, "now": asked.team.clock.now})


async def test_it_warns_once_and_breaches_once(asked: Asked) -> None:
    clock = asked.team.clock
    [timer] = await asked.timers(1, clock.now + timedelta(hours=3))
    assert await fire(asked) == 0
    warned_at = clock.advance(hours=2)
    assert [await fire(asked), await fire(asked)] == [1, 0]
    clock.advance(hours=1, minutes=5)
    assert [await fire(asked), await fire(asked)] == [1, 0]
    assert await told(asked) == [("timer.warned", timer), ("timer.breached", timer)]
    row = await row_of(asked, timer)
    assert (row.warned_at, row.breached_at, row.rev) == (warned_at, row.due_at, 3)


async def test_the_events_show_the_timer_after_them(asked: Asked) -> None:
    await asked.timers(1, asked.team.clock.now)
    await fire(asked)
    event = (await recorded.recorded(asked.team))[-1]
    timer = event.data["timer"]
    assert (event.kind, timer["state"], timer["rev"]) == ("timer.breached", "breached", 2)
    assert timer["breached_at"] == timer["due_at"]
    asker = Audience.asker(UUID(timer["project_id"]), UUID(timer["author_id"]))
    assert (event.audience, event.audience_id) == ("team", asker.id)
    assert event.actor_id is None


async def test_what_is_overdue_breaches_without_a_warning(asked: Asked) -> None:
    [timer] = await asked.timers(1, asked.team.clock.now - timedelta(hours=1))
    assert await fire(asked) == 1
    assert await told(asked) == [("timer.breached", timer)]
    assert (await row_of(asked, timer)).warned_at is None


async def test_events_come_in_the_order_of_their_instants(asked: Asked) -> None:
    now = asked.team.clock.now
    breaches = await asked.timers(3, now - timedelta(minutes=9), apart=timedelta(minutes=4))
    warnings = await asked.timers(2, now + timedelta(minutes=53), apart=timedelta(minutes=4))
    await fire(asked)
    assert await told(asked) == [
        ("timer.breached", breaches[0]),
        ("timer.warned", warnings[0]),
        ("timer.breached", breaches[1]),
        ("timer.warned", warnings[1]),
        ("timer.breached", breaches[2]),
    ]


@pytest.mark.parametrize(
    "fact",
    [
        "paused_at = :now, pause_reason = 'Waiting on the client'",
        "ended_at = :now, end_reason = 'cancelled', cancel_reason = 'resolved'",
        "ended_at = :now, end_reason = 'responded', first_response_at = :now",
        "due_at = NULL, warn_at = NULL",
    ],
)
async def test_what_does_not_run_does_not_fire(asked: Asked, fact: str) -> None:
    [timer] = await asked.timers(1, asked.team.clock.now)
    await change(asked, timer, fact)
    assert await fire(asked) == 0
    assert await told(asked) == []


async def test_after_a_downtime_it_catches_up_in_chunks(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "AT_ONCE", 10)
    past = asked.team.clock.now - timedelta(days=1)
    timers = await asked.timers(25, past, apart=timedelta(minutes=1))
    chunks = [
        await sweep_workspace(asked.sessions, asked.team.clock, asked.team.workspace_id)
        for _ in range(4)
    ]
    assert chunks == [10, 10, 5, 0]
    assert await told(asked) == [("timer.breached", timer) for timer in timers]


async def test_a_sweep_goes_through_all_workspaces_to_the_end(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "AT_ONCE", 10)
    monkeypatch.setattr(sweeping, "CHUNKS", 2)
    other = await Asked.create(await Team.create(asked.team.app, asked.team.clock))
    for each in (asked, other):
        await each.timers(25, asked.team.clock.now)
    announced: list[UUID] = []
    assert await sweep(asked.sessions, asked.team.clock, announced.append) >= 50
    assert {asked.team.workspace_id, other.team.workspace_id} <= set(announced)
    assert [len(await told(each)) for each in (asked, other)] == [25, 25]
    await other.team.close()


async def test_a_sweep_with_nothing_to_do_does_nothing(asked: Asked) -> None:
    await sweep(asked.sessions, asked.team.clock)
    head = await recorded.head(asked.team)
    announced: list[UUID] = []
    assert await sweep(asked.sessions, asked.team.clock, announced.append) == 0
    assert announced == []
    assert await recorded.head(asked.team) == head


async def test_two_sweepers_share_what_is_due(asked: Asked) -> None:
    timers = await asked.timers(400, asked.team.clock.now)
    fired = await asyncio.gather(*(fire(asked) for _ in range(4)))
    fired_at_last = await fire(asked)
    assert sum(fired) + fired_at_last == 400
    assert sorted(id_ for _, id_ in await told(asked)) == sorted(timers)


async def test_a_second_sweeper_passes_over_what_the_first_holds(asked: Asked) -> None:
    await asked.timers(3, asked.team.clock.now)
    async with acting(asked.team, asked.team.owner) as holder:
        held = select(Timer).where(col(Timer.workspace_id) == holder.workspace_id)
        await holder.session.scalars(held.limit(2).with_for_update())
        assert await fire(asked) == 1
    assert await fire(asked) == 2


async def test_a_response_that_is_on_its_way_is_not_breached(asked: Asked) -> None:
    [timer] = await asked.timers(1, asked.team.clock.now)
    async with acting(asked.team, asked.team.owner) as caller:
        row = await caller.session.get_one(
            Timer, (asked.team.workspace_id, timer), with_for_update=True
        )
        assert await fire(asked) == 0
        row.first_response_at = row.ended_at = caller.now
        row.end_reason = EndReason.RESPONDED
    assert await fire(asked) == 0
    assert await told(asked) == []


async def test_a_response_that_waits_for_the_sweep_finds_the_breach(asked: Asked) -> None:
    [timer] = await asked.timers(1, asked.team.clock.now)

    async def found() -> bool:
        async with asked.inside() as session:
            row = await session.get_one(
                Timer, (asked.team.workspace_id, timer), with_for_update=True
            )
            return row.breached_at is not None

    async with acting(asked.team, asked.team.owner) as sweeper:
        assert await sweeping.fire(sweeper.session) == 1
        response = await meanwhile(sweeper, found())
    assert await response


async def test_a_workspace_that_is_held_up_delays_no_other(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "HOLD_UP", "50ms")
    other = await Asked.create(await Team.create(asked.team.app, asked.team.clock))
    for each in (asked, other):
        await each.timers(1, asked.team.clock.now)
    async with acting(asked.team, asked.team.owner) as caller:
        held = text("SELECT FROM workspace_feed WHERE workspace_id = :id FOR UPDATE")
        await caller.session.execute(held, {"id": asked.team.workspace_id})
        await sweep(asked.sessions, asked.team.clock)
        assert len(await told(other)) == 1
    assert await told(asked) == []
    assert await fire(asked) == 1
    await other.team.close()
