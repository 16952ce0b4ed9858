"""Which asks an answer answers, and taking an answer back."""

from datetime import timedelta

import pytest

from dayline.identity.models import Role
from tests.calendars.desk import path_of
from tests.clock import MovableClock
from tests.decisions.desk import answer, opened, timers_of
from tests.messages.talk import project
from tests.team import Person, Team
from tests.timers.desk import (
    Json,
    ask,
    at,
    direct_topic,
    done,
    instant,
    member,
    post,
    refused,
    sweep,
    task_topic,
    timer,
    told,
)

MONDAY = at("2026-05-18 10:00")


@pytest.fixture
async def sam(team: Team, clock: MovableClock) -> Person:
    clock.now = MONDAY
    return await member(team, "sam")


@pytest.fixture
async def topic(team: Team, sam: Person) -> str:
    return await task_topic(team.owner)


async def state(person: Person, running: Json) -> str:
    found: str = (await timer(person, running["id"]))["state"]
    return found


async def reopen(person: Person, running: Json) -> Json:
    reopened: Json = await done(person.delete(f"/timers/{running['id']}/response"))
    return reopened


async def test_an_answer_ends_exactly_what_it_names(team: Team, sam: Person, topic: str) -> None:
    first, second = await ask(team.owner, topic, sam), await ask(team.owner, topic, sam)
    message = await post(sam, topic, answers=[second["id"], second["id"]])
    assert [await state(sam, each) for each in (first, second)] == ["open", "responded"]
    named = {"timer_id": second["id"], "message_id": second["message_id"]}
    until = {"reopenable_until": "2026-05-18T07:10:00Z"}
    assert message["answers"] == [named | until | {"author_id": second["author_id"]}]
    assert (await done(team.owner.get(f"/messages/{message['id']}")))["answers"] == (
        message["answers"]
    )
    assert (await timer(sam, second["id"]))["answer_id"] == message["id"]


async def test_an_answer_that_names_none_ends_none_and_one_that_is_silent_ends_all(
    team: Team, sam: Person, topic: str
) -> None:
    asked = [await ask(team.owner, topic, sam) for _ in range(2)]
    assert (await post(sam, topic, answers=[]))["answers"] == []
    assert [await state(sam, each) for each in asked] == ["open", "open"]
    answered = (await post(sam, topic))["answers"]
    assert {each["timer_id"] for each in answered} == {each["id"] for each in asked}
    assert [await state(sam, each) for each in asked] == ["responded", "responded"]


async def test_what_cannot_be_answered_is_refused_by_its_place_and_id(
    team: Team, sam: Person, topic: str
) -> None:
    ann = await member(team, "ann")
    ended, of_ann = await ask(team.owner, topic, sam), await ask(team.owner, topic, ann)
    await post(sam, topic)
    elsewhere = await ask(team.owner, await task_topic(team.owner), sam)
    mine = await ask(team.owner, topic, sam)
    named = [mine["id"], ended["id"], of_ann["id"], elsewhere["id"]]
    why = refused(await sam.post(f"/topics/{topic}/messages", {"body": "Yes", "answers": named}))
    assert why == {
        "answers.1": f"Ask {ended['id']} has already ended. Remove the id and send the rest.",
        "answers.2": f"You have no open ask {of_ann['id']} in this topic. Remove the id.",
        "answers.3": f"You have no open ask {elsewhere['id']} in this topic. Remove the id.",
    }
    assert await state(sam, mine) == "open"


async def test_a_member_on_leave_answers_what_their_stand_in_was_asked(
    team: Team, sam: Person, topic: str
) -> None:
    ann = await member(team, "ann")
    leave = {"starts_on": "2026-05-18", "ends_on": "2026-05-20", "cover_id": str(ann.member_id)}
    await done(sam.post(path_of(sam, "time-off"), leave))
    message = await post(team.owner, topic, "@sam?")
    (asked,) = message["asks"]
    await post(sam, topic, answers=[asked["timer_id"]])
    covered = {"id": asked["timer_id"]}
    assert await state(ann, covered) == "responded"
    refusal = await ann.delete(f"/timers/{asked['timer_id']}/response")
    assert refusal.json()["type"] == "urn:dayline:problem:answer-author-only"
    assert (await reopen(sam, covered))["state"] == "open"


async def test_the_same_request_twice_answers_once(team: Team, sam: Person, topic: str) -> None:
    running = await ask(team.owner, topic, sam)
    body = {"body": "Yes", "answers": [running["id"]]}
    path = f"/topics/{topic}/messages"
    first, again = [await sam.post(path, body, Idempotency_Key="once") for _ in range(2)]
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert (await told(team)).count("timer.responded") == 1


async def test_a_reopened_ask_goes_on_as_if_it_had_not_been_answered(
    team: Team, clock: MovableClock, sam: Person, topic: str
) -> None:
    before = await ask(team.owner, topic, sam)
    clock.advance(minutes=30)
    message = await post(sam, topic)
    clock.advance(minutes=10)
    after = await reopen(sam, before)
    assert after == before | {"rev": before["rev"] + 2}
    assert (await done(sam.get(f"/messages/{message['id']}")))["answers"] == []
    assert await told(team) == ["timer.started", "timer.responded", "timer.reopened"]
    assert await reopen(sam, before) == after
    await post(sam, topic, answers=[before["id"]])
    assert await state(sam, before) == "responded"


async def test_ten_minutes_are_the_limit(
    team: Team, clock: MovableClock, sam: Person, topic: str
) -> None:
    running = await ask(team.owner, topic, sam)
    await post(sam, topic)
    clock.advance(minutes=10, seconds=1)
    refusal = await sam.delete(f"/timers/{running['id']}/response")
    assert refusal.status_code == 409
    assert refusal.json()["type"] == "urn:dayline:problem:reopen-too-late"
    assert instant(refusal.json()["until"]) == MONDAY + timedelta(minutes=10)


async def test_a_calendar_that_changed_since_counts_and_so_do_pauses(
    team: Team, clock: MovableClock, sam: Person, topic: str
) -> None:
    running = await ask(team.owner, topic, sam)
    path = f"/timers/{running['id']}/pause"
    await done(team.owner.put(path, {"reason": "Waiting"}))
    clock.advance(hours=1)
    await done(team.owner.delete(path))
    clock.advance(minutes=5)
    await post(sam, topic)
    await done(
        sam.put(
            path_of(sam, "overrides/2026-05-18"),
            {"intervals": [{"start": "09:00", "end": "12:00"}]},
        )
    )
    reopened = await reopen(sam, running)
    # Until 12:00 an hour counts, as the pause of 10:00 to 11:00 does not. On Tuesday three follow.
    assert instant(reopened["due_at"]) == at("2026-05-19 12:00")
    assert reopened["paused_s"] == 3600


@pytest.mark.parametrize("promised", [False, True])
async def test_a_pause_that_the_answer_ended_goes_on(
    team: Team, clock: MovableClock, sam: Person, topic: str, promised: bool
) -> None:
    running = await ask(team.owner, topic, sam)
    if promised:
        promise = {"promised_at": at("2026-05-18 13:00").isoformat()}
        await done(sam.put(f"/timers/{running['id']}/acknowledgement", promise))
        (running,) = await done(sam.get("/timers", recipient="me", state="open"))
    await done(sam.put(f"/timers/{running['id']}/pause", {"reason": "Waiting"}))
    paused = await timer(sam, running["id"])
    clock.advance(hours=2)
    await post(sam, topic)
    clock.advance(minutes=1)
    reopened = await reopen(sam, running)
    assert reopened == paused | {"rev": reopened["rev"]}
    await done(sam.delete(f"/timers/{running['id']}/pause"))
    due_at = instant(paused["due_at"]) + timedelta(hours=2, minutes=1)
    assert instant((await timer(sam, running["id"]))["due_at"]) == due_at


async def test_a_breach_that_came_in_between_is_recorded(
    team: Team, clock: MovableClock, sam: Person, topic: str
) -> None:
    running = await ask(team.owner, topic, sam)
    clock.now = instant(running["due_at"]) - timedelta(minutes=1)
    await post(sam, topic)
    clock.advance(minutes=1)
    reopened = await reopen(sam, running)
    assert (reopened["state"], reopened["breached_at"]) == ("breached", running["due_at"])
    assert (await told(team))[-2:] == ["timer.reopened", "timer.breached"]
    assert await sweep(team) == 0


async def test_a_late_answer_reopens_to_a_breach(
    team: Team, clock: MovableClock, sam: Person, topic: str
) -> None:
    running = await ask(team.owner, topic, sam)
    clock.now = instant(running["due_at"]) + timedelta(minutes=1)
    await post(sam, topic)
    reopened = await reopen(sam, running)
    assert (reopened["state"], reopened["due_at"]) == ("breached", running["due_at"])
    assert (await told(team)).count("timer.breached") == 1


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("resolved", "The topic was resolved. Reopen the topic first."),
        ("withdrawn", "The message that asked was deleted."),
    ],
)
async def test_what_would_have_ended_the_ask_since_keeps_it_ended(
    team: Team, sam: Person, topic: str, how: str, why: str
) -> None:
    running = await ask(team.owner, topic, sam)
    await post(sam, topic)
    if how == "resolved":
        await done(team.owner.put(f"/topics/{topic}/resolution"))
    else:
        await done(team.owner.put(f"/messages/{running['message_id']}/withdrawal"))
    refusal = await sam.delete(f"/timers/{running['id']}/response")
    assert (refusal.status_code, refusal.json()["detail"]) == (409, why)
    assert await state(sam, running) == "responded"


async def test_a_stand_in_who_left_is_asked_no_more(team: Team, sam: Person, topic: str) -> None:
    ann = await member(team, "ann")
    leave = {"starts_on": "2026-05-18", "ends_on": "2026-05-20", "cover_id": str(ann.member_id)}
    await done(sam.post(path_of(sam, "time-off"), leave))
    (asked,) = (await post(team.owner, topic, "@sam?"))["asks"]
    await post(sam, topic)
    await done(team.owner.put(f"/members/{ann.member_id}/disablement"))
    refusal = await sam.delete(f"/timers/{asked['timer_id']}/response")
    assert (refusal.status_code, refusal.json()["detail"]) == (409, "Ann no longer has access.")


async def test_only_who_answered_reopens_and_only_an_answer(
    team: Team, sam: Person, topic: str
) -> None:
    running = await ask(team.owner, topic, sam)
    await post(sam, topic)
    refusal = await team.owner.delete(f"/timers/{running['id']}/response")
    assert (refusal.status_code, refusal.json()["type"]) == (
        403,
        "urn:dayline:problem:answer-author-only",
    )
    promised = await ask(team.owner, topic, sam)
    promise = {"promised_at": at("2026-05-18 13:00").isoformat()}
    await done(sam.put(f"/timers/{promised['id']}/acknowledgement", promise))
    refusal = await sam.delete(f"/timers/{promised['id']}/response")
    assert (refusal.status_code, refusal.json()["type"]) == (409, "urn:dayline:problem:timer-ended")


async def test_nobody_else_sees_the_answers_of_a_direct_topic(team: Team, sam: Person) -> None:
    direct = await direct_topic(team.owner, sam)
    running = await ask(team.owner, direct, sam)
    ann = await member(team, "ann")
    await post(sam, direct)
    refusal = await ann.delete(f"/timers/{running['id']}/response")
    assert refusal.status_code == 404


async def test_a_guest_sees_the_answers_to_their_own_questions_alone(
    team: Team, sam: Person
) -> None:
    gil = await team.add("gil", Role.GUEST)
    await project(team.owner, "ABC", guests=(gil,))
    topic = await task_topic(team.owner)
    of_owner, of_gil = await ask(team.owner, topic, sam), await ask(gil, topic, sam)
    message = await post(sam, topic)
    assert len(message["answers"]) == 2
    seen = await done(gil.get(f"/messages/{message['id']}"))
    assert [each["timer_id"] for each in seen["answers"]] == [of_gil["id"]]
    assert of_owner["id"] not in str(seen)


async def test_what_a_decision_asks_is_answered_and_changed_there_alone(
    team: Team, sam: Person
) -> None:
    decision = await opened(team.owner, sam, due=at("2026-05-20 18:00"))
    (running,) = await timers_of(sam, decision, "decision_input")
    path = f"/topics/{decision['topic_id']}/messages"
    why = refused(await sam.post(path, {"body": "Yes", "answers": [running["id"]]}))
    assert why == {
        "answers.0": f"Ask {running['id']} belongs to a decision. "
        "Give your input there, and remove the id here."
    }
    await answer(sam, decision["key"])
    reopening = await sam.delete(f"/timers/{running['id']}/response")
    assert (reopening.status_code, reopening.json()["type"]) == (
        409,
        "urn:dayline:problem:ask-is-over",
    )
    assert await state(sam, running) == "responded"
