"""Idempotency keys: a POST that is sent twice happens once."""

import asyncio

import pytest
from sqlalchemy import text

from dayline.identity.models import Role
from dayline.kernel.db.database import Scope, enter_workspace
from dayline.kernel.http.idempotency import RETENTION
from tests.team import Team

PROJECT = {"key": "ONCE", "name": "Once"}


async def keys_of(team: Team) -> int:
    async with team.app.state.sessions() as session, session.begin():
        await enter_workspace(session, Scope(team.workspace_id, team.clock.now, None))
        kept: int = await session.scalar(text("SELECT count(*) FROM idempotency_keys"))
        return kept


async def test_a_repeated_request_gets_the_first_answer(team: Team) -> None:
    first = await team.owner.post("/projects", PROJECT, Idempotency_Key="a")
    again = await team.owner.post("/projects", PROJECT, Idempotency_Key="a")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers


async def test_the_same_key_with_another_body_is_refused(team: Team) -> None:
    await team.owner.post("/projects", PROJECT, Idempotency_Key="a")
    other = await team.owner.post("/projects", PROJECT | {"name": "Other"}, Idempotency_Key="a")
    assert other.status_code == 422
    assert other.json()["errors"][0]["field"] == "Idempotency-Key"


async def test_keys_of_others_are_their_own(team: Team) -> None:
    sam = await team.add("sam")
    await team.owner.post("/projects", PROJECT, Idempotency_Key="a")
    theirs = await sam.post("/projects", PROJECT | {"key": "SAM"}, Idempotency_Key="a")
    assert theirs.json()["key"] == "SAM"


async def test_a_refused_request_does_not_use_its_key_up(team: Team) -> None:
    refused = await team.owner.post("/projects", {"key": "1", "name": "x"}, Idempotency_Key="a")
    assert refused.status_code == 422
    made = await team.owner.post("/projects", PROJECT, Idempotency_Key="a")
    assert made.status_code == 201


async def test_concurrent_twins_make_one_thing(team: Team) -> None:
    twins = [team.owner.post("/projects", PROJECT, Idempotency_Key="a") for _ in range(6)]
    answers = await asyncio.gather(*twins)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len((await team.owner.get("/projects")).json()) == 1


async def test_an_answer_with_a_secret_is_not_kept(team: Team) -> None:
    token = {"name": "script", "scopes": ["read"], "expires_in_days": 1}
    first = await team.owner.post("/tokens", token, Idempotency_Key="a")
    again = await team.owner.post("/tokens", token, Idempotency_Key="a")
    assert (first.status_code, again.status_code) == (201, 409)
    assert again.json()["type"] == "urn:dayline:problem:answer-not-kept"


async def test_a_key_is_forgotten_after_a_day(team: Team) -> None:
    await team.owner.post("/projects", PROJECT, Idempotency_Key="a")
    team.clock.advance(hours=24)
    await RETENTION.prune(team.app.state.sessions, team.clock)
    assert await keys_of(team) == 1
    team.clock.advance(seconds=1)
    assert await RETENTION.prune(team.app.state.sessions, team.clock) >= 1
    assert await keys_of(team) == 0


async def test_withdrawn_text_is_in_no_stored_answer(team: Team) -> None:
    await team.owner.post("/projects", PROJECT)
    topic = (await team.owner.post("/projects/ONCE/topics", {"title": "Keys"})).json()
    path = f"/topics/{topic['id']}/messages"
    for undo in ("withdraw", "edit"):
        body = {"body": f"The password is {undo}-swordfish"}
        message = (await team.owner.post(path, body, Idempotency_Key=undo)).json()
        assert f"{undo}-swordfish" in await stored_of(team)
        at = f"/messages/{message['id']}"
        if undo == "withdraw":
            gone = await team.owner.put(f"{at}/withdrawal")
        else:
            gone = await team.owner.patch(at, {"body": "Sorry"}, message["rev"])
        assert gone.status_code == 200, gone.text
        assert f"{undo}-swordfish" not in await stored_of(team)
        again = await team.owner.post(path, body, Idempotency_Key=undo)
        assert again.json()["type"] == "urn:dayline:problem:answer-not-kept"


async def stored_of(team: Team) -> str:
    """All stored answers of the workspace."""
    async with team.app.state.sessions() as session, session.begin():
        await enter_workspace(session, Scope(team.workspace_id, team.clock.now, None))
        rows = await session.scalars(text("SELECT body FROM idempotency_keys"))
        return "\n".join((row or b"").decode() for row in rows)


DELETED = {
    "scheduled": (
        "/topics/{topic}/scheduled-messages",
        {"body": "", "send_at": "2026-05-18T12:00:00Z"},
    ),
    "references": ("/references", {"title": "How", "body": ""}),
    "explanations": ("/explanations", {"words": ""}),
    "time_off": ("/members/{me}/time-off", {"starts_on": "2026-08-03", "ends_on": "2026-08-07"}),
    "views": ("/views", {"name": ""}),
}
TEXT = {"scheduled": "body", "references": "body", "explanations": "words", "time_off": "reason"}


@pytest.mark.parametrize("kind", DELETED)
async def test_deleted_text_is_in_no_stored_answer(team: Team, kind: str) -> None:
    await team.owner.post("/projects", PROJECT)
    topic = (await team.owner.post("/projects/ONCE/topics", {"title": "Keys"})).json()
    path, fields = DELETED[kind]
    path = path.format(topic=topic["id"], me=team.owner.member_id)
    body = fields | {TEXT.get(kind, "name"): "swordfish"}
    made = await team.owner.post(path, body, Idempotency_Key="a")
    assert made.status_code == 201, made.text
    assert "swordfish" in await stored_of(team)
    base = "/scheduled-messages" if kind == "scheduled" else path
    thing = made.json().get("explanation", made.json())
    gone = await team.owner.delete(f"{base}/{thing['id']}")
    assert gone.status_code == 204, gone.text
    assert "swordfish" not in await stored_of(team)


EDITED = ("scheduled", "references", "time_off", "views")
"""What is edited in place; an explanation is only taken back."""


@pytest.mark.parametrize("kind", EDITED)
async def test_text_that_was_edited_away_is_in_no_stored_answer(team: Team, kind: str) -> None:
    await team.owner.post("/projects", PROJECT)
    topic = (await team.owner.post("/projects/ONCE/topics", {"title": "Keys"})).json()
    path, fields = DELETED[kind]
    path, field = path.format(topic=topic["id"], me=team.owner.member_id), TEXT.get(kind, "name")
    made = (await team.owner.post(path, fields | {field: "swordfish"}, Idempotency_Key="a")).json()
    base = "/scheduled-messages" if kind == "scheduled" else path
    edited = await team.owner.patch(f"{base}/{made['id']}", {field: "Sorry"}, made["rev"])
    assert edited.status_code == 200, edited.text
    assert "swordfish" not in await stored_of(team)


async def test_a_repeat_is_answered_only_to_who_may_still_see_it(team: Team) -> None:
    guest = await team.add("gus", Role.GUEST)
    await team.owner.post("/projects", PROJECT)
    person = f"/projects/ONCE/people/{guest.member_id}"
    assert (await team.owner.put(person)).status_code == 200
    task = {"project": "ONCE", "title": "Pack"}
    made = await guest.post("/tasks", task, Idempotency_Key="a")
    again = await guest.post("/tasks", task, Idempotency_Key="a")
    assert (made.status_code, again.status_code) == (201, 201)
    assert (await team.owner.delete(person)).status_code == 200
    after = await guest.post("/tasks", task, Idempotency_Key="a")
    assert after.json()["type"] == "urn:dayline:problem:answer-not-kept"
    assert "Pack" not in after.text


async def test_a_token_gets_no_answer_that_was_an_admins(team: Team) -> None:
    scopes = {"name": "small", "scopes": ["read", "write"], "expires_in_days": 1}
    small = (await team.owner.post("/tokens", scopes)).json()["secret"]
    first = await team.owner.post("/projects", PROJECT, Idempotency_Key="a")
    assert first.status_code == 201
    again = await team.owner.post(
        "/projects", PROJECT, Idempotency_Key="a", Authorization=f"Bearer {small}"
    )
    assert again.json()["type"] == "urn:dayline:problem:answer-not-kept"
