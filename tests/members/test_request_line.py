"""The line of a request answers who and from where, however the request is answered."""

from typing import Any

import httpx
import pytest
import structlog
from fastapi import FastAPI
from structlog.testing import capture_logs
from structlog.typing import EventDict
from websockets.exceptions import InvalidStatus

from dayline.kernel.http.client import current_client
from tests.live import feed, next_frame, serving
from tests.members.browser import Browse, Browser, SignUp
from tests.team import Person, Team

WHO = ("client", "credential", "account", "member", "status")


def who_and_where(lines: list[EventDict], event: str = "request") -> tuple[Any, ...]:
    """What the last line of this kind tells."""
    line = [line for line in lines if line["event"] == event][-1]
    assert len(line["request_id"]) == 32
    return tuple(line.get(name) for name in WHO)


def watching() -> Any:
    return capture_logs([structlog.contextvars.merge_contextvars])


def address_of(browser: Browser) -> str:
    transport = browser.http._transport
    assert isinstance(transport, httpx.ASGITransport)
    return str(transport.client[0])


async def account_id(browser: Browser) -> str:
    return str((await browser.get("/account")).json()["id"])


async def test_a_session_in_a_workspace(team: Team, sign_up: SignUp) -> None:
    sam = await sign_up("sam")
    own = await account_id(sam)
    with watching() as lines:
        await sam.get(f"/workspaces/{team.slug}/me")
    assert who_and_where(lines) == (address_of(sam), "session", own, sam.member_id, 200)


async def test_a_session_of_an_account(sign_up: SignUp) -> None:
    sam = await sign_up("sam")
    own = await account_id(sam)
    with watching() as lines:
        await sam.get("/sessions")
    assert who_and_where(lines) == (address_of(sam), "session", own, None, 200)


def as_logged(person: Person) -> tuple[str, ...]:
    return ("127.0.0.1", "token", str(person.account_id), str(person.member_id))


@pytest.mark.parametrize("again", [False, True])
async def test_a_token_also_where_a_list_is_answered_before_the_framework(
    team: Team, again: bool
) -> None:
    first = await team.owner.get("/tasks")
    headers = {"If-None-Match": first.headers["ETag"]} if again else {}
    with watching() as lines:
        await team.owner.http.get(f"{team.owner.base}/tasks", headers=headers)
    assert who_and_where(lines) == (*as_logged(team.owner), 304 if again else 200)


async def test_a_credential_that_is_no_good_is_named_without_anybody(
    team: Team, browse: Browse
) -> None:
    stranger = browse()
    stranger.http.cookies.set("dayline_session", "dlsession_x")
    with watching() as lines:
        await stranger.get(f"/workspaces/{team.slug}/me")
    assert who_and_where(lines) == (address_of(stranger), "session", None, None, 401)
    with watching() as lines:
        bearer = {"Authorization": "Bearer dl_x"}
        await stranger.http.get(f"/api/workspaces/{team.slug}/tasks", headers=bearer)
    assert who_and_where(lines) == (address_of(stranger), "token", None, None, 401)


async def test_nothing_is_named_after_the_request_before(team: Team, browse: Browse) -> None:
    await team.owner.get("/me")
    stranger = browse()
    with watching() as lines:
        await stranger.get("/account")
    assert who_and_where(lines) == (address_of(stranger), "none", None, None, 401)
    assert current_client.get() is None


async def test_a_sign_in_names_the_account_that_it_opened(sign_up: SignUp, browse: Browse) -> None:
    sam, elsewhere = await sign_up("sam"), browse()
    with watching() as lines:
        await elsewhere.sign_in(sam.email)
    who = (address_of(elsewhere), "none", await account_id(sam), None, 201)
    assert who_and_where(lines) == who


async def test_a_calendar_link_names_the_member_whose_it_is(team: Team, browse: Browse) -> None:
    made = await team.owner.put("/me/calendar-link")
    program, path = browse(), made.json()["url"].removeprefix("http://localhost:8080/api")
    with watching() as lines:
        await program.get(path)
    member = str(team.owner.member_id)
    assert who_and_where(lines) == (address_of(program), "link", None, member, 200)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/invites/preview", {"token": "x"}),
        ("/password-resets", {"token": "x", "new_password": "seven quiet herons wade"}),
    ],
)
async def test_a_one_time_link_is_a_link(browse: Browse, path: str, body: Any) -> None:
    visitor = browse()
    with watching() as lines:
        await visitor.post(path, body)
    assert who_and_where(lines) == (address_of(visitor), "link", None, None, 409)


async def test_a_fault_of_ours_names_who_met_it(app: FastAPI, team: Team) -> None:
    with watching() as lines:
        await team.owner.http.patch(
            f"{team.owner.base}/members/{team.owner.member_id}", json={}, headers={"If-Match": "x"}
        )
    assert who_and_where(lines)[:4] == as_logged(team.owner)


async def test_a_socket_has_its_line_when_it_opens_or_is_refused(team: Team) -> None:
    async with serving(team.app) as address:
        with watching() as lines:
            async with feed(address, team.owner) as socket:
                await next_frame(socket)
        assert who_and_where(lines, "socket") == (*as_logged(team.owner), 101)
        stranger = {"headers": {"Authorization": "Bearer dl_x"}}
        with watching() as lines, pytest.raises(InvalidStatus):
            async with feed(address, team.owner, **stranger):
                pass
        assert who_and_where(lines, "socket") == ("127.0.0.1", "token", None, None, 401)
