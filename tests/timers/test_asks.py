"""Whom a message asks, what an edit changes, and what ends an ask."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from dayline.identity.models import Role
from dayline.kernel.db.events import Audience
from tests.calendars.counting import statements
from tests.calendars.desk import path_of
from tests.clock import MovableClock
from tests.recorded import head, recorded
from tests.team import Person, Team
from tests.timers.desk import (
    Json,
    ask,
    asked,
    at,
    direct_topic,
    done,
    ids,
    member,
    post,
    refused,
    sweep,
    task_topic,
    timer,
    told,
)


async def message(person: Person, message_id: str) -> Json:
    return await done(person.get(f"/messages/{message_id}"))  # type: ignore[no-any-return]


async def edit(person: Person, posted: Json, **fields: Any) -> Json:
    rev = (await message(person, posted["id"]))["rev"]
    edited: Json = await done(person.patch(f"/messages/{posted['id']}", fields, rev))
    return edited


async def leave(person: Person) -> list[Json]:
    """Ten years off, from today on."""
    path = path_of(person, "time-off")
    years = (("2026-05-18", "2031-05-17"), ("2031-05-18", "2036-05-17"))
    return [
        await done(person.post(path, {"starts_on": first, "ends_on": last}))
        for first, last in years
    ]


async def test_mentions_ask_but_neither_oneself_nor_guests_nor_code(team: Team) -> None:
    sam, gil = await member(team, "sam"), await team.add("gil", Role.GUEST)
    topic = await task_topic(team.owner)
    await done(team.owner.put(f"/projects/ABC/people/{gil.member_id}"))
    dan = await member(team, "dan")
    posted = await post(team.owner, topic, "@sam, @gil, @olena, @nobody and `@dan`?")
    assert asked(posted) == set(ids(sam))
    assert set(posted["mentions"]) == set(ids(sam, gil, team.owner))
    assert str(dan.member_id) not in posted["mentions"]


async def test_a_list_is_the_whole_list(team: Team) -> None:
    sam, ann = await member(team, "sam"), await member(team, "ann")
    topic = await task_topic(team.owner)
    posted = await post(team.owner, topic, "@sam knows", asks=ids(ann, ann))
    assert asked(posted) == set(ids(ann))
    assert posted["mentions"] == ids(sam)
    posted = await post(team.owner, topic, "@sam knows", asks=[])
    assert posted["asks"] == []


async def test_each_listed_one_who_cannot_be_asked_is_named(team: Team) -> None:
    sam, gil = await member(team, "sam"), await team.add("gil", Role.GUEST)
    gone = await team.add("gone")
    await done(team.owner.put(f"/members/{gone.member_id}/disablement"))
    topic = await task_topic(team.owner)
    listed = [*ids(sam, team.owner, gil, gone), str(uuid4())]
    before = await head(team)
    answer = await team.owner.post(f"/topics/{topic}/messages", {"body": "?", "asks": listed})
    assert refused(answer) == {
        "asks.1": "You can’t ask yourself.",
        "asks.2": "Gil is a guest and can’t be asked.",
        "asks.3": "Gone no longer has access.",
        "asks.4": "Pick a member you can ask.",
    }
    assert await head(team) == before


async def test_who_takes_no_part_in_a_conversation_is_not_asked_there(team: Team) -> None:
    sam, ann = await member(team, "sam"), await member(team, "ann")
    topic = await direct_topic(team.owner, sam)
    answer = await team.owner.post(f"/topics/{topic}/messages", {"body": "Well?", "asks": ids(ann)})
    assert refused(answer) == {"asks.0": "Ann isn’t part of this conversation."}
    both = await post(team.owner, topic, "@ann and @sam?", kept_as_text=["ann"])
    assert asked(both) == set(ids(sam))


async def test_who_has_no_working_time_is_refused_by_name(team: Team) -> None:
    sam = await member(team, "sam")
    await leave(sam)
    topic = await task_topic(team.owner)
    path = f"/topics/{topic}/messages"
    reason = "Sam has too little working time in the next five years."
    answer = await team.owner.post(path, {"body": "Well?", "asks": ids(sam)})
    assert refused(answer) == {"asks.0": reason}
    assert refused(await team.owner.post(path, {"body": "@sam?"})) == {"body": reason}


async def test_who_loses_all_working_time_later_owes_no_instant(team: Team) -> None:
    sam = await member(team, "sam")
    running = await ask(team.owner, await task_topic(team.owner), sam)
    first, _ = await leave(sam)
    moved = await timer(sam, running["id"])
    assert (moved["due_at"], moved["warn_at"], moved["state"]) == (None, None, "open")
    assert await sweep(team) == 0
    await done(sam.delete(path_of(sam, f"time-off/{first['id']}")))
    assert (await timer(sam, running["id"]))["due_at"] == running["due_at"]
    assert set(await told(team)) == {"timer.started", "timer.moved"}


@pytest.mark.parametrize(
    ("kind", "hours"),
    [("task_comment", 4), ("project_update", 4), ("project_discussion", 4), ("direct_message", 2)],
)
async def test_the_kind_is_that_of_the_topic(team: Team, kind: str, hours: int) -> None:
    sam = await member(team, "sam")
    topic = await task_topic(team.owner)
    if kind == "direct_message":
        topic = await direct_topic(team.owner, sam)
    if kind == "project_discussion":
        opened = await done(team.owner.post("/projects/ABC/topics", {"title": "Colours"}))
        topic = opened["id"]
    if kind == "project_update":
        said = {"condition": "at_risk", "body": "@sam, your turn", "urgent": True}
        update = await done(team.owner.post("/projects/ABC/updates", said))
        found = await timer(sam, update["message"]["asks"][0]["timer_id"])
        assert (found["kind"], found["urgent"], found["allowance_s"]) == (kind, True, 3600)
        topic = update["topic_id"]
    found = await ask(team.owner, topic, sam)
    assert (found["kind"], found["urgent"], found["allowance_s"]) == (kind, False, hours * 3600)
    assert (found["project_id"] is None) == (kind == "direct_message")


async def test_an_edit_asks_who_is_new_and_no_longer_who_is_gone(
    team: Team, clock: MovableClock
) -> None:
    sam, ann = await member(team, "sam"), await member(team, "ann")
    bob = await member(team, "bob")
    topic = await task_topic(team.owner)
    posted = await post(team.owner, topic, "@sam @ann?")
    first = {each["member_id"]: each["timer_id"] for each in posted["asks"]}
    clock.advance(minutes=30)
    edited = await edit(team.owner, posted, body="@ann @bob?")
    assert asked(edited) == set(ids(ann, bob))
    gone = await timer(sam, first[str(sam.member_id)])
    assert (gone["state"], gone["cancel_reason"]) == ("cancelled", "edited")
    assert gone["cancelled_at"] == "2026-05-18T07:30:00Z"
    kept = await timer(sam, first[str(ann.member_id)])
    assert (kept["state"], kept["rev"]) == ("open", 1)
    clock.advance(minutes=30)
    again = await edit(team.owner, posted, body="@ann @bob @sam?")
    (new,) = [each for each in again["asks"] if each["member_id"] == str(sam.member_id)]
    assert new["timer_id"] != gone["id"]
    assert (await timer(sam, new["timer_id"]))["sent_at"] == "2026-05-18T08:00:00Z"


async def test_an_edit_does_not_ask_again_who_has_answered(team: Team) -> None:
    sam = await member(team, "sam")
    topic = await task_topic(team.owner)
    posted = await post(team.owner, topic, "@sam?")
    await post(sam, topic)
    before = await head(team)
    edited = await edit(team.owner, posted, body="@sam? Please.")
    assert [each["state"] for each in edited["asks"]] == ["responded"]
    assert await told(team, before) == []


async def test_a_list_outlives_an_edit_of_the_text_and_can_be_edited_itself(team: Team) -> None:
    sam, ann = await member(team, "sam"), await member(team, "ann")
    topic = await task_topic(team.owner)
    posted = await post(team.owner, topic, "Well?", asks=ids(sam))
    edited = await edit(team.owner, posted, body="@ann: well?")
    assert asked(edited) == set(ids(sam))
    edited = await edit(team.owner, posted, asks=ids(ann))
    assert asked(edited) == set(ids(ann))
    assert edited["edited_at"] is not None
    edited = await edit(team.owner, posted, body="@sam: well?", asks=None)
    assert asked(edited) == set(ids(sam))


async def test_withdrawing_and_resolving_end_what_was_asked(team: Team) -> None:
    sam = await member(team, "sam")
    topic = await task_topic(team.owner)
    posted = await post(team.owner, topic, "@sam?")
    running = await ask(team.owner, topic, sam)
    await done(team.owner.put(f"/messages/{posted['id']}/withdrawal"))
    withdrawn = await timer(sam, posted["asks"][0]["timer_id"])
    assert (withdrawn["state"], withdrawn["cancel_reason"]) == ("cancelled", "withdrawn")
    assert (await timer(sam, running["id"]))["state"] == "open"
    await done(team.owner.put(f"/topics/{topic}/resolution"))
    resolved = await timer(sam, running["id"])
    assert (resolved["state"], resolved["cancel_reason"]) == ("cancelled", "resolved")
    assert (await ask(team.owner, topic, sam))["state"] == "open"


async def test_a_task_that_is_done_needs_no_answer(team: Team) -> None:
    sam = await member(team, "sam")
    topic = await task_topic(team.owner)
    running = await ask(team.owner, topic, sam)
    await done(team.owner.patch("/tasks/ABC-1", {"state": "done"}, 1))
    assert (await timer(sam, running["id"]))["cancel_reason"] == "resolved"


async def test_who_leaves_owes_no_answer(team: Team) -> None:
    sam = await member(team, "sam")
    running = await ask(team.owner, await task_topic(team.owner), sam)
    await done(team.owner.put(f"/members/{sam.member_id}/disablement"))
    ended = await timer(team.owner, running["id"])
    assert (ended["state"], ended["cancel_reason"]) == ("cancelled", "recipient_left")


async def test_who_becomes_a_guest_owes_no_answer(team: Team) -> None:
    sam = await member(team, "sam")
    running = await ask(team.owner, await task_topic(team.owner), sam)
    card = await done(team.owner.get(f"/members/{sam.member_id}"))
    await done(team.owner.patch(f"/members/{sam.member_id}", {"role": "guest"}, card["rev"]))
    ended = await timer(team.owner, running["id"])
    assert (ended["state"], ended["cancel_reason"]) == ("cancelled", "recipient_left")


async def test_any_later_message_of_the_recipient_answers_all_they_were_asked_there(
    team: Team, clock: MovableClock
) -> None:
    sam, ann = await member(team, "sam"), await member(team, "ann")
    topic, elsewhere = await task_topic(team.owner), await task_topic(team.owner)
    first = await ask(team.owner, topic, sam, ann)
    second = await ask(team.owner, topic, sam)
    other = await ask(team.owner, elsewhere, sam)
    clock.advance(hours=1)
    before = await head(team)
    await post(ann, topic, "Not me")
    await post(sam, topic, "Blue")
    for running in (first, second):
        ended = await timer(sam, running["id"])
        assert (ended["state"], ended["breached_at"]) == ("responded", None)
        assert ended["first_response_at"] == ended["ended_at"] == "2026-05-18T08:00:00Z"
    assert (await timer(sam, other["id"]))["state"] == "open"
    assert await told(team, before) == ["timer.responded"] * 3


@pytest.mark.parametrize("swept", [True, False])
async def test_a_late_answer_breaches_first_and_is_recorded(
    team: Team, clock: MovableClock, swept: bool
) -> None:
    sam = await member(team, "sam")
    topic = await task_topic(team.owner)
    running = await ask(team.owner, topic, sam)
    clock.now = at("2026-05-18 15:00")
    if swept:
        assert await sweep(team) == 1
        assert (await timer(sam, running["id"]))["state"] == "breached"
    await post(sam, topic, "Sorry, blue")
    ended = await timer(sam, running["id"])
    assert ended["state"] == "responded"
    assert ended["breached_at"] == ended["due_at"] == running["due_at"]
    assert ended["first_response_at"] == "2026-05-18T12:00:00Z"
    assert await told(team) == ["timer.started", "timer.breached", "timer.responded"]
    assert await sweep(team) == 0


async def test_an_answer_at_the_due_instant_is_kept(team: Team, clock: MovableClock) -> None:
    sam = await member(team, "sam")
    topic = await task_topic(team.owner)
    running = await ask(team.owner, topic, sam)
    clock.now = at("2026-05-18 14:00")
    await post(sam, topic)
    ended = await timer(sam, running["id"])
    assert (ended["first_response_at"], ended["breached_at"]) == (running["due_at"], None)


async def test_events_carry_the_timer_as_it_is_read(team: Team) -> None:
    sam = await member(team, "sam")
    topic = await task_topic(team.owner)
    running = await ask(team.owner, topic, sam)
    (started,) = [row for row in await recorded(team) if row.kind == "timer.started"]
    assert started.data == {"timer": running}
    asker = Audience.asker(UUID(started.data["timer"]["project_id"]), team.owner.member_id)
    assert (started.audience, started.audience_id) == ("team", asker.id)
    between = await ask(team.owner, await direct_topic(team.owner, sam), sam)
    (told_,) = [row for row in await recorded(team, started.seq) if row.kind == "timer.started"]
    assert (told_.audience, str(told_.audience_id)) == ("topic", between["topic_id"])


async def test_twenty_asks_take_as_many_statements_as_one(team: Team) -> None:
    people = [await member(team, f"person{number}") for number in range(20)]
    topic = await task_topic(team.owner)
    await ask(team.owner, topic, *people)
    with statements(team) as of_one:
        await ask(team.owner, topic, people[0])
    with statements(team) as of_twenty:
        await ask(team.owner, topic, *people)
    assert len(of_twenty) == len(of_one)
