"""Guessing is slowed by account and by address, before anything is hashed."""

import asyncio
from uuid import uuid4

import httpx
import pytest

from dayline.accounts import throttle
from tests.accounts.browser import PASSWORD, Browse, Browser, SignUp, new_address
from tests.clock import MovableClock


async def guess(browser: Browser, email: str, times: int) -> list[int]:
    answers = [await browser.sign_in(email, "a wrong password") for _ in range(times)]
    return [answer.status_code for answer in answers]


async def test_after_ten_failures_the_account_waits_out_a_quarter_of_an_hour(
    sign_up: SignUp, browse: Browse, clock: MovableClock
) -> None:
    sam = await sign_up("sam")
    assert await guess(browse(), sam.email, 5) == [401] * 5
    clock.advance(minutes=5)
    assert await guess(browse(), sam.email, 5) == [401] * 5
    refused = await browse().sign_in(sam.email)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "600")
    clock.advance(minutes=10)
    assert (await browse().sign_in(sam.email)).status_code == 201


async def test_a_successful_sign_in_clears_the_account(sign_up: SignUp, browse: Browse) -> None:
    sam = await sign_up("sam")
    for _ in range(3):
        assert await guess(browse(), sam.email, 9) == [401] * 9
        assert (await browse().sign_in(sam.email)).status_code == 201


async def test_an_address_without_an_account_is_slowed_alike(browse: Browse) -> None:
    assert await guess(browse(), f"{uuid4()}@example.org", 11) == [401] * 10 + [429]


async def test_a_burst_does_not_outrun_its_own_failures(browse: Browse) -> None:
    browser, email = browse(), f"{uuid4()}@example.org"
    burst = [browser.sign_in(email, "a wrong password") for _ in range(16)]
    answers: list[httpx.Response] = await asyncio.gather(*burst)
    assert sorted(answer.status_code for answer in answers) == [401] * 10 + [429] * 6


async def test_after_fifty_failures_the_network_address_waits_whatever_the_account(
    sign_up: SignUp, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert throttle.MOST_BY_ADDRESS == 50
    monkeypatch.setattr(throttle, "MOST_BY_ADDRESS", 3)
    sam, browser = await sign_up("sam"), browse()
    for _ in range(3):
        assert await guess(browser, f"{uuid4()}@example.org", 1) == [401]
    assert (await browser.sign_in(sam.email)).status_code == 429
    assert (await browse().sign_in(sam.email)).status_code == 201


async def test_right_passwords_do_not_count_against_a_network_address(
    sign_up: SignUp, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "MOST_BY_ADDRESS", 2)
    sam, address = await sign_up("sam"), new_address()
    for _ in range(4):
        assert (await browse(address).sign_in(sam.email)).status_code == 201


async def test_a_subscribers_ipv6_addresses_are_one(
    browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "MOST_BY_ADDRESS", 2)
    block = f"2001:db8:{uuid4().hex[:4]}:{uuid4().hex[:4]}"
    for n in (1, 2):
        assert await guess(browse(f"{block}::{n}"), f"{uuid4()}@example.org", 1) == [401]
    assert await guess(browse(f"{block}:ffff::3"), f"{uuid4()}@example.org", 1) == [429]


async def test_guessing_the_present_password_is_slowed_too(sign_up: SignUp) -> None:
    sam = await sign_up("sam")
    change = {"current_password": "a wrong password", "new_password": "nine slow barges drift"}
    answers = [await sam.put("/account/password", change) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    right = await sam.put("/account/password", change | {"current_password": PASSWORD})
    assert right.status_code == 429
