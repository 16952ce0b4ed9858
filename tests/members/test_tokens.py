"""Access tokens: what they may do, for how long, and who ends them."""

from typing import Any

import httpx
import pytest

from dayline.identity.models import Role
from tests.clock import MovableClock
from tests.members.browser import Browser, SignUp
from tests.members.recorded import access_rev, events_of
from tests.team import Person, Team


def new(*scopes: str, days: int = 30) -> dict[str, Any]:
    return {"name": "wall board", "scopes": list(scopes), "expires_in_days": days}


async def with_token(person: Person, secret: str, method: str, path: str, **rest: Any) -> int:
    headers = {"Authorization": f"Bearer {secret}", **rest.pop("headers", {})}
    answer = await person.http.request(method, person.base + path, headers=headers, **rest)
    return answer.status_code


async def make(browser: Browser, team: Team, *scopes: str, days: int = 30) -> httpx.Response:
    return await browser.post(f"/workspaces/{team.slug}/tokens", new(*scopes, days=days))


async def test_a_token_reads_or_writes_as_its_scopes_say(team: Team, sign_up: SignUp) -> None:
    sam = await sign_up("sam", Role.ADMIN)
    reader = (await make(sam, team, "read")).json()["secret"]
    writer = (await make(sam, team, "write")).json()["secret"]
    admin = (await make(sam, team, "admin")).json()["secret"]
    assert reader.startswith("dl_")
    rename: dict[str, Any] = {"json": {"handle": "sam"}, "headers": {"If-Match": '"1"'}}
    card = f"/members/{sam.member_id}"
    for secret, statuses in (
        (reader, [200, 403, 403]),
        (writer, [200, 200, 403]),
        (admin, [200, 200, 200]),
    ):
        assert [
            await with_token(team.owner, secret, "GET", "/me"),
            await with_token(team.owner, secret, "PATCH", card, **rename),
            await with_token(team.owner, secret, "GET", "/invites"),
        ] == statuses


async def test_each_scope_includes_those_before_it(team: Team, sign_up: SignUp) -> None:
    sam = await sign_up("sam", Role.ADMIN)
    made = [(await make(sam, team, scope)).json() for scope in ("read", "write", "admin")]
    assert [token["scopes"] for token in made] == [
        ["read"],
        ["read", "write"],
        ["read", "write", "admin"],
    ]
    assert all(token["hint"] == token["secret"][-4:] for token in made)


async def test_scopes_stay_within_the_role(team: Team, sign_up: SignUp) -> None:
    sam, gia = await sign_up("sam"), await sign_up("gia", Role.GUEST)
    assert (await make(sam, team, "admin")).status_code == 403
    assert (await make(gia, team, "write")).status_code == 201


async def test_an_admin_token_of_someone_demoted_does_nothing_of_admins(
    team: Team, sign_up: SignUp
) -> None:
    ada = await sign_up("ada", Role.ADMIN)
    secret = (await make(ada, team, "admin")).json()["secret"]
    await team.owner.patch(f"/members/{ada.member_id}", {"role": "member"}, 1)
    assert await with_token(team.owner, secret, "GET", "/invites") == 403
    assert await with_token(team.owner, secret, "GET", "/me") == 200


async def test_a_token_ends_when_it_said(team: Team, sign_up: SignUp, clock: MovableClock) -> None:
    secret = (await make(await sign_up("sam"), team, "read", days=3)).json()["secret"]
    clock.advance(days=3, seconds=-1)
    assert await with_token(team.owner, secret, "GET", "/me") == 200
    clock.advance(seconds=1)
    assert await with_token(team.owner, secret, "GET", "/me") == 401


async def test_a_token_belongs_to_one_workspace(
    team: Team, other_team: Team, sign_up: SignUp
) -> None:
    secret = (await make(await sign_up("sam"), team, "read")).json()["secret"]
    assert await with_token(other_team.owner, secret, "GET", "/me") == 404


async def test_its_use_is_noted(team: Team, sign_up: SignUp, clock: MovableClock) -> None:
    sam = await sign_up("sam")
    made = (await make(sam, team, "read")).json()
    assert made["last_used_at"] is None
    clock.advance(hours=1)
    await with_token(team.owner, made["secret"], "GET", "/me")
    path = f"/workspaces/{team.slug}/tokens/{made['id']}"
    assert (await sam.get(path)).json()["last_used_at"] == "2026-05-18T08:00:00Z"


async def test_a_token_is_revoked_at_once_by_its_owner_or_an_admin(
    team: Team, sign_up: SignUp
) -> None:
    sam, noor = await sign_up("sam"), await sign_up("noor")
    for ender in (sam, await sign_up("ada", Role.ADMIN)):
        made = (await make(sam, team, "read")).json()
        path = f"/workspaces/{team.slug}/tokens/{made['id']}"
        assert (await noor.delete(path)).status_code == 404
        assert (await noor.get(path)).status_code == 404
        before = await access_rev(team)
        for _ in range(2):
            assert (await ender.delete(path)).status_code == 204
        assert await access_rev(team) == before + 1
        assert await with_token(team.owner, made["secret"], "GET", "/me") == 401
        assert (await sam.get(path)).json()["revoked_at"] is not None


async def test_an_admins_token_without_the_admin_scope_sees_and_ends_its_own_alone(
    team: Team, sign_up: SignUp
) -> None:
    sam, ada = await sign_up("sam"), await sign_up("ada", Role.ADMIN)
    theirs = f"/tokens/{(await make(sam, team, 'read')).json()['id']}"
    own = f"/tokens/{(await make(ada, team, 'read')).json()['id']}"
    writer = (await make(ada, team, "write")).json()["secret"]
    admin = (await make(ada, team, "admin")).json()["secret"]
    for method in ("GET", "DELETE"):
        assert await with_token(team.owner, writer, method, theirs) == 404
        assert await with_token(team.owner, writer, method, own) in {200, 204}
    for method in ("GET", "DELETE"):
        assert await with_token(team.owner, admin, method, theirs) in {200, 204}


async def test_one_sees_ones_own_tokens_and_admins_all(team: Team, sign_up: SignUp) -> None:
    sam, ada = await sign_up("sam"), await sign_up("ada", Role.ADMIN)
    await make(sam, team, "read")
    await make(ada, team, "read")
    base = f"/workspaces/{team.slug}/tokens"

    async def owners(browser: Browser, **params: str) -> list[str]:
        shown = (await browser.get(base, **params)).json()
        assert all("secret" not in token for token in shown)
        return [token["member_id"] for token in shown]

    assert await owners(sam) == [sam.member_id]
    assert await owners(ada) == [ada.member_id]
    assert await owners(ada, member=sam.member_id) == [sam.member_id]
    everybody = {sam.member_id, ada.member_id, str(team.owner.member_id)}
    assert set(await owners(ada, member="all")) == everybody
    assert await owners(sam, member=sam.member_id) == [sam.member_id]
    for member in ("all", ada.member_id):
        assert (await sam.get(base, member=member)).status_code == 403
    assert (await ada.get(base, member="nobody")).status_code == 422


async def test_admins_alone_learn_of_tokens_and_nobody_of_secrets(
    team: Team, sign_up: SignUp
) -> None:
    sam = await sign_up("sam")
    made = (await make(sam, team, "read")).json()
    await sam.delete(f"/workspaces/{team.slug}/tokens/{made['id']}")
    created, revoked = await events_of(team, "token.created", "token.revoked")
    assert {created.audience, revoked.audience} == {"admins"}
    assert created.data["token"]["id"] == revoked.data["token"]["id"] == made["id"]
    assert made["secret"] not in str([created.data, revoked.data])


async def test_the_secret_is_shown_once(team: Team) -> None:
    answers = [await team.owner.post("/tokens", new("read"), Idempotency_Key="k") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 409]
    assert len((await team.owner.get("/tokens")).json()) == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("scopes", []),
        ("scopes", ["everything"]),
        ("expires_in_days", 0),
        ("expires_in_days", 366),
        ("expires_in_days", 10**30),
        ("name", ""),
    ],
)
async def test_bad_fields_are_named(team: Team, field: str, value: Any) -> None:
    answer = await team.owner.post("/tokens", new("read") | {field: value})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"].startswith(field)
