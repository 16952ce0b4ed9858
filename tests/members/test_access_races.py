"""What gives a way in meets what ends it: whichever comes first, nothing is left behind."""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update
from sqlmodel import col

from dayline.identity.caller import Caller
from dayline.identity.models import Account, Role, SignInSession, TokenScope
from dayline.identity.reauthentication import require_recent_password
from dayline.members import members
from dayline.members.access import lock_membership
from dayline.members.models import Member
from dayline.members.schemas import TokenIn
from dayline.members.tokens import create_token
from tests.members.browser import OTHER_PASSWORD, PASSWORD, Browse, Browser, SignUp
from tests.members.conftest import secret_of
from tests.races import acting, meanwhile
from tests.team import Person, Team, in_browser

Made = dict[str, Any]


async def make_token(by: Person, _other: Person) -> httpx.Response:
    return await by.post("/tokens", {"name": "t", "scopes": ["read"], "expires_in_days": 9})


async def make_invite(by: Person, _other: Person) -> httpx.Response:
    return await by.post("/invites", {"email": "x@example.org", "role": "guest"})


async def make_calendar_link(by: Person, _other: Person) -> httpx.Response:
    return await by.put("/me/calendar-link")


async def make_reset_link(by: Person, other: Person) -> httpx.Response:
    return await by.post(f"/members/{other.member_id}/password-reset")


async def token_works(visitor: httpx.AsyncClient, team: Team, made: Made) -> bool:
    headers = {"Authorization": f"Bearer {made['secret']}"}
    answer = await visitor.get(f"/api/workspaces/{team.slug}/me", headers=headers)
    return answer.status_code == 200


async def invite_works(visitor: httpx.AsyncClient, _team: Team, made: Made) -> bool:
    token = {"token": secret_of(made["link"])}
    return (await visitor.post("/api/invites/preview", json=token)).status_code == 200


async def calendar_link_works(visitor: httpx.AsyncClient, _team: Team, made: Made) -> bool:
    return (await visitor.get(made["url"])).status_code == 200


async def reset_link_works(visitor: httpx.AsyncClient, _team: Team, made: Made) -> bool:
    reset = {"token": secret_of(made["link"]), "new_password": OTHER_PASSWORD}
    return (await visitor.post("/api/password-resets", json=reset)).status_code == 204


Make = Callable[[Person, Person], Coroutine[None, None, httpx.Response]]
Works = Callable[[httpx.AsyncClient, Team, Made], Awaitable[bool]]

OF_ANYONE = [
    pytest.param(make_token, token_works, id="token"),
    pytest.param(make_calendar_link, calendar_link_works, id="calendar link"),
]
OF_ADMINS = [
    pytest.param(make_invite, invite_works, id="invite"),
    pytest.param(make_reset_link, reset_link_works, id="reset link"),
]


async def disable(caller: Caller, person: Person) -> None:
    await members.disable_member(caller, person.member_id)


async def enable_again(team: Team, person: Person) -> None:
    answer = await team.owner.delete(f"/members/{person.member_id}/disablement")
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(("make", "works"), OF_ANYONE + OF_ADMINS)
async def test_what_was_made_before_ends_for_good(
    team: Team, visitor: httpx.AsyncClient, make: Make, works: Works
) -> None:
    ada, sam = await team.add("ada", Role.ADMIN), await team.add("sam")
    made = await make(ada, sam)
    assert made.is_success, made.text
    answer = await team.owner.put(f"/members/{ada.member_id}/disablement")
    assert answer.status_code == 200
    await enable_again(team, ada)
    assert not await works(visitor, team, made.json())


@pytest.mark.parametrize(("make", "works"), OF_ANYONE + OF_ADMINS)
async def test_what_is_made_while_access_ends_is_refused(
    team: Team, make: Make, works: Works
) -> None:
    ada, sam = await team.add("ada", Role.ADMIN), await team.add("sam")
    browser = await in_browser(team, ada)
    async with acting(team, team.owner, Role.OWNER) as held:
        await disable(held, ada)
        making = await meanwhile(held, make(browser, sam))
    assert (await making).status_code == 401


@pytest.mark.parametrize(("make", "works"), OF_ADMINS)
async def test_what_is_made_while_a_role_is_lowered_is_refused(
    team: Team, make: Make, works: Works
) -> None:
    ada, sam = await team.add("ada", Role.ADMIN), await team.add("sam")
    browser = await in_browser(team, ada)
    async with acting(team, team.owner, Role.OWNER) as held:
        await lock_membership(held.session)
        await held.session.execute(
            update(Member).where(col(Member.id) == ada.member_id).values(role=Role.MEMBER)
        )
        making = await meanwhile(held, make(browser, sam))
    assert (await making).status_code == 403


async def test_losing_the_admin_role_ends_a_reset_link_that_it_made(
    team: Team, visitor: httpx.AsyncClient
) -> None:
    ada, sam = await team.add("ada", Role.ADMIN), await team.add("sam")
    made = (await make_reset_link(ada, sam)).json()
    lowered = await team.owner.patch(f"/members/{ada.member_id}", {"role": "member"}, 1)
    assert lowered.status_code == 200
    assert not await reset_link_works(visitor, team, made)


async def test_a_token_made_while_the_password_is_reset_ends_with_it(
    team: Team, visitor: httpx.AsyncClient
) -> None:
    sam = await team.add("sam")
    link = (await make_reset_link(team.owner, sam)).json()["link"]
    reset = {"token": secret_of(link), "new_password": OTHER_PASSWORD}
    await in_browser(team, sam)
    async with acting(team, sam) as caller:
        of_sam = select(col(SignInSession.id)).where(
            col(SignInSession.account_id) == sam.account_id
        )
        held = replace(caller, session_id=await caller.session.scalar(of_sam))
        await require_recent_password(held)
        new = TokenIn(name="t", scopes=[TokenScope.READ], expires_in_days=9)
        _, secret = await create_token(held, new, most=50)
        resetting = await meanwhile(held, visitor.post("/api/password-resets", json=reset))
    assert (await resetting).status_code == 204
    assert not await token_works(visitor, team, {"secret": secret})


async def change_hash(held: Caller, email: str, to: str) -> None:
    changed = update(Account).where(col(Account.email) == email).values(password_hash=to)
    await held.session.execute(changed)


async def hash_of(team: Team, email: str) -> str:
    async with team.app.state.sessions() as session, session.begin():
        found = select(col(Account.password_hash)).where(col(Account.email) == email)
        return str((await session.scalars(found)).one())


async def reauthenticate(browser: Browser) -> httpx.Response:
    return await browser.post("/sessions/current/reauthentication", {"password": PASSWORD})


async def test_a_password_changed_during_sign_in_lets_nobody_in(
    team: Team, sign_up: SignUp, browse: Browse
) -> None:
    sam, noor, browser = await sign_up("sam"), await sign_up("noor"), browse()
    async with acting(team, team.owner) as held:
        await change_hash(held, sam.email, await hash_of(team, noor.email))
        signing_in = await meanwhile(held, browser.sign_in(sam.email))
    answer = await signing_in
    assert (answer.status_code, answer.json()["type"]) == (
        401,
        "urn:dayline:problem:wrong-credentials",
    )
    assert browser.cookie is None


async def test_a_password_changed_while_it_is_given_again_renews_nothing(
    team: Team, sign_up: SignUp
) -> None:
    sam, noor = await sign_up("sam"), await sign_up("noor")
    before = sam.cookie
    async with acting(team, team.owner) as held:
        await change_hash(held, sam.email, await hash_of(team, noor.email))
        giving = await meanwhile(held, reauthenticate(sam))
    answer = await giving
    assert (answer.status_code, answer.json()["type"]) == (
        409,
        "urn:dayline:problem:password-changed",
    )
    assert sam.cookie == before


async def test_of_two_password_changes_at_once_the_second_is_refused(
    team: Team, sign_up: SignUp
) -> None:
    sam, noor = await sign_up("sam"), await sign_up("noor")
    change = {"current_password": PASSWORD, "new_password": OTHER_PASSWORD}
    async with acting(team, team.owner) as held:
        await change_hash(held, sam.email, await hash_of(team, noor.email))
        changing = await meanwhile(held, sam.put("/account/password", change))
    assert (await changing).json()["type"] == "urn:dayline:problem:password-changed"
