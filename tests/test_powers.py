"""What gives a way in, or power, needs its owner: a session, and the password given recently."""

from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI

from tests.clock import MovableClock
from tests.furnished import Tenant, furnish
from tests.powers import (
    ARE_WORK,
    BRING_THEIR_OWN_SECRET,
    END_A_WAY_IN,
    NEED_A_RECENT_PASSWORD,
)
from tests.team import Person, in_browser
from tests.test_isolation import OPERATIONS, WORKSPACE, Operation, bearing, call

SAFE = {"GET", "HEAD"}


def test_every_change_is_classified_once() -> None:
    classified = [
        *NEED_A_RECENT_PASSWORD,
        *BRING_THEIR_OWN_SECRET,
        *END_A_WAY_IN,
        *ARE_WORK,
    ]
    changes = [name for name, operation in OPERATIONS.items() if operation.method not in SAFE]
    assert sorted(classified) == sorted(changes)


@pytest.fixture
def operation(request: pytest.FixtureRequest) -> Operation:
    return OPERATIONS[request.param]


@pytest.fixture(scope="module")
async def tenant(app: FastAPI, session_clock: MovableClock) -> Tenant:
    return await furnish(app, session_clock, "P")


every_power = pytest.mark.parametrize("operation", sorted(NEED_A_RECENT_PASSWORD), indirect=True)


async def tried(tenant: Tenant, operation: Operation, by: Person) -> httpx.Response:
    """The operation by somebody whose role allows it, on things that are there."""
    names = dict(tenant.shown)
    if operation.name not in WORKSPACE:
        names["session_id"] = await other_session(tenant)
    card = (await tenant.team.owner.get(f"/members/{names['member_id']}")).json()
    return await call(by, operation, names, rev=f'"{card["rev"]}"')


async def other_session(tenant: Tenant) -> str:
    """The id of another session of the owner's."""
    browser = await in_browser(tenant.team, tenant.team.owner)
    (current,) = [
        row for row in (await browser.http.get("/api/sessions")).json() if row["is_current"]
    ]
    return str(current["id"])


def problem_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition(":")[2]


@every_power
async def test_no_token_may_even_with_every_scope(operation: Operation, tenant: Tenant) -> None:
    owner = tenant.team.owner
    refused = await tried(tenant, operation, bearing(owner, owner.token))
    expected = "session-needed" if operation.name in WORKSPACE else "forbidden"
    assert problem_of(refused) == (403, expected)


@every_power
async def test_a_session_may_for_fifteen_minutes(operation: Operation, tenant: Tenant) -> None:
    stale = await in_browser(tenant.team, tenant.team.owner, timedelta(minutes=15))
    refused = await tried(tenant, operation, stale)
    assert problem_of(refused) == (403, "reauthentication-needed")
    assert refused.json()["max_age"] == 15 * 60
    recent = await in_browser(tenant.team, tenant.team.owner, timedelta(minutes=15, seconds=-1))
    done = await tried(tenant, operation, recent)
    assert done.is_success, done.text


@every_power
def test_the_document_says_so(operation: Operation, app: FastAPI) -> None:
    document = app.openapi()["paths"][operation.path][operation.method.lower()]
    conditional = operation.name in {"members_update", "sessions_end"}
    if not conditional:
        assert document["security"] == [{"session": []}]
    assert "reauthentication-needed" in str(document["responses"]["403"])
