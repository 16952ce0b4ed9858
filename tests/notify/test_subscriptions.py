"""Subscriptions: who makes them, which addresses they take, and that nobody reads these again."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from dayline.app import create_app
from dayline.identity.models import Role
from dayline.kernel.db.database import Scope, enter_workspace
from dayline.kernel.jobs.outbox import Delivered
from dayline.kernel.ops.settings import Settings
from dayline.notify import queue
from tests.notify.desk import EVERYTHING, Desk
from tests.notify.stub import Reply, path_of
from tests.recorded import kinds, recorded
from tests.team import Team

SLACK = "https://hooks.slack.com/services/T0000/B0000/abcdefghijklmnop"


async def create(team: Team, **new: Any) -> Any:
    given = {"name": "#ops", "url": SLACK, "kinds": ["breach"]} | new
    return await team.owner.post("/subscriptions", given)


async def test_a_subscription_is_shown_without_its_secret(desk: Desk) -> None:
    made = await create(desk.team)
    assert made.status_code == 201, made.text
    shown = made.json()
    assert shown["url"] == "https://hooks.slack.com/…mnop"
    assert (await desk.team.owner.get(f"/subscriptions/{shown['id']}")).json() == shown
    assert (await desk.team.owner.get("/subscriptions")).json() == [shown]
    assert made.headers["Location"].endswith(shown["id"])
    assert made.headers["ETag"] == '"1"'


async def test_the_address_is_nowhere_in_the_database_or_the_log_of_events(desk: Desk) -> None:
    secret = "abcdefghijklmnop"
    made = (await create(desk.team)).json()
    await desk.team.owner.patch(f"/subscriptions/{made['id']}", {"url": SLACK + "2"}, 1)
    async with desk.sessions() as session, session.begin():
        await enter_workspace(session, Scope(desk.team.workspace_id, desk.team.clock.now, None))
        rows = await session.execute(text("SELECT s::text FROM subscriptions s"))
        stored = "".join(rows.scalars())
    assert secret not in stored
    assert secret.encode().hex() not in stored
    assert secret not in str([row.data for row in await recorded(desk.team)])


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.slack.com/services/T/B/x",
        "https://hooks.slack.com.evil.example/services/T/B/x",
        "https://hooks.slack.com@evil.example/services/T/B/x",
        "https://hooks.slack.com:8443/services/T/B/x",
        "https://hooks.slack.com/services/T/B",
        "https://hooks.slack.com/services/T/B/x?to=1",
        "https://hooks.slack.com/services/T/B/../x",
        "https://evil.example/services/T/B/x",
        "https://10.0.0.1/services/T/B/x",
        "http://localhost/services/T/B/x",
        "http://me@127.0.0.1/services/T/B/x",
        "http://127.0.0.1/services/T/B/x",
        "http://127.0.0.1:6379/services/T/B/x",
        "ftp://127.0.0.1/x",
        "http://[::1",
        "slack",
    ],
)
async def test_other_addresses_are_refused_by_name(desk: Desk, url: str) -> None:
    refused = await create(desk.team, url=url)
    assert refused.status_code == 422
    assert refused.json()["errors"] == [
        {
            "field": "url",
            "reason": "Enter a Slack webhook URL, like https://hooks.slack.com/services/T…/B…/…",
        }
    ]


async def test_what_another_host_says_is_not_shown_beside_slacks_own_words(desk: Desk) -> None:
    made = (await create(desk.team, url=desk.stub.url("ops"))).json()
    for said, shown in (("-ERR secret of a store", "500"), ("no_service", "500 no_service")):
        desk.stub.answer("ops", Reply(500, said))
        desk.team.clock.advance(seconds=1)
        sent = await desk.team.owner.post(f"/subscriptions/{made['id']}/test")
        assert sent.json() == {"delivered": False, "status": 500, "said": shown}


async def test_what_makes_no_sense_is_refused_by_name(desk: Desk) -> None:
    for wrong, field in (
        ({"kinds": []}, "kinds"),
        ({"kinds": ["gossip"]}, "kinds.0"),
        ({"project_ids": []}, "project_ids"),
        ({"project_ids": [str(uuid4())]}, "project_ids"),
        ({"name": " "}, "name"),
        ({"channel": "#ops"}, "channel"),
    ):
        refused = await create(desk.team, **wrong)
        assert refused.status_code == 422, refused.text
        assert [error["field"] for error in refused.json()["errors"]] == [field]


async def test_a_webhook_has_one_subscription_in_a_workspace(desk: Desk) -> None:
    assert (await create(desk.team)).status_code == 201
    refused = await create(desk.team, name="#again")
    assert refused.json()["errors"][0]["reason"] == "This webhook is already connected."
    other = await Team.create(desk.team.app, desk.team.clock)
    assert (await create(other)).status_code == 201
    await other.close()


async def test_a_project_of_another_tenant_is_not_there(desk: Desk) -> None:
    other = await Team.create(desk.team.app, desk.team.clock)
    project = (await other.owner.post("/projects", {"key": "ABC", "name": "Theirs"})).json()
    refused = await create(desk.team, project_ids=[project["id"]])
    assert refused.status_code == 422
    await other.close()


async def test_only_admins_see_subscriptions_and_what_happens_to_them(desk: Desk) -> None:
    member, admin = await desk.team.add("mel"), await desk.team.add("ada", Role.ADMIN)
    before = len(await recorded(desk.team))
    await create(desk.team)
    assert (await member.get("/subscriptions")).status_code == 403
    assert len((await admin.get("/subscriptions")).json()) == 1
    for person, told in ((member, []), (admin, ["subscription.created"])):
        page = (await person.get("/events", since=before)).json()
        assert [event["kind"] for event in page["events"]] == told


async def test_an_edit_names_its_revision(desk: Desk) -> None:
    made = (await create(desk.team)).json()
    path = f"/subscriptions/{made['id']}"
    assert (await desk.team.owner.patch(path, {"name": "#new"})).status_code == 428
    assert (await desk.team.owner.patch(path, {"name": "#new"}, 7)).status_code == 412
    changed = await desk.team.owner.patch(path, {"name": "#new", "kinds": ["ask", "ask"]}, 1)
    assert changed.headers["ETag"] == '"2"'
    assert changed.json() == made | {"name": "#new", "kinds": ["ask"], "rev": 2}


async def test_turning_it_off_drops_what_waits_and_a_new_address_turns_it_on(desk: Desk) -> None:
    made = await desk.subscribe()
    await desk.moves(2)
    await desk.relay()
    path = f"/subscriptions/{made['id']}"
    off = (await desk.team.owner.patch(path, {"enabled": False}, 1)).json()
    assert (off["disabled_reason"], off["rev"]) == ("Turned off by an admin.", 2)
    assert await desk.states() == ["dropped", "dropped"]
    still = (await desk.team.owner.patch(path, {"name": "#other", "enabled": False}, 2)).json()
    assert (still["name"], still["disabled_at"], still["rev"]) == ("#other", off["disabled_at"], 3)
    on = (await desk.team.owner.patch(path, {"url": desk.stub.url("new")}, 3)).json()
    assert (on["disabled_at"], on["disabled_reason"], on["rev"]) == (None, None, 4)
    told = [kind for kind in await kinds(desk.team, 0) if kind.startswith("subscription")]
    assert told == [
        f"subscription.{kind}" for kind in ("created", "disabled", "changed", "changed")
    ]


async def test_a_deleted_subscription_takes_its_deliveries_along(desk: Desk) -> None:
    made = await desk.subscribe()
    await desk.moves(1)
    await desk.relay()
    (claimed,) = await desk.claim()
    assert (await desk.team.owner.delete(f"/subscriptions/{made['id']}")).status_code == 204
    assert (await desk.team.owner.get(f"/subscriptions/{made['id']}")).status_code == 404
    assert await desk.deliveries() == []
    assert not await queue.finish(desk.sessions, desk.team.clock, claimed, Delivered())
    assert (await kinds(desk.team, 0))[-1] == "subscription.deleted"


async def test_a_test_message_is_sent_at_once_and_answers_what_slack_said(desk: Desk) -> None:
    made = await desk.subscribe()
    path = f"/subscriptions/{made['id']}/test"
    sent = await desk.team.owner.post(path)
    assert sent.json() == {"delivered": True, "status": 200, "said": "200 ok"}
    (message,) = desk.stub.told("ops")
    assert "#ops" in message["text"]
    busy = await desk.team.owner.post(path)
    assert (busy.status_code, busy.headers["Retry-After"]) == (429, "1")
    desk.stub.answer("ops", Reply(404, "no_service"))
    desk.team.clock.advance(seconds=1)
    refused = await desk.team.owner.post(path)
    assert refused.json() == {"delivered": False, "status": 404, "said": "404 no_service"}
    assert (await desk.subscription(made))["disabled_at"] is None


async def test_a_test_of_a_webhook_that_does_not_answer_says_so(desk: Desk) -> None:
    made = (await create(desk.team, url="http://127.0.0.1:1" + path_of("nobody"))).json()
    sent = await desk.team.owner.post(f"/subscriptions/{made['id']}/test")
    said = "The connection failed (ConnectError)."
    assert sent.json() == {"delivered": False, "status": None, "said": said}


async def test_a_server_without_a_key_keeps_no_webhooks(
    fresh_settings: Settings, clock: Any
) -> None:
    team = await Team.create(create_app(fresh_settings, clock), clock)
    refused = await create(team)
    assert refused.json()["type"] == "urn:dayline:problem:no-secret-key"
    await team.close()
    await team.app.state.engine.dispose()


async def test_a_post_with_a_key_of_its_own_makes_one_subscription(desk: Desk) -> None:
    new = {"name": "#ops", "url": SLACK, "kinds": EVERYTHING}
    twice = [
        await desk.team.owner.post("/subscriptions", new, Idempotency_Key="once") for _ in range(2)
    ]
    assert twice[0].json() == twice[1].json()
    assert len((await desk.team.owner.get("/subscriptions")).json()) == 1
