"""Known browsers: a cookie of their own, bound to accounts, replaced, bounded, forgotten."""

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select
from sqlmodel import col

from dayline.identity import browsers, throttle
from dayline.identity.browsers import KNOWN_FOR, MOST_KNOWN
from dayline.identity.models import Account, KnownBrowser
from dayline.kernel.text.tokens import hash_secret
from tests.clock import MovableClock
from tests.members.browser import (
    OTHER_PASSWORD,
    PASSWORD,
    Browse,
    Browser,
    SignUp,
    attributes_of,
)
from tests.members.conftest import reset_token
from tests.team import Team

COOKIE = "dayline_browser"


def secret(browser: Browser) -> str:
    return browser.http.cookies[COOKIE]


def bear(browser: Browser, known: str) -> None:
    """Let a browser show this secret."""
    browser.forget_cookies()
    browser.http.cookies.set(COOKIE, known)


async def is_known(app: FastAPI, email: str, shown: str) -> bool:
    """Whether the account knows the browser by what it shows."""
    async with app.state.sessions() as session, session.begin():
        found = await session.scalar(
            select(func.count())
            .select_from(KnownBrowser)
            .join(Account, col(Account.id) == col(KnownBrowser.account_id))
            .where(col(Account.email) == email, col(KnownBrowser.secret_hash) == hash_secret(shown))
        )
    return bool(found)


class Attack:
    """Exhausts what strangers may guess at an account."""

    def __init__(self, browse: Browse) -> None:
        self.browse = browse

    async def on(self, email: str) -> None:
        await self.browse().sign_in(email, "a wrong password")
        assert (await self.browse().sign_in(email)).status_code == 429


@pytest.fixture
def attack(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> Attack:
    monkeypatch.setattr(throttle, "MOST_BY_ACCOUNT", 1)
    return Attack(browse)


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    sign_up: SignUp, browse: Browse
) -> None:
    answer = await browse().sign_in((await sign_up("sam")).email)
    assert attributes_of(answer, COOKIE) == {
        "HttpOnly",
        "Max-Age=31536000",
        "Path=/",
        "SameSite=strict",
    }


async def test_only_its_hash_is_kept_and_each_sign_in_replaces_it(
    app: FastAPI, sign_up: SignUp
) -> None:
    sam = await sign_up("sam")
    before = secret(sam)
    await sam.sign_in(sam.email)
    assert secret(sam) != before
    assert await is_known(app, sam.email, secret(sam))
    assert not await is_known(app, sam.email, before)


async def test_a_cookie_that_was_replaced_or_made_up_is_a_strangers(
    sign_up: SignUp, browse: Browse, attack: Attack
) -> None:
    sam = await sign_up("sam")
    old = secret(sam)
    await sam.sign_in(sam.email)
    await attack.on(sam.email)
    for shown in (old, "dlbrowser_made-up", ""):
        stranger = browse()
        bear(stranger, shown)
        assert (await stranger.sign_in(sam.email)).status_code == 429
    assert (await sam.sign_in(sam.email)).status_code == 201


async def test_a_browser_known_to_one_account_is_a_stranger_to_another(
    sign_up: SignUp, attack: Attack
) -> None:
    sam, vera = await sign_up("sam"), await sign_up("vera")
    await attack.on(vera.email)
    assert (await sam.sign_in(vera.email)).status_code == 429


async def test_a_browser_that_two_people_share_is_known_to_both(
    sign_up: SignUp, attack: Attack
) -> None:
    sam, vera = await sign_up("sam"), await sign_up("vera")
    assert (await sam.sign_in(vera.email)).status_code == 201
    await attack.on(sam.email)
    await attack.on(vera.email)
    assert (await sam.sign_in(sam.email)).status_code == 201
    assert (await sam.sign_in(vera.email)).status_code == 201


async def test_after_a_year_without_a_sign_in_a_browser_is_a_stranger(
    sign_up: SignUp, attack: Attack, clock: MovableClock
) -> None:
    sam, vera = await sign_up("sam"), await sign_up("vera")
    clock.advance(days=KNOWN_FOR.days - 1)
    await attack.on(sam.email)
    assert (await sam.sign_in(sam.email)).status_code == 201
    clock.advance(days=1)
    await attack.on(vera.email)
    assert (await vera.sign_in(vera.email)).status_code == 429


async def test_an_account_knows_a_limited_number_of_browsers(
    app: FastAPI, sign_up: SignUp, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_KNOWN == 20
    monkeypatch.setattr(browsers, "MOST_KNOWN", 2)
    sam, second, third = await sign_up("sam"), browse(), browse()
    for one in (second, third):
        assert (await one.sign_in(sam.email)).status_code == 201
    known = [await is_known(app, sam.email, secret(one)) for one in (sam, second, third)]
    assert known == [False, True, True]


async def test_a_new_password_leaves_only_the_browser_that_set_it_known(
    team: Team, app: FastAPI, sign_up: SignUp, browse: Browse
) -> None:
    sam, other = await sign_up("sam"), browse()
    await other.sign_in(sam.email)
    change = {"current_password": PASSWORD, "new_password": OTHER_PASSWORD}
    assert (await sam.put("/account/password", change)).status_code == 204
    assert not await is_known(app, sam.email, secret(other))
    assert await is_known(app, sam.email, secret(sam))
    link = {"token": await reset_token(team, sam.member_id), "new_password": PASSWORD}
    assert (await other.post("/password-resets", link)).status_code == 204
    assert not await is_known(app, sam.email, secret(sam))
    assert await is_known(app, sam.email, secret(other))


async def test_signing_out_leaves_the_browser_known(app: FastAPI, sign_up: SignUp) -> None:
    sam = await sign_up("sam")
    assert (await sam.delete("/sessions/current")).status_code == 204
    assert await is_known(app, sam.email, secret(sam))


async def test_the_cookie_of_a_known_browser_signs_nobody_in(sign_up: SignUp) -> None:
    sam = await sign_up("sam")
    shown = secret(sam)
    bear(sam, shown)
    assert (await sam.get("/account")).status_code == 401
    sam.http.cookies.set("dayline_session", shown)
    assert (await sam.get("/account")).status_code == 401
