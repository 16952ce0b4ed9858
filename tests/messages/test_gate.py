"""Before a message asks: where its recipients stand; and what an urgent one needs."""

from typing import Any

import pytest

from dayline.identity.models import Role
from tests.calendars.counting import statements
from tests.calendars.desk import path_of, works
from tests.clock import MovableClock
from tests.recorded import recorded
from tests.team import Person, Team
from tests.timers.desk import (
    CALENDARS,
    ask,
    at,
    direct_topic,
    done,
    instant,
    member,
    post,
    refused,
    task_topic,
    timer,
)

Json = dict[str, Any]

NOT_WORKING = "urn:dayline:problem:recipient-not-working"
SATURDAY = at("2026-05-23 12:00")


async def asking(person: Person, *recipients: Person, **query: Any) -> Json:
    ids = [str(recipient.member_id) for recipient in recipients]
    found: Json = await done(person.get("/asking", recipient=ids, **query))
    return found


async def on_holiday(team: Team) -> Person:
    """Sam, who works in New York and has Monday 2026-05-25 off."""
    sam = await team.add("sam")
    await works(sam, *CALENDARS["N"], country="US")
    return sam


async def test_13_the_gate_of_a_saturday_before_a_holiday(team: Team, clock: MovableClock) -> None:
    sam = await on_holiday(team)
    topic = await task_topic(team.owner)
    clock.now = SATURDAY
    shown = await asking(team.owner, sam, topic=topic, urgent=True)
    assert (shown["clause"], shown["allowance_s"]) == ("urgent", 3600)
    (line,) = shown["recipients"]
    assert (line["standing"], line["needs_reason"]) == ("off", True)
    assert line["now"]["theirs"] == "2026-05-23T05:00:00-04:00"
    assert line["next_start"] == {
        "at": "2026-05-26T13:00:00Z",
        "theirs": "2026-05-26T09:00:00-04:00",
        "yours": "2026-05-26T16:00:00+03:00",
    }
    assert (instant(line["next_start"]["at"]) - clock.now).total_seconds() == 76 * 3600
    assert line["due"]["theirs"] == "2026-05-26T10:00:00-04:00"
    assert "holiday" not in str(shown).lower()
    sent = await ask(team.owner, topic, sam, urgent=True, urgent_reason="Nobody can sign in")
    assert sent["due_at"] == line["due"]["at"]
    assert sent["first_check_at"] == line["first_check"]["at"]


@pytest.mark.parametrize(
    ("now", "standing", "start"),
    [
        ("2026-05-18 08:00", "off", "2026-05-18T09:00:00+03:00"),
        ("2026-05-18 10:00", "focus", "2026-05-18T10:00:00+03:00"),
        ("2026-05-18 12:00", "working", "2026-05-18T12:00:00+03:00"),
        ("2026-05-18 18:00", "off", "2026-05-19T09:00:00+03:00"),
    ],
)
async def test_where_somebody_stands(
    team: Team, clock: MovableClock, now: str, standing: str, start: str
) -> None:
    sam = await member(team, "sam")
    block = {"days": ["mon"], "start": "10:00", "end": "12:00"}
    await done(sam.post(path_of(sam, "focus-blocks"), block))
    clock.now = at(now)
    (line,) = (await asking(team.owner, sam, urgent=True))["recipients"]
    assert (line["standing"], line["next_start"]["theirs"]) == (standing, start)
    assert line["needs_reason"] is (standing == "off")


async def test_the_clause_is_that_of_the_place(team: Team) -> None:
    sam = await member(team, "sam")
    topic = await task_topic(team.owner)
    direct = await direct_topic(team.owner, sam)
    for query, clause in (
        ({"topic": topic}, "task_comment"),
        ({"topic": direct}, "direct_message"),
        ({"project": "abc"}, "project_discussion"),
        ({"project": "ABC", "kind": "project_update"}, "project_update"),
        ({}, "direct_message"),
        ({"topic": topic, "urgent": True}, "urgent"),
    ):
        shown = await asking(team.owner, sam, **query)
        assert shown["clause"] == clause
        asked = await timer_of(team, sam, query) if "topic" in query else None
        assert asked is None or asked["due_at"] == shown["recipients"][0]["due"]["at"]


async def timer_of(team: Team, sam: Person, query: Json) -> Json:
    return await ask(team.owner, query["topic"], sam, urgent=query.get("urgent", False))


async def test_who_else_works_now_on_the_project(team: Team) -> None:
    """People of the project; those in a focus block last; never guests, nor who is off."""
    sam = await member(team, "sam", "N")
    people = {handle: await member(team, handle) for handle in ("zoe", "bea", "ann", "stranger")}
    people |= {"far": await member(team, "far", "N"), "gus": await team.add("gus", Role.GUEST)}
    block = {"days": ["mon"], "start": "09:00", "end": "12:00"}
    await done(people["bea"].post(path_of(people["bea"], "focus-blocks"), block))
    topic = await task_topic(team.owner)
    lead = {"lead_id": str(people["zoe"].member_id)}
    await done(team.owner.patch("/projects/ABC", lead, 1))
    for handle in ("bea", "ann", "far", "gus"):
        await done(team.owner.put(f"/projects/ABC/people/{people[handle].member_id}"))
    for query in ({"topic": topic}, {"project": "ABC"}):
        shown = (await asking(team.owner, sam, **query))["working_now"]
        assert [(each["handle"], each["in_focus"]) for each in shown] == [
            ("ann", False),
            ("zoe", False),
            ("bea", True),
        ]
    assert (await asking(team.owner, sam))["working_now"] == []


async def test_where_nobody_was_added_everybody_works_on_the_project(team: Team) -> None:
    sam, _eve = await member(team, "sam", "N"), await member(team, "eve")
    topic = await task_topic(team.owner)
    shown = (await asking(team.owner, sam, topic=topic))["working_now"]
    assert [each["handle"] for each in shown] == ["eve"]


async def test_a_guest_asks_whom_they_may_and_learns_of_nobody_else(team: Team) -> None:
    sam, gus = await member(team, "sam", "N"), await team.add("gus", Role.GUEST)
    other = await team.add("other", Role.GUEST)
    topic = await task_topic(team.owner)
    hidden = await gus.get("/asking", recipient=str(sam.member_id), topic=topic)
    assert hidden.status_code == 404
    await done(team.owner.put(f"/projects/ABC/people/{gus.member_id}"))
    shown = await asking(gus, sam, topic=topic)
    assert (len(shown["recipients"]), shown["working_now"]) == (1, [])
    refusal = await gus.get("/asking", recipient=str(other.member_id), topic=topic)
    assert refused(refusal) == {"recipient.0": "Pick a member you can ask."}


async def test_who_cannot_be_asked_is_named(team: Team) -> None:
    sam, eve = await member(team, "sam"), await member(team, "eve")
    direct = await direct_topic(team.owner, sam)
    ids = [str(sam.member_id), str(eve.member_id), str(team.owner.member_id)]
    answer = await team.owner.get("/asking", recipient=ids, topic=direct)
    assert refused(answer) == {
        "recipient.1": "Eve isn’t part of this conversation.",
        "recipient.2": "You can’t ask yourself.",
    }


async def test_an_urgent_message_to_who_is_off_needs_a_reason(
    team: Team, clock: MovableClock
) -> None:
    sam, eve = await on_holiday(team), await member(team, "eve")
    topic = await task_topic(team.owner)
    clock.now = SATURDAY
    before = await recorded(team)
    asks = [str(sam.member_id), str(eve.member_id)]
    new = {"body": "The site is down", "asks": asks, "urgent": True}
    answer = await team.owner.post(f"/topics/{topic}/messages", new)
    assert (answer.status_code, answer.json()["type"]) == (409, NOT_WORKING)
    away = answer.json()["recipients"]
    assert [(each["name"], each["next_start"]["theirs"]) for each in away] == [
        ("Sam", "2026-05-26T09:00:00-04:00"),
        ("Eve", "2026-05-25T09:00:00+03:00"),
    ]
    assert await recorded(team) == before
    reason = {"urgent_reason": "  Nobody can sign in "}
    message = await done(team.owner.post(f"/topics/{topic}/messages", new | reason))
    assert message["urgent_reason"] == "Nobody can sign in"
    assert (await done(sam.get(f"/messages/{message['id']}")))["urgent_reason"] is not None


async def test_no_reason_is_needed_of_who_works_nor_without_urgency(
    team: Team, clock: MovableClock
) -> None:
    sam, nina = await member(team, "sam"), await member(team, "nina", "N")
    topic = await task_topic(team.owner)
    await ask(team.owner, topic, sam, urgent=True)
    await ask(team.owner, topic, nina)
    await post(team.owner, topic, "For everybody to see", urgent=True)
    blank = {"body": "Now", "asks": [str(nina.member_id)], "urgent": True, "urgent_reason": " "}
    answer = await team.owner.post(f"/topics/{topic}/messages", blank)
    assert refused(answer) == {"urgent_reason": "Required."}


async def test_only_urgent_messages_have_a_reason_and_withdrawn_ones_none(team: Team) -> None:
    nina = await member(team, "nina", "N")
    topic = await task_topic(team.owner)
    plain = await post(team.owner, topic, "Hello", urgent_reason="Because")
    assert plain["urgent_reason"] is None
    asks = [str(nina.member_id)]
    urgent = await post(
        team.owner, topic, "Now", asks=asks, urgent=True, urgent_reason="Nobody can sign in"
    )
    gone = await done(team.owner.put(f"/messages/{urgent['id']}/withdrawal"))
    assert gone["urgent_reason"] is None


async def test_an_edit_does_not_go_round_the_gate(team: Team) -> None:
    nina = await member(team, "nina", "N")
    topic = await task_topic(team.owner)
    message = await post(team.owner, topic, "Down", asks=[], urgent=True)
    path, asks = f"/messages/{message['id']}", [str(nina.member_id)]
    answer = await team.owner.patch(path, {"asks": asks}, 1)
    assert (answer.status_code, answer.json()["type"]) == (409, NOT_WORKING)
    reason = "Nobody can sign in"
    edited = await done(team.owner.patch(path, {"asks": asks, "urgent_reason": reason}, 1))
    assert edited["urgent_reason"] == reason
    (asked,) = edited["asks"]
    assert (await timer(team.owner, asked["timer_id"]))["urgent"] is True


async def test_an_urgent_update_passes_the_same_gate(team: Team) -> None:
    nina = await member(team, "nina", "N")
    await task_topic(team.owner)
    new = {"condition": "off_track", "body": "@nina, help", "urgent": True}
    answer = await team.owner.post("/projects/ABC/updates", new)
    assert (answer.status_code, answer.json()["type"]) == (409, NOT_WORKING)
    new["urgent_reason"] = "The client waits"
    update = await done(team.owner.post("/projects/ABC/updates", new))
    assert update["message"]["urgent_reason"] == "The client waits"
    assert nina.handle in update["message"]["body"]


async def test_who_never_works_cannot_be_asked_and_is_said_so(team: Team) -> None:
    sam = await member(team, "sam")
    for years in (("2026-05-01", "2031-05-01"), ("2031-05-02", "2035-05-01")):
        off = dict(zip(("starts_on", "ends_on"), years, strict=True))
        await done(sam.post(path_of(sam, "time-off"), off))
    (line,) = (await asking(team.owner, sam, urgent=True))["recipients"]
    assert (line["standing"], line["next_start"], line["due"]) == ("off", None, None)
    topic = await direct_topic(team.owner, sam)
    new = {"body": "Now", "asks": [str(sam.member_id)], "urgent": True}
    answer = await team.owner.post(f"/topics/{topic}/messages", new)
    assert list(refused(answer)) == ["asks.0"]


async def test_the_number_of_statements_does_not_grow_with_the_recipients(team: Team) -> None:
    people = [await member(team, f"sam{number}") for number in range(4)]
    topic = await task_topic(team.owner)
    counts = []
    for recipients in (people[:1], people):
        await asking(team.owner, *recipients, topic=topic)
        with statements(team) as sent:
            await asking(team.owner, *recipients, topic=topic)
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 15
