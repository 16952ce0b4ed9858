"""Members: who sees whom, who changes what, and that an owner remains."""

import asyncio
from uuid import UUID, uuid4

import pytest

from dayline.identity.models import Role
from tests.members.browser import SignUp
from tests.members.recorded import access_rev, events_of
from tests.team import Person, Team


def card(person: Person) -> str:
    return f"/members/{person.member_id}"


async def handles(person: Person) -> list[str]:
    return [member["handle"] for member in (await person.get("/members")).json()]


async def test_guests_see_no_other_guests(team: Team) -> None:
    gia, gus = await team.add("gia", Role.GUEST), await team.add("gus", Role.GUEST)
    assert await handles(team.owner) == ["gia", "gus", "olena"]
    assert await handles(gia) == ["gia", "olena"]
    assert (await gia.get(card(gus))).status_code == 404
    assert (await gia.patch(card(gus), {"handle": "x"}, 1)).status_code == 404
    assert (await gia.get(card(team.owner))).json()["handle"] == "olena"
    assert (await gia.get("/me")).json()["member"] == (await gia.get(card(gia))).json()


async def test_the_list_is_paged(team: Team) -> None:
    for handle in ("ben", "ana", "cem"):
        await team.add(handle)
    first = await team.owner.get("/members", limit=3)
    assert [member["handle"] for member in first.json()] == ["ana", "ben", "cem"]
    rest = await team.owner.http.get(first.links["next"]["url"])
    assert [member["handle"] for member in rest.json()] == ["olena"]
    assert "next" not in rest.links
    assert (await team.owner.get("/members", cursor="nonsense")).status_code == 422


async def test_everybody_writes_their_own_name_and_handle(team: Team) -> None:
    gia = await team.add("gia", Role.GUEST)
    changed = await gia.patch(card(gia), {"name": "Gia Rossi", "handle": "gia.rossi"}, 1)
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"2"')
    (event,) = await events_of(team, "member.changed")
    assert event.data == {"member": changed.json()}
    assert (event.audience, event.audience_id) == ("team", gia.member_id)


async def test_edits_name_the_revision_that_they_were_made_from(team: Team) -> None:
    sam = await team.add("sam")
    assert (await sam.patch(card(sam), {"name": "S"})).status_code == 428
    assert (await sam.patch(card(sam), {"name": "S"}, 7)).status_code == 412


async def test_names_of_others_are_theirs(team: Team) -> None:
    sam = await team.add("sam")
    assert (await team.owner.patch(card(sam), {"name": "Sammy"}, 1)).status_code == 403
    assert (await sam.patch(card(team.owner), {"handle": "x"}, 1)).status_code == 403
    assert (await team.owner.patch(card(sam), {"handle": "sammy"}, 1)).status_code == 200


@pytest.mark.parametrize("handle", ["Sam", "-sam", "sam.", "s m", "", "a" * 41, "sam\n", None])
async def test_handles_are_plain(team: Team, handle: str | None) -> None:
    answer = await team.owner.patch(card(team.owner), {"handle": handle}, 1)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "handle")


async def test_a_handle_is_taken_once(team: Team) -> None:
    sam = await team.add("sam")
    answer = await sam.patch(card(sam), {"handle": "olena"}, 1)
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"field": "handle", "reason": "Already taken. Choose another one."}
    ]


@pytest.mark.parametrize(
    ("actor", "target", "role", "status"),
    [
        ("sam", "sam", "admin", 403),
        ("sam", "ada", "member", 403),
        ("ada", "sam", "admin", 200),
        ("ada", "sam", "owner", 403),
        ("ada", "ada", "owner", 403),
        ("ada", "ada", "member", 200),
        ("ada", "olena", "member", 403),
        ("olena", "ada", "owner", 200),
        ("olena", "sam", "guest", 200),
    ],
)
async def test_admins_say_who_is_what_and_owners_who_is_owner(
    team: Team, actor: str, target: str, role: str, status: int
) -> None:
    await team.add("ada", Role.ADMIN)
    await team.add("sam")
    before = await access_rev(team)
    answer = await team.people[actor].patch(card(team.people[target]), {"role": role}, 1)
    assert answer.status_code == status
    assert (await access_rev(team) > before) == (status == 200)


async def test_a_token_without_the_admin_scope_changes_no_role(team: Team) -> None:
    new = {"name": "t", "scopes": ["write"], "expires_in_days": 1}
    secret = (await team.owner.post("/tokens", new)).json()["secret"]
    sam = await team.add("sam")
    team.owner.http.headers["Authorization"] = f"Bearer {secret}"
    assert (await team.owner.patch(card(sam), {"role": "admin"}, 1)).status_code == 403
    assert (await team.owner.patch(card(sam), {"handle": "sammy"}, 1)).status_code == 403
    assert (await team.owner.patch(card(team.owner), {"handle": "o"}, 1)).status_code == 200


@pytest.mark.parametrize(("before", "after"), [("member", "guest"), ("guest", "member")])
async def test_everybody_hears_who_becomes_a_guest_or_stops_being_one(
    team: Team, before: str, after: str
) -> None:
    sam = await team.add("sam", Role(before))
    assert (await team.owner.patch(card(sam), {"role": after}, 1)).status_code == 200
    (event,) = await events_of(team, "member.changed")
    assert (event.audience, event.data["member"]["role"]) == ("workspace", after)


async def test_the_last_owner_stays(team: Team) -> None:
    olena, ola = team.owner, await team.add("ola", Role.OWNER)
    assert (await olena.put(card(ola) + "/disablement")).status_code == 200
    demoted = await olena.patch(card(olena), {"role": "admin"}, 1)
    assert (demoted.status_code, demoted.json()["type"]) == (409, "urn:dayline:problem:last-owner")
    assert (await olena.put(card(olena) + "/disablement")).status_code == 409
    assert (await olena.delete(card(ola) + "/disablement")).status_code == 200
    assert (await olena.patch(card(olena), {"role": "admin"}, 1)).status_code == 200


async def test_of_two_owners_who_race_to_leave_one_stays(team: Team) -> None:
    ola = await team.add("ola", Role.OWNER)
    answers = await asyncio.gather(
        team.owner.patch(card(team.owner), {"role": "member"}, 1),
        ola.patch(card(ola), {"role": "member"}, 1),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    roles = [member["role"] for member in (await ola.get("/members")).json()]
    assert sorted(roles) == ["member", "owner"]


async def test_owners_who_race_to_disable_each_other_leave_one(team: Team) -> None:
    ola = await team.add("ola", Role.OWNER)
    answers = await asyncio.gather(
        team.owner.put(card(ola) + "/disablement"), ola.put(card(team.owner) + "/disablement")
    )
    assert 200 in [answer.status_code for answer in answers]
    assert {answer.status_code for answer in answers} <= {200, 401, 409}
    assert len(await events_of(team, "member.changed")) == 1


async def test_disabling_ends_tokens_sessions_and_invites_of_this_workspace_at_once(
    team: Team, sign_up: SignUp
) -> None:
    sam = await sign_up("sam", Role.ADMIN)
    base = f"/workspaces/{team.slug}"
    token = await sam.post(
        f"{base}/tokens", {"name": "t", "scopes": ["read"], "expires_in_days": 9}
    )
    invited = await sam.post(f"{base}/invites", {"email": "sam2@example.org", "role": "admin"})
    before = await access_rev(team)
    disabled = await team.owner.put(f"/members/{sam.member_id}/disablement")
    assert disabled.json()["disabled_at"] == "2026-05-18T07:00:00Z"
    assert await access_rev(team) == before + 1
    assert (await sam.get(f"{base}/me")).status_code == 404
    assert (await sam.get("/account")).status_code == 200
    assert (await sam.get("/workspaces")).json() == []
    bearer = {"Authorization": f"Bearer {token.json()['secret']}"}
    assert (await team.owner.http.get(f"/api{base}/me", headers=bearer)).status_code == 401
    preview = await sam.post(
        "/invites/preview", {"token": invited.json()["link"].partition("#token=")[2]}
    )
    assert preview.status_code == 409
    kinds = [
        event.kind
        for event in await events_of(team, "member.changed", "token.revoked", "invite.revoked")
    ]
    assert sorted(kinds) == ["invite.revoked", "member.changed", "token.revoked"]


async def test_restoring_lets_the_member_in_but_not_their_tokens(
    team: Team, sign_up: SignUp
) -> None:
    sam = await sign_up("sam")
    base = f"/workspaces/{team.slug}"
    token = await sam.post(
        f"{base}/tokens", {"name": "t", "scopes": ["read"], "expires_in_days": 9}
    )
    disablement = f"/members/{sam.member_id}/disablement"
    for _ in range(2):
        assert (await team.owner.put(disablement)).json()["rev"] == 2
    for _ in range(2):
        restored = await team.owner.delete(disablement)
        assert (restored.json()["disabled_at"], restored.json()["rev"]) == (None, 3)
    assert len(await events_of(team, "member.changed")) == 2
    assert (await sam.get(f"{base}/me")).status_code == 200
    bearer = {"Authorization": f"Bearer {token.json()['secret']}"}
    assert (await team.owner.http.get(f"/api{base}/me", headers=bearer)).status_code == 401


async def test_nobody_disables_above_their_own_role(team: Team) -> None:
    ada, sam = await team.add("ada", Role.ADMIN), await team.add("sam")
    assert (await ada.put(card(team.owner) + "/disablement")).status_code == 403
    assert (await ada.delete(card(team.owner) + "/disablement")).status_code == 403
    assert (await sam.put(card(ada) + "/disablement")).status_code == 403
    assert (await ada.put(card(sam) + "/disablement")).status_code == 200
    assert (await ada.put(f"/members/{uuid4()}/disablement")).status_code == 404


async def test_losing_the_admin_role_ends_the_invites_that_it_made(team: Team) -> None:
    ada = await team.add("ada", Role.ADMIN)
    await ada.post("/invites", {"email": "friend@example.org", "role": "admin"})
    assert (await team.owner.patch(card(ada), {"role": "member"}, 1)).status_code == 200
    (invite,) = (await team.owner.get("/invites")).json()
    assert invite["revoked_at"] is not None
    assert (await team.owner.get("/invites", state="open")).json() == []


async def test_members_of_other_workspaces_cannot_be_named(team: Team, other_team: Team) -> None:
    there = card(other_team.owner)
    assert (await team.owner.get(there)).status_code == 404
    assert (await team.owner.patch(there, {"role": "guest"}, 1)).status_code == 404
    assert (await team.owner.put(there + "/disablement")).status_code == 404
    assert (await team.owner.post(there + "/password-reset")).status_code == 404
    assert UUID((await other_team.owner.get(there)).json()["id"]) == other_team.owner.member_id
