"""The first owner: one link, once, before its time is up; and the operator's reset link."""

import asyncio

import pytest
from fastapi import FastAPI

from dayline.identity.links import OWNER_LINK_LASTS
from dayline.identity.models import LinkPurpose, OneTimeLink
from dayline.kernel.ops.settings import Settings
from dayline.kernel.text.tokens import hash_secret, new_secret
from dayline.members.setup import NoSuchAccount, owner_link, reset_link
from tests.clock import MovableClock
from tests.members.browser import OTHER_PASSWORD, PASSWORD, Browse
from tests.members.conftest import secret_of

OWNER = {"email": "Olena@Example.org", "name": "Olena", "password": PASSWORD}
WORKSPACE = {"name": "Acme", "slug": "acme", "reference_zone": "Europe/Kyiv", "handle": "olena"}


async def token(settings: Settings, clock: MovableClock, email: str | None = None) -> str:
    link = await owner_link(settings, email, clock)
    assert link is not None
    assert link.startswith("http://localhost:8080/setup#token=dlsetup_")
    return secret_of(link)


async def test_the_link_makes_the_first_owner_who_may_make_workspaces(
    fresh_settings: Settings, clock: MovableClock, empty_app: FastAPI, browse: Browse
) -> None:
    browser = browse(of=empty_app)
    made = await browser.post("/setup", {"token": await token(fresh_settings, clock), **OWNER})
    assert made.status_code == 201
    assert made.json()["email"] == "olena@example.org"
    assert made.json()["founder_at"] is not None
    assert browser.cookie is not None
    assert (await browser.get("/account")).json() == made.json()
    created = await browser.post("/workspaces", WORKSPACE)
    assert (created.status_code, created.headers["Location"]) == (201, "/api/workspaces/acme")
    assert [it["role"] for it in (await browser.get("/workspaces")).json()] == ["owner"]


async def test_with_a_founder_there_are_no_more_links(
    fresh_settings: Settings, clock: MovableClock, empty_app: FastAPI, browse: Browse
) -> None:
    secret = await token(fresh_settings, clock)
    assert (
        await browse(of=empty_app).post("/setup", {"token": secret, **OWNER})
    ).status_code == 201
    again = await browse(of=empty_app).post(
        "/setup", {"token": secret, **OWNER, "email": "eve@example.org"}
    )
    assert (again.status_code, again.json()["type"]) == (409, "urn:dayline:problem:link-not-good")
    assert await owner_link(fresh_settings, None, clock) is None


async def test_a_new_link_replaces_the_one_before_and_ends_after_seven_days(
    fresh_settings: Settings, clock: MovableClock, empty_app: FastAPI, browse: Browse
) -> None:
    browser = browse(of=empty_app)
    older, newer = await token(fresh_settings, clock), await token(fresh_settings, clock)
    assert (await browser.post("/setup", {"token": older, **OWNER})).status_code == 409
    clock.advance(days=7)
    assert (await browser.post("/setup", {"token": newer, **OWNER})).status_code == 409
    clock.advance(seconds=-1)
    assert (await browser.post("/setup", {"token": newer, **OWNER})).status_code == 201


async def test_a_link_for_an_address_makes_no_other_account(
    fresh_settings: Settings, clock: MovableClock, empty_app: FastAPI, browse: Browse
) -> None:
    browser = browse(of=empty_app)
    secret = await token(fresh_settings, clock, "OLENA@example.org")
    eve = await browser.post("/setup", {"token": secret, **OWNER, "email": "eve@example.org"})
    assert (eve.status_code, eve.json()["errors"][0]["field"]) == (422, "email")
    assert (await browser.post("/setup", {"token": secret, **OWNER})).status_code == 201


async def test_of_two_who_race_with_the_link_one_is_the_owner(
    fresh_settings: Settings, clock: MovableClock, empty_app: FastAPI, browse: Browse
) -> None:
    secret = await token(fresh_settings, clock)
    answers = await asyncio.gather(
        *(
            browse(of=empty_app).post(
                "/setup", {"token": secret, **OWNER, "email": f"racer-{n}@example.org"}
            )
            for n in range(4)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]


async def test_of_two_who_race_with_a_link_each_one_is_the_owner(
    fresh_settings: Settings, clock: MovableClock, empty_app: FastAPI, browse: Browse
) -> None:
    secrets = [await token(fresh_settings, clock), new_secret("dlsetup_")]
    async with empty_app.state.sessions() as session, session.begin():
        session.add(
            OneTimeLink(
                purpose=LinkPurpose.OWNER,
                token_hash=hash_secret(secrets[1]),
                created_at=clock.now,
                expires_at=clock.now + OWNER_LINK_LASTS,
            )
        )
    answers = await asyncio.gather(
        *(
            browse(of=empty_app).post(
                "/setup", {"token": secret, **OWNER, "email": f"racer-{n}@example.org"}
            )
            for n, secret in enumerate(secrets)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]


async def test_the_operator_resets_any_password(
    fresh_settings: Settings, clock: MovableClock, empty_app: FastAPI, browse: Browse
) -> None:
    browser = browse(of=empty_app)
    await browser.post("/setup", {"token": await token(fresh_settings, clock), **OWNER})
    link = await reset_link(fresh_settings, "olena@EXAMPLE.org", clock)
    assert link.startswith("http://localhost:8080/reset#token=dlreset_")
    reset = {"token": secret_of(link), "new_password": OTHER_PASSWORD}
    assert (await browser.post("/password-resets", reset)).status_code == 204
    assert (await browser.get("/account")).status_code == 401
    assert (await browser.sign_in("olena@example.org", OTHER_PASSWORD)).status_code == 201


async def test_the_operator_is_told_of_an_address_without_an_account(
    fresh_settings: Settings,
) -> None:
    with pytest.raises(NoSuchAccount, match=r"no account with the email eve@example\.org\."):
        await reset_link(fresh_settings, "Eve@example.org")
    with pytest.raises(ValueError, match=r"fields\.email"):
        await owner_link(fresh_settings, "nonsense")
