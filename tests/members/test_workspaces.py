"""Workspaces: who makes them, what they are called, where their clock stands."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import update
from sqlmodel import col

from dayline.identity.models import Account, Role
from tests.members.browser import Browser, SignUp
from tests.members.recorded import events_of
from tests.team import Team


async def founder(team: Team, sign_up: SignUp) -> Browser:
    browser = await sign_up("fay")
    async with team.app.state.sessions() as session, session.begin():
        account = update(Account).where(col(Account.email) == browser.email)
        await session.execute(account.values(founder_at=team.clock.now))
    return browser


def new(slug: str, changes: dict[str, str] | None = None) -> dict[str, str]:
    body = {"name": "Acme", "slug": slug, "reference_zone": "Asia/Kolkata", "handle": "fay"}
    return body | (changes or {})


async def test_a_founder_makes_a_workspace_and_owns_it(team: Team, sign_up: SignUp) -> None:
    fay, slug = await founder(team, sign_up), f"acme-{uuid4().hex[:8]}"
    made = await fay.post("/workspaces", new(slug))
    assert (made.status_code, made.headers["ETag"]) == (201, '"1"')
    assert made.json() == (await fay.get(f"/workspaces/{slug}")).json()
    me = (await fay.get(f"/workspaces/{slug}/me")).json()
    assert (me["role"], me["member"]["handle"]) == ("owner", "fay")
    assert me["scopes"] == ["read", "write", "admin"]
    assert {(it["slug"], it["role"]) for it in (await fay.get("/workspaces")).json()} == {
        (slug, "owner"),
        (team.slug, "member"),
    }


async def test_a_workspace_starts_in_the_language_of_its_founder(
    team: Team, sign_up: SignUp
) -> None:
    fay, slug = await founder(team, sign_up), f"acme-{uuid4().hex[:8]}"
    fay.http.headers["Accept-Language"] = "de"
    assert (await fay.post("/workspaces", new(slug))).json()["language"] == "de"
    agreement = (await fay.get(f"/workspaces/{slug}/agreement")).json()
    assert agreement["title"] == "Vereinbarung über Antwortzeiten"
    assert "<h2>Was wir zusagen</h2>" in agreement["text_html"]


async def test_a_workspace_never_starts_in_a_pseudo_language(team: Team, sign_up: SignUp) -> None:
    fay, slug = await founder(team, sign_up), f"acme-{uuid4().hex[:8]}"
    fay.http.headers["Accept-Language"] = "en-XA"
    assert (await fay.post("/workspaces", new(slug))).json()["language"] == "en"


async def test_others_make_none(sign_up: SignUp) -> None:
    sam = await sign_up("sam", Role.OWNER)
    assert (await sam.post("/workspaces", new("acme"))).status_code == 403


async def test_a_slug_is_taken_once_in_the_installation(team: Team, sign_up: SignUp) -> None:
    fay = await founder(team, sign_up)
    answer = await fay.post("/workspaces", new(team.slug))
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"field": "slug", "reason": "Already taken. Choose another one."}
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reference_zone", "Europe/Kyjiw"),
        ("reference_zone", "../../etc/passwd"),
        ("slug", "Acme"),
        ("slug", "-acme"),
        ("handle", "Fay"),
        ("handle", "fay."),
        ("name", "two\nlines"),
        ("name", "\x00"),
        ("unknown", "field"),
    ],
)
async def test_bad_fields_are_named(team: Team, sign_up: SignUp, field: str, value: str) -> None:
    fay = await founder(team, sign_up)
    answer = await fay.post("/workspaces", new("acme", {field: value}))
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


async def test_admins_rename_it_and_everybody_hears(team: Team) -> None:
    ada, sam = await team.add("ada", Role.ADMIN), await team.add("sam")
    change = {"name": "Renamed", "reference_zone": "America/New_York"}
    assert (await sam.patch("", change, 1)).status_code == 403
    assert (await ada.patch("", change)).status_code == 428
    changed = await ada.patch("", change, 1)
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"2"')
    assert (await ada.patch("", {"name": "Again"}, 1)).status_code == 412
    assert (await ada.patch("", {"reference_zone": "Mars/Base"}, 2)).status_code == 422
    assert (await ada.patch("", {"name": None}, 2)).status_code == 422
    (event,) = await events_of(team, "workspace.changed")
    assert (event.audience, event.data) == ("workspace", {"workspace": changed.json()})
    assert event.actor_id == ada.member_id


async def test_a_change_that_changes_nothing_leaves_no_event(team: Team) -> None:
    answer = await team.owner.patch("", {"name": "Test team"}, 1)
    assert (answer.status_code, answer.json()["rev"]) == (200, 1)
    assert await events_of(team, "workspace.changed") == []


async def test_another_workspace_does_not_exist(team: Team, other_team: Team) -> None:
    path = f"/api/workspaces/{other_team.slug}"
    for place in ("", "/me", "/members", "/invites", "/tokens"):
        assert (await team.owner.http.get(path + place)).status_code == 404


async def test_the_account_is_renamed_by_revision(sign_up: SignUp) -> None:
    sam = await sign_up("sam")
    assert (await sam.patch("/account", {"name": "Samuel"})).status_code == 428
    changed = await sam.patch("/account", {"name": "Samuel"}, 1)
    assert (changed.json()["name"], changed.headers["ETag"]) == ("Samuel", '"2"')
    assert (await sam.patch("/account", {"name": "Sam"}, 1)).status_code == 412
    assert (await sam.patch("/account", {"email": "x@example.org"}, 2)).status_code == 422
    assert UUID((await sam.get("/account")).json()["id"])
