"""What Slack answers, and what follows: delivered, tried again, given up, turned off."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from dayline.kernel.db.database import Scope, enter_workspace
from dayline.kernel.jobs.outbox import Delivered, TryAgain
from dayline.notify import queue
from dayline.notify.models import Subscription
from tests.notify.desk import Desk
from tests.notify.stub import BROKEN, LIMITED, OK, SILENT, Reply
from tests.recorded import kinds


async def test_a_message_that_slack_takes_is_delivered_once(desk: Desk) -> None:
    await desk.subscribe()
    await desk.moves(1)
    assert await desk.work() == [Delivered()]
    assert await desk.work() == []
    (delivery,) = await desk.deliveries()
    assert (delivery["state"], delivery["attempts"], delivery["last_status"]) == (
        "delivered",
        1,
        200,
    )
    assert len(desk.stub.told("ops")) == 1


async def test_a_webhook_gets_one_message_a_second_in_the_order_of_events(desk: Desk) -> None:
    await desk.subscribe()
    await desk.moves(3)
    await desk.relay()
    for number in range(3):
        assert await desk.send() == [Delivered()]
        assert await desk.send() == [], "a second has not passed"
        assert len(desk.stub.told("ops")) == number + 1
        desk.team.clock.advance(seconds=1)
    said = [message["text"] for message in desk.stub.told("ops")]
    assert ["In progress" in text for text in said] == [True, True, False]
    assert "from Backlog" in said[0]


async def test_one_message_at_a_time_is_on_its_way_to_a_webhook(desk: Desk) -> None:
    await desk.subscribe("ops")
    await desk.subscribe("lab")
    await desk.moves(2)
    await desk.relay()
    first = await desk.claim()
    desk.team.clock.advance(seconds=5)
    assert len(first) == 2
    assert await desk.claim() == []


async def test_a_rate_limit_is_waited_out_as_slack_says(desk: Desk) -> None:
    await desk.subscribe()
    desk.stub.answer("ops", LIMITED)
    await desk.moves(2)
    (verdict,) = await desk.work()
    assert verdict == TryAgain("429 rate_limited", timedelta(seconds=30))
    desk.team.clock.advance(seconds=29)
    assert await desk.send() == [], "the other message waits too"
    desk.team.clock.advance(seconds=1)
    assert await desk.send() == [Delivered()]
    assert len(desk.stub.told("ops")) == 2


@pytest.mark.parametrize("reply", [BROKEN, SILENT, Reply(503, ""), Reply(408, "")])
async def test_a_passing_fault_is_tried_again(desk: Desk, reply: Reply) -> None:
    await desk.subscribe()
    desk.stub.answer("ops", reply)
    await desk.moves(1)
    (verdict,) = await desk.work()
    assert isinstance(verdict, TryAgain)
    (delivery,) = await desk.deliveries()
    assert delivery["state"] == "pending"
    assert delivery["last_error"]
    assert delivery["last_status"] == (None if reply.hangs else reply.status)
    desk.team.clock.advance(seconds=10)
    assert await desk.send() == [Delivered()]
    assert (await desk.states()) == ["delivered"]


async def test_nobody_there_is_a_passing_fault(desk: Desk) -> None:
    await desk.subscribe(url="http://127.0.0.1:1/services/nobody/is/listening")
    await desk.moves(1)
    (verdict,) = await desk.work()
    assert isinstance(verdict, TryAgain)
    assert (await desk.deliveries())[0]["last_error"] == "The connection failed (ConnectError)."


async def test_admins_read_why_in_their_own_languages(desk: Desk) -> None:
    made = await desk.subscribe(url="http://127.0.0.1:1/services/nobody/is/listening")
    await desk.moves(1)
    await desk.work()
    owner = desk.team.owner
    await owner.patch(f"/subscriptions/{made['id']}", {"enabled": False}, made["rev"])
    german = {"Accept-Language": "de"}
    found = await owner.http.get(f"{owner.base}/subscriptions/{made['id']}", headers=german)
    assert found.json()["disabled_reason"] == "Von einem Admin ausgeschaltet."
    assert found.headers["content-language"] == "de"
    (delivery,) = (await owner.http.get(f"{owner.base}/deliveries", headers=german)).json()
    assert delivery["last_error"] == "Der Kanal wurde ausgeschaltet."
    assert (await desk.deliveries())[0]["last_error"] == "The channel was turned off."


async def test_reasons_of_old_rows_are_shown_as_they_were_written(desk: Desk) -> None:
    made = await desk.subscribe()
    old = "Slack answered: 404 no_service"
    async with desk.sessions() as session, session.begin():
        await enter_workspace(session, Scope(desk.team.workspace_id, desk.team.clock.now, None))
        await session.execute(update(Subscription).values(disabled_reason=old))
    assert (await desk.subscription(made))["disabled_reason"] == old


async def test_what_fails_for_a_day_becomes_a_dead_letter(desk: Desk) -> None:
    await desk.subscribe()
    desk.stub.always = BROKEN
    await desk.moves(1)
    await desk.relay()
    began, waits = desk.team.clock.now, []
    while (await desk.states()) == ["pending"]:
        assert len(await desk.send()) == 1
        (delivery,) = await desk.deliveries()
        if delivery["next_attempt_at"]:
            due = datetime.fromisoformat(delivery["next_attempt_at"])
            waits.append(due - desk.team.clock.now)
            desk.team.clock.now = due
    assert delivery["state"] == "failed"
    assert delivery["last_error"] == "Stopped retrying after a day. 500 rollup_error"
    assert timedelta(days=1) <= desk.team.clock.now - began < timedelta(days=1, hours=2)
    assert min(waits) < timedelta(seconds=7)
    assert timedelta(minutes=40) < max(waits) < timedelta(minutes=80)
    assert len(waits) < 60


@pytest.mark.parametrize(
    "reply",
    [
        Reply(404, "channel_not_found"),
        Reply(404, "no_service"),
        Reply(410, "channel_is_archived"),
        Reply(403, "action_prohibited"),
        Reply(400, "no_team"),
    ],
)
async def test_a_webhook_that_is_gone_is_turned_off_and_admins_are_told(
    desk: Desk, reply: Reply
) -> None:
    made = await desk.subscribe()
    desk.stub.answer("ops", reply)
    await desk.moves(2)
    before = (await desk.deliveries())[-1:]
    await desk.work()
    assert before == []
    assert await desk.states() == ["failed", "dropped"]
    subscription = await desk.subscription(made)
    assert subscription["disabled_reason"] == f"Slack responded: {reply.status} {reply.body}"
    assert subscription["disabled_at"] == "2026-05-18T07:00:00Z"
    (told,) = (await desk.team.owner.get("/audit", kind="subscription.disabled")).json()
    assert told["data"]["subscription"] == subscription
    desk.team.clock.advance(hours=1)
    assert await desk.work() == []


@pytest.mark.parametrize(
    "reply", [Reply(400, "invalid_payload"), Reply(302, "", {"Location": "/"})]
)
async def test_a_message_that_slack_refuses_is_a_dead_letter_and_others_go_on(
    desk: Desk, reply: Reply
) -> None:
    made = await desk.subscribe()
    desk.stub.answer("ops", reply)
    await desk.moves(2)
    await desk.work()
    desk.team.clock.advance(seconds=1)
    assert await desk.send() == [Delivered()]
    first, second = await desk.deliveries()
    assert (first["state"], second["state"]) == ("failed", "delivered")
    assert first["last_error"] == f"{reply.status} {reply.body}".strip()
    assert (await desk.subscription(made))["disabled_at"] is None


async def test_what_a_dead_sender_left_is_sent_by_another_when_its_lease_ends(desk: Desk) -> None:
    await desk.subscribe()
    await desk.moves(1)
    await desk.relay()
    (left,) = await desk.claim()
    desk.team.clock.advance(seconds=29)
    assert await desk.claim() == []
    desk.team.clock.advance(seconds=1)
    (taken,) = await desk.claim()
    assert (taken.id, taken.attempts) == (left.id, left.attempts + 1)


async def test_a_stale_sender_settles_nothing(desk: Desk) -> None:
    await desk.subscribe()
    await desk.moves(1)
    await desk.relay()
    (stale,) = await desk.claim()
    desk.team.clock.advance(seconds=30)
    (taken,) = await desk.claim()
    clock = desk.team.clock
    assert not await queue.finish(desk.sessions, clock, stale, TryAgain("late"))
    (delivery,) = await desk.deliveries()
    assert (delivery["state"], delivery["last_error"]) == ("sending", None)
    assert await queue.finish(desk.sessions, clock, taken, Delivered(), status=200)
    assert not await queue.finish(desk.sessions, clock, stale, TryAgain("later still"))
    assert await desk.states() == ["delivered"]


async def test_workers_that_claim_at_once_share_the_webhooks(desk: Desk) -> None:
    for number in range(6):
        await desk.subscribe(f"hook{number}")
    await desk.moves(1)
    await desk.relay()
    claims = await asyncio.gather(*(desk.claim() for _ in range(4)))
    taken = [claimed.id for claim in claims for claimed in claim]
    assert len(taken) == len(set(taken)) == 6


async def test_a_withdrawn_message_is_told_to_nobody(desk: Desk) -> None:
    await desk.subscribe()
    await desk.project()
    owner = desk.team.owner
    new = {"condition": "at_risk", "body": "We lost the client's trust."}
    update = (await owner.post("/projects/ABC/updates", new)).json()
    withdrawn = await owner.put(f"/messages/{update['message']['id']}/withdrawal")
    assert withdrawn.is_success, withdrawn.text
    await desk.work()
    (delivery,) = await desk.deliveries()
    assert (delivery["state"], delivery["last_error"]) == ("dropped", "The message was deleted.")
    assert desk.stub.told("ops") == []


async def test_a_delivery_can_be_repeated(desk: Desk) -> None:
    await desk.subscribe()
    desk.stub.answer("ops", Reply(400, "invalid_payload"), OK)
    await desk.moves(1)
    await desk.work()
    (delivery,) = await desk.deliveries()
    owner = desk.team.owner
    repeated = await owner.post(f"/deliveries/{delivery['id']}/repeat")
    assert (repeated.status_code, repeated.json()["state"]) == (200, "pending")
    again = await owner.post(f"/deliveries/{delivery['id']}/repeat")
    assert again.json()["type"] == "urn:dayline:problem:delivery-under-way"
    desk.team.clock.advance(seconds=1)
    assert await desk.send() == [Delivered()]
    (delivery,) = await desk.deliveries(state="delivered")
    assert delivery["attempts"] == 2


async def test_what_was_turned_off_is_not_repeated(desk: Desk) -> None:
    made = await desk.subscribe()
    await desk.moves(1)
    await desk.relay()
    owner = desk.team.owner
    await owner.patch(f"/subscriptions/{made['id']}", {"enabled": False}, made["rev"])
    (delivery,) = await desk.deliveries()
    refused = await owner.post(f"/deliveries/{delivery['id']}/repeat")
    assert refused.json()["type"] == "urn:dayline:problem:subscription-disabled"


async def test_deliveries_are_listed_by_what_is_asked_for(desk: Desk) -> None:
    ops, lab = await desk.subscribe("ops"), await desk.subscribe("lab")
    await desk.moves(2)
    await desk.work()
    assert len(await desk.deliveries()) == 4
    assert len(await desk.deliveries(state="delivered")) == 2
    of_lab = await desk.deliveries(subscription=lab["id"])
    assert {delivery["subscription_id"] for delivery in of_lab} == {lab["id"]} != {ops["id"]}
    assert await desk.deliveries(kind="breach") == []
    first = await desk.team.owner.get("/deliveries", limit=3)
    rest = await desk.team.owner.http.get(first.links["next"]["url"])
    ids = [delivery["id"] for page in (first, rest) for delivery in page.json()]
    assert len(ids) == len(set(ids)) == 4
    one = await desk.team.owner.get(f"/deliveries/{ids[0]}")
    assert one.json() == first.json()[0]


async def test_nothing_of_a_delivery_is_an_event(desk: Desk) -> None:
    """So that telling what happens makes nothing happen."""
    await desk.subscribe()
    await desk.moves(1)
    await desk.work()
    assert not [kind for kind in await kinds(desk.team, 0) if kind.startswith("deliver")]
