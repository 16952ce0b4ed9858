"""What ends sessions locks them first, as requests hold their own: so no two wait in a circle."""

from collections.abc import Awaitable, Callable

import httpx
import pytest

from tests.members.browser import OTHER_PASSWORD, PASSWORD, Browser, SignUp
from tests.members.conftest import reset_token
from tests.races.order import tracing, unlisted, violations
from tests.team import Team

Act = Callable[[Browser], Awaitable[httpx.Response]]

CHANGE = {
    "current_password": PASSWORD,
    "new_password": OTHER_PASSWORD,
    "end_sessions": True,
    "revoke_tokens": True,
    "revoke_calendar_links": True,
}
ACTS: dict[str, Act] = {
    "sessions_create": lambda sam: sam.sign_in(sam.email),
    "sessions_reauthenticate": lambda sam: sam.post(
        "/sessions/current/reauthentication", {"password": PASSWORD}
    ),
    "account_set_password": lambda sam: sam.put("/account/password", CHANGE),
    "sessions_end_others": lambda sam: sam.delete("/sessions"),
    "sessions_end_current": lambda sam: sam.delete("/sessions/current"),
}


@pytest.mark.parametrize("name", ACTS)
async def test_what_ends_sessions_locks_in_the_order_of_the_docs(
    team: Team, sign_up: SignUp, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    sam = await sign_up("sam")
    await in_order(team, monkeypatch, ACTS[name](sam))


async def test_a_reset_locks_in_the_order_of_the_docs(
    team: Team, sign_up: SignUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    sam = await sign_up("sam")
    reset = {"token": await reset_token(team, sam.member_id), "new_password": OTHER_PASSWORD}
    await in_order(team, monkeypatch, sam.post("/password-resets", reset))


async def in_order(
    team: Team, monkeypatch: pytest.MonkeyPatch, act: Awaitable[httpx.Response]
) -> None:
    with tracing(team, monkeypatch) as trace:
        answer = await act
    assert answer.is_success, answer.text
    assert any("sessions" in taken.names for taken in trace.ended)
    assert violations(trace) == set()
    assert unlisted(trace) == set()
