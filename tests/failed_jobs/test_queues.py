"""Every queue keeps the same promise: one bad item keeps nothing else waiting.

A queue that is not in the table below fails the first test: say how one of its items is made.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from dayline.attachments.housekeeping import prune
from dayline.decisions.due import DUE_QUEUE as DECISIONS
from dayline.kernel.jobs.due_queue import DueQueue
from dayline.kernel.jobs.failed_jobs import MOST_ATTEMPTS, Queue
from dayline.kernel.ops.settings import Settings
from dayline.notify.relay import RELAY
from dayline.scheduled.sending import DUE_QUEUE as MESSAGES
from dayline.timers.due_scanner import scanning
from dayline.timers.sweep import sweep_workspace
from tests.attachments.files import path_of, uploaded
from tests.clock import MovableClock
from tests.decisions.desk import answer, opened, seen
from tests.failed_jobs.failing import Refusals, failed_jobs
from tests.recorded import recorded
from tests.scheduled.desk import later
from tests.servers import Servers
from tests.team import Team
from tests.timers.desk import at, done, member, task_topic
from tests.timers.rows import Asked

SOON = at("2026-05-18 11:00")
DEADLINE = at("2026-05-20 12:00")

Items = list[str]

STAKEHOLDERS = text("SELECT id, decision_id, reminded_at FROM decision_stakeholders")
ATTACHMENTS = text("SELECT id FROM attachments")


@dataclass(frozen=True)
class Case:
    """How the items of a queue are made, worked off, and looked at."""

    make: Callable[[Team], Awaitable[Items]]
    """Two items that are due at once when it returns, the first one first."""
    work: Callable[[Team], Awaitable[Any]]
    """Try all that is due."""
    left: Callable[[Team, Items], Awaitable[Items]]
    """Which of them were not done yet."""


def agenda(which: DueQueue) -> Callable[[Team], Awaitable[Any]]:
    async def work(team: Team) -> None:
        sessions = team.app.state.sessions
        while await which.do_next(sessions, team.clock, team.workspace_id) is not None:
            pass

    return work


async def messages(team: Team) -> Items:
    topic = await task_topic(team.owner)
    sent = [await later(team.owner, topic, SOON + timedelta(minutes=n)) for n in range(2)]
    team.clock.now = SOON + timedelta(minutes=2)
    return [each["id"] for each in sent]


async def unsent(team: Team, items: Items) -> Items:
    waiting = {each["id"] for each in await done(team.owner.get("/scheduled-messages"))}
    return [item for item in items if item in waiting]


async def _decisions(team: Team, due: datetime = DEADLINE) -> list[Any]:
    ada = await member(team, "ada")
    return [await opened(team.owner, ada, due=due + timedelta(minutes=n)) for n in range(2)]


async def deadlines(team: Team) -> Items:
    made = await _decisions(team)
    team.clock.now = at("2026-05-20 15:00")
    return [each["id"] for each in made]


async def _keys(team: Team) -> dict[str, str]:
    listed = await done(team.owner.get("/decisions"))
    return {each["id"]: each["key"] for each in listed}


async def still_open(team: Team, items: Items) -> Items:
    keys = await _keys(team)
    return [i for i in items if (await seen(team.owner, keys[i]))["closed_at"] is None]


async def reviews(team: Team) -> Items:
    made = await _decisions(team)
    for each in made:
        ada = team.people["ada"]
        await answer(ada, each["key"])
        outcome = {"outcome": "Yes.", "rationale": "It is so.", "review_on": "2026-06-22"}
        await done(team.owner.post(f"/decisions/{each['key']}/decide", outcome))
    team.clock.now = at("2026-06-22 12:00")
    return [each["id"] for each in made]


async def not_told(team: Team, items: Items) -> Items:
    told = [
        row.data["decision"]["id"]
        for row in await recorded(team)
        if row.kind == "decision.review_due"
    ]
    return [item for item in items if item not in told]


async def reminders(team: Team) -> Items:
    made = await _decisions(team, at("2026-06-05 16:00"))  # tried for longer than until DEADLINE
    team.clock.now = at("2026-05-28 11:00")
    async with Asked(team, "", "", team.owner.member_id).inside() as session:
        rows = await session.execute(STAKEHOLDERS)
        ids = {str(row.decision_id): str(row.id) for row in rows}
    return [ids[each["id"]] for each in made]


async def not_reminded(team: Team, items: Items) -> Items:
    async with Asked(team, "", "", team.owner.member_id).inside() as session:
        rows = await session.execute(STAKEHOLDERS)
        reminded = {str(row.id) for row in rows if row.reminded_at is not None}
    return [item for item in items if item not in reminded]


async def timers(team: Team) -> Items:
    asked = await Asked.create(team)
    past = team.clock.now - timedelta(minutes=9)
    return [str(timer) for timer in await asked.timers(2, past, apart=timedelta(minutes=4))]


async def running(team: Team, items: Items) -> Items:
    fired = {r.data["timer"]["id"] for r in await recorded(team) if r.kind == "timer.breached"}
    return [item for item in items if item not in fired]


async def sweep(team: Team) -> None:
    while await sweep_workspace(team.app.state.sessions, team.clock, team.workspace_id):
        pass


async def notices(team: Team) -> Items:
    new = {"name": "#ops", "url": "http://127.0.0.1:1/services/ops", "kinds": ["task_state"]}
    await done(team.owner.post("/subscriptions", new))
    await done(team.owner.post("/projects", {"key": "ABC", "name": "Alpha"}))
    task = await done(team.owner.post("/tasks", {"project": "ABC", "title": "A task"}))
    for rev, state in enumerate(("in_progress", "done"), start=task["rev"]):
        await done(team.owner.patch(f"/tasks/{task['key']}", {"state": state}, rev))
    moved = [row for row in await recorded(team) if row.kind == "task.changed"]
    return [str(row.id) for row in moved]


async def not_relayed(team: Team, items: Items) -> Items:
    relayed = {each["event_id"] for each in await done(team.owner.get("/deliveries"))}
    return [item for item in items if item not in relayed]


async def pass_on(team: Team) -> None:
    sessions = team.app.state.sessions
    while await RELAY.handle_next(sessions, team.clock, team.workspace_id):
        pass
    while await RELAY.retries.do_next(sessions, team.clock, team.workspace_id) is not None:
        pass


async def files(team: Team) -> Items:
    made = [await uploaded(team.owner, content) for content in (b"one", b"two")]
    team.clock.advance(days=1, hours=2)
    return [each["id"] for each in made]


async def not_deleted(team: Team, items: Items) -> Items:
    async with Asked(team, "", "", team.owner.member_id).inside() as session:
        there = {str(id_) for id_ in await session.scalars(ATTACHMENTS)}
    return [item for item in items if item in there]


async def delete(team: Team) -> None:
    await prune(team.app.state.sessions, team.clock, team.app.state.files)


CASES = {
    Queue.SCHEDULED_MESSAGES: Case(messages, agenda(MESSAGES), unsent),
    Queue.DECISION_DEADLINES: Case(deadlines, agenda(DECISIONS), still_open),
    Queue.DECISION_REMINDERS: Case(reminders, agenda(DECISIONS), not_reminded),
    Queue.DECISION_REVIEWS: Case(reviews, agenda(DECISIONS), not_told),
    Queue.TIMERS: Case(timers, sweep, running),
    Queue.NOTICES: Case(notices, pass_on, not_relayed),
    Queue.FILES: Case(files, delete, not_deleted),
}
BY_THEMSELVES = {Queue.DELIVERIES, Queue.NOTICE_DELIVERIES, Queue.MEMBER_NOTICES}
"""Each delivery has its own attempts (tests/notify, tests/notices); what fails here is a workspace
alone. An event of which no notices can be made: tests/notices/test_faults.py."""


def test_every_queue_is_tried() -> None:
    assert set(Queue) == set(CASES) | BY_THEMSELVES


@pytest.fixture(scope="module", autouse=True)
async def refusals(servers: Servers, settings: Settings) -> AsyncIterator[Refusals]:
    """The database that all tests share refuses what a test says.

    Triggers wait for transactions under way, and those for this loop: so it must go on meanwhile.
    """
    refusals = await asyncio.to_thread(Refusals.of, servers, settings)
    yield refusals
    refusals.allow_all()


@pytest.fixture(params=CASES, ids=str)
def queue(request: pytest.FixtureRequest) -> Queue:
    found: Queue = request.param
    return found


async def test_a_bad_item_is_held_back_given_up_and_tried_again_by_an_admin(
    team: Team, clock: MovableClock, refusals: Refusals, queue: Queue
) -> None:
    case = CASES[queue]
    bad, good = await case.make(team)
    refusals.refuse(bad)
    await case.work(team)
    assert await case.left(team, [bad, good]) == [bad]
    (job,) = await failed_jobs(team, queue=queue, state="retrying")
    assert (job["item_id"], job["attempts"], job["dead_at"]) == (bad, 1, None)
    assert job["error"] == "CheckViolationError", "its words are private"
    await case.work(team)
    assert (await failed_jobs(team))[0]["attempts"] == 1, "it is held back"

    while (job := (await failed_jobs(team))[0])["retry_at"] is not None:
        clock.now = datetime.fromisoformat(job["retry_at"])
        await case.work(team)
        assert (await failed_jobs(team))[0]["attempts"] == job["attempts"] + 1
    assert job["attempts"] == MOST_ATTEMPTS
    assert await failed_jobs(team, state="given_up") == [job]
    told = [row for row in await recorded(team) if row.kind == "job.given_up"]
    assert [(row.audience, row.data["job"]) for row in told] == [("admins", job)]
    clock.advance(days=7)
    await case.work(team)
    assert await failed_jobs(team) == [job]

    refusals.allow_all()
    retried = await done(team.owner.post(f"/failed-jobs/{job['id']}/retry"))
    assert (retried["attempts"], retried["dead_at"]) == (0, None)
    await case.work(team)
    assert await case.left(team, [bad, good]) == []
    assert await failed_jobs(team) == []
    assert (await team.owner.post(f"/failed-jobs/{job['id']}/retry")).status_code == 404


async def test_the_alarm_sleeps_until_a_bad_timer_is_tried_again(
    team: Team, refusals: Refusals
) -> None:
    bad, _ = await timers(team)
    refusals.refuse(bad)
    await sweep(team)
    sessions = team.app.state.sessions
    async with scanning(sessions, team.clock) as lookout:
        assert team.workspace_id not in await lookout.workspaces_with_due()
        team.clock.advance(seconds=5)
        assert team.workspace_id in await lookout.workspaces_with_due()
    refusals.allow_all()
    await sweep(team)


async def test_files_that_cannot_be_deleted_keep_no_other_from_going(team: Team) -> None:
    made = [await uploaded(team.owner, content) for content in (b"one", b"two")]
    path = path_of(team, made[0])
    path.unlink()
    path.mkdir()
    team.clock.advance(days=1, hours=2)
    await delete(team)
    assert await not_deleted(team, [each["id"] for each in made]) == [made[0]["id"]]
    assert (await failed_jobs(team))[0]["queue"] == "files"
    path.rmdir()
