"""Reset links: who may make them for whom, and that each works once."""

import asyncio

import pytest
from sqlalchemy import update
from sqlmodel import col

from dayline.identity.models import Account, Role
from dayline.members.setup import reset_link
from tests.clock import MovableClock
from tests.members.browser import OTHER_PASSWORD, Browse, SignUp
from tests.members.conftest import invite_link, reset_token, secret_of
from tests.members.recorded import events_of
from tests.members.ways_in import way_in
from tests.team import Team


def use(token: str, password: str = OTHER_PASSWORD) -> dict[str, str]:
    return {"token": token, "new_password": password}


async def test_a_link_sets_the_password_once_and_ends_every_session(
    team: Team, sign_up: SignUp, browse: Browse
) -> None:
    sam, visitor = await sign_up("sam"), browse()
    token = await reset_token(team, sam.member_id)
    assert (await visitor.post("/password-resets", use(token))).status_code == 204
    assert visitor.cookie is None
    assert (await sam.get("/account")).status_code == 401
    assert (await browse().sign_in(sam.email)).status_code == 401
    assert (await browse().sign_in(sam.email, OTHER_PASSWORD)).status_code == 201
    again = await visitor.post("/password-resets", use(token, "yet another phrase"))
    assert (again.status_code, again.json()["type"]) == (409, "urn:dayline:problem:link-not-good")


async def test_a_link_ends_every_token_of_the_account_everywhere(
    team: Team, other_team: Team, sign_up: SignUp, browse: Browse
) -> None:
    sam, noor = await sign_up("sam"), await sign_up("noor")
    others = await way_in(noor, team)
    here = await way_in(sam, team)
    link = await invite_link(other_team, sam.email)
    await sam.post("/invites/accept", {"token": link, "handle": "sam"})
    there = await way_in(sam, other_team)
    secret = secret_of(await reset_link(team.app.state.settings, sam.email, team.clock))
    assert (await browse().post("/password-resets", use(secret))).status_code == 204
    assert [await each.works() for each in (here, there, others)] == [
        (False, True),
        (False, True),
        (True, True),
    ]


async def test_of_two_who_race_with_a_link_one_sets_the_password(
    team: Team, sign_up: SignUp, browse: Browse
) -> None:
    sam = await sign_up("sam")
    token = await reset_token(team, sam.member_id)
    answers = await asyncio.gather(
        *(browse().post("/password-resets", use(token)) for _ in range(3))
    )
    assert sorted(answer.status_code for answer in answers) == [204, 409, 409]


async def test_a_bad_choice_does_not_use_the_link_up(
    team: Team, sign_up: SignUp, browse: Browse
) -> None:
    token = await reset_token(team, (await sign_up("sam")).member_id)
    refused = await browse().post("/password-resets", use(token, "password1234"))
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "new_password")
    assert (await browse().post("/password-resets", use(token))).status_code == 204


async def test_a_link_ends_after_a_day_or_when_it_is_replaced(
    team: Team, sign_up: SignUp, browse: Browse, clock: MovableClock
) -> None:
    sam = await sign_up("sam")
    older, newer = [await reset_token(team, sam.member_id) for _ in range(2)]
    assert (await browse().post("/password-resets", use(older))).status_code == 409
    clock.advance(hours=24)
    assert (await browse().post("/password-resets", use(newer))).status_code == 409


async def test_a_reset_lets_a_slowed_account_in(
    team: Team, sign_up: SignUp, browse: Browse
) -> None:
    sam = await sign_up("sam")
    for _ in range(10):
        await browse().sign_in(sam.email, "a wrong password")
    token = await reset_token(team, sam.member_id)
    await browse().post("/password-resets", use(token))
    assert (await browse().sign_in(sam.email, OTHER_PASSWORD)).status_code == 201


@pytest.mark.parametrize(
    ("actor", "target", "status"),
    [
        ("sam", "gia", 403),
        ("ada", "sam", 201),
        ("ada", "gia", 201),
        ("ada", "ada", 409),
        ("ada", "ola", 409),
        ("ola", "ada", 201),
    ],
)
async def test_admins_reset_up_to_their_own_role(
    team: Team, actor: str, target: str, status: int
) -> None:
    for handle, role in (("ola", Role.OWNER), ("ada", Role.ADMIN), ("gia", Role.GUEST)):
        await team.add(handle, role)
    await team.add("sam")
    member_id = team.people[target].member_id
    answer = await team.people[actor].post(f"/members/{member_id}/password-reset")
    assert answer.status_code == status
    issued = await events_of(team, "password_reset.issued")
    assert [(event.audience, event.data) for event in issued] == (
        [("admins", {"member_id": str(member_id)})] if status == 201 else []
    )


async def test_an_account_in_two_workspaces_is_reset_by_neither(
    team: Team, other_team: Team, sign_up: SignUp
) -> None:
    sam = await sign_up("sam")
    link = await invite_link(other_team, sam.email)
    joined = await sam.post("/invites/accept", {"token": link, "handle": "sam"})
    reset = f"/members/{sam.member_id}/password-reset"
    refused = await team.owner.post(reset)
    assert (refused.status_code, refused.json()["type"]) == (
        409,
        "urn:dayline:problem:reset-elsewhere",
    )
    there = f"/members/{joined.json()['member']['id']}/disablement"
    assert (await other_team.owner.put(there)).status_code == 200
    assert (await team.owner.post(reset)).status_code == 409


async def test_joining_another_workspace_ends_a_link_that_an_admin_holds(
    team: Team, other_team: Team, sign_up: SignUp, browse: Browse
) -> None:
    sam = await sign_up("sam")
    token = await reset_token(team, sam.member_id)
    link = await invite_link(other_team, sam.email)
    assert (await sam.post("/invites/accept", {"token": link, "handle": "sam"})).status_code == 201
    assert (await browse().post("/password-resets", use(token))).status_code == 409


async def test_a_new_role_ends_a_link_that_an_admin_holds(
    team: Team, sign_up: SignUp, browse: Browse
) -> None:
    sam = await sign_up("sam")
    token = await reset_token(team, sam.member_id)
    await team.owner.patch(f"/members/{sam.member_id}", {"role": "owner"}, 1)
    assert (await browse().post("/password-resets", use(token))).status_code == 409


async def test_who_may_make_workspaces_is_reset_by_the_operator_alone(
    team: Team, sign_up: SignUp
) -> None:
    sam = await sign_up("sam")
    async with team.app.state.sessions() as session, session.begin():
        account = update(Account).where(col(Account.email) == sam.email)
        await session.execute(account.values(founder_at=team.clock.now))
    answer = await team.owner.post(f"/members/{sam.member_id}/password-reset")
    assert answer.status_code == 409


async def test_the_link_is_in_no_stored_answer(team: Team, sign_up: SignUp) -> None:
    sam = await sign_up("sam")
    reset = f"/members/{sam.member_id}/password-reset"
    first = await team.owner.post(reset, Idempotency_Key="once")
    again = await team.owner.post(reset, Idempotency_Key="once")
    assert (first.status_code, again.status_code) == (201, 409)
    assert again.json()["type"] == "urn:dayline:problem:answer-not-kept"
