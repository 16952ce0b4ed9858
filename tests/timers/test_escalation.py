"""Escalation: an overdue ask is handed over step by step, each in the next person's hours."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import text

from dayline.conversations.lifecycle import set_resolved
from dayline.identity.models import Role
from dayline.kernel.db.database import Scope, enter_workspace
from dayline.members.members import disable_member
from dayline.messages.posting import post_message
from dayline.timers.escalating import Escalated, due_steps, escalate
from dayline.timers.sweep import escalate_workspace, sweep_workspace
from tests.agreements.desk import HOUR, clauses, publish
from tests.calendars.desk import path_of, weekdays, works
from tests.races import acting, meanwhile
from tests.recorded import recorded
from tests.team import Person, Team
from tests.timers.desk import (
    Json,
    ask,
    at,
    direct_topic,
    done,
    member,
    post,
    task_topic,
    timer,
    told,
)

STEPS = [
    {"to": "cover", "allowance_s": 2 * HOUR},
    {"to": "lead", "allowance_s": HOUR},
    {"to": "owner", "allowance_s": HOUR},
]


@dataclass
class Ladder:
    """A project with a lead in Dubai, an owner in New York, and Ann, Sam and Dan in Kyiv."""

    team: Team
    ann: Person
    sam: Person
    dan: Person
    noor: Person
    topic: str = ""

    @classmethod
    async def create(cls, team: Team, steps: Sequence[Json] = STEPS) -> "Ladder":
        ann, sam, dan = [await member(team, handle) for handle in ("ann", "sam", "dan")]
        self = cls(team, ann, sam, dan, await team.add("noor"))
        await works(self.noor, "Asia/Dubai", weekdays("09:00-18:00"))
        await works(team.owner, "America/New_York", weekdays("09:00-17:00"))
        terms = clauses()
        for kind in ("task_comment", "direct_message"):
            terms[kind]["escalation"] = list(steps)
        await publish(team.owner, clauses=terms)
        self.topic = await task_topic(team.owner)
        await self.lead_by(self.noor)
        return self

    async def lead_by(self, person: Person | None) -> None:
        project = await done(self.team.owner.get("/projects/ABC"))
        lead = None if person is None else str(person.member_id)
        await done(self.team.owner.patch("/projects/ABC", {"lead_id": lead}, rev=project["rev"]))

    async def leave(self) -> None:
        """Sam is on leave from Mon 25 to Fri 29 May, and Dan stands in."""
        days = {"starts_on": "2026-05-25", "ends_on": "2026-05-29"}
        new = days | {"cover_id": str(self.dan.member_id)}
        await done(self.sam.post(path_of(self.sam, "time-off"), new))

    async def at(self, wall: str, zone: str = "Europe/Kyiv") -> int:
        """Sweep at an instant. Returns how many asks were handed over."""
        self.team.clock.now = at(wall, zone)
        return await self.swept()

    async def swept(self) -> int:
        team = self.team
        while await sweep_workspace(team.app.state.sessions, team.clock, team.workspace_id):
            pass
        found = await escalate_workspace(team.app.state.sessions, team.clock, team.workspace_id)
        return found.handed_over

    async def asked_in_the_afternoon(self) -> Json:
        """Ann asks Sam on Fri 22 May 13:00 in Kyiv: due, and overdue, at 17:00."""
        self.team.clock.now = at("2026-05-22 13:00")
        return await ask(self.ann, self.topic, self.sam)

    async def open(self) -> dict[str, Json]:
        """The open timers, by the handle of their recipients."""
        handles = {str(person.member_id): handle for handle, person in self.team.people.items()}
        found = await done(self.ann.get("/timers", state="waiting"))
        return {handles[each["recipient_id"]]: each for each in found}


@pytest.fixture
async def ladder(team: Team) -> Ladder:
    return await Ladder.create(team)


async def test_the_worked_case_goes_through_all_steps_over_a_weekend(ladder: Ladder) -> None:
    """The case that tests/core/test_escalation.py works out by hand."""
    first = await ladder.asked_in_the_afternoon()
    assert await ladder.at("2026-05-22 17:00") == 0
    await ladder.leave()
    assert await ladder.at("2026-05-25 09:59") == 0
    assert [await ladder.at("2026-05-25 10:00"), await ladder.swept()] == [1, 0]
    dan = (await ladder.open())["dan"]
    assert dan["due_at"] == "2026-05-25T11:00:00Z"
    assert dan["handed_over"] == {
        "step": "cover",
        "from_id": str(ladder.sam.member_id),
        "overdue_since": "2026-05-22T14:00:00Z",
        "skipped": [],
    }
    assert await ladder.at("2026-05-25 14:00") == 0
    assert await ladder.at("2026-05-25 15:59", "Asia/Dubai") == 0
    assert await ladder.at("2026-05-25 16:00", "Asia/Dubai") == 1
    noor = (await ladder.open())["noor"]
    assert (noor["due_at"], noor["handed_over"]["step"]) == ("2026-05-26T07:00:00Z", "lead")
    assert noor["handed_over"]["from_id"] == str(ladder.dan.member_id)
    assert await ladder.at("2026-05-26 11:00", "Asia/Dubai") == 0
    assert await ladder.at("2026-05-26 09:59", "America/New_York") == 0
    assert await ladder.at("2026-05-26 10:00", "America/New_York") == 1
    found = await ladder.open()
    assert found["olena"]["due_at"] == "2026-05-26T18:00:00Z"
    assert {each["first_timer_id"] for each in found.values()} == {None, first["id"]}
    assert await ladder.at("2026-06-26 10:00") == 0
    assert (await told(ladder.team)).count("timer.escalated") == 3


async def test_the_event_is_for_those_who_see_the_ask(ladder: Ladder) -> None:
    await ladder.asked_in_the_afternoon()
    await ladder.at("2026-05-22 17:00")
    await ladder.at("2026-05-25 10:00", "Asia/Dubai")
    rows = await recorded(ladder.team)
    (started,) = [row for row in rows if row.kind == "timer.started"]
    (escalated,) = [row for row in rows if row.kind == "timer.escalated"]
    assert (escalated.audience, escalated.audience_id) == (started.audience, started.audience_id)
    assert escalated.actor_id is None
    shown = await timer(ladder.noor, escalated.data["timer"]["id"])
    assert shown == escalated.data["timer"]
    assert shown["handed_over"]["skipped"] == [
        {"to": "cover", "member_id": None, "reason": "no_one"}
    ]


async def handed_over_to_noor(ladder: Ladder) -> Json:
    await ladder.asked_in_the_afternoon()
    await ladder.at("2026-05-22 17:00")
    assert await ladder.at("2026-05-25 10:00", "Asia/Dubai") == 1
    return (await ladder.open())["noor"]


async def answered_by_sam(ladder: Ladder) -> None:
    await post(ladder.sam, ladder.topic)


async def answered_by_noor(ladder: Ladder) -> None:
    await post(ladder.noor, ladder.topic)


async def resolved(ladder: Ladder) -> None:
    await done(ladder.ann.put(f"/topics/{ladder.topic}/resolution"))


async def withdrawn(ladder: Ladder) -> None:
    (message,) = await done(ladder.ann.get(f"/topics/{ladder.topic}/messages"))
    await done(ladder.ann.put(f"/messages/{message['id']}/withdrawal"))


async def edited(ladder: Ladder) -> None:
    (message,) = await done(ladder.ann.get(f"/topics/{ladder.topic}/messages"))
    await done(ladder.ann.patch(f"/messages/{message['id']}", {"asks": []}, rev=message["rev"]))


STOPS = [answered_by_sam, answered_by_noor, resolved, withdrawn, edited]


@pytest.mark.parametrize("stop", STOPS)
async def test_what_stops_it_ends_it_for_all(
    ladder: Ladder, stop: Callable[[Ladder], Awaitable[None]]
) -> None:
    await handed_over_to_noor(ladder)
    await stop(ladder)
    assert await ladder.open() == {}
    assert await ladder.at("2026-06-26 10:00") == 0


@pytest.mark.parametrize("stop", [answered_by_sam, resolved, withdrawn, edited])
async def test_what_stops_it_before_a_step_lets_none_come(
    ladder: Ladder, stop: Callable[[Ladder], Awaitable[None]]
) -> None:
    await ladder.asked_in_the_afternoon()
    await ladder.at("2026-05-22 17:30")
    await stop(ladder)
    assert await ladder.at("2026-06-26 10:00") == 0
    assert await ladder.open() == {}


async def test_who_answers_responds_and_the_others_are_no_longer_asked(ladder: Ladder) -> None:
    noors = await handed_over_to_noor(ladder)
    await post(ladder.noor, ladder.topic)
    assert (await timer(ladder.ann, noors["id"]))["state"] == "responded"
    sams = await timer(ladder.ann, noors["first_timer_id"])
    assert (sams["state"], sams["cancel_reason"]) == ("cancelled", "answered")
    assert sams["breached_at"] is not None


async def test_a_pause_holds_the_next_step(ladder: Ladder) -> None:
    noors = await handed_over_to_noor(ladder)
    await done(ladder.noor.put(f"/timers/{noors['id']}/pause", {"reason": "Waiting"}))
    assert await ladder.at("2026-05-29 18:00") == 0
    await done(ladder.noor.delete(f"/timers/{noors['id']}/pause"))
    assert await ladder.at("2026-06-01 09:59", "America/New_York") == 0
    assert await ladder.at("2026-06-01 10:00", "America/New_York") == 1


async def test_a_promise_holds_the_next_step_until_it_is_overdue(ladder: Ladder) -> None:
    noors = await handed_over_to_noor(ladder)
    promise = {"promised_at": "2026-05-29T07:00:00Z"}
    await done(ladder.noor.put(f"/timers/{noors['id']}/acknowledgement", promise))
    assert await ladder.at("2026-05-28 18:00", "America/New_York") == 0
    assert await ladder.at("2026-05-29 07:01", "UTC") == 0
    assert await ladder.at("2026-05-29 10:00", "America/New_York") == 1
    assert (await ladder.open())["olena"]["due_at"] == "2026-05-29T18:00:00Z"


async def test_a_calendar_that_changes_moves_the_step(ladder: Ladder) -> None:
    await ladder.asked_in_the_afternoon()
    await ladder.at("2026-05-22 17:00")
    days = {"starts_on": "2026-05-25", "ends_on": "2026-05-25"}
    await done(ladder.noor.post(path_of(ladder.noor, "time-off"), days))
    assert await ladder.at("2026-05-25 18:00", "Asia/Dubai") == 0
    assert await ladder.at("2026-05-26 10:00", "Asia/Dubai") == 1


async def test_another_lead_is_asked_in_their_own_hours(ladder: Ladder) -> None:
    await ladder.asked_in_the_afternoon()
    await ladder.at("2026-05-22 17:00")
    await ladder.lead_by(ladder.dan)
    assert await ladder.at("2026-05-22 18:00") == 1
    assert "dan" in await ladder.open()


async def test_who_lost_access_is_skipped_and_the_next_one_is_asked(ladder: Ladder) -> None:
    await ladder.asked_in_the_afternoon()
    await ladder.at("2026-05-22 17:00")
    await done(ladder.team.owner.put(f"/members/{ladder.noor.member_id}/disablement"))
    assert await ladder.at("2026-05-22 11:00", "America/New_York") == 1
    skipped = (await ladder.open())["olena"]["handed_over"]["skipped"]
    assert [(each["to"], each["reason"]) for each in skipped] == [
        ("cover", "no_one"),
        ("lead", "no_access"),
    ]


async def test_a_recipient_who_left_is_waited_for_no_more(ladder: Ladder) -> None:
    await ladder.asked_in_the_afternoon()
    await ladder.at("2026-05-22 17:00")
    await done(ladder.team.owner.put(f"/members/{ladder.sam.member_id}/disablement"))
    assert await ladder.at("2026-06-26 10:00") == 0


async def test_the_author_and_who_was_asked_are_skipped(ladder: Ladder) -> None:
    await ladder.lead_by(ladder.ann)
    ladder.team.clock.now = at("2026-05-22 13:00")
    await ask(ladder.ann, ladder.topic, ladder.sam, ladder.team.owner)
    await ladder.at("2026-05-22 17:00")
    sams = (await ladder.open())["sam"]
    steps = (await done(ladder.ann.get(f"/timers/{sams['id']}/explanation")))["escalation"]
    assert [(step["to"], step["skipped"], step["name"]) for step in steps] == [
        ("cover", "no_one", None),
        ("lead", "is_author", "Ann"),
        ("owner", "already_asked", "Olena"),
    ]
    assert steps[1]["reason"] == "Ann asked."
    assert await ladder.at("2026-06-26 10:00") == 0


async def test_a_direct_topic_stays_among_its_participants(ladder: Ladder) -> None:
    ladder.team.clock.now = at("2026-05-22 13:00")
    private = await direct_topic(ladder.ann, ladder.sam)
    await ask(ladder.ann, private, ladder.sam)
    assert await ladder.at("2026-06-26 10:00") == 0
    ladder.team.clock.now = at("2026-07-03 13:00")
    shared = await direct_topic(ladder.ann, ladder.sam, ladder.team.owner)
    await ask(ladder.ann, shared, ladder.sam)
    await ladder.at("2026-07-03 15:00")
    assert await ladder.at("2026-07-03 10:00", "America/New_York") == 1
    (escalated,) = [row for row in await recorded(ladder.team) if row.kind == "timer.escalated"]
    assert (escalated.audience, escalated.audience_id) == ("topic", UUID(shared))


async def test_two_overdue_asks_of_a_message_go_to_one_person_once(ladder: Ladder) -> None:
    ladder.team.clock.now = at("2026-05-22 13:00")
    await ask(ladder.ann, ladder.topic, ladder.sam, ladder.dan)
    await ladder.at("2026-05-22 17:00")
    assert [await ladder.at("2026-05-25 10:00", "Asia/Dubai"), await ladder.swept()] == [2, 0]
    assert set(await ladder.open()) == {"sam", "dan", "noor", "olena"}


async def test_an_edit_leaves_those_to_whom_it_was_handed_over(ladder: Ladder) -> None:
    await handed_over_to_noor(ladder)
    (message,) = await done(ladder.ann.get(f"/topics/{ladder.topic}/messages"))
    body = {"body": "Which one, please?", "asks": [str(ladder.sam.member_id)]}
    await done(ladder.ann.patch(f"/messages/{message['id']}", body, rev=message["rev"]))
    assert set(await ladder.open()) == {"sam", "noor"}
    (message,) = await done(ladder.ann.get(f"/topics/{ladder.topic}/messages"))
    body = {"asks": [str(ladder.sam.member_id), str(ladder.noor.member_id)]}
    await done(ladder.ann.patch(f"/messages/{message['id']}", body, rev=message["rev"]))
    assert set(await ladder.open()) == {"sam", "noor"}


async def test_the_message_shows_who_is_asked_now(ladder: Ladder) -> None:
    await handed_over_to_noor(ladder)
    (message,) = await done(ladder.ann.get(f"/topics/{ladder.topic}/messages"))
    origins = {each["member_id"]: each["handed_over"] for each in message["asks"]}
    assert origins[str(ladder.sam.member_id)] is None
    assert origins[str(ladder.noor.member_id)]["from_id"] == str(ladder.sam.member_id)


async def test_a_version_without_steps_hands_nothing_over(team: Team) -> None:
    ladder = await Ladder.create(team, [])
    await ladder.asked_in_the_afternoon()
    assert await ladder.at("2026-06-26 10:00") == 0


async def test_a_running_timer_keeps_the_steps_of_its_version(ladder: Ladder) -> None:
    await ladder.asked_in_the_afternoon()
    await publish(ladder.team.owner, clauses=clauses())
    await ladder.at("2026-05-22 17:00")
    assert await ladder.at("2026-05-25 10:00", "Asia/Dubai") == 1


async def test_the_preview_says_who_would_be_asked_next_and_when(ladder: Ladder) -> None:
    ladder.team.clock.now = at("2026-05-22 13:00")
    query = {"recipient": str(ladder.sam.member_id), "topic": ladder.topic}
    (line,) = (await done(ladder.ann.get("/asking", **query)))["recipients"]
    cover, lead, owner = line["escalation"]
    assert (cover["skipped"], cover["reason"]) == (
        "no_one",
        "No one stands in for the recipient then.",
    )
    assert (lead["name"], lead["zone"], lead["asked"]["theirs"]) == (
        "Noor",
        "Asia/Dubai",
        "2026-05-25T10:00:00+04:00",
    )
    assert lead["asked"]["yours"] == "2026-05-25T09:00:00+03:00"
    assert (owner["name"], owner["asked"]["theirs"]) == ("Olena", "2026-05-25T10:00:00-04:00")
    found = await ask(ladder.ann, ladder.topic, ladder.sam)
    why = await done(ladder.ann.get(f"/timers/{found['id']}/explanation"))
    assert why["escalation"] == line["escalation"]


async def test_the_explanation_says_what_followed_and_what_follows(ladder: Ladder) -> None:
    noors = await handed_over_to_noor(ladder)
    why = await done(ladder.ann.get(f"/timers/{noors['first_timer_id']}/explanation"))
    cover, lead, owner = why["escalation"]
    assert (cover["skipped"], lead["timer_id"], owner["timer_id"]) == ("no_one", noors["id"], None)
    assert owner["asked"]["theirs"] == "2026-05-25T10:00:00-04:00"
    own = await done(ladder.ann.get(f"/timers/{noors['id']}/explanation"))
    assert own["escalation"] == [owner]


async def test_guests_are_told_no_steps(ladder: Ladder) -> None:
    gus = await ladder.team.add("gus", Role.GUEST)
    await done(ladder.team.owner.put(f"/projects/ABC/people/{gus.member_id}"))
    ladder.team.clock.now = at("2026-05-22 13:00")
    query = {"recipient": str(ladder.sam.member_id), "topic": ladder.topic}
    (line,) = (await done(gus.get("/asking", **query)))["recipients"]
    found = await ask(gus, ladder.topic, ladder.sam)
    why = await done(gus.get(f"/timers/{found['id']}/explanation"))
    assert (line["escalation"], why["escalation"]) == ([], [])


async def test_a_worker_that_dies_between_steps_loses_and_doubles_none(ladder: Ladder) -> None:
    await ladder.asked_in_the_afternoon()
    team, sessions = ladder.team, ladder.team.app.state.sessions
    team.clock.now = at("2026-05-22 17:00")
    await sweep_workspace(sessions, team.clock, team.workspace_id)  # dies before the plan
    assert await ladder.at("2026-05-25 09:30", "Asia/Dubai") == 0
    team.clock.now = at("2026-05-25 10:00", "Asia/Dubai")
    async with sessions() as session:
        await session.begin()
        await enter_workspace(session, Scope(team.workspace_id, team.clock.now, None))
        ids = list(await session.scalars(text("SELECT id FROM timers WHERE ended_at IS NULL")))
        assert (await escalate(session, ids)).handed_over == 1
        await session.rollback()  # dies before the commit
    assert set(await ladder.open()) == {"sam"}
    assert [await ladder.swept(), await ladder.swept()] == [1, 0]


async def test_a_step_that_runs_late_counts_from_then(ladder: Ladder) -> None:
    await ladder.asked_in_the_afternoon()
    assert await ladder.at("2026-05-25 12:30", "Asia/Dubai") == 1
    assert (await ladder.open())["noor"]["due_at"] == "2026-05-25T12:30:00Z"


async def test_a_step_that_fails_keeps_no_other_waiting(
    ladder: Ladder,
) -> None:
    first = await ladder.asked_in_the_afternoon()
    await ask(ladder.ann, await task_topic(ladder.ann), ladder.sam)
    await ladder.at("2026-05-22 17:00")
    await change(ladder, first["id"], """escalation = '[{"to": "nobody", "allowance_s": 1}]'""")
    assert await ladder.at("2026-05-25 10:00", "Asia/Dubai") == 1
    jobs = await done(ladder.team.owner.get("/failed-jobs"))
    assert [(job["queue"], job["item_id"]) for job in jobs] == [("timers", first["id"])]


async def change(ladder: Ladder, timer_id: str, assignments: str) -> None:
    team = ladder.team
    async with team.app.state.sessions() as session, session.begin():
        await enter_workspace(session, Scope(team.workspace_id, team.clock.now, None))
        statement = text(f"UPDATE timers SET {assignments} WHERE id = :id")  # noqa: S608
        await session.execute(statement, {"id": UUID(timer_id)})


async def due_for_noor(ladder: Ladder) -> None:
    """Bring the ask to the instant at which it goes to Noor, unswept."""
    await ladder.asked_in_the_afternoon()
    await ladder.at("2026-05-22 17:00")
    ladder.team.clock.now = at("2026-05-25 10:00", "Asia/Dubai")


def escalating(ladder: Ladder) -> Coroutine[None, None, Escalated]:
    team = ladder.team
    return escalate_workspace(team.app.state.sessions, team.clock, team.workspace_id)


async def test_nothing_is_handed_over_in_a_topic_that_is_being_resolved(ladder: Ladder) -> None:
    await due_for_noor(ladder)
    async with acting(ladder.team, ladder.ann) as caller:
        await set_resolved(caller, UUID(ladder.topic), resolved=True)
        swept = await meanwhile(caller, escalating(ladder))
    assert (await swept).handed_over == 0
    assert await ladder.open() == {}


async def test_nothing_is_handed_over_while_the_answer_is_being_posted(ladder: Ladder) -> None:
    await due_for_noor(ladder)
    async with acting(ladder.team, ladder.sam) as caller:
        await post_message(caller, UUID(ladder.topic), "The second one.")
        swept = await meanwhile(caller, escalating(ladder))
    assert (await swept).handed_over == 0
    assert await ladder.open() == {}


async def test_an_answer_that_waits_for_the_handover_ends_it_for_both(ladder: Ladder) -> None:
    await due_for_noor(ladder)
    async with acting(ladder.team, ladder.sam) as sweeper:
        ids = await due_steps(sweeper.session)
        assert (await escalate(sweeper.session, ids)).handed_over == 1
        answered = await meanwhile(sweeper, post(ladder.sam, ladder.topic))
    await answered
    assert await ladder.open() == {}


async def test_who_is_losing_their_access_is_not_asked(ladder: Ladder) -> None:
    await due_for_noor(ladder)
    async with acting(ladder.team, ladder.team.owner, Role.OWNER) as caller:
        await disable_member(caller, ladder.noor.member_id)
        swept = await meanwhile(caller, escalating(ladder))
    await swept
    assert "noor" not in await ladder.open()


async def test_two_workers_hand_over_once(ladder: Ladder) -> None:
    await due_for_noor(ladder)
    found = await asyncio.gather(escalating(ladder), escalating(ladder))
    assert sum(each.handed_over for each in found) == 1
    assert set(await ladder.open()) == {"sam", "noor"}


async def test_today_says_from_whom_it_came_and_since_when_it_is_overdue(ladder: Ladder) -> None:
    noors = await handed_over_to_noor(ladder)
    (line,) = (await done(ladder.noor.get("/today")))["needs_you"]
    assert line["timer"] == noors
    assert line["overdue_since"]["yours"] == "2026-05-22T18:00:00+04:00"
    waiting = (await done(ladder.ann.get("/today")))["waiting_for"]
    since = {each["recipient"]["handle"]: each["overdue_since"] for each in waiting}
    assert since["sam"] is None
    assert since["noor"]["yours"] == "2026-05-22T17:00:00+03:00"
