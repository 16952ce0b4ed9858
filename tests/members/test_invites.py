"""Invites: who asks whom, as what; and that a link lets one account in, once."""

import asyncio
from uuid import uuid4

import pytest

from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.identity.models import Role
from dayline.kernel.errors import Invalid
from dayline.members import hooks
from dayline.members.models import Member
from tests.clock import MovableClock
from tests.members.browser import PASSWORD, Browse, SignUp
from tests.members.conftest import invite_link, secret_of
from tests.members.recorded import events_of
from tests.team import Team


def new_address() -> str:
    return f"new-{uuid4().hex[:12]}@example.org"


def newcomer(token: str, handle: str = "nia") -> dict[str, str]:
    return {"token": token, "handle": handle, "name": "Nia", "password": PASSWORD}


async def test_a_link_lets_a_new_person_in_and_signs_them_in(team: Team, browse: Browse) -> None:
    email, nia = new_address(), browse()
    token = await invite_link(team, email.upper(), Role.ADMIN)
    preview = await nia.post("/invites/preview", {"token": token})
    assert preview.json() == {
        "workspace": "Test team",
        "slug": team.slug,
        "email": email,
        "role": "admin",
        "expires_at": "2026-06-01T07:00:00Z",
        "name": None,
        "handle": None,
    }
    joined = await nia.post("/invites/accept", newcomer(token))
    assert joined.status_code == 201
    me = (await nia.get(f"/workspaces/{team.slug}/me")).json()
    assert (me["member"], me["role"]) == (joined.json()["member"], "admin")
    assert (await nia.get(joined.headers["Location"].removeprefix("/api"))).status_code == 200
    assert (await nia.get("/account")).json()["founder_at"] is None


async def test_a_link_works_once(team: Team, browse: Browse) -> None:
    token = await invite_link(team, new_address())
    assert (await browse().post("/invites/accept", newcomer(token))).status_code == 201
    for path in ("preview", "accept"):
        body = newcomer(token, "nib") if path == "accept" else {"token": token}
        again = await browse().post(f"/invites/{path}", body)
        assert (again.status_code, again.json()["type"]) == (
            409,
            "urn:dayline:problem:link-not-good",
        )


async def test_of_those_who_race_with_a_link_one_joins(team: Team, browse: Browse) -> None:
    token = await invite_link(team, new_address())
    answers = await asyncio.gather(
        *(browse().post("/invites/accept", newcomer(token, f"racer{n}")) for n in range(4))
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert len((await team.owner.get("/members")).json()) == 2


async def test_an_account_that_exists_joins_only_when_it_is_signed_in(
    team: Team, other_team: Team, sign_up: SignUp, browse: Browse
) -> None:
    sam, noor = await sign_up("sam"), await sign_up("noor")
    token = await invite_link(other_team, sam.email)
    for other in (browse(), noor):
        refused = await other.post("/invites/accept", newcomer(token))
        assert (refused.status_code, refused.json()["type"]) == (
            409,
            "urn:dayline:problem:sign-in-first",
        )
    signed_in_as = sam.cookie
    joined = await sam.post("/invites/accept", {"token": token, "handle": "sam"})
    assert (joined.status_code, sam.cookie) == (201, signed_in_as)
    slugs = {it["slug"] for it in (await sam.get("/workspaces")).json()}
    assert slugs == {team.slug, other_team.slug}


async def test_whether_an_address_has_an_account_is_told_by_joining_alone(
    team: Team, other_team: Team, sign_up: SignUp, browse: Browse
) -> None:
    """Whoever invites an address holds the link, and may know nobody at that address."""
    sam = await sign_up("sam")
    tokens = [await invite_link(other_team, email) for email in (sam.email, new_address())]
    wrong = (
        {"name": None},
        {"password": None},
        {"password": "password1234"},
        {"password": "Nia 1234567890"},
        {"handle": "olena"},
    )
    for bearer in (browse(), await sign_up("noor")):
        previews, refusals = [], []
        for token in tokens:
            preview = (await bearer.post("/invites/preview", {"token": token})).json()
            previews.append(preview | {"email": None})
            answers = [
                await bearer.post("/invites/accept", newcomer(token) | fault) for fault in wrong
            ]
            refusals.append([(answer.status_code, answer.json()["errors"]) for answer in answers])
        assert previews[0] == previews[1]
        assert refusals[0] == refusals[1]
    assert (await browse().post("/invites/accept", newcomer(tokens[0]))).status_code == 409
    assert (await browse().post("/invites/accept", newcomer(tokens[1]))).status_code == 201


async def test_a_refusal_to_join_as_somebody_else_leaves_the_link_good(
    team: Team, other_team: Team, sign_up: SignUp, browse: Browse
) -> None:
    sam = await sign_up("sam")
    token = await invite_link(other_team, sam.email)
    assert (await browse().post("/invites/accept", newcomer(token))).status_code == 409
    joined = await sam.post("/invites/accept", {"token": token, "handle": "nia"})
    assert joined.status_code == 201
    again = await invite_link(other_team, new_address())
    assert (await browse().post("/invites/accept", newcomer(again, "nib"))).status_code == 201
    assert [event.kind for event in await events_of(other_team, "member.joined")] == [
        "member.joined"
    ] * 3


async def test_an_account_that_exists_sets_no_password_by_an_invite(
    other_team: Team, sign_up: SignUp
) -> None:
    sam = await sign_up("sam")
    token = await invite_link(other_team, sam.email)
    refused = await sam.post("/invites/accept", newcomer(token))
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "password")


@pytest.mark.parametrize("missing", ["name", "password"])
async def test_a_new_account_needs_a_name_and_a_password(
    team: Team, browse: Browse, missing: str
) -> None:
    body = newcomer(await invite_link(team, new_address()))
    del body[missing]
    refused = await browse().post("/invites/accept", body)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, missing)


async def test_a_refused_handle_leaves_the_link_good(team: Team, browse: Browse) -> None:
    token, nia = await invite_link(team, new_address()), browse()
    refused = await nia.post("/invites/accept", newcomer(token, "olena"))
    assert refused.json()["errors"] == [
        {"field": "handle", "reason": "Already taken. Choose another one."}
    ]
    assert nia.cookie is None
    assert (await nia.post("/invites/accept", newcomer(token))).status_code == 201


async def test_an_invite_ends_after_14_days(
    team: Team, browse: Browse, clock: MovableClock
) -> None:
    token = await invite_link(team, new_address())
    clock.advance(days=14)
    assert (await browse().post("/invites/accept", newcomer(token))).status_code == 409
    assert (await team.owner.get("/invites", state="open")).json() == []


async def test_a_second_invite_of_an_address_replaces_the_first(team: Team, browse: Browse) -> None:
    email = new_address()
    older, newer = [await invite_link(team, email) for _ in range(2)]
    assert (await browse().post("/invites/accept", newcomer(older))).status_code == 409
    assert (await browse().post("/invites/accept", newcomer(newer))).status_code == 201
    states = [
        (row["accepted_at"] is not None, row["revoked_at"] is not None)
        for row in (await team.owner.get("/invites")).json()
    ]
    assert states == [(True, False), (False, True)]


async def test_invites_that_race_for_an_address_leave_one_open(team: Team) -> None:
    body = {"email": new_address(), "role": "member"}
    answers = await asyncio.gather(*(team.owner.post("/invites", body) for _ in range(4)))
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len((await team.owner.get("/invites", state="open")).json()) == 1


async def test_a_revoked_invite_is_no_longer_good(team: Team, browse: Browse) -> None:
    made = (await team.owner.post("/invites", {"email": new_address(), "role": "member"})).json()
    path = f"/invites/{made['id']}"
    assert (await team.owner.get(path)).json() == {k: made[k] for k in made if k != "link"}
    for _ in range(2):
        assert (await team.owner.delete(path)).status_code == 204
    token = secret_of(made["link"])
    assert (await browse().post("/invites/accept", newcomer(token))).status_code == 409
    assert len(await events_of(team, "invite.revoked")) == 1
    assert (await team.owner.delete(f"/invites/{uuid4()}")).status_code == 404


async def test_an_accepted_invite_is_not_revoked(team: Team, browse: Browse) -> None:
    await browse().post("/invites/accept", newcomer(await invite_link(team, new_address())))
    (invite,) = (await team.owner.get("/invites")).json()
    assert (await team.owner.delete(f"/invites/{invite['id']}")).status_code == 409


async def test_only_admins_invite_and_only_owners_invite_owners(team: Team) -> None:
    ada, sam = await team.add("ada", Role.ADMIN), await team.add("sam")
    body = {"email": new_address(), "role": "owner"}
    assert (await ada.post("/invites", body)).status_code == 403
    assert (await ada.post("/invites", body | {"role": "admin"})).status_code == 201
    assert (await team.owner.post("/invites", body)).status_code == 201
    assert (await sam.post("/invites", body | {"role": "guest"})).status_code == 403
    assert (await sam.get("/invites")).status_code == 403


async def test_members_are_not_invited_again(team: Team, sign_up: SignUp) -> None:
    sam = await sign_up("sam")
    body = {"email": sam.email.title(), "role": "admin"}
    refused = await team.owner.post("/invites", body)
    (error,) = refused.json()["errors"]
    assert (refused.status_code, error["field"]) == (422, "email")
    name = (await team.owner.get(f"/members/{sam.member_id}")).json()["name"]
    assert error["reason"] == f"{name} is already a member."
    await team.owner.put(f"/members/{sam.member_id}/disablement")
    refused = await team.owner.post("/invites", body)
    (error,) = refused.json()["errors"]
    told = f"{name} is already a member, but disabled. Restore them under Members."
    assert (refused.status_code, error["reason"]) == (422, told)


@pytest.mark.parametrize(
    "email", ["", "x", "a@b@c.org", "a b@example.org", "a@exa\x00mple.org", "ä@example.org"]
)
async def test_what_is_no_address_is_refused(team: Team, email: str) -> None:
    answer = await team.owner.post("/invites", {"email": email, "role": "member"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "email")


async def test_admins_alone_learn_of_invites_and_nobody_of_secrets(
    team: Team, browse: Browse
) -> None:
    token = await invite_link(team, new_address())
    joined = await browse().post("/invites/accept", newcomer(token))
    created, accepted = await events_of(team, "invite.created", "invite.accepted")
    assert {created.audience, accepted.audience} == {"admins"}
    assert accepted.data["invite"]["accepted_by"] == joined.json()["member"]["id"]
    assert str(accepted.actor_id) == joined.json()["member"]["id"]
    assert token not in str([created.data, accepted.data])
    assert "token" not in str([created.data, accepted.data])


async def test_the_link_is_shown_once(team: Team) -> None:
    body = {"email": new_address(), "role": "member"}
    answers = [await team.owner.post("/invites", body, Idempotency_Key="k") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 409]
    (invite,) = (await team.owner.get("/invites")).json()
    assert "link" not in invite


async def test_projects_are_for_guests_and_named_once(team: Team) -> None:
    project = str(uuid4())
    for role, ids in (("member", [project]), ("guest", [project, project])):
        body = {"email": new_address(), "role": role, "project_ids": ids}
        refused = await team.owner.post("/invites", body)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "project_ids")


async def test_rooms_above_check_the_projects_and_add_the_guest_to_them(
    team: Team, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, unknown, heard = uuid4(), uuid4(), []

    async def drafted(_caller: Caller, project_ids: object) -> None:
        if project_ids == [unknown]:
            raise Invalid.field("project_ids", Phrase("fields.not-a-project"))

    async def accepted(_session: object, member: Member, project_ids: object) -> None:
        heard.append((member.handle, project_ids))

    monkeypatch.setattr(hooks.invite_drafted, "_functions", [drafted])
    monkeypatch.setattr(hooks.invite_accepted, "_functions", [accepted])
    body = {"email": new_address(), "role": "guest"}
    refused = await team.owner.post("/invites", body | {"project_ids": [str(unknown)]})
    assert refused.status_code == 422
    made = await team.owner.post("/invites", body | {"project_ids": [str(project)]})
    token = secret_of(made.json()["link"])
    assert (await browse().post("/invites/accept", newcomer(token))).status_code == 201
    assert heard == [("nia", [project])]
