"""Guessing is slowed by account and network before anything is hashed; owners still get in."""

import asyncio
from uuid import uuid4

import httpx
import pytest

from dayline.identity import throttle
from tests.clock import MovableClock
from tests.members.browser import (
    OTHER_PASSWORD,
    PASSWORD,
    Browse,
    Browser,
    SignUp,
    new_address,
)
from tests.members.conftest import reset_token
from tests.team import Team


async def guess(browser: Browser, email: str, times: int) -> list[int]:
    answers = [await browser.sign_in(email, "a wrong password") for _ in range(times)]
    return [answer.status_code for answer in answers]


async def guess_from_everywhere(browse: Browse, email: str, times: int) -> list[int]:
    """A guess from each of so many networks."""
    return [status for _ in range(times) for status in await guess(browse(), email, 1)]


@pytest.fixture
def low_ceiling(monkeypatch: pytest.MonkeyPatch) -> int:
    """A ceiling for an account that a test reaches soon."""
    assert throttle.MOST_BY_ACCOUNT >= 10 * throttle.MOST_BY_PAIR
    monkeypatch.setattr(throttle, "MOST_BY_ACCOUNT", 4)
    return 4


async def test_after_ten_failures_a_network_waits_out_a_quarter_of_an_hour(
    sign_up: SignUp, browse: Browse, clock: MovableClock
) -> None:
    sam, attacker = await sign_up("sam"), browse()
    assert await guess(attacker, sam.email, 5) == [401] * 5
    clock.advance(minutes=5)
    assert await guess(attacker, sam.email, 5) == [401] * 5
    refused = await attacker.sign_in(sam.email)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "600")
    clock.advance(minutes=10)
    assert (await attacker.sign_in(sam.email)).status_code == 201


async def test_a_stranger_elsewhere_does_not_lock_the_owner_out(
    sign_up: SignUp, browse: Browse
) -> None:
    sam = await sign_up("sam")
    assert await guess(browse(), sam.email, 12) == [401] * 10 + [429] * 2
    assert (await browse().sign_in(sam.email)).status_code == 201


async def test_an_account_has_a_ceiling_for_all_networks_together(
    sign_up: SignUp, browse: Browse, clock: MovableClock, low_ceiling: int
) -> None:
    sam = await sign_up("sam")
    statuses = await guess_from_everywhere(browse, sam.email, low_ceiling + 1)
    assert statuses == [401] * low_ceiling + [429]
    assert (await browse().sign_in(sam.email)).status_code == 429
    clock.advance(minutes=15)
    assert (await browse().sign_in(sam.email)).status_code == 201


async def test_a_browser_that_signed_in_before_gets_in_under_attack(
    sign_up: SignUp, browse: Browse, low_ceiling: int
) -> None:
    sam = await sign_up("sam")
    await sam.delete("/sessions/current")
    await guess_from_everywhere(browse, sam.email, low_ceiling + 1)
    assert (await sam.sign_in(sam.email)).status_code == 201
    assert (await browse().sign_in(sam.email)).status_code == 429


async def test_a_browser_that_signed_in_before_gets_in_beside_an_attacker_in_its_network(
    sign_up: SignUp, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where everybody comes through one address: an office, or a proxy that is not trusted."""
    monkeypatch.setattr(throttle, "MOST_BY_NETWORK", 12)
    sam, office = await sign_up("sam"), new_address()
    own = browse(office)
    await own.sign_in(sam.email)
    await guess(browse(office), sam.email, 11)
    await guess(browse(office), f"{uuid4()}@example.org", 3)
    assert (await browse(office).sign_in(sam.email)).status_code == 429
    assert (await own.sign_in(sam.email)).status_code == 201


async def test_a_known_browser_counts_for_itself(sign_up: SignUp, browse: Browse) -> None:
    sam, other = await sign_up("sam"), browse()
    await other.sign_in(sam.email)
    assert await guess(sam, sam.email, 11) == [401] * 10 + [429]
    assert (await sam.sign_in(sam.email)).status_code == 429
    assert (await other.sign_in(sam.email)).status_code == 201


async def test_a_reset_link_opens_the_door_under_attack(
    team: Team, sign_up: SignUp, browse: Browse, low_ceiling: int
) -> None:
    sam, new = await sign_up("sam"), browse()
    await guess_from_everywhere(browse, sam.email, low_ceiling + 1)
    link = {"token": await reset_token(team, sam.member_id), "new_password": OTHER_PASSWORD}
    assert (await new.post("/password-resets", link)).status_code == 204
    await guess_from_everywhere(browse, sam.email, low_ceiling + 1)
    assert (await browse().sign_in(sam.email, OTHER_PASSWORD)).status_code == 429
    assert (await new.sign_in(sam.email, OTHER_PASSWORD)).status_code == 201


async def test_a_successful_sign_in_clears_its_network(sign_up: SignUp, browse: Browse) -> None:
    sam, browser = await sign_up("sam"), browse()
    for _ in range(3):
        browser.forget_cookies()
        assert await guess(browser, sam.email, 9) == [401] * 9
        assert (await browser.sign_in(sam.email)).status_code == 201


async def test_a_successful_sign_in_gives_an_attacker_no_further_guesses(
    sign_up: SignUp, browse: Browse, low_ceiling: int
) -> None:
    sam = await sign_up("sam")
    await guess_from_everywhere(browse, sam.email, low_ceiling)
    assert (await sam.sign_in(sam.email)).status_code == 201
    assert await guess(browse(), sam.email, 1) == [429]


async def test_an_address_without_an_account_is_slowed_alike(
    browse: Browse, low_ceiling: int
) -> None:
    unknown = f"{uuid4()}@example.org"
    assert await guess_from_everywhere(browse, unknown, low_ceiling + 1) == [401] * 4 + [429]


async def test_a_network_is_slowed_alike_without_an_account(browse: Browse) -> None:
    assert await guess(browse(), f"{uuid4()}@example.org", 11) == [401] * 10 + [429]


async def test_a_burst_does_not_outrun_its_own_failures(browse: Browse) -> None:
    browser, email = browse(), f"{uuid4()}@example.org"
    burst = [browser.sign_in(email, "a wrong password") for _ in range(16)]
    answers: list[httpx.Response] = await asyncio.gather(*burst)
    assert sorted(answer.status_code for answer in answers) == [401] * 10 + [429] * 6


async def test_after_fifty_failures_a_network_waits_whatever_the_account(
    sign_up: SignUp, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert throttle.MOST_BY_NETWORK == 50
    monkeypatch.setattr(throttle, "MOST_BY_NETWORK", 3)
    sam, browser = await sign_up("sam"), browse()
    for _ in range(3):
        assert await guess(browser, f"{uuid4()}@example.org", 1) == [401]
    assert (await browser.sign_in(sam.email)).status_code == 429
    assert (await browse().sign_in(sam.email)).status_code == 201


async def test_right_passwords_do_not_count_against_a_network(
    sign_up: SignUp, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "MOST_BY_NETWORK", 2)
    monkeypatch.setattr(throttle, "MOST_BY_ACCOUNT", 2)
    sam, address = await sign_up("sam"), new_address()
    for _ in range(4):
        assert (await browse(address).sign_in(sam.email)).status_code == 201


async def test_a_subscribers_ipv6_addresses_are_one(sign_up: SignUp, browse: Browse) -> None:
    sam, block = await sign_up("sam"), f"2001:db8:{uuid4().hex[:4]}:{uuid4().hex[:4]}"
    for n in range(1, 11):
        assert await guess(browse(f"{block}::{n}"), sam.email, 1) == [401]
    assert await guess(browse(f"{block}:ffff::3"), sam.email, 1) == [429]


async def test_an_ipv4_address_is_the_same_however_it_is_written(browse: Browse) -> None:
    address, unknown = new_address(), f"{uuid4()}@example.org"
    assert await guess(browse(address), unknown, 10) == [401] * 10
    assert await guess(browse(f"::ffff:{address}"), unknown, 1) == [429]


async def change_password(browser: Browser, current: str, times: int) -> list[int]:
    change = {"current_password": current, "new_password": OTHER_PASSWORD}
    answers = [await browser.put("/account/password", change) for _ in range(times)]
    return [answer.status_code for answer in answers]


async def test_guessing_the_present_password_is_slowed_too(sign_up: SignUp) -> None:
    sam = await sign_up("sam")
    assert await change_password(sam, "a wrong password", 11) == [422] * 10 + [429]
    assert await change_password(sam, PASSWORD, 1) == [429]


async def test_changing_a_password_and_signing_in_count_apart(
    sign_up: SignUp, browse: Browse
) -> None:
    sam, address = await sign_up("sam"), new_address()
    here = browse(address)
    await here.sign_in(sam.email)
    assert await change_password(here, "a wrong password", 10) == [422] * 10
    assert (await browse(address).sign_in(sam.email)).status_code == 201
    assert await guess(browse(address), sam.email, 10) == [401] * 10
    assert await change_password(sam, PASSWORD, 1) == [204]


async def test_who_guesses_in_one_session_keeps_no_other_from_changing_the_password(
    sign_up: SignUp, browse: Browse
) -> None:
    sam, thief = await sign_up("sam"), browse()
    await thief.sign_in(sam.email)
    assert await change_password(thief, "a wrong password", 11) == [422] * 10 + [429]
    assert await change_password(sam, PASSWORD, 1) == [204]
