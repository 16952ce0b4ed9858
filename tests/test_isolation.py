"""Every route, two tenants, four roles: who gets in, and that nobody forgot to say.

A route that is not in the tables below fails the first test: say who may use it.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIWebSocketRoute, iter_route_contexts

from dayline.app import create_app
from dayline.identity.models import Role, TokenScope
from dayline.kernel.http.openapi import api_routes, methods_of
from dayline.kernel.ops.settings import Settings
from tests.clock import MovableClock
from tests.furnished import Names, Tenant, decision_at, furnish
from tests.powers import NEED_A_RECENT_PASSWORD
from tests.team import Person, Team

GUEST, MEMBER, ADMIN, OWNER = Role.GUEST, Role.MEMBER, Role.ADMIN, Role.OWNER
READ, WRITE, MANAGE = TokenScope.READ, TokenScope.WRITE, TokenScope.ADMIN


@dataclass(frozen=True)
class Rule:
    """Who may call a route: at least this role and this scope; a body and a query it takes.

    `stage` is where a decision must stand for it, where that is not a draft.
    """

    role: Role
    scope: TokenScope
    body: Any = None
    query: str = ""
    stage: str = ""


PUBLIC = {
    "health_alive",
    "health_ready",
    "setup_create",
    "sessions_create",
    "invites_preview",
    "invites_accept",
    "calendars_follow",
    "password_resets_create",
}
"""Routes that nobody need sign in for; each checks a secret of its own, or tells nothing."""

ACCOUNT: dict[str, Any] = {
    "account_get": None,
    "account_update": {"name": "Renamed"},
    "account_set_password": {"current_password": "x" * 12, "new_password": "y" * 12},
    "security_events_list": None,
    "sessions_list": None,
    "sessions_reauthenticate": {"password": "x" * 12},
    "sessions_end": None,
    "sessions_end_current": None,
    "sessions_end_others": None,
    "workspaces_list": None,
    "workspaces_create": None,
}
"""Routes of the signed-in account, outside any workspace. They take no token."""

WORKSPACE = {
    "workspaces_get": Rule(GUEST, READ),
    "workspaces_update": Rule(ADMIN, MANAGE, {"name": "Renamed"}),
    "me_get": Rule(GUEST, READ),
    "members_list": Rule(GUEST, READ),
    "members_get": Rule(GUEST, READ),
    "members_update": Rule(GUEST, WRITE, {"role": "admin"}),
    "members_disable": Rule(ADMIN, MANAGE),
    "members_enable": Rule(ADMIN, MANAGE),
    "members_reset_password": Rule(ADMIN, MANAGE),
    "invites_list": Rule(ADMIN, MANAGE),
    "invites_create": Rule(ADMIN, MANAGE, {"email": "a@example.org", "role": "member"}),
    "invites_get": Rule(ADMIN, MANAGE),
    "invites_revoke": Rule(ADMIN, MANAGE),
    "tokens_list": Rule(GUEST, READ),
    "tokens_create": Rule(
        GUEST, WRITE, {"name": "mine", "scopes": ["read"], "expires_in_days": 30}
    ),
    "tokens_get": Rule(GUEST, READ),
    "tokens_revoke": Rule(GUEST, WRITE),
    "agreement_get": Rule(GUEST, READ),
    "agreement_versions_list": Rule(GUEST, READ),
    "agreement_version_get": Rule(GUEST, READ),
    "agreement_draft_get": Rule(ADMIN, MANAGE),
    "agreement_draft_update": Rule(ADMIN, MANAGE, {"title": "Renamed"}),
    "agreement_publish": Rule(ADMIN, MANAGE, {}),
    "agreement_sign": Rule(MEMBER, WRITE),
    "agreement_examples_list": Rule(MEMBER, READ),
    "agreement_export": Rule(GUEST, READ),
    "calendar_get": Rule(GUEST, READ),
    "calendar_update": Rule(GUEST, WRITE, {"zone": "Asia/Tokyo"}),
    "calendar_defaults_get": Rule(MEMBER, READ),
    "calendar_defaults_update": Rule(ADMIN, MANAGE, {"zone": "Asia/Tokyo"}),
    "hours_list": Rule(GUEST, READ),
    "hours_set": Rule(GUEST, WRITE, {"weekly": {"mon": [{"start": "09:00", "end": "12:00"}]}}),
    "hours_remove": Rule(GUEST, WRITE),
    "overrides_list": Rule(GUEST, READ),
    "overrides_set": Rule(GUEST, WRITE, {"intervals": []}),
    "overrides_remove": Rule(GUEST, WRITE),
    "time_off_list": Rule(GUEST, READ),
    "time_off_create": Rule(
        GUEST, WRITE, {"starts_on": "2026-08-03", "ends_on": "2026-08-07", "reason": "Sea"}
    ),
    "time_off_get": Rule(GUEST, READ),
    "time_off_update": Rule(GUEST, WRITE, {"reason": "Mountains"}),
    "time_off_delete": Rule(GUEST, WRITE),
    "focus_list": Rule(GUEST, READ),
    "focus_create": Rule(GUEST, WRITE, {"days": ["mon"], "start": "09:00", "end": "11:00"}),
    "focus_get": Rule(GUEST, READ),
    "focus_update": Rule(GUEST, WRITE, {"end": "10:00"}),
    "focus_delete": Rule(GUEST, WRITE),
    "countries_list": Rule(GUEST, READ),
    "holidays_list": Rule(GUEST, READ),
    "holidays_create": Rule(
        ADMIN, MANAGE, {"country": "DE", "on": "2026-05-22", "name": "Founding day"}
    ),
    "holidays_get": Rule(GUEST, READ),
    "holidays_update": Rule(ADMIN, MANAGE, {"name": "Renamed"}),
    "holidays_remove": Rule(ADMIN, MANAGE),
    "calendar_link_get": Rule(GUEST, READ),
    "calendar_link_make": Rule(GUEST, WRITE),
    "calendar_link_revoke": Rule(GUEST, WRITE),
    "holiday_opt_outs_list": Rule(GUEST, READ),
    "holiday_opt_outs_put": Rule(GUEST, WRITE),
    "holiday_opt_outs_delete": Rule(GUEST, WRITE),
    "availability_list": Rule(GUEST, READ),
    "availability_day": Rule(GUEST, READ),
    "availability_overlap": Rule(MEMBER, READ),
    "projects_list": Rule(GUEST, READ),
    "projects_create": Rule(MEMBER, WRITE, {"key": "NEW", "name": "New"}),
    "projects_get": Rule(GUEST, READ),
    "projects_update": Rule(MEMBER, WRITE, {"name": "Renamed"}),
    "projects_archive": Rule(MEMBER, WRITE),
    "projects_unarchive": Rule(MEMBER, WRITE),
    "projects_add_person": Rule(MEMBER, WRITE),
    "projects_remove_person": Rule(MEMBER, WRITE),
    "updates_list": Rule(GUEST, READ),
    "updates_create": Rule(MEMBER, WRITE, {"condition": "on_track", "body": "Fine"}),
    "discussions_list": Rule(GUEST, READ),
    "discussions_create": Rule(GUEST, WRITE, {"title": "A question"}),
    "topics_list": Rule(GUEST, READ),
    "direct_topics_create": Rule(GUEST, WRITE, {"participants": ["{admin_id}"]}),
    "topics_get": Rule(GUEST, READ),
    "topics_update": Rule(GUEST, WRITE, {"title": "Renamed"}),
    "topics_resolve": Rule(GUEST, WRITE),
    "topics_reopen": Rule(GUEST, WRITE),
    "messages_list": Rule(GUEST, READ),
    "messages_create": Rule(GUEST, WRITE, {"body": "Hello"}),
    "messages_get": Rule(GUEST, READ),
    "messages_update": Rule(GUEST, WRITE, {"body": "Edited"}),
    "messages_withdraw": Rule(GUEST, WRITE),
    "attachments_upload": Rule(GUEST, WRITE, "The content"),
    "attachments_get": Rule(GUEST, READ),
    "attachments_content": Rule(GUEST, READ),
    "usage_get": Rule(GUEST, READ),
    "asking_get": Rule(GUEST, READ, query="?recipient={admin_id}"),
    "clarity_check": Rule(GUEST, READ, {"body": "Which one?"}),
    "clarity_reasons": Rule(ADMIN, MANAGE),
    "scheduled_create": Rule(GUEST, WRITE, {"body": "Later", "send_at": "2026-05-20T12:00:00Z"}),
    "scheduled_list": Rule(GUEST, READ),
    "scheduled_get": Rule(GUEST, READ),
    "scheduled_update": Rule(GUEST, WRITE, {"body": "Edited"}),
    "scheduled_cancel": Rule(GUEST, WRITE),
    "timers_list": Rule(GUEST, READ),
    "timers_get": Rule(GUEST, READ),
    "timers_explain": Rule(GUEST, READ),
    "timers_acknowledge": Rule(GUEST, WRITE, {"promised_at": "2026-05-20T12:00:00Z"}),
    "timers_pause": Rule(GUEST, WRITE, {"reason": "Waiting on the client"}),
    "timers_resume": Rule(GUEST, WRITE),
    "timers_reopen": Rule(GUEST, WRITE),
    "tasks_list": Rule(GUEST, READ),
    "tasks_create": Rule(GUEST, WRITE, {"project": "{project_key}", "title": "New"}),
    "tasks_bulk": Rule(MEMBER, WRITE, {"keys": ["{task_key}"], "change": {"state": "done"}}),
    "tasks_get": Rule(GUEST, READ),
    "tasks_update": Rule(GUEST, WRITE, {"title": "Renamed"}),
    "tasks_history": Rule(GUEST, READ),
    "tasks_watch": Rule(GUEST, WRITE),
    "tasks_unwatch": Rule(GUEST, WRITE),
    "tasks_block": Rule(GUEST, WRITE),
    "tasks_unblock": Rule(GUEST, WRITE),
    "labels_list": Rule(GUEST, READ),
    "references_list": Rule(MEMBER, READ),
    "references_create": Rule(MEMBER, WRITE, {"title": "New", "body": "Text"}),
    "references_similar": Rule(MEMBER, READ, query="?subject=one"),
    "references_get": Rule(MEMBER, READ),
    "references_update": Rule(MEMBER, WRITE, {"title": "Renamed"}),
    "references_delete": Rule(MEMBER, WRITE),
    "references_revisions_list": Rule(MEMBER, READ),
    "references_mark_stale": Rule(MEMBER, WRITE, {"reason": "Old"}),
    "references_review": Rule(MEMBER, WRITE, {"review_on": "2026-11-18"}),
    "explanations_create": Rule(MEMBER, WRITE, {"words": "How it works"}),
    "explanations_delete": Rule(MEMBER, WRITE),
    "subjects_list": Rule(MEMBER, READ),
    "subjects_draft": Rule(MEMBER, READ),
    "subjects_decline": Rule(MEMBER, WRITE),
    "decisions_list": Rule(GUEST, READ),
    "decisions_create": Rule(MEMBER, WRITE, {"project": "{project_key}", "title": "New"}),
    "decisions_get": Rule(GUEST, READ),
    "decisions_update": Rule(MEMBER, WRITE, {"title": "Renamed"}),
    "decisions_fairness": Rule(MEMBER, READ),
    "decisions_open": Rule(MEMBER, WRITE, {"minutes": 10}),
    "decisions_give_input": Rule(MEMBER, WRITE, {"stance": "agree"}, stage="asked"),
    "decisions_inputs": Rule(GUEST, READ),
    "decisions_extend": Rule(
        MEMBER, WRITE, {"input_due_at": "2026-05-22T12:00:00Z", "reason": "Late"}, stage="open"
    ),
    "decisions_decide": Rule(
        MEMBER, WRITE, {"outcome": "The first one.", "rationale": "It is there."}, stage="closed"
    ),
    "decisions_withdraw": Rule(MEMBER, WRITE, {"reason": "Nobody cares"}),
    "decisions_confirm_read": Rule(MEMBER, WRITE, stage="decided"),
    "decisions_review": Rule(MEMBER, WRITE, {"review_on": "2026-06-22"}, stage="decided"),
    "decisions_make_task": Rule(MEMBER, WRITE, {"title": "Do it"}, stage="decided"),
    "decisions_link_task": Rule(MEMBER, WRITE),
    "decisions_unlink_task": Rule(MEMBER, WRITE),
    "decisions_history": Rule(GUEST, READ),
    "decisions_of_task": Rule(GUEST, READ),
    "decisions_madr": Rule(GUEST, READ),
    "decisions_export": Rule(GUEST, READ),
    "views_list": Rule(GUEST, READ),
    "views_create": Rule(GUEST, WRITE, {"name": "Mine"}),
    "views_get": Rule(GUEST, READ),
    "views_update": Rule(GUEST, WRITE, {"name": "Renamed"}),
    "views_delete": Rule(GUEST, WRITE),
    "search_get": Rule(GUEST, READ, query="?q=one"),
    "today_get": Rule(GUEST, READ),
    "today_look": Rule(GUEST, WRITE, {"seq": 1}),
    "events_list": Rule(GUEST, READ),
    "snapshot_get": Rule(GUEST, READ),
    "audit_list": Rule(ADMIN, MANAGE),
    "notices_list": Rule(GUEST, READ),
    "notices_count": Rule(GUEST, READ),
    "notices_read_all": Rule(GUEST, WRITE, {"seq": 1}),
    "notice_settings_get": Rule(GUEST, READ),
    "notice_settings_set": Rule(GUEST, WRITE, {"channels": {"mentioned": ["email"]}}),
    "notices_go_away": Rule(GUEST, WRITE, {}),
    "notices_come_back": Rule(GUEST, WRITE),
    "notices_get": Rule(GUEST, READ),
    "notices_read": Rule(GUEST, WRITE),
    "notices_unread": Rule(GUEST, WRITE),
    "notices_finish": Rule(GUEST, WRITE),
    "notices_reopen": Rule(GUEST, WRITE),
    "notices_snooze": Rule(GUEST, WRITE, {"next_start": True}),
    "notices_wake": Rule(GUEST, WRITE),
    "subscriptions_list": Rule(ADMIN, MANAGE),
    "subscriptions_create": Rule(
        ADMIN,
        MANAGE,
        {"name": "#new", "url": "http://127.0.0.1:1/services/new", "kinds": ["breach"]},
    ),
    "subscriptions_get": Rule(ADMIN, MANAGE),
    "subscriptions_update": Rule(ADMIN, MANAGE, {"name": "#renamed"}),
    "subscriptions_delete": Rule(ADMIN, MANAGE),
    "subscriptions_test": Rule(ADMIN, MANAGE),
    "deliveries_list": Rule(ADMIN, MANAGE),
    "deliveries_get": Rule(ADMIN, MANAGE),
    "deliveries_repeat": Rule(ADMIN, MANAGE),
    "failed_jobs_list": Rule(ADMIN, MANAGE),
    "failed_jobs_get": Rule(ADMIN, MANAGE),
    "failed_jobs_retry": Rule(ADMIN, MANAGE),
}

SOCKETS = {"feed"}
"""Sockets; their walls are proved in tests/feed."""


@dataclass(frozen=True)
class Operation:
    """One operation of the app."""

    name: str
    method: str
    path: str

    def names(self) -> list[str]:
        """Its path parameters beside the workspace, each by what it names."""
        parts = self.path.split("/")
        return [
            _named(parts[i - 1], part[1:-1])
            for i, part in enumerate(parts)
            if part.startswith("{") and part != "{workspace}"
        ]

    def url(self, names: Names) -> str:
        """The path with a tenant's things in it."""
        parts = self.path.split("/")
        return "/".join(
            names[_named(parts[i - 1], part[1:-1])] if part.startswith("{") else part
            for i, part in enumerate(parts)
        )


def _named(before: str, parameter: str) -> str:
    return f"{before.removesuffix('s')}_key" if parameter == "key" else parameter


def operations(app: FastAPI) -> dict[str, Operation]:
    return {
        route.name or "": Operation(route.name or "", method, route.path_format or "")
        for route in api_routes(app)
        for method in methods_of(route) - {"HEAD"}
    }


OPERATIONS = operations(create_app(Settings(database_url="postgresql://none")))


async def call(
    person: Person, operation: Operation, names: Names, rev: str = '"1"', body: Any = None
) -> httpx.Response:
    rule = WORKSPACE.get(operation.name)
    text = json.dumps(body if body is not None else rule.body if rule else None)
    query = rule.query if rule else ""
    for name, value in names.items():
        text, query = (sent.replace(f"{{{name}}}", value) for sent in (text, query))
    return await person.http.request(
        operation.method,
        operation.url(names) + query,
        headers={"If-Match": rev, "Content-Type": "application/json"},
        content=None if text == "null" else text,
    )


async def call_as_owner(tenant: Tenant, operation: Operation) -> httpx.Response:
    """The same call by somebody who may, from the revision that is there."""
    owner, names = tenant.team.owner, tenant.shown
    rev = '"1"'
    if operation.method == "PATCH":
        rev = (await owner.http.get(operation.url(names))).headers["ETag"]
    return await call(owner, operation, names, rev)


def test_every_route_is_classified(app: FastAPI) -> None:
    sockets = {
        route.name
        for route in iter_route_contexts(app.routes)
        if isinstance(route.original_route, APIWebSocketRoute)
    }
    assert set(OPERATIONS) == PUBLIC | set(ACCOUNT) | set(WORKSPACE)
    assert sockets == SOCKETS


@pytest.fixture
def operation(request: pytest.FixtureRequest) -> Operation:
    return OPERATIONS[request.param]


every_operation = pytest.mark.parametrize("operation", WORKSPACE, indirect=True)


@pytest.fixture(scope="module")
async def tenant(app: FastAPI, session_clock: MovableClock) -> Tenant:
    """A tenant in which every call of these tests is refused, so that nothing in it changes."""
    return await furnish(app, session_clock, "A")


@pytest.fixture(scope="module")
async def foreign(app: FastAPI, session_clock: MovableClock) -> Tenant:
    """Another tenant, whose things are tried on the first one."""
    return await furnish(app, session_clock, "B")


@every_operation
async def test_strangers_low_roles_and_small_scopes_stay_outside(
    operation: Operation, tenant: Tenant, foreign: Tenant
) -> None:
    rule = WORKSPACE[operation.name]
    answer = await call(foreign.team.owner, operation, tenant.shown)
    assert answer.status_code == 404, answer.text
    answer = await call(bearing(tenant.team.owner, "dl_unknown"), operation, tenant.shown)
    assert answer.status_code == 401, answer.text
    for role, person in tenant.people.items():
        if not role.includes(rule.role):
            answer = await call(person, operation, tenant.shown)
            assert answer.status_code == 403, (role, answer.text)
    if rule.scope is not READ:
        async with with_less_than(tenant.team.owner, rule.scope) as small:
            answer = await call(small, operation, tenant.shown)
        assert answer.status_code == 403, answer.text


@pytest.fixture(scope="module")
async def read(app: FastAPI, session_clock: MovableClock) -> Tenant:
    """A tenant in which every call of these tests only reads."""
    return await furnish(app, session_clock, "R")


@every_operation
async def test_the_same_call_succeeds_for_who_may(
    operation: Operation, app: FastAPI, clock: MovableClock, read: Tenant
) -> None:
    """So that a refusal above is the wall's, and not that of a malformed call.

    A token does all that needs no recent password, and nothing that does.
    """
    stage = WORKSPACE[operation.name].stage
    is_reading = operation.method == "GET" and not stage
    tenant = read if is_reading else await furnish(app, clock, "C", only_shown=True)
    if stage:
        tenant.shown["decision_key"] = await decision_at(tenant, stage)
    answer = await call_as_owner(tenant, operation)
    assert answer.is_success, answer.text
    in_person = "Cookie" in answer.request.headers
    assert in_person == (operation.name in NEED_A_RECENT_PASSWORD)


def bearing(owner: Person, token: str) -> Person:
    """The owner with another token."""
    http = httpx.AsyncClient(
        transport=owner.http._transport,
        base_url=owner.http.base_url,
        headers={"Authorization": f"Bearer {token}"},
    )
    return Person("other", owner.member_id, owner.account_id, token, owner.base, http)


@asynccontextmanager
async def with_less_than(owner: Person, scope: TokenScope) -> AsyncIterator[Person]:
    """The owner with a token of every scope below `scope`, which is revoked at the end."""
    below = ["read"] if scope is WRITE else ["read", "write"]
    made = await owner.post("/tokens", {"name": "small", "scopes": below, "expires_in_days": 1})
    yield bearing(owner, made.json()["secret"])
    await owner.delete(f"/tokens/{made.json()['id']}")


IN_TOPICS = {"topic_id", "message_id", "timer_id", "scheduled_id", "attachment_id"}
"""What is seen by those who see the topic."""

COUNTED = {"version", "decision_key"}
"""Numbers that every workspace counts from one: another tenant's names something of one's own."""


@pytest.mark.parametrize(
    "operation",
    [name for name in WORKSPACE if set(OPERATIONS[name].names()) - {"version"}],
    indirect=True,
)
async def test_what_belongs_to_others_is_not_there(
    operation: Operation, tenant: Tenant, foreign: Tenant
) -> None:
    """Things of another tenant, of a hidden project, of others' direct topics: 404."""
    if set(operation.names()) - COUNTED:
        names = foreign.shown | {"workspace": tenant.team.slug}
        answer = await call(tenant.team.owner, operation, names)
        assert answer.status_code == 404, answer.text
    guest, admin = tenant.people[GUEST], tenant.people[ADMIN]
    in_project = (IN_TOPICS | {"project_key", "task_key", "decision_key"}) & set(operation.names())
    if in_project and GUEST.includes(WORKSPACE[operation.name].role):
        answer = await call(guest, operation, tenant.hidden)
        assert answer.status_code == 404, answer.text
    if "decision_key" in operation.names() and GUEST.includes(WORKSPACE[operation.name].role):
        answer = await call(guest, operation, tenant.shown)
        assert answer.status_code == 404, "guests read public decisions alone"
    if IN_TOPICS & set(operation.names()):
        for outsider in (guest, admin):
            answer = await call(outsider, operation, tenant.direct)
            assert answer.status_code == 404, answer.text


@pytest.mark.parametrize("name", sorted(ACCOUNT))
async def test_account_routes_take_no_token_and_no_stranger(
    team: Team, visitor: httpx.AsyncClient, name: str
) -> None:
    operation = OPERATIONS[name]
    url = operation.path.replace("{session_id}", str(team.workspace_id))
    headers = {"If-Match": '"1"'}
    body = ACCOUNT[name]
    by_nobody = await visitor.request(operation.method, url, json=body, headers=headers)
    assert by_nobody.status_code == 401, by_nobody.text
    by_token = await team.owner.http.request(operation.method, url, json=body, headers=headers)
    assert by_token.status_code == 403, by_token.text
