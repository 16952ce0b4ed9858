"""Giving the password again: what it allows, what it renews, and how guessing is slowed."""

import asyncio

import httpx

from dayline.identity.models import Role
from tests.clock import MovableClock
from tests.members.browser import OTHER_PASSWORD, PASSWORD, Browse, Browser, SignUp
from tests.team import Team

AGAIN = "/sessions/current/reauthentication"


async def reauthenticate(browser: Browser, password: str = PASSWORD) -> httpx.Response:
    return await browser.post(AGAIN, {"password": password})


async def invite(browser: Browser, team: Team) -> int:
    body = {"email": "somebody@example.org", "role": "member"}
    return (await browser.post(f"/workspaces/{team.slug}/invites", body)).status_code


async def test_the_password_given_again_allows_it_for_another_fifteen_minutes(
    team: Team, sign_up: SignUp, clock: MovableClock
) -> None:
    ada = await sign_up("ada", Role.ADMIN)
    assert await invite(ada, team) == 201
    clock.advance(minutes=15)
    assert await invite(ada, team) == 403
    assert (await reauthenticate(ada)).status_code == 201
    clock.advance(minutes=14, seconds=59)
    assert await invite(ada, team) == 201
    clock.advance(seconds=1)
    assert await invite(ada, team) == 403


async def test_it_renews_the_session_and_ends_the_one_before(sign_up: SignUp) -> None:
    sam = await sign_up("sam")
    before = sam.cookie
    answer = await reauthenticate(sam)
    assert answer.headers["Location"] == f"/api/sessions/{answer.json()['id']}"
    assert answer.json()["is_current"]
    assert sam.cookie not in {before, None}
    (session,) = (await sam.get("/sessions")).json()
    assert session == answer.json()
    sam.http.cookies.set("dayline_session", before or "", domain="localhost.local", path="/")
    assert (await sam.get("/account")).status_code == 401


async def test_a_wrong_password_leaves_the_session_as_it_was(
    team: Team, sign_up: SignUp, clock: MovableClock
) -> None:
    ada = await sign_up("ada", Role.ADMIN)
    clock.advance(hours=1)
    refused = await reauthenticate(ada, OTHER_PASSWORD)
    assert (refused.status_code, refused.json()["errors"]) == (
        422,
        [{"field": "password", "reason": "Wrong password."}],
    )
    assert await invite(ada, team) == 403
    assert (await ada.get("/account")).status_code == 200


async def test_guessing_is_slowed_and_counts_for_its_session_alone(
    sign_up: SignUp, browse: Browse
) -> None:
    sam = await sign_up("sam")
    answers = [(await reauthenticate(sam, "a wrong password")).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    assert (await reauthenticate(sam)).status_code == 429
    assert (await browse().sign_in(sam.email)).status_code == 201


async def test_two_at_once_leave_one_session(sign_up: SignUp) -> None:
    sam = await sign_up("sam")
    answers = await asyncio.gather(reauthenticate(sam), reauthenticate(sam))
    assert sorted(answer.status_code for answer in answers) == [201, 401]


async def test_ending_another_session_needs_it_and_signing_out_does_not(
    sign_up: SignUp, browse: Browse, clock: MovableClock
) -> None:
    sam, elsewhere = await sign_up("sam"), browse()
    other = (await elsewhere.sign_in(sam.email)).json()["id"]
    clock.advance(hours=1)
    for path in ("/sessions", f"/sessions/{other}"):
        refused = await sam.delete(path)
        assert refused.json()["type"] == "urn:dayline:problem:reauthentication-needed"
    assert (await elsewhere.get("/account")).status_code == 200
    (mine,) = [row for row in (await sam.get("/sessions")).json() if row["is_current"]]
    assert (await sam.delete(f"/sessions/{mine['id']}")).status_code == 204
    assert (await elsewhere.delete("/sessions/current")).status_code == 204


async def test_a_card_without_a_new_role_asks_for_no_password(
    team: Team, sign_up: SignUp, clock: MovableClock
) -> None:
    ada, sam = await sign_up("ada", Role.ADMIN), await team.add("sam")
    clock.advance(hours=1)
    card = f"/workspaces/{team.slug}/members/{sam.member_id}"
    assert (await ada.patch(card, {"handle": "s", "role": "member"}, 1)).status_code == 200
    assert (await ada.patch(card, {"role": "admin"}, 2)).status_code == 403
    await reauthenticate(ada)
    assert (await ada.patch(card, {"role": "admin"}, 2)).status_code == 200
