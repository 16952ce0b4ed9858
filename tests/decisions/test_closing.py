"""Closing: at the deadline or when all have answered, once, and then the decider's time runs."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from dayline.app import create_app
from dayline.decisions.closing import DEADLINES
from dayline.decisions.due import DUE_QUEUE
from dayline.kernel.db.clock import DatabaseClock
from dayline.kernel.db.database import Scope, enter_workspace
from dayline.kernel.jobs import alarm
from dayline.kernel.jobs.cancel import cancel_and_wait
from dayline.kernel.ops.settings import Settings
from tests.agreements.desk import HOUR, clauses, publish
from tests.clock import MovableClock
from tests.decisions import desk
from tests.decisions.desk import answer, opened, seen, timers_of, told
from tests.team import Person, Team
from tests.timers.desk import at, done, instant, member, post

DUE = at("2026-05-20 22:00")
PATIENCE_S = 20.0
Lose = Callable[[Person, Person], Awaitable[None]]


async def disabled(admin: Person, person: Person) -> None:
    await done(admin.put(f"/members/{person.member_id}/disablement"))


async def made_guest(admin: Person, person: Person) -> None:
    card = await done(admin.get(f"/members/{person.member_id}"))
    await done(admin.patch(f"/members/{person.member_id}", {"role": "guest"}, card["rev"]))


async def test_it_closes_when_the_last_has_answered_and_asks_the_decider(
    team: Team, clock: MovableClock
) -> None:
    olena, ada, mel = team.owner, await member(team, "ada"), await member(team, "mel")
    decision = await opened(olena, ada, mel, due=DUE)
    clock.advance(hours=1)
    assert (await answer(ada, decision["key"]))["closed_at"] is None
    clock.advance(hours=1)
    closed = await answer(mel, decision["key"], "abstain")
    assert instant(closed["closed_at"]) == clock.now
    (timer,) = await timers_of(olena, closed, "decision_outcome")
    assert timer["recipient_id"] == timer["author_id"] == str(olena.member_id)
    assert (instant(timer["sent_at"]), timer["allowance_s"]) == (clock.now, 8 * 3600)
    assert instant(timer["due_at"]) == at("2026-05-19 12:00")
    await answer(mel, decision["key"], "agree")
    await post(olena, decision["topic_id"], "Let me think.")
    assert (await done(olena.get(f"/timers/{timer['id']}")))["state"] == "open"
    assert (await told(team)).count("decision.closed") == 1
    assert len(await timers_of(olena, closed, "decision_outcome")) == 1


async def test_of_many_who_look_one_closes_and_the_deadline_is_when(
    team: Team, clock: MovableClock
) -> None:
    olena, ada = team.owner, await member(team, "ada")
    made = [await opened(olena, ada, due=DUE) for _ in range(3)]
    clock.now = DUE - timedelta(microseconds=1)
    assert await desk.do_due(team) == 3  # reminders
    assert (await seen(olena, made[0]["key"]))["closed_at"] is None
    clock.now = DUE + timedelta(days=2)  # nobody looked for two days
    counts = await asyncio.gather(*(desk.do_due(team) for _ in range(4)))
    assert sum(counts) == 3
    for decision in made:
        closed = await seen(olena, decision["key"])
        assert instant(closed["closed_at"]) == DUE
        (timer,) = await timers_of(olena, closed, "decision_outcome")
        assert instant(timer["sent_at"]) == DUE
        assert instant(timer["due_at"]) == at("2026-05-21 17:00")
        (asked,) = await timers_of(olena, closed, "decision_input")
        assert asked["ended_at"] is None  # a late answer still counts for what it is
    assert (await told(team)).count("decision.closed") == 3


async def test_an_answer_that_is_being_written_is_counted_first(
    team: Team, clock: MovableClock
) -> None:
    olena, ada = team.owner, await member(team, "ada")
    await opened(olena, ada, due=DUE)
    clock.now = DUE
    sessions = team.app.state.sessions
    async with sessions() as session, session.begin():
        await enter_workspace(session, Scope(team.workspace_id, DUE, None))
        await session.execute(text("SELECT FROM decisions FOR UPDATE"))
        assert await DEADLINES.do_next(sessions, clock, team.workspace_id) is None
    assert await DEADLINES.do_next(sessions, clock, team.workspace_id) is True


LOSE = {"disabled": disabled, "made a guest": made_guest}


@pytest.mark.parametrize("lose", LOSE.values(), ids=LOSE)
async def test_nobody_waits_for_who_lost_access(team: Team, lose: Lose) -> None:
    olena, ada, mel = team.owner, await member(team, "ada"), await member(team, "mel")
    decision = await opened(olena, ada, mel, due=DUE)
    other = await opened(olena, ada, mel, due=DUE)
    await answer(ada, other["key"])
    await lose(olena, mel)
    assert (await seen(olena, other["key"]))["closed_at"] is not None
    assert (await seen(olena, decision["key"]))["closed_at"] is None
    assert (await answer(ada, decision["key"]))["closed_at"] is not None


@pytest.mark.parametrize("lose", LOSE.values(), ids=LOSE)
async def test_a_decider_without_access_is_not_asked_until_another_one_is_named(
    team: Team, clock: MovableClock, lose: Lose
) -> None:
    olena, ada, mel = team.owner, await member(team, "ada"), await member(team, "mel")
    decision = await opened(olena, ada, due=DUE, decider=mel)
    await lose(olena, mel)
    clock.now = DUE
    assert await DEADLINES.do_next(team.app.state.sessions, clock, team.workspace_id)
    closed = await seen(olena, decision["key"])
    assert closed["closed_at"] is not None
    assert await timers_of(olena, closed, "decision_outcome") == []
    edit = {"decider_id": str(olena.member_id)}
    await done(olena.patch(f"/decisions/{closed['key']}", edit, closed["rev"]))
    (timer,) = await timers_of(olena, closed, "decision_outcome")
    assert (timer["recipient_id"], timer["state"]) == (str(olena.member_id), "open")


async def test_the_outcome_follows_the_agreement_in_force_when_the_time_for_input_was_over(
    team: Team, clock: MovableClock
) -> None:
    olena, ada = team.owner, await member(team, "ada")
    decision = await opened(olena, ada, due=DUE)
    hours = clauses(decision_outcome=4 * HOUR)
    await publish(olena, in_force_from=DUE + timedelta(hours=1), clauses=hours)
    clock.now = DUE + timedelta(hours=2)  # nobody looked for two hours
    assert await DEADLINES.do_next(team.app.state.sessions, clock, team.workspace_id)
    (timer,) = await timers_of(olena, await seen(olena, decision["key"]), "decision_outcome")
    assert (timer["agreement_version"], timer["allowance_s"]) == (1, 8 * HOUR)


async def test_another_decider_is_asked_from_when_they_are_named(
    team: Team, clock: MovableClock
) -> None:
    olena, ada, mel = team.owner, await member(team, "ada"), await member(team, "mel")
    decision = await opened(olena, ada, due=DUE)
    closed = await answer(ada, decision["key"])
    clock.advance(hours=2)
    edit = {"decider_id": str(mel.member_id)}
    await done(olena.patch(f"/decisions/{closed['key']}", edit, closed["rev"]))
    timers = {t["recipient_id"]: t for t in await timers_of(olena, closed, "decision_outcome")}
    assert timers[str(olena.member_id)]["state"] == "cancelled"
    assert instant(timers[str(mel.member_id)]["sent_at"]) == clock.now


async def test_the_loop_wakes_at_the_second_of_the_deadline(
    fresh_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alarm, "LONGEST_SLEEP_S", 3600.0)
    app, clock = create_app(fresh_settings, DatabaseClock()), DatabaseClock()
    team = await Team.create(app, MovableClock())
    ada = await member(team, "ada")
    sessions = app.state.sessions
    woken, announced = asyncio.Event(), asyncio.Queue[UUID]()
    running = [
        asyncio.create_task(
            DUE_QUEUE.run(sessions, clock, woken=woken, announce=announced.put_nowait)
        )
        for _ in range(2)
    ]
    async with sessions() as session, session.begin():
        now = await session.scalar(text("SELECT now()"))
    due = now + timedelta(seconds=5)
    decision = await opened(team.owner, ada, due=due)
    woken.set()
    async with asyncio.timeout(PATIENCE_S):
        while (closed := await seen(team.owner, decision["key"]))["closed_at"] is None:
            assert await announced.get() == team.workspace_id
    assert instant(closed["closed_at"]) == due
    assert (await told(team)).count("decision.closed") == 1
    await cancel_and_wait(running)
    await team.close()
    await app.state.engine.dispose()


async def test_one_workspace_s_fault_keeps_no_other_from_theirs(
    fresh_settings: Settings,
) -> None:
    clock = MovableClock()
    app = create_app(fresh_settings, clock)
    teams = [await Team.create(app, clock) for _ in range(2)]
    for team in teams:
        await opened(team.owner, await member(team, "ada"), due=DUE)
    sessions = app.state.sessions
    clock.now = DUE
    broken = teams[0].workspace_id

    async def half(session: AsyncSession, workspace_id: UUID, now: datetime) -> UUID | None:
        if workspace_id == broken:
            raise ConnectionError("broken")
        return await DEADLINES.claim(session, workspace_id, now)

    announced: list[UUID] = []
    agenda = replace(DUE_QUEUE, handlers=(replace(DEADLINES, claim=half),))
    with pytest.raises(ExceptionGroup):
        await agenda.do_due(sessions, clock, announced.append)
    assert announced == [teams[1].workspace_id]
    assert await DUE_QUEUE.do_due(sessions, clock, announced.append) == 1
    assert await DUE_QUEUE.next_in(sessions, clock) is None
    for team in teams:
        await team.close()
    await app.state.engine.dispose()
