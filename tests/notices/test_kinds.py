"""Which events give whom which notice, and what settles it."""

from typing import Any

import pytest

from dayline.identity.models import Role
from dayline.timers.sweep import escalate_workspace
from tests.agreements.desk import HOUR, clauses, publish
from tests.clock import MovableClock
from tests.decisions.desk import answer, do_due, opened
from tests.notices.desk import listed, the, told, work
from tests.team import Person, Team, in_browser
from tests.timers.desk import ask, at, direct_topic, done, member, post, sweep, task_topic

Json = dict[str, Any]


@pytest.fixture
async def sam(team: Team) -> Person:
    return await member(team, "sam")


async def open_kinds(team: Team, person: Person) -> list[str]:
    return await told(team, person, state="open")


async def test_an_ask_is_told_to_its_recipient_with_all_that_a_row_shows(
    team: Team, sam: Person
) -> None:
    topic = await task_topic(team.owner)
    asked = await ask(team.owner, topic, sam, body="Which **one**?")
    notice = await the(team, sam, "asked")
    assert notice["timer_id"] == asked["id"]
    assert (notice["title"], notice["path"], notice["excerpt"]) == (
        "A task",
        "tasks/ABC-1",
        "Which one?",
    )
    assert notice["actor"]["handle"] == "olena"
    assert notice["due"]["yours"] == "2026-05-18T14:00:00+03:00"
    assert (notice["needs_you"], notice["is_recipient"], notice["urgent"]) == (True, True, False)
    assert await told(team, team.owner) == []


async def test_an_answer_settles_the_ask_and_is_told_with_its_text_and_time(
    team: Team, sam: Person, clock: MovableClock
) -> None:
    topic = await task_topic(team.owner)
    await ask(team.owner, topic, sam)
    clock.advance(hours=1)
    said = await post(sam, topic, "The blue one.")
    notice = await the(team, team.owner, "answered")
    assert (notice["message_id"], notice["excerpt"]) == (said["id"], "The blue one.")
    assert (notice["answered_in_s"], notice["actor"]["handle"]) == (3600, "sam")
    assert notice["is_recipient"] is False
    assert await open_kinds(team, sam) == []
    assert (await the(team, sam, "asked"))["settled_at"] == "2026-05-18T08:00:00Z"


async def test_a_warning_and_a_breach_take_the_place_of_what_came_before(
    team: Team, sam: Person, clock: MovableClock
) -> None:
    topic = await task_topic(team.owner)
    await ask(team.owner, topic, sam)
    await work(team)
    clock.advance(hours=3)
    await sweep(team)
    assert await open_kinds(team, sam) == ["warned"]
    clock.advance(hours=1)
    await sweep(team)
    assert await open_kinds(team, sam) == ["breached"]
    assert await open_kinds(team, team.owner) == ["breached"]
    await post(sam, topic, "Sorry.")
    assert await open_kinds(team, sam) == []
    assert await open_kinds(team, team.owner) == ["answered"]


async def test_a_promise_is_told_and_settled_when_it_is_kept(
    team: Team, sam: Person, clock: MovableClock
) -> None:
    topic = await task_topic(team.owner)
    asked = await ask(team.owner, topic, sam)
    promise = {"promised_at": at("2026-05-19 12:00").isoformat()}
    await done(sam.put(f"/timers/{asked['id']}/acknowledgement", promise))
    assert await open_kinds(team, sam) == []
    notice = await the(team, team.owner, "promised")
    assert notice["due"]["yours"] == "2026-05-19T12:00:00+03:00"
    clock.advance(hours=5)
    await post(sam, topic, "Here.")
    assert await open_kinds(team, team.owner) == ["answered"]
    assert (await the(team, team.owner, "answered"))["answered_in_s"] == 5 * 3600


@pytest.mark.parametrize(
    ("hours", "theirs", "askers"),
    [(0, "asked", []), (3, "warned", []), (4, "breached", ["breached"])],
)
async def test_what_a_reopened_answer_settled_is_told_again(
    team: Team, sam: Person, clock: MovableClock, *, hours: int, theirs: str, askers: list[str]
) -> None:
    asked = await ask(team.owner, await task_topic(team.owner), sam)
    clock.advance(hours=hours)
    await sweep(team)
    await post(sam, asked["topic_id"], "Soon.")
    assert await open_kinds(team, sam) == []
    assert await open_kinds(team, team.owner) == ["answered"]
    await done(sam.delete(f"/timers/{asked['id']}/response"))
    assert await open_kinds(team, sam) == [theirs]
    assert await open_kinds(team, team.owner) == askers
    (notice,) = await listed(sam, state="needs_you", kind=theirs)
    assert notice["actor"]["handle"] == "olena"
    await post(sam, asked["topic_id"], "Here.")
    assert await open_kinds(team, sam) == []
    assert await open_kinds(team, team.owner) == ["answered"]


async def test_a_reopened_promise_is_told_again_to_who_waits_for_it(
    team: Team, sam: Person, clock: MovableClock
) -> None:
    asked = await ask(team.owner, await task_topic(team.owner), sam)
    promise = {"promised_at": at("2026-05-19 12:00").isoformat()}
    await done(sam.put(f"/timers/{asked['id']}/acknowledgement", promise))
    (kept,) = await done(sam.get("/timers", recipient="me", state="open"))
    clock.advance(hours=1)
    await post(sam, asked["topic_id"], "Still at it.")
    assert await open_kinds(team, team.owner) == ["answered"]
    await done(sam.delete(f"/timers/{kept['id']}/response"))
    assert await open_kinds(team, sam) == []
    assert await open_kinds(team, team.owner) == ["promised"]
    (notice,) = await listed(team.owner, state="open", kind="promised")
    assert notice["actor"]["handle"] == "sam"
    assert notice["due"]["yours"] == "2026-05-19T12:00:00+03:00"
    await post(sam, asked["topic_id"], "Here.")
    assert await open_kinds(team, team.owner) == ["answered"]


async def handed_over(team: Team, sam: Person, noor: Person, clock: MovableClock) -> str:
    """The topic of an overdue ask to Sam that was handed over to Noor, who leads the project."""
    terms = clauses()
    terms["task_comment"]["escalation"] = [{"to": "lead", "allowance_s": HOUR}]
    await publish(team.owner, clauses=terms)
    topic = await task_topic(team.owner)
    project = await done(team.owner.get("/projects/ABC"))
    lead = {"lead_id": str(noor.member_id)}
    await done(team.owner.patch("/projects/ABC", lead, project["rev"]))
    await ask(team.owner, topic, sam, body="Which one?")
    clock.advance(hours=4)
    await sweep(team)
    clock.advance(hours=1)
    await escalate_workspace(team.app.state.sessions, team.clock, team.workspace_id)
    return topic


async def test_who_is_asked_next_is_told_until_someone_answers(
    team: Team, sam: Person, clock: MovableClock
) -> None:
    noor = await member(team, "noor")
    topic = await handed_over(team, sam, noor, clock)
    notice = await the(team, noor, "asked")
    assert (notice["excerpt"], notice["actor"]["handle"]) == ("Which one?", "olena")
    assert (notice["needs_you"], notice["is_recipient"]) == (True, True)
    assert await open_kinds(team, sam) == ["breached"], "they can still answer"
    assert await open_kinds(team, team.owner) == ["breached"]
    await post(sam, topic, "The blue one.")
    assert await open_kinds(team, noor) == []
    assert await open_kinds(team, sam) == []
    assert await open_kinds(team, team.owner) == ["answered"]


async def test_the_answer_of_who_was_asked_next_settles_all(
    team: Team, sam: Person, clock: MovableClock
) -> None:
    noor = await member(team, "noor")
    topic = await handed_over(team, sam, noor, clock)
    assert await open_kinds(team, noor) == ["asked"]
    await post(noor, topic, "The blue one.")
    assert await open_kinds(team, sam) == []
    assert await open_kinds(team, noor) == []
    assert (await the(team, team.owner, "answered"))["actor"]["handle"] == "noor"


async def test_reopening_tells_all_who_share_the_ask_again(
    team: Team, sam: Person, clock: MovableClock
) -> None:
    noor = await member(team, "noor")
    topic = await handed_over(team, sam, noor, clock)
    (asked,) = await done(sam.get("/timers", recipient="me", state="waiting"))
    await post(sam, topic, "Soon.")
    assert await open_kinds(team, noor) == []
    await done(sam.delete(f"/timers/{asked['id']}/response"))
    assert await open_kinds(team, sam) == ["breached"]
    assert await open_kinds(team, noor) == ["asked"]
    assert await open_kinds(team, team.owner) == ["breached"]


@pytest.mark.parametrize("ending", ["resolve", "withdraw"])
async def test_what_is_cancelled_is_settled(team: Team, sam: Person, ending: str) -> None:
    topic = await task_topic(team.owner)
    asked = await ask(team.owner, topic, sam)
    assert await open_kinds(team, sam) == ["asked"]
    if ending == "resolve":
        await done(team.owner.put(f"/topics/{topic}/resolution"))
    else:
        await done(team.owner.put(f"/messages/{asked['message_id']}/withdrawal"))
    assert await open_kinds(team, sam) == []


async def test_a_mention_is_told_to_who_is_named_without_being_asked(
    team: Team, sam: Person
) -> None:
    topic = await task_topic(team.owner)
    message = await post(team.owner, topic, "As @sam said.", asks=[])
    assert await open_kinds(team, sam) == ["mentioned"]
    path = f"/messages/{message['id']}"
    await done(team.owner.patch(path, {"body": "As @sam said it."}, message["rev"]))
    assert await open_kinds(team, sam) == ["mentioned"], "it was told before"
    await post(team.owner, topic, "And now, @sam?")
    assert await open_kinds(team, sam) == ["mentioned", "asked"]
    await done(team.owner.put(f"/topics/{topic}/resolution"))
    assert await open_kinds(team, sam) == []


async def test_an_assignment_is_told_until_someone_else_has_the_task(
    team: Team, sam: Person
) -> None:
    await done(team.owner.post("/projects", {"key": "ABC", "name": "Alpha"}))
    mine = {"project": "ABC", "title": "A task", "assignee_id": str(team.owner.member_id)}
    task = await done(team.owner.post("/tasks", mine))
    assert await told(team, team.owner) == [], "nobody is told what they did themselves"
    given = {"assignee_id": str(sam.member_id)}
    task = await done(team.owner.patch(f"/tasks/{task['key']}", given, task["rev"]))
    task = await done(team.owner.patch(f"/tasks/{task['key']}", {"title": "B"}, task["rev"]))
    assert await open_kinds(team, sam) == ["assigned"]
    await done(team.owner.patch(f"/tasks/{task['key']}", {"state": "done"}, task["rev"]))
    assert await open_kinds(team, sam) == []


async def test_an_update_is_told_to_the_people_of_its_project(team: Team, sam: Person) -> None:
    await done(team.owner.post("/projects", {"key": "ABC", "name": "Alpha"}))
    await done(team.owner.put(f"/projects/ABC/people/{sam.member_id}"))
    other = await team.add("other")
    new = {"condition": "at_risk", "body": "Late."}
    update = await done(team.owner.post("/projects/ABC/updates", new))
    await post(team.owner, update["topic_id"], "More soon.")
    assert await told(team, sam) == ["project_update"]
    assert await told(team, other) == []


async def test_a_decision_asks_reminds_and_is_read(
    team: Team, sam: Person, clock: MovableClock
) -> None:
    decider = await member(team, "dora")
    made = await opened(team.owner, sam, due=at("2026-05-19 17:00"), decider=decider)
    assert await open_kinds(team, sam) == ["decision_asked"]
    clock.now = at("2026-05-19 09:30")
    await do_due(team)
    assert await open_kinds(team, sam) == ["decision_asked", "decision_due"]
    await answer(sam, made["key"])
    assert await open_kinds(team, sam) == []
    assert await open_kinds(team, decider) == ["decision_due"]
    assert await told(team, team.owner) == ["answered"]
    options = (await done(decider.get(f"/decisions/{made['key']}")))["options"]
    outcome = {"option_id": options[0]["id"], "rationale": "We know it."}
    await done(decider.post(f"/decisions/{made['key']}/decide", outcome))
    assert await open_kinds(team, decider) == []
    assert await open_kinds(team, sam) == ["decision_to_read"]
    assert (await the(team, team.owner, "decision_decided"))["path"] == "decisions/DEC-1"
    await done(sam.put(f"/decisions/{made['key']}/read"))
    assert await open_kinds(team, sam) == []


async def test_a_reference_is_wanted_until_it_is_written(team: Team, sam: Person) -> None:
    for _ in range(3):
        noted = await done(sam.post("/explanations", {"words": "VAT in the EU"}))
    notice = await the(team, sam, "reference_wanted")
    assert (notice["title"], notice["needs_you"]) == ("VAT in the EU", True)
    new = {"title": "VAT", "body": "19 %", "subject_id": noted["subject"]["id"]}
    reference = await done(sam.post("/references", new))
    assert await open_kinds(team, sam) == []
    stale = {"reason": "It is 20 % now."}
    await done(team.owner.put(f"/references/{reference['id']}/stale", stale))
    assert (await the(team, sam, "review_due"))["title"] == "VAT"
    await done(sam.put(f"/references/{reference['id']}/review", {}))
    assert await open_kinds(team, sam) == []


async def test_everyone_but_guests_is_asked_to_sign_once(team: Team, sam: Person) -> None:
    guest = await team.add("gus", Role.GUEST)
    await work(team)
    (first,) = await listed(sam, kind="agreement_to_sign")
    assert first["agreement_version"] == 1
    assert await listed(guest) == []
    await done(sam.put("/agreement/versions/1/signature"))
    await publish(team.owner, title="Second")
    await work(team)
    assert [n["agreement_version"] for n in await listed(sam, state="open")] == [2]
    assert [n["agreement_version"] for n in await listed(team.owner, state="open")] == []


async def test_a_direct_topic_is_told_to_its_participants_alone(team: Team, sam: Person) -> None:
    await member(team, "eve")
    topic = await direct_topic(team.owner, sam)
    said = "Not for @eve, but for @sam."
    await post(team.owner, topic, said, asks=[], kept_as_text=["eve"])
    assert await told(team, sam) == ["mentioned"]
    assert await told(team, team.people["eve"]) == []


async def test_who_loses_sight_of_a_thing_loses_its_notices(team: Team) -> None:
    guest = await team.add("gus", Role.GUEST)
    await done(team.owner.post("/projects", {"key": "ABC", "name": "Alpha"}))
    await done(team.owner.put(f"/projects/ABC/people/{guest.member_id}"))
    topic = await task_topic(team.owner)
    await post(team.owner, topic, "As @gus said.", asks=[])
    assert await told(team, guest) == ["mentioned"]
    await done(team.owner.delete(f"/projects/ABC/people/{guest.member_id}"))
    assert await listed(guest) == [], "at once"
    await work(team)
    await done(team.owner.put(f"/projects/ABC/people/{guest.member_id}"))
    assert await open_kinds(team, guest) == []
    await post(team.owner, topic, "As @gus said again.", asks=[])
    await done(team.owner.delete(f"/projects/ABC/people/{guest.member_id}"))
    await work(team)
    await done(team.owner.put(f"/projects/ABC/people/{guest.member_id}"))
    assert await open_kinds(team, guest) == [], "nobody is told what they cannot see"


async def test_who_has_no_access_gets_none_and_keeps_none(team: Team, sam: Person) -> None:
    topic = await task_topic(team.owner)
    await post(team.owner, topic, "As @sam said.", asks=[])
    await work(team)
    await post(team.owner, topic, "And @sam again.", asks=[])
    await done(team.owner.put(f"/members/{sam.member_id}/disablement"))
    await work(team)
    await done(team.owner.delete(f"/members/{sam.member_id}/disablement"))
    assert await open_kinds(team, await in_browser(team, sam)) == []
