"""Security events: each kind in the log and for the account's owner, and for nobody else."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog
from fastapi import FastAPI
from sqlalchemy import func, select
from sqlmodel import col
from structlog.testing import capture_logs
from structlog.typing import EventDict

from dayline.identity import security_events, throttle
from dayline.identity.models import Role, SecurityEvent, SecurityKind
from dayline.kernel.ops.settings import Settings
from dayline.members.housekeeping import prune
from dayline.members.setup import owner_link, reset_link
from tests.clock import MovableClock
from tests.members.browser import OTHER_PASSWORD, PASSWORD, Browse, Browser, SignUp
from tests.members.conftest import invite_link, reset_token, secret_of
from tests.team import Team

CHANGE = {"current_password": PASSWORD, "new_password": OTHER_PASSWORD}
GUESS = {"current_password": "a wrong password", "new_password": OTHER_PASSWORD}
TOKEN = {"name": "wall board", "scopes": ["read"], "expires_in_days": 30}


@dataclass
class Stage:
    """Who acts: a member with a browser, an admin with one, and strangers."""

    team: Team
    settings: Settings
    sam: Browser
    ada: Browser
    browse: Browse
    sign_up: SignUp

    @property
    def base(self) -> str:
        return f"/workspaces/{self.team.slug}"

    async def make_token(self) -> str:
        made = await self.sam.post(f"{self.base}/tokens", TOKEN)
        token_id: str = made.json()["id"]
        return token_id

    async def invite(self, email: str) -> str:
        made = await self.ada.post(f"{self.base}/invites", {"email": email, "role": "guest"})
        invite_id: str = made.json()["id"]
        return invite_id

    async def member(self, member_id: str) -> tuple[str, int]:
        path = f"{self.base}/members/{member_id}"
        return path, (await self.ada.get(path)).json()["rev"]


@pytest.fixture
async def stage(team: Team, settings: Settings, sign_up: SignUp, browse: Browse) -> Stage:
    sam, ada = await sign_up("sam"), await sign_up("ada", Role.ADMIN)
    return Stage(team, settings, sam, ada, browse, sign_up)


async def new_account(stage: Stage) -> Browser:
    browser = stage.browse()
    browser.email = f"new-{stage.team.slug}@example.org"
    link = await invite_link(stage.team, browser.email)
    body = {"token": link, "handle": "new", "name": "New", "password": PASSWORD}
    assert (await browser.post("/invites/accept", body)).status_code == 201
    return browser


async def sign_in_elsewhere(stage: Stage) -> Browser:
    await stage.browse().sign_in(stage.sam.email)
    return stage.sam


async def guess_sign_in(stage: Stage) -> Browser:
    await stage.browse().sign_in(stage.sam.email, "a wrong password")
    return stage.sam


async def guess_until_slowed(stage: Stage) -> Browser:
    guessing = stage.browse()
    for _ in range(throttle.MOST_BY_PAIR + 2):
        await guessing.sign_in(stage.sam.email, "a wrong password")
    return stage.sam


async def end_session(stage: Stage) -> Browser:
    other = stage.browse()
    opened = await other.sign_in(stage.sam.email)
    await stage.sam.delete(f"/sessions/{opened.json()['id']}")
    return stage.sam


async def end_others(stage: Stage) -> Browser:
    await stage.sam.delete("/sessions")
    return stage.sam


async def change_password(stage: Stage) -> Browser:
    await stage.sam.put("/account/password", CHANGE)
    return stage.sam


async def give_password(stage: Stage) -> Browser:
    await stage.sam.post("/sessions/current/reauthentication", {"password": PASSWORD})
    return stage.sam


async def guess_password(stage: Stage) -> Browser:
    await stage.sam.put("/account/password", GUESS)
    return stage.sam


async def guess_password_until_slowed(stage: Stage) -> Browser:
    for _ in range(throttle.MOST_BY_PAIR + 2):
        await stage.sam.put("/account/password", GUESS)
    return stage.sam


async def issue_reset(stage: Stage) -> Browser:
    await stage.ada.post(f"{stage.base}/members/{stage.sam.member_id}/password-reset")
    return stage.ada


async def use_reset(stage: Stage) -> Browser:
    token = await reset_token(stage.team, stage.sam.member_id)
    await stage.sam.post("/password-resets", {"token": token, "new_password": OTHER_PASSWORD})
    await stage.sam.sign_in(stage.sam.email, OTHER_PASSWORD)
    return stage.sam


async def create_token(stage: Stage) -> Browser:
    await stage.make_token()
    return stage.sam


async def revoke_token(stage: Stage) -> Browser:
    await stage.sam.delete(f"{stage.base}/tokens/{await stage.make_token()}")
    return stage.sam


async def create_calendar_link(stage: Stage) -> Browser:
    await stage.sam.put(f"{stage.base}/me/calendar-link")
    return stage.sam


async def revoke_calendar_link(stage: Stage) -> Browser:
    await create_calendar_link(stage)
    for _ in range(2):  # the second ends nothing
        await stage.sam.delete(f"{stage.base}/me/calendar-link")
    return stage.sam


async def create_invite(stage: Stage) -> Browser:
    await stage.invite("rita@example.org")
    return stage.ada


async def revoke_invite(stage: Stage) -> Browser:
    await stage.ada.delete(f"{stage.base}/invites/{await stage.invite('rita@example.org')}")
    return stage.ada


async def change_role(stage: Stage) -> Browser:
    path, rev = await stage.member(stage.sam.member_id)
    await stage.ada.patch(path, {"role": "guest"}, rev)
    return stage.ada


async def disable(stage: Stage) -> Browser:
    path, _ = await stage.member(stage.sam.member_id)
    await stage.ada.put(f"{path}/disablement")
    return stage.ada


async def restore(stage: Stage) -> Browser:
    await disable(stage)
    path, _ = await stage.member(stage.sam.member_id)
    await stage.ada.delete(f"{path}/disablement")
    return stage.ada


ACTS: dict[SecurityKind, Callable[[Stage], Awaitable[Browser]]] = {
    SecurityKind.ACCOUNT_CREATED: new_account,
    SecurityKind.SIGNED_IN: sign_in_elsewhere,
    SecurityKind.SIGN_IN_REFUSED: guess_sign_in,
    SecurityKind.SIGN_IN_THROTTLED: guess_until_slowed,
    SecurityKind.SESSION_ENDED: end_session,
    SecurityKind.OTHER_SESSIONS_ENDED: end_others,
    SecurityKind.PASSWORD_CHANGED: change_password,
    SecurityKind.PASSWORD_GIVEN: give_password,
    SecurityKind.PASSWORD_REFUSED: guess_password,
    SecurityKind.PASSWORD_THROTTLED: guess_password_until_slowed,
    SecurityKind.RESET_ISSUED: issue_reset,
    SecurityKind.RESET_USED: use_reset,
    SecurityKind.TOKEN_CREATED: create_token,
    SecurityKind.TOKEN_REVOKED: revoke_token,
    SecurityKind.CALENDAR_LINK_CREATED: create_calendar_link,
    SecurityKind.CALENDAR_LINK_REVOKED: revoke_calendar_link,
    SecurityKind.INVITE_CREATED: create_invite,
    SecurityKind.INVITE_REVOKED: revoke_invite,
    SecurityKind.INVITE_ACCEPTED: new_account,
    SecurityKind.ROLE_CHANGED: change_role,
    SecurityKind.MEMBER_DISABLED: disable,
    SecurityKind.MEMBER_RESTORED: restore,
}
"""An act of each kind, and whose account has the event; each kind must have one."""


async def events_of(browser: Browser, kind: SecurityKind) -> list[dict[str, Any]]:
    """The events of one kind that an account's owner sees."""
    found = await browser.get("/account/security-events", limit=100)
    assert found.status_code == 200, found.text
    return [event for event in found.json() if event["kind"] == kind.value]


def logged(lines: list[EventDict], kind: SecurityKind) -> list[EventDict]:
    return [line for line in lines if line["event"] == kind.value]


async def act(stage: Stage, kind: SecurityKind) -> tuple[Browser, list[EventDict]]:
    """Act, and return whose event it is and the lines of the kind in the log."""
    with capture_logs([structlog.contextvars.merge_contextvars]) as lines:
        whose = await ACTS[kind](stage)
    return whose, logged(lines, kind)


def test_every_kind_has_an_act() -> None:
    assert set(ACTS) == set(SecurityKind)


@pytest.mark.parametrize("kind", SecurityKind)
def test_every_kind_is_documented(kind: SecurityKind) -> None:
    assert f"`{kind.value}`" in (Path(__file__).parents[2] / "docs/logs.md").read_text()


@pytest.mark.parametrize("kind", SecurityKind)
async def test_each_kind_is_logged_once_and_shown_to_the_owner_with_where_from(
    stage: Stage, kind: SecurityKind
) -> None:
    whose, lines = await act(stage, kind)
    line, event = lines[-1], (await events_of(whose, kind))[0]
    own = (await whose.get("/account")).json()["id"]
    assert (line["account"], event["by_name"]) == (own, None)
    assert line["client"] == event["address"]
    assert event["address"].startswith("10.")
    assert (line["user_agent"], event["user_agent"]) == ("Test browser", "Test browser")
    assert len(line["request_id"]) == 32
    refusal = kind in security_events.REFUSALS
    assert line["log_level"] == ("warning" if refusal else "info")


ONCE = [kind for kind in SecurityKind if kind is not SecurityKind.SIGNED_IN]


@pytest.mark.parametrize("kind", ONCE)
async def test_an_act_is_one_line(stage: Stage, kind: SecurityKind) -> None:
    _, lines = await act(stage, kind)
    assert len(lines) == 1


@pytest.mark.parametrize(
    "kind",
    [
        SecurityKind.RESET_ISSUED,
        SecurityKind.ROLE_CHANGED,
        SecurityKind.MEMBER_DISABLED,
        SecurityKind.MEMBER_RESTORED,
    ],
)
async def test_who_is_acted_on_learns_by_whom_and_not_from_where(
    stage: Stage, kind: SecurityKind
) -> None:
    _, lines = await act(stage, kind)
    (theirs,) = await events_of(stage.sam, kind)
    assert (theirs["by_name"], theirs["workspace"]) == ("Ada", "Test team")
    assert (theirs["address"], theirs["user_agent"]) == (None, None)
    (own,) = await events_of(stage.ada, kind)
    assert own["about"] == "Sam"
    assert lines[0]["of_member"] == stage.sam.member_id
    assert lines[0]["of_account"] == (await stage.sam.get("/account")).json()["id"]


async def test_a_changed_role_names_both(stage: Stage) -> None:
    await change_role(stage)
    (event,) = await events_of(stage.sam, SecurityKind.ROLE_CHANGED)
    assert (event["role_before"], event["role"]) == ("member", "guest")


async def test_an_admin_who_revokes_a_token_is_named_to_its_owner(stage: Stage) -> None:
    await stage.ada.delete(f"{stage.base}/tokens/{await stage.make_token()}")
    (theirs,) = await events_of(stage.sam, SecurityKind.TOKEN_REVOKED)
    assert (theirs["by_name"], theirs["about"], theirs["address"]) == ("Ada", "wall board", None)
    (own,) = await events_of(stage.ada, SecurityKind.TOKEN_REVOKED)
    assert own["about"] == "Sam: wall board"


async def test_a_reset_link_made_on_the_server_has_no_address(stage: Stage) -> None:
    await reset_link(stage.settings, stage.sam.email, stage.team.clock)
    (event,) = await events_of(stage.sam, SecurityKind.RESET_ISSUED)
    assert (event["by_name"], event["address"], event["user_agent"]) == (None, None, None)


async def test_nobody_sees_the_events_of_another_account(stage: Stage) -> None:
    for do in (sign_in_elsewhere, create_token, create_invite, change_role, disable):
        await do(stage)
    vera = await stage.sign_up("vera")
    seen = [
        {event["id"] for event in (await one.get("/account/security-events")).json()}
        for one in (stage.sam, stage.ada, vera)
    ]
    assert all(seen)
    assert len(set().union(*seen)) == sum(map(len, seen))
    kinds = {event["kind"] for event in (await vera.get("/account/security-events")).json()}
    assert kinds == {"account.created", "invite.accepted", "sign_in.done"}


async def test_events_come_in_pages_latest_first(stage: Stage) -> None:
    for _ in range(3):
        await guess_sign_in(stage)
    first = await stage.sam.get("/account/security-events", limit=2)
    assert [event["kind"] for event in first.json()] == ["sign_in.refused"] * 2
    rest = await stage.sam.http.get(first.links["next"]["url"])
    assert [event["kind"] for event in rest.json()] == ["sign_in.refused", "sign_in.done"]


async def test_a_refusal_of_an_address_without_an_account_is_logged_without_one(
    stage: Stage,
) -> None:
    with capture_logs([structlog.contextvars.merge_contextvars]) as lines:
        await stage.browse().sign_in("nobody@example.org", "a wrong password")
    (line,) = logged(lines, SecurityKind.SIGN_IN_REFUSED)
    assert line["about"] == "nobody@example.org"
    assert "account" not in line


async def test_what_does_not_come_to_pass_is_neither_logged_nor_kept(stage: Stage) -> None:
    """Of two who race with a reset link one sets the password."""
    token = await reset_token(stage.team, stage.sam.member_id)
    body = {"token": token, "new_password": OTHER_PASSWORD}
    with capture_logs() as lines:
        answers = await asyncio.gather(
            *(stage.browse().post("/password-resets", body) for _ in range(3))
        )
    assert sorted(answer.status_code for answer in answers) == [204, 409, 409]
    assert len(logged(lines, SecurityKind.RESET_USED)) == 1
    await stage.sam.sign_in(stage.sam.email, OTHER_PASSWORD)
    assert len(await events_of(stage.sam, SecurityKind.RESET_USED)) == 1


async def test_a_refused_change_of_members_is_neither_logged_nor_kept(stage: Stage) -> None:
    path, _ = await stage.member(stage.sam.member_id)
    with capture_logs() as lines:
        assert (await stage.ada.patch(path, {"role": "guest"}, 77)).status_code == 412
        assert (await stage.sam.put(f"{path}/disablement")).status_code == 403
    assert not [line for line in lines if line["event"] in set(SecurityKind)]


async def test_who_keeps_trying_while_slowed_writes_one_event(
    stage: Stage, clock: MovableClock
) -> None:
    guessing = stage.browse()
    await guess_until_slowed(stage)
    for _ in range(throttle.MOST_BY_PAIR + 3):
        await guessing.sign_in(stage.sam.email, "a wrong password")
    assert len(await events_of(stage.sam, SecurityKind.SIGN_IN_THROTTLED)) == 1
    clock.advance(minutes=16)
    await guess_until_slowed(stage)
    assert len(await events_of(stage.sam, SecurityKind.SIGN_IN_THROTTLED)) == 2


async def test_events_are_kept_for_a_year_and_a_flood_pushes_out_no_other_kind(
    fresh_settings: Settings,
    clock: MovableClock,
    empty_app: FastAPI,
    browse: Browse,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert security_events.MOST_OF_A_KIND == 500
    monkeypatch.setattr(security_events, "MOST_OF_A_KIND", 2)
    owner = browse(of=empty_app)
    link = secret_of(await owner_link(fresh_settings, None, clock) or "")
    body = {"token": link, "email": "o@example.org", "name": "O", "password": PASSWORD}
    await owner.post("/setup", body)
    for email in ("o@example.org", "nobody@example.org"):
        for _ in range(3):
            await browse(of=empty_app).sign_in(email, "a wrong password")

    async def kept() -> dict[str, int]:
        await prune(empty_app.state.sessions, clock)
        count = select(col(SecurityEvent.kind), func.count()).group_by(col(SecurityEvent.kind))
        async with empty_app.state.sessions() as session, session.begin():
            rows = (await session.execute(count)).all()
        return {kind: number for kind, number in rows}  # noqa: C416 -- rows are no plain tuples

    once = {"account.created": 1, "sign_in.done": 1}
    assert await kept() == once | {"sign_in.refused": 4}
    clock.advance(days=365)
    assert await kept() == once | {"sign_in.refused": 4}
    clock.advance(seconds=1)
    assert await kept() == {}
