"""How many tokens and sessions there may be at once, exactly, under races too."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi import FastAPI

from dayline.kernel.ops.settings import Settings
from tests.clock import MovableClock
from tests.members.browser import Browse, SignUp
from tests.scheduled.desk import later
from tests.team import Team
from tests.timers.desk import task_topic

NEW_TOKEN = {"name": "mine", "scopes": ["read"], "expires_in_days": 1}


@pytest.fixture
def few(app: FastAPI, settings: Settings) -> Iterator[None]:
    """At most three tokens and three sessions."""
    app.state.settings = settings.model_copy(update={"member_tokens": 3, "account_sessions": 3})
    yield
    app.state.settings = settings


@pytest.mark.usefixtures("few")
async def test_racing_requests_make_no_token_too_many(team: Team, clock: MovableClock) -> None:
    sam = await team.add("sam")
    answers = await asyncio.gather(*(sam.post("/tokens", NEW_TOKEN) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [201] * 2 + [409] * 4
    refused = next(each for each in answers if each.status_code == 409).json()
    assert refused["type"] == "urn:dayline:problem:too-many-tokens"
    assert (refused["used"], refused["limit"]) == (3, 3)
    clock.advance(days=2)
    assert (await sam.post("/tokens", NEW_TOKEN)).status_code == 201, "expired ones count no more"


@pytest.mark.usefixtures("few")
async def test_one_session_more_ends_the_one_unused_longest(
    sign_up: SignUp, browse: Browse, clock: MovableClock
) -> None:
    first = await sign_up("sam")
    clock.now += timedelta(minutes=10)
    racing = [browse() for _ in range(4)]
    answers = await asyncio.gather(*(browser.sign_in(first.email) for browser in racing))
    assert {answer.status_code for answer in answers} == {201}
    inside = [browser for browser in racing if (await browser.get("/account")).is_success]
    assert len(inside) == 3
    assert len((await inside[0].get("/sessions")).json()) == 3
    assert (await first.get("/account")).status_code == 401


async def test_racing_requests_schedule_and_view_no_more_than_they_may(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in ("scheduled", "views"):
        monkeypatch.setattr(f"dayline.{room}.actions.MOST_OWN", 2)
    topic = await task_topic(team.owner)
    send_at = team.clock.now + timedelta(hours=1)
    scheduled = [later(team.owner, topic, send_at) for _ in range(5)]
    outcomes = await asyncio.gather(*scheduled, return_exceptions=True)
    assert sum(isinstance(outcome, dict) for outcome in outcomes) == 2
    views = await asyncio.gather(*(team.owner.post("/views", {"name": "Mine"}) for _ in range(5)))
    assert sorted(view.status_code for view in views) == [201] * 2 + [409] * 3
