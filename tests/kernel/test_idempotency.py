"""Idempotency keys: a POST that is sent twice happens once."""

import asyncio

from sqlalchemy import text

from dayline.kernel.database import Scope, enter_workspace
from dayline.kernel.idempotency import prune
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
    await prune(team.app.state.sessions, team.clock)
    assert await keys_of(team) == 1
    team.clock.advance(seconds=1)
    assert await prune(team.app.state.sessions, team.clock) >= 1
    assert await keys_of(team) == 0
