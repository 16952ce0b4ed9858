"""Acknowledging with a promise, pausing and resuming; and who may."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from dayline.identity.models import Role
from dayline.messages.posting import post_message
from dayline.timers import lifecycle
from tests.calendars.desk import path_of, weekdays
from tests.clock import MovableClock
from tests.races import acting, meanwhile
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

WAITING = {"reason": "Waiting on the client"}


async def promise(person: Person, running: Json, when: Any) -> httpx.Response:
    when = when if isinstance(when, str) else when.isoformat()
    return await person.put(f"/timers/{running['id']}/acknowledgement", {"promised_at": when})


async def successor(person: Person, ended: Json) -> Json:
    """The timer that keeps the promise of another one."""
    listed = await done(person.get("/timers", topic=ended["topic_id"]))
    (found,) = [each for each in listed if each["follows"] == ended["id"]]
    assert isinstance(found, dict)
    return found


@pytest.fixture
async def sam(team: Team) -> Person:
    return await member(team, "sam")


async def test_a_promise_ends_the_timer_and_another_one_runs_to_it(
    team: Team, clock: MovableClock, sam: Person
) -> None:
    topic = await task_topic(team.owner)
    running = await ask(team.owner, topic, sam)
    clock.now = at("2026-05-18 11:00")
    answer = await promise(sam, running, at("2026-05-20 12:00"))
    ended = answer.json()
    assert answer.status_code == 200
    assert (ended["state"], ended["acknowledged_at"]) == ("acknowledged", "2026-05-18T08:00:00Z")
    assert ended["promised_at"] == "2026-05-20T09:00:00Z"
    assert ended["first_response_at"] is None
    following = await successor(sam, ended)
    assert (following["state"], following["due_at"]) == ("open", ended["promised_at"])
    assert following["sent_at"] == ended["acknowledged_at"]
    same = ("message_id", "kind", "urgent", "agreement_version", "author_id", "recipient_id")
    assert [following[name] for name in same] == [ended[name] for name in same]
    assert following["allowance_s"] == (7 + 9 + 3) * 3600
    assert instant(following["warn_at"]) == at("2026-05-19 16:15")
    assert await told(team) == ["timer.started", "timer.acknowledged", "timer.started"]
    (shown,) = (await done(sam.get(f"/messages/{running['message_id']}")))["asks"]
    assert shown["timer_id"] == following["id"]
    assert (await promise(sam, running, at("2026-05-20 12:00"))).json() == ended
    other = await promise(sam, running, at("2026-05-21 12:00"))
    assert other.json()["type"] == "urn:dayline:problem:timer-ended"
    second = await done(
        sam.put(
            f"/timers/{following['id']}/acknowledgement", {"promised_at": "2026-05-22T09:00:00Z"}
        )
    )
    await post(sam, topic, "Blue")
    last = await successor(sam, second)
    assert (last["state"], last["due_at"]) == ("responded", "2026-05-22T09:00:00Z")


@pytest.mark.parametrize(
    ("local", "due"),
    [
        ("2026-05-20T12:00", "2026-05-20T09:00:00Z"),
        ("2026-03-29T03:30", "2026-03-29T01:00:00Z"),  # the clock goes from 03:00 to 04:00
        ("2026-10-25T03:30", "2026-10-25T00:30:00Z"),  # twice there: the first time
    ],
)
async def test_a_promise_by_ones_own_clock(
    team: Team, clock: MovableClock, sam: Person, local: str, due: str
) -> None:
    clock.now = instant(due) - timedelta(days=20)
    running = await ask(team.owner, await task_topic(team.owner), sam)
    path = f"/timers/{running['id']}/acknowledgement"
    answer = await sam.put(path, {"promised_local": local})
    assert answer.json()["promised_at"] == due


@pytest.mark.parametrize(
    "promise",
    [
        {},
        {"promised_local": "2026-05-20T12:00", "promised_at": "2026-05-20T09:00:00Z"},
        {"promised_local": "2026-06-31T12:00"},
        {"promised_local": "tomorrow"},
    ],
)
async def test_a_promise_that_says_no_instant_is_refused(
    team: Team, sam: Person, promise: Json
) -> None:
    running = await ask(team.owner, await task_topic(team.owner), sam)
    answer = await sam.put(f"/timers/{running['id']}/acknowledgement", promise)
    assert answer.status_code == 422


async def test_calendars_do_not_move_a_promise(team: Team, sam: Person) -> None:
    running = await ask(team.owner, await task_topic(team.owner), sam)
    ended = (await promise(sam, running, at("2026-05-20 20:00"))).json()
    await done(sam.put(path_of(sam, "overrides/2026-05-19"), {"intervals": []}))
    following = await successor(sam, ended)
    assert (following["due_at"], following["rev"]) == ("2026-05-20T17:00:00Z", 1)


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        ("2026-05-18T07:00:00Z", "Pick a time in the future."),
        ("2026-08-16T07:00:01Z", "Pick a time at most 90 days ahead."),
        ("9999-12-31T23:59:59Z", None),
        ("soon", None),
    ],
)
async def test_a_promise_lies_in_the_next_ninety_days(
    team: Team, sam: Person, when: str, reason: str | None
) -> None:
    running = await ask(team.owner, await task_topic(team.owner), sam)
    found = refused(await promise(sam, running, when))
    assert set(found) == {"promised_at"}
    assert reason in {None, found["promised_at"]}


async def test_only_the_recipient_promises_and_only_before_it_is_due(
    team: Team, clock: MovableClock, sam: Person
) -> None:
    running = await ask(team.owner, await task_topic(team.owner), sam)
    assert (await promise(team.owner, running, at("2026-05-20 12:00"))).status_code == 403
    clock.now = at("2026-05-18 14:00")
    late = await promise(sam, running, at("2026-05-20 12:00"))
    assert late.json()["type"] == "urn:dayline:problem:timer-breached"
    await sweep(team)
    late = await promise(sam, running, at("2026-05-20 12:00"))
    assert late.json()["type"] == "urn:dayline:problem:timer-breached"


async def test_recipient_author_and_admins_pause_nobody_else(team: Team, sam: Person) -> None:
    ann = await member(team, "ann")
    admin = await team.add("admin", Role.ADMIN)
    running = await ask(ann, await task_topic(team.owner), sam)
    path = f"/timers/{running['id']}/pause"
    bob = await team.add("bob")
    assert (await bob.put(path, WAITING)).status_code == 403
    assert (await bob.delete(path)).status_code == 403
    for person in (sam, ann, admin):
        assert (await done(person.put(path, WAITING)))["state"] == "paused"
        assert (await done(person.delete(path)))["state"] == "open"


async def test_pausing_again_gives_another_reason_and_resuming_twice_changes_nothing(
    team: Team, clock: MovableClock, sam: Person
) -> None:
    running = await ask(team.owner, await task_topic(team.owner), sam)
    path = f"/timers/{running['id']}/pause"
    first = await done(sam.put(path, WAITING))
    assert await done(sam.put(path, WAITING)) == first
    clock.advance(hours=1)
    second = await done(sam.put(path, {"reason": "Waiting on legal"}))
    assert (second["paused_at"], second["pause_reason"]) == (
        first["paused_at"],
        "Waiting on legal",
    )
    resumed = await done(sam.delete(path))
    assert await done(sam.delete(path)) == resumed
    assert resumed["paused_s"] == 3600
    assert instant(resumed["due_at"]) - instant(running["due_at"]) == timedelta(hours=1)
    assert set(refused(await sam.put(path, {"reason": "  "}))) == {"reason"}


async def test_a_second_pause_counts_beside_the_first(
    team: Team, clock: MovableClock, sam: Person
) -> None:
    running = await ask(team.owner, await task_topic(team.owner), sam)
    path = f"/timers/{running['id']}/pause"
    for hours in (1, 2):
        await done(sam.put(path, {"reason": f"For {hours} h"}))
        clock.advance(hours=hours)
        resumed = await done(sam.delete(path))
        clock.advance(minutes=15)
    assert resumed["paused_s"] == 3 * 3600
    assert instant(resumed["due_at"]) - instant(running["due_at"]) == timedelta(hours=3)
    explained = await done(sam.get(f"/timers/{running['id']}/explanation"))
    assert [each["reason"] for each in explained["pauses"]] == ["For 1 h", "For 2 h"]
    assert explained["counted_s"] == running["allowance_s"]


async def test_a_promise_that_is_paused_twice_is_kept_as_much_later(
    team: Team, clock: MovableClock, sam: Person
) -> None:
    running = await ask(team.owner, await task_topic(team.owner), sam)
    ended = (await promise(sam, running, at("2026-05-20 20:00"))).json()
    path = f"/timers/{(await successor(sam, ended))['id']}/pause"
    for hours in (1, 2):
        await done(sam.put(path, WAITING))
        clock.advance(hours=hours)
        resumed = await done(sam.delete(path))
    assert resumed["paused_s"] == 3 * 3600
    assert instant(resumed["due_at"]) == at("2026-05-20 23:00")


async def test_what_has_breached_or_ended_is_not_paused(
    team: Team, clock: MovableClock, sam: Person
) -> None:
    topic = await task_topic(team.owner)
    running = await ask(team.owner, topic, sam)
    path = f"/timers/{running['id']}/pause"
    clock.now = at("2026-05-18 14:00")
    for _ in range(2):
        answer = await sam.put(path, WAITING)
        assert answer.json()["type"] == "urn:dayline:problem:timer-breached"
        await sweep(team)
    await post(sam, topic)
    assert (await sam.put(path, WAITING)).json()["type"] == "urn:dayline:problem:timer-ended"


async def test_what_is_paused_fires_nothing_and_follows_the_calendar_when_it_is_resumed(
    team: Team, clock: MovableClock, sam: Person
) -> None:
    running = await ask(team.owner, await task_topic(team.owner), sam)
    path = f"/timers/{running['id']}/pause"
    clock.advance(hours=1)
    await done(sam.put(path, WAITING))
    clock.now = at("2026-05-19 10:00")
    assert await sweep(team) == 0
    await done(sam.put(path_of(sam, "hours/2026-05-19"), {"weekly": weekdays("09:00-11:00")}))
    assert (await timer(sam, running["id"]))["due_at"] == running["due_at"]
    resumed = await done(sam.delete(path))
    assert instant(resumed["due_at"]) == at("2026-05-20 11:00")


async def test_an_answer_during_a_pause_is_kept(
    team: Team, clock: MovableClock, sam: Person
) -> None:
    topic = await task_topic(team.owner)
    running = await ask(team.owner, topic, sam)
    clock.advance(hours=1)
    await done(sam.put(f"/timers/{running['id']}/pause", WAITING))
    clock.now = at("2026-05-19 10:00")
    await post(sam, topic)
    ended = await timer(sam, running["id"])
    assert (ended["state"], ended["breached_at"], ended["paused_at"]) == ("responded", None, None)
    assert ended["first_response_at"] <= ended["due_at"]


async def test_a_paused_promise_is_kept_as_much_later(
    team: Team, clock: MovableClock, sam: Person
) -> None:
    running = await ask(team.owner, await task_topic(team.owner), sam)
    ended = (await promise(sam, running, at("2026-05-20 20:00"))).json()
    path = f"/timers/{(await successor(sam, ended))['id']}/pause"
    await done(sam.put(path, WAITING))
    clock.advance(hours=5)
    assert instant((await done(sam.delete(path)))["due_at"]) == at("2026-05-21 01:00")


async def test_a_zone_that_changes_is_shown_from_then_on(team: Team, sam: Person) -> None:
    running = await ask(team.owner, await task_topic(team.owner), sam)
    assert running["local"]["due_at"] == "2026-05-18T14:00:00+03:00"
    rev = (await done(sam.get(path_of(sam, "calendar"))))["rev"]
    await done(sam.patch(path_of(sam, "calendar"), {"zone": "Europe/Helsinki"}, rev))
    moved = await timer(sam, running["id"])
    assert (moved["zone"], moved["due_at"]) == ("Europe/Helsinki", running["due_at"])


async def test_the_explanation_lists_what_was_counted_and_stays_when_it_ends(
    team: Team, clock: MovableClock, sam: Person
) -> None:
    clock.now = at("2026-05-18 17:00")
    topic = await task_topic(team.owner)
    running = await ask(team.owner, topic, sam, urgent=False)
    path = f"/timers/{running['id']}"
    await done(sam.put(f"{path}/pause", WAITING))
    clock.advance(minutes=30)
    await done(sam.delete(f"{path}/pause"))
    found = await done(sam.get(f"{path}/explanation"))
    assert (found["clause"], found["agreement_version"]) == ("task_comment", 1)
    assert found["counted_s"] == found["allowance_s"] == 4 * 3600
    assert [(span["start"]["local"], span["end"]["local"]) for span in found["intervals"]] == [
        ("2026-05-18T17:30:00+03:00", "2026-05-18T18:00:00+03:00"),
        ("2026-05-19T09:00:00+03:00", "2026-05-19T12:30:00+03:00"),
    ]
    (pause,) = found["pauses"]
    assert (pause["reason"], pause["end"]["at"]) == (WAITING["reason"], "2026-05-18T14:30:00Z")
    assert found["first_check"] is None
    assert found["first_check_reason"] == "The message arrived during the recipient’s working day."
    await post(sam, topic)
    clock.advance(days=1)
    await done(sam.put(path_of(sam, "overrides/2026-05-19"), {"intervals": []}))
    left = found | {"escalation": []}  # nothing follows any more
    assert await done(sam.get(f"{path}/explanation")) == left
    clock.now = at("2026-05-22 18:30")
    after = await ask(team.owner, topic, sam)
    found = await done(sam.get(f"/timers/{after['id']}/explanation"))
    assert found["first_check"]["local"] == "2026-05-25T10:00:00+03:00"
    assert "60 minutes after the next one starts" in found["first_check_reason"]


async def test_a_first_check_at_the_due_time_names_it(
    team: Team, clock: MovableClock, sam: Person
) -> None:
    clock.now = at("2026-05-22 18:30")
    asked = await ask(
        team.owner,
        await task_topic(team.owner),
        sam,
        urgent=True,
        urgent_reason="The site is down.",
    )
    found = await done(sam.get(f"/timers/{asked['id']}/explanation"))
    assert found["first_check"] == found["due"]
    assert found["due"]["local"] == "2026-05-25T10:00:00+03:00"
    seen = "Should be seen by Mon 25 May, 10:00, when the answer is due."
    assert found["first_check_reason"].endswith(seen)


async def test_lists_are_filtered_and_in_order(
    team: Team, clock: MovableClock, sam: Person
) -> None:
    topic, direct = await task_topic(team.owner), await direct_topic(team.owner, sam)
    slow = await ask(team.owner, topic, sam)
    quick = await ask(team.owner, direct, sam)
    back = await ask(sam, topic, team.owner, urgent=True)

    async def listed(person: Person, **asked: str) -> list[str]:
        return [each["id"] for each in await done(person.get("/timers", **asked))]

    assert await listed(sam, recipient="me", state="open") == [quick["id"]]
    assert await listed(sam, author="me") == [back["id"]]
    everything = [back["id"], quick["id"], slow["id"]]
    assert await listed(sam) == everything
    assert await listed(sam, sort="-due_at") == everything[::-1]
    assert await listed(sam, state="ended") == [slow["id"]]
    assert await listed(sam, state="waiting", topic=topic) == [back["id"]]
    assert await listed(sam, project="ABC") == [back["id"], slow["id"]]
    first = await sam.get("/timers", limit=2)
    rest = await sam.http.get(first.links["next"]["url"])
    assert [each["id"] for each in first.json() + rest.json()] == everything
    assert await listed(await team.add("outsider")) == [back["id"], slow["id"]]
    assert await listed(await team.add("guest", Role.GUEST)) == []
    assert refused(await sam.get("/timers", recipient="you"))


async def test_a_promise_and_a_resolution_at_once_leave_nothing_open(
    team: Team, sam: Person
) -> None:
    topic = await task_topic(team.owner)
    running = await ask(team.owner, topic, sam)
    async with acting(team, sam) as caller:
        when = at("2026-05-20 12:00")
        await lifecycle.acknowledge(caller, UUID(running["id"]), when)
        resolving = await meanwhile(caller, done(team.owner.put(f"/topics/{topic}/resolution")))
    await resolving
    following = await successor(sam, running)
    assert (following["state"], following["cancel_reason"]) == ("cancelled", "resolved")


async def test_an_ask_and_a_change_of_the_calendar_at_once_agree(team: Team, sam: Person) -> None:
    topic = await task_topic(team.owner)
    path = path_of(sam, "overrides/2026-05-18")
    async with acting(team, team.owner) as caller:
        await post_message(caller, UUID(topic), "@sam?")
        changing = await meanwhile(caller, done(sam.put(path, {"intervals": []})))
    await changing
    (running,) = await done(sam.get("/timers", recipient="me"))
    assert instant(running["due_at"]) == at("2026-05-19 13:00")


async def test_of_an_answer_and_the_sweep_one_comes_first(
    team: Team, clock: MovableClock, sam: Person
) -> None:
    topic = await task_topic(team.owner)
    running = await ask(team.owner, topic, sam)
    clock.now = at("2026-05-18 15:00")
    async with acting(team, sam) as caller:
        await post_message(caller, UUID(topic), "Done.")
        sweeping = await meanwhile(caller, sweep(team))
    assert await sweeping == 0
    assert await told(team) == ["timer.started", "timer.breached", "timer.responded"]
    assert (await timer(sam, running["id"]))["breached_at"] == running["due_at"]
