"""Fixtures: browsers, people who signed up by an invite, and an installation without a founder."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from uuid import uuid4

import pytest
from fastapi import FastAPI

from dayline.app import create_app
from dayline.identity.models import Role
from dayline.kernel.ops.settings import Settings
from tests.clock import MovableClock
from tests.members.browser import PASSWORD, Browse, Browser, SignUp, new_address, open_browser
from tests.team import Team


@pytest.fixture
async def browse(app: FastAPI) -> AsyncIterator[Browse]:
    """Opens a browser, each at an address of its own unless the test gives one."""
    async with AsyncExitStack() as stack:

        def browse(address: str | None = None, *, of: FastAPI = app) -> Browser:
            browser = open_browser(of, address or new_address())
            stack.push_async_callback(browser.http.aclose)
            return browser

        yield browse


@pytest.fixture
def sign_up(team: Team, browse: Browse) -> SignUp:
    """Makes an account with `PASSWORD` by an invite into the team, signed in."""

    async def sign_up(handle: str, role: Role = Role.MEMBER, *, into: Team = team) -> Browser:
        browser = browse()
        browser.email = f"{handle}-{uuid4().hex[:12]}@example.org"
        link = await invite_link(into, browser.email, role)
        accepted = await browser.post(
            "/invites/accept",
            {"token": link, "handle": handle, "name": handle.title(), "password": PASSWORD},
        )
        assert accepted.status_code == 201, accepted.text
        browser.member_id = accepted.json()["member"]["id"]
        return browser

    return sign_up


async def invite_link(team: Team, email: str, role: Role = Role.MEMBER) -> str:
    """The secret of a new invite's link."""
    made = await team.owner.post("/invites", {"email": email, "role": role.value})
    assert made.status_code == 201, made.text
    return secret_of(made.json()["link"])


async def reset_token(team: Team, member_id: str) -> str:
    """The secret of a new link that sets a member's password."""
    made = await team.owner.post(f"/members/{member_id}/password-reset")
    assert made.status_code == 201, made.text
    assert made.json()["link"].startswith("http://localhost:8080/reset#token=dlreset_")
    return secret_of(made.json()["link"])


def secret_of(link: str) -> str:
    """What stands behind `#token=`."""
    _, separator, secret = link.partition("#token=")
    assert separator
    return secret


@pytest.fixture
async def empty_app(fresh_settings: Settings, clock: MovableClock) -> AsyncIterator[FastAPI]:
    """The app of an installation that nobody has set up."""
    app = create_app(fresh_settings, clock)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def other_team(team: Team) -> AsyncIterator[Team]:
    """A second workspace of the same installation."""
    other = await Team.create(team.app, team.clock)
    yield other
    await other.close()
