"""Messages that are written now and sent later, as their author."""

from datetime import timedelta
from typing import Any

import pytest

from dayline.identity.models import Role
from dayline.scheduled import actions
from tests.calendars.desk import path_of
from tests.clock import MovableClock
from tests.recorded import recorded
from tests.scheduled.desk import later, said, send, waiting
from tests.team import Team
from tests.timers.desk import ask, at, direct_topic, done, member, refused, task_topic, timer

SOON = at("2026-05-18 11:00")


async def test_it_is_sent_at_its_instant_as_its_author_and_is_gone(
    team: Team, clock: MovableClock
) -> None:
    sam = await member(team, "sam")
    topic = await task_topic(team.owner)
    made = await later(sam, topic, SOON, body="Hello @olena")
    assert made["send_at"] == "2026-05-18T08:00:00Z"
    assert made["send_local"] == "2026-05-18T11:00:00+03:00"
    clock.now = SOON - timedelta(seconds=1)
    assert await send(team) == 0
    assert await waiting(sam) == ["Hello @olena"]
    clock.now = SOON
    assert await send(team) == 1
    assert await said(team.owner, topic) == ["sam: Hello @olena"]
    assert await waiting(sam) == []
    told = [row.kind for row in await recorded(team)][-3:]
    assert told == ["message.posted", "timer.started", "scheduled.sent"]
    posted = (await recorded(team))[-3]
    assert (posted.actor_id, posted.at) == (sam.member_id, SOON)
    assert (await recorded(team))[-1].data["message_id"] == posted.data["message_id"]
    assert await send(team) == 0


async def test_scheduled_for_the_start_of_who_is_off_it_needs_no_reason(
    team: Team, clock: MovableClock
) -> None:
    nina = await member(team, "nina", "N")
    topic = await task_topic(team.owner)
    asks = [str(nina.member_id)]
    start = at("2026-05-18 09:00", "America/New_York")
    early = {"body": "Down", "asks": asks, "urgent": True, "send_at": SOON.isoformat()}
    answer = await team.owner.post(f"/topics/{topic}/scheduled-messages", early)
    assert answer.json()["type"] == "urn:dayline:problem:recipient-not-working"
    await later(team.owner, topic, start, asks=asks, urgent=True)
    clock.now = start
    assert await send(team) == 1
    (message,) = await done(nina.get(f"/topics/{topic}/messages"))
    asked = await timer(nina, message["asks"][0]["timer_id"])
    assert asked["local"]["due_at"] == "2026-05-18T10:00:00-04:00"


async def test_what_the_author_was_asked_is_answered_when_it_is_sent(
    team: Team, clock: MovableClock
) -> None:
    sam = await member(team, "sam")
    topic = await task_topic(team.owner)
    asked = await ask(team.owner, topic, sam)
    await later(sam, topic, SOON)
    assert (await timer(sam, asked["id"]))["state"] == "open"
    clock.now = SOON
    await send(team)
    assert (await timer(sam, asked["id"]))["state"] == "responded"


async def test_nobody_else_sees_it_nor_what_it_says(team: Team) -> None:
    sam = await member(team, "sam")
    direct = await direct_topic(team.owner, sam)
    made = await later(sam, direct, SOON, body="A surprise")
    assert await waiting(team.owner) == []
    path = f"/scheduled-messages/{made['id']}"
    assert (await team.owner.get(path)).status_code == 404
    assert (await team.owner.delete(path)).status_code == 404
    event = (await recorded(team))[-1]
    assert (event.kind, event.audience.value, event.audience_id) == (
        "scheduled.created",
        "member",
        sam.member_id,
    )
    assert "surprise" not in str(event.data)


async def test_it_can_be_changed_and_deleted_until_it_is_sent(
    team: Team, clock: MovableClock
) -> None:
    topic = await task_topic(team.owner)
    made = await later(team.owner, topic, SOON, body="First")
    path = f"/scheduled-messages/{made['id']}"
    tomorrow = (SOON + timedelta(days=1)).isoformat()
    edited = await done(team.owner.patch(path, {"body": "Second", "send_at": tomorrow}, 1))
    assert (edited["body"], edited["rev"]) == ("Second", 2)
    assert (await team.owner.patch(path, {"body": "Third"}, 1)).status_code == 412
    clock.now = SOON
    assert await send(team) == 0
    assert await waiting(team.owner, topic=topic) == ["Second"]
    await done(team.owner.delete(path))
    clock.advance(days=2)
    assert await send(team) == 0
    assert await said(team.owner, topic) == []


async def test_the_same_again_changes_nothing(team: Team) -> None:
    topic = await task_topic(team.owner)
    made = await later(team.owner, topic, SOON)
    before = await recorded(team)
    same = {"body": "Later", "send_at": "2026-05-18T11:00:00+03:00"}
    assert await done(team.owner.patch(f"/scheduled-messages/{made['id']}", same, 1)) == made
    assert await recorded(team) == before


@pytest.mark.parametrize(
    ("fields", "reasons"),
    [
        ({"send_at": "2026-05-18T07:00:00Z"}, {"send_at": "Pick a time in the future."}),
        ({"send_at": "2026-08-17T07:00:00Z"}, {"send_at": "Pick a time at most 90 days ahead."}),
        ({"body": " "}, {"body": "Required."}),
        ({"asks": ["me"]}, {"asks.0": "You can’t ask yourself."}),
    ],
)
async def test_what_could_not_be_sent_is_refused_now(
    team: Team, fields: dict[str, Any], reasons: dict[str, str]
) -> None:
    topic = await task_topic(team.owner)
    new = {"body": "Later", "send_at": SOON.isoformat(), **fields}
    if "asks" in fields:
        new["asks"] = [str(team.owner.member_id)]
    answer = await team.owner.post(f"/topics/{topic}/scheduled-messages", new)
    assert refused(answer) == reasons
    assert await waiting(team.owner) == []


async def test_what_can_be_sent_no_longer_waits_for_its_author(
    team: Team, clock: MovableClock
) -> None:
    sam, eve = await member(team, "sam"), await member(team, "eve")
    topic = await task_topic(team.owner)
    made = await later(sam, topic, SOON, asks=[str(eve.member_id)])
    other = await later(sam, topic, SOON, body="All the same")
    await done(team.owner.put(f"/members/{eve.member_id}/disablement"))
    clock.now = SOON
    assert await send(team) == 2
    assert await said(sam, topic) == ["sam: All the same"]
    held = await done(sam.get(f"/scheduled-messages/{made['id']}"))
    assert (held["failed_at"], held["failure"]) == (
        "2026-05-18T08:00:00Z",
        "Eve no longer has access.",
    )
    assert await send(team) == 0
    again = {"asks": [], "send_at": (SOON + timedelta(hours=1)).isoformat()}
    renewed = await done(sam.patch(f"/scheduled-messages/{made['id']}", again, 2))
    assert (renewed["failed_at"], renewed["failure"]) == (None, None)
    clock.advance(hours=1)
    assert await send(team) == 1
    assert await said(sam, topic) == ["sam: All the same", "sam: Later"]
    assert (await sam.get(f"/scheduled-messages/{other['id']}")).status_code == 404


async def test_who_takes_the_day_off_meanwhile_is_not_asked_urgently(
    team: Team, clock: MovableClock
) -> None:
    sam = await member(team, "sam")
    topic = await task_topic(team.owner)
    made = await later(team.owner, topic, SOON, asks=[str(sam.member_id)], urgent=True)
    await done(sam.put(path_of(sam, "overrides/2026-05-18"), {"intervals": []}))
    clock.now = SOON
    await send(team)
    held = await done(team.owner.get(f"/scheduled-messages/{made['id']}"))
    assert "isn’t working right now" in held["failure"]
    assert await said(team.owner, topic) == []


async def test_who_lost_access_sends_nothing(team: Team, clock: MovableClock) -> None:
    gus, eve = await team.add("gus", Role.GUEST), await member(team, "eve")
    topic = await task_topic(team.owner)
    await done(team.owner.put(f"/projects/ABC/people/{gus.member_id}"))
    for person in (gus, eve):
        await later(person, topic, SOON)
    await done(team.owner.delete(f"/projects/ABC/people/{gus.member_id}"))
    await done(team.owner.put(f"/members/{eve.member_id}/disablement"))
    clock.now = SOON
    assert await send(team) == 2
    assert await said(team.owner, topic) == []


async def test_nobody_schedules_without_end(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_OWN", 1)
    topic = await task_topic(team.owner)
    await later(team.owner, topic, SOON)
    new = {"body": "One more", "send_at": SOON.isoformat()}
    answer = await team.owner.post(f"/topics/{topic}/scheduled-messages", new)
    assert (answer.status_code, answer.json()["most"]) == (409, 1)
