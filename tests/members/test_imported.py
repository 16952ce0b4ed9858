"""Members who have not joined: invited by an admin, they become the account that accepts."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from dayline.calendars.models import Calendar, Hours
from dayline.calendars.times import OFFICE_HOURS
from dayline.identity.models import LinkPurpose, OneTimeLink, Role
from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from dayline.members.models import Member
from tests.members.browser import PASSWORD, Browse, SignUp
from tests.members.conftest import secret_of
from tests.members.recorded import events_of
from tests.team import Team

Waiting = Any
"""Makes a member who has not joined."""


@pytest.fixture
def waiting(team: Team) -> Waiting:
    sessions: Sessions = team.app.state.sessions

    async def waiting(handle: str = "pia", **more: Any) -> Member:
        given: dict[str, Any] = {"name": "Pia", "role": Role.MEMBER} | more
        member = Member(workspace_id=team.workspace_id, handle=handle, **given)
        async with sessions() as session, session.begin():
            await enter_workspace(session, Scope(team.workspace_id, team.clock.now, None))
            session.add(member)
            await session.flush()
            calendar = Calendar(workspace_id=team.workspace_id, id=member.id, zone="Asia/Tokyo")
            session.add(calendar)
            await session.flush()
            session.add(
                Hours(
                    workspace_id=team.workspace_id,
                    member_id=member.id,
                    effective_from=team.clock.now.date(),
                    weekly=OFFICE_HOURS,
                )
            )
        return member

    return waiting


def address(team: Team, name: str = "pia") -> str:
    return f"{name}@{team.slug}.example"


async def invited(team: Team, **body: Any) -> str:
    made = await team.owner.post("/invites", {"role": "member", **body})
    assert made.status_code == 201, made.text
    return secret_of(made.json()["link"])


def accepting(token: str, handle: str = "pia") -> dict[str, str]:
    return {"token": token, "handle": handle, "name": "Pia Lund", "password": PASSWORD}


async def test_accepting_makes_the_account_that_member(
    team: Team, waiting: Waiting, browse: Browse
) -> None:
    member = await waiting()
    token = await invited(team, member_id=str(member.id), email=address(team))
    pia = browse()
    preview = (await pia.post("/invites/preview", {"token": token})).json()
    assert (preview["name"], preview["handle"]) == ("Pia", "pia")
    joined = await pia.post("/invites/accept", accepting(token, "pia.lund"))
    assert joined.status_code == 201
    card = joined.json()["member"]
    assert (card["id"], card["handle"], card["name"]) == (str(member.id), "pia.lund", "Pia Lund")
    assert card["joined_at"] == "2026-05-18T07:00:00Z"
    me = (await pia.get(f"/workspaces/{team.slug}/me")).json()
    assert me["member"] == card
    calendar = await pia.get(f"/workspaces/{team.slug}/members/{member.id}/calendar")
    assert calendar.json()["zone"] == "Asia/Tokyo"
    (told,) = [e for e in await events_of(team, "member.joined") if e.actor_id == member.id]
    assert told.data["member"] == card


async def test_an_account_that_exists_becomes_that_member(
    team: Team, other_team: Team, waiting: Waiting, sign_up: SignUp
) -> None:
    elsewhere = await sign_up("pia", into=other_team)
    member = await waiting(email_hint=elsewhere.email)
    token = await invited(team, member_id=str(member.id))
    joined = await elsewhere.post("/invites/accept", {"token": token, "handle": "pia"})
    assert joined.json()["member"]["id"] == str(member.id)


async def test_the_address_that_the_import_knew_is_enough(
    team: Team, waiting: Waiting, browse: Browse
) -> None:
    member = await waiting(email_hint=address(team))
    token = await invited(team, member_id=str(member.id))
    assert (await browse().post("/invites/accept", accepting(token))).status_code == 201
    (invite,) = (await team.owner.get("/invites")).json()
    assert (invite["email"], invite["member_id"]) == (address(team), str(member.id))


async def test_an_invite_to_that_address_is_for_that_member(team: Team, waiting: Waiting) -> None:
    member = await waiting(email_hint=address(team))
    made = await team.owner.post("/invites", {"role": "member", "email": address(team)})
    assert made.json()["member_id"] == str(member.id)


async def test_nobody_reads_the_address_that_the_import_knew(team: Team, waiting: Waiting) -> None:
    member = await waiting(email_hint=address(team))
    for path in ("/members", f"/members/{member.id}", "/snapshot", "/audit"):
        assert address(team) not in (await team.owner.get(path)).text


async def test_who_has_no_address_is_invited_by_naming_one(team: Team, waiting: Waiting) -> None:
    member = await waiting()
    body = {"role": "member", "member_id": str(member.id)}
    for refused in (body, {"role": "member"}):
        answer = await team.owner.post("/invites", refused)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "email")


async def test_a_second_invite_of_a_member_replaces_the_first(
    team: Team, waiting: Waiting, browse: Browse
) -> None:
    member = str((await waiting()).id)
    first = await invited(team, member_id=member, email=address(team, "one"))
    await invited(team, member_id=member, email=address(team, "two"))
    answer = await browse().post("/invites/accept", accepting(first))
    assert answer.json()["type"] == "urn:dayline:problem:link-not-good"


async def test_only_those_who_wait_here_are_invited_as_members(
    team: Team, other_team: Team, waiting: Waiting
) -> None:
    gone = await waiting("gone", disabled_at=team.clock.now)
    for member_id in (team.owner.member_id, gone.id, other_team.owner.member_id):
        body = {"role": "member", "member_id": str(member_id), "email": address(team)}
        answer = await team.owner.post("/invites", body)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "member_id")


async def test_no_admin_invites_as_a_member_above_them(team: Team, waiting: Waiting) -> None:
    ada, owner = await team.add("ada", Role.ADMIN), await waiting(role=Role.OWNER)
    body = {"role": "member", "member_id": str(owner.id), "email": address(team)}
    assert (await ada.post("/invites", body)).status_code == 403


async def test_ending_their_access_ends_their_invite(
    team: Team, waiting: Waiting, browse: Browse
) -> None:
    member = await waiting(email_hint=address(team))
    token = await invited(team, member_id=str(member.id))
    await team.owner.put(f"/members/{member.id}/disablement")
    answer = await browse().post("/invites/accept", accepting(token))
    assert answer.json()["type"] == "urn:dayline:problem:link-not-good"


async def test_who_has_not_joined_has_no_password_and_keeps_no_workspace(
    team: Team, waiting: Waiting
) -> None:
    member = await waiting(role=Role.OWNER)
    reset = await team.owner.post(f"/members/{member.id}/password-reset")
    assert (reset.status_code, reset.json()["type"]) == (409, "urn:dayline:problem:not-joined")
    alone = await team.owner.put(f"/members/{team.owner.member_id}/disablement")
    assert alone.json()["type"] == "urn:dayline:problem:last-owner"
    gone = await team.owner.put(f"/members/{member.id}/disablement")
    assert gone.status_code == 200


async def test_admins_write_the_names_and_roles_of_those_who_have_not_joined(
    team: Team, waiting: Waiting
) -> None:
    sessions: Sessions = team.app.state.sessions
    link = OneTimeLink(
        purpose=LinkPurpose.OWNER,
        token_hash=team.slug.encode(),
        created_at=team.clock.now,
        expires_at=team.clock.now,
    )
    async with sessions() as session, session.begin():
        session.add(link)
    member = await waiting()
    edit = {"name": "Pia Lund", "role": "admin"}
    answer = await team.owner.patch(f"/members/{member.id}", edit, 1)
    assert (answer.json()["name"], answer.json()["role"]) == ("Pia Lund", "admin")
    async with sessions() as session:  # links of nobody's account are not theirs
        kept = select(col(OneTimeLink.id)).where(col(OneTimeLink.id) == link.id)
        assert await session.scalar(kept) == link.id
