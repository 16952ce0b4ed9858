"""Sessions: opened by the right password, rotated, ended by time and by their owner."""

from collections import Counter
from typing import Any
from uuid import uuid4

from fastapi import FastAPI
from sqlalchemy import event

from dayline.app import create_app
from dayline.identity.throttle import MOST_BY_PAIR
from dayline.kernel.ops.settings import Settings
from dayline.members.setup import owner_link
from tests.clock import MovableClock
from tests.members.browser import (
    PASSWORD,
    Browse,
    SignUp,
    attributes_of,
    new_address,
    open_browser,
)
from tests.members.conftest import secret_of
from tests.team import Team


async def test_the_right_password_opens_a_session(sign_up: SignUp, browse: Browse) -> None:
    sam = await sign_up("sam")
    browser = browse()
    answer = await browser.sign_in(sam.email.upper())
    assert answer.status_code == 201
    assert (answer.json()["is_current"], answer.json()["user_agent"]) == (True, "Test browser")
    assert answer.headers["Location"] == f"/api/sessions/{answer.json()['id']}"
    assert (await browser.get("/account")).json()["email"] == sam.email


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    sign_up: SignUp, browse: Browse
) -> None:
    answer = await browse().sign_in((await sign_up("sam")).email)
    assert attributes_of(answer, "dayline_session") == {
        "HttpOnly",
        "Max-Age=5184000",
        "Path=/",
        "SameSite=lax",
    }


async def test_on_https_the_cookie_is_secure_and_bound_to_the_host(
    fresh_settings: Settings, clock: MovableClock
) -> None:
    settings = fresh_settings.model_copy(update={"base_url": "https://dayline.example.org"})
    app = create_app(settings, clock)
    link = await owner_link(settings, None, clock)
    assert link is not None
    assert link.startswith("https://dayline.example.org/setup#")
    browser = open_browser(app, new_address(), "https://dayline.example.org")
    async with app.router.lifespan_context(app), browser.http:
        body = {"token": secret_of(link), "email": "o@example.org", "name": "O"}
        made = await browser.post("/setup", {**body, "password": PASSWORD})
        for cookie in ("session", "browser"):
            attributes = attributes_of(made, f"__Host-dayline_{cookie}")
            assert {"Secure", "HttpOnly", "Path=/"} <= attributes
            assert "Domain" not in str(attributes)
        assert (await browser.get("/account")).status_code == 200
        ended = await browser.delete("/sessions/current")
        assert {"Secure", "Max-Age=0"} <= set(ended.headers["set-cookie"].split("; "))


async def test_an_unknown_address_gets_the_answer_of_a_wrong_password(
    sign_up: SignUp, browse: Browse
) -> None:
    sam = await sign_up("sam")
    wrong = await browse().sign_in(sam.email, "not the right password")
    unknown = await browse().sign_in(f"{uuid4()}@example.org", "not the right password")
    assert wrong.status_code == unknown.status_code == 401
    said = [answer.json() | {"request_id": None} for answer in (wrong, unknown)]
    assert said[0] == said[1]
    assert "set-cookie" not in wrong.headers


async def test_signing_in_ends_the_session_that_the_browser_had(sign_up: SignUp) -> None:
    sam = await sign_up("sam")
    before = sam.cookie
    await sam.sign_in(sam.email)
    assert sam.cookie != before
    assert len((await sam.get("/sessions")).json()) == 1
    sam.http.cookies.set("dayline_session", before or "", domain="localhost.local", path="/")
    assert (await sam.get("/account")).status_code == 401


async def test_a_session_ends_after_14_days_without_use(
    sign_up: SignUp, clock: MovableClock
) -> None:
    sam = await sign_up("sam")
    for _ in range(3):
        clock.advance(days=13)
        assert (await sam.get("/account")).status_code == 200
    clock.advance(days=14)
    assert (await sam.get("/account")).status_code == 401


async def test_use_in_a_workspace_counts_as_use(
    team: Team, sign_up: SignUp, clock: MovableClock
) -> None:
    sam = await sign_up("sam")
    for _ in range(3):
        clock.advance(days=13)
        assert (await sam.get(f"/workspaces/{team.slug}/me")).status_code == 200
    clock.advance(days=14)
    assert (await sam.get(f"/workspaces/{team.slug}/me")).status_code == 401


async def test_a_session_ends_after_60_days_in_any_case(
    sign_up: SignUp, clock: MovableClock
) -> None:
    sam = await sign_up("sam")
    for _ in range(5):
        clock.advance(days=11)
        assert (await sam.get("/account")).status_code == 200
    clock.advance(days=5)
    assert (await sam.get("/account")).status_code == 401


async def test_signing_out_ends_the_session_and_clears_the_cookie(sign_up: SignUp) -> None:
    sam = await sign_up("sam")
    kept = sam.cookie
    answer = await sam.delete("/sessions/current")
    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (204, '"cache"')
    assert sam.cookie is None
    sam.http.cookies.set("dayline_session", kept or "")
    assert (await sam.get("/account")).status_code == 401


async def test_sessions_are_seen_and_ended_by_their_owner_alone(
    sign_up: SignUp, browse: Browse
) -> None:
    sam, noor, elsewhere = await sign_up("sam"), await sign_up("noor"), browse()
    other_id = (await elsewhere.sign_in(sam.email)).json()["id"]
    shown = (await sam.get("/sessions")).json()
    assert [(row["id"] == other_id, row["is_current"]) for row in shown] == [
        (True, False),
        (False, True),
    ]
    assert (await noor.delete(f"/sessions/{other_id}")).status_code == 404
    assert (await sam.delete(f"/sessions/{other_id}")).status_code == 204
    assert (await sam.delete(f"/sessions/{other_id}")).status_code == 404
    assert (await elsewhere.get("/account")).status_code == 401
    assert (await sam.get("/account")).status_code == 200


async def test_a_session_that_ended_unused_is_not_listed(
    sign_up: SignUp, browse: Browse, clock: MovableClock
) -> None:
    sam, elsewhere = await sign_up("sam"), browse()
    await elsewhere.sign_in(sam.email)
    clock.advance(days=13)
    assert len((await sam.get("/sessions")).json()) == 2
    clock.advance(days=1)
    assert [row["is_current"] for row in (await sam.get("/sessions")).json()] == [True]


async def test_ending_the_session_in_use_by_its_id_signs_out(sign_up: SignUp) -> None:
    sam = await sign_up("sam")
    (current,) = (await sam.get("/sessions")).json()
    assert (await sam.delete(f"/sessions/{current['id']}")).status_code == 204
    assert sam.cookie is None


async def test_all_other_sessions_are_ended_at_once(sign_up: SignUp, browse: Browse) -> None:
    sam, others = await sign_up("sam"), [browse(), browse()]
    for other in others:
        await other.sign_in(sam.email)
    assert (await sam.delete("/sessions")).status_code == 204
    assert [(await other.get("/account")).status_code for other in others] == [401, 401]
    assert (await sam.get("/account")).status_code == 200


async def test_a_token_does_not_reach_the_account(team: Team) -> None:
    for path in ("account", "sessions", "workspaces"):
        assert (await team.owner.http.get(f"/api/{path}")).status_code == 403


async def test_bad_credentials_of_any_shape_are_refused(app: FastAPI, browse: Browse) -> None:
    for cookie in ("", "x", "dlsession_" + "a" * 43, "%00"):
        browser = browse()
        browser.http.headers["Cookie"] = f"dayline_session={cookie}"
        assert (await browser.get("/account")).status_code == 401
    for header in ("Bearer", "Bearer x", "Basic eDp5", "bearer dl_" + "a" * 43):
        browser = browse()
        browser.http.headers["Authorization"] = header
        assert (await browser.get("/workspaces/nowhere/me")).status_code == 401


async def test_a_refusal_does_the_same_work_without_an_account(
    app: FastAPI, sign_up: SignUp, browse: Browse
) -> None:
    """So that the time that it takes tells nobody who has one."""
    engine, statements = app.state.engine.sync_engine, Counter[str]()

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements[statement] += 1

    async def work(email: str) -> int:
        """How many statements it takes until the guessing is slowed, that refusal included."""
        browser = browse()
        statements.clear()
        for _ in range(MOST_BY_PAIR + 1):
            assert (await browser.sign_in(email, "a wrong password")).status_code in {401, 429}
        return statements.total()

    sam = await sign_up("sam")
    event.listen(engine, "before_cursor_execute", count)
    try:
        known, unknown = await work(sam.email), await work(f"{uuid4()}@example.org")
    finally:
        event.remove(engine, "before_cursor_execute", count)
    assert known == unknown > MOST_BY_PAIR
