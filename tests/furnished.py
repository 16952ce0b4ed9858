"""Two tenants with everything in them that a route can name."""

from dataclasses import dataclass, field
from typing import Any

import httpx
from fastapi import FastAPI

from dayline.identity.models import Role
from dayline.notify.relay import RELAY
from tests.clock import MovableClock
from tests.failed_jobs.failing import given_up
from tests.notices.desk import listed, work
from tests.team import Person, Team

Names = dict[str, str]
"""What stands for each parameter of a path, and for each `{name}` in a body."""


@dataclass
class Tenant:
    """A team of four roles, and what its owner made in it."""

    team: Team
    people: dict[Role, Person]
    shown: Names = field(default_factory=dict)
    """Things of a project that the guest was added to."""
    hidden: Names = field(default_factory=dict)
    """Things of a project that the guest was not added to."""
    direct: Names = field(default_factory=dict)
    """A direct topic between the owner and the member."""


async def furnish(
    app: FastAPI, clock: MovableClock, prefix: str, *, only_shown: bool = False
) -> Tenant:
    """A tenant whose project keys begin with `prefix`; `only_shown` leaves the rest empty."""
    team = await Team.create(app, clock)
    people = {Role.OWNER: team.owner}
    for role in (Role.ADMIN, Role.MEMBER, Role.GUEST):
        people[role] = await team.add(f"the-{role.value}", role)
    tenant = Tenant(team, people)
    common = await _things_of_the_workspace(tenant) | await _parts_of_a_calendar(tenant)
    tenant.shown = common | await _project(tenant, f"{prefix}S")
    guest = people[Role.GUEST].member_id
    await _made(team.owner.put(f"/projects/{prefix}S/people/{guest}"))
    if not only_shown:
        tenant.hidden = common | await _project(tenant, f"{prefix}H")
        tenant.direct = common | await _direct(tenant)
    told = await _deliveries(tenant) | await _notices(tenant)
    for names in (tenant.shown, tenant.hidden, tenant.direct):
        names.update(told)
    return tenant


async def _made(request: Any) -> Any:
    answer: httpx.Response = await request
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


async def _things_of_the_workspace(tenant: Tenant) -> Names:
    owner = tenant.team.owner
    invite = await _made(owner.post("/invites", {"email": "new@example.org", "role": "member"}))
    token = await _made(
        owner.post("/tokens", {"name": "script", "scopes": ["read"], "expires_in_days": 1})
    )
    view = await _made(owner.post("/views", {"name": "Ours", "shared": True}))
    reference = await _made(owner.post("/references", {"title": "VAT", "body": "19 %"}))
    noted = await _made(owner.post("/explanations", {"words": "The release process"}))
    return {
        "workspace": tenant.team.slug,
        "member_id": str(tenant.people[Role.MEMBER].member_id),
        "admin_id": str(tenant.people[Role.ADMIN].member_id),
        "invite_id": invite["id"],
        "view_id": view["id"],
        "token_id": token["id"],
        "reference_id": reference["id"],
        "explanation_id": noted["explanation"]["id"],
        "subject_id": noted["subject"]["id"],
        "version": "1",
    }


async def _parts_of_a_calendar(tenant: Tenant) -> Names:
    """The calendar of the member, with one of everything."""
    owner, member = tenant.team.owner, f"/members/{tenant.people[Role.MEMBER].member_id}"
    place = {"country": "DE", "subdivision": "BY"}
    monday = {"weekly": {"mon": [{"start": "09:00", "end": "17:00"}]}}
    days = {"starts_on": "2026-07-06", "ends_on": "2026-07-10"}
    block = {"days": ["tue"], "start": "09:00", "end": "11:00"}
    await _made(owner.patch(f"{member}/calendar", place, 1))
    await _made(owner.put(f"{member}/hours/2026-06-01", monday))
    await _made(owner.put(f"{member}/overrides/2026-06-02", {"intervals": []}))
    time_off = await _made(owner.post(f"{member}/time-off", days))
    focus_block = await _made(owner.post(f"{member}/focus-blocks", block))
    (holiday, *_) = await _made(owner.get("/holidays", **place, year=2026))
    return {
        "effective_from": "2026-06-01",
        "date": "2026-06-02",
        "time_off_id": time_off["id"],
        "focus_block_id": focus_block["id"],
        "holiday_id": holiday["id"],
    }


async def _project(tenant: Tenant, key: str) -> Names:
    owner = tenant.team.owner
    await _made(owner.post("/projects", {"key": key, "name": key}))
    task = await _made(owner.post("/tasks", {"project": key, "title": "One"}))
    other = await _made(owner.post("/tasks", {"project": key, "title": "Other"}))
    topic = await _made(owner.post(f"/projects/{key}/topics", {"title": "A question"}))
    message, attachment_id = await _message_with_file(owner, topic["id"])
    timer_id = await _asked(tenant, topic["id"])
    return {
        "project_key": key,
        "decision_key": await _draft(owner, tenant.people[Role.MEMBER], key),
        "task_key": task["key"],
        "other_key": other["key"],
        "topic_id": topic["id"],
        "message_id": message["id"],
        "attachment_id": attachment_id,
        "timer_id": timer_id,
        "scheduled_id": await _scheduled(owner, topic["id"]),
    }


async def _draft(proposer: Person, asked: Person, project_key: str) -> str:
    """The key of a draft that makes all five points; its proposer decides."""
    new = {
        "project": project_key,
        "title": "Which one",
        "context": "There are two.",
        "recommendation": "The first one.",
        "options": [{"title": "One"}, {"title": "Other"}],
        "input_due_at": "2026-05-20T19:00:00Z",
        "decider_id": str(proposer.member_id),
        "stakeholders": [{"member_id": str(asked.member_id)}],
    }
    key: str = (await _made(proposer.post("/decisions", new)))["key"]
    return key


async def decision_at(tenant: Tenant, stage: str) -> str:
    """The key of a decision that is `open` or `closed`, of the owner's; or `asked` of the owner or
    `decided` with them, of the member's.
    """
    owner, member = tenant.team.owner, tenant.people[Role.MEMBER]
    proposer, asked = (owner, member) if stage in {"open", "closed"} else (member, owner)
    key = await _draft(proposer, asked, tenant.shown["project_key"])
    await _made(proposer.post(f"/decisions/{key}/open"))
    if stage in {"closed", "decided"}:
        await _made(asked.put(f"/decisions/{key}/input", {"stance": "agree"}))
    if stage == "decided":
        outcome = {"outcome": "The first one.", "rationale": "It is there."}
        await _made(proposer.post(f"/decisions/{key}/decide", outcome))
    return key


async def _message_with_file(owner: Person, topic_id: str) -> tuple[Any, str]:
    """A message on which a file hangs, and the file's id."""
    uploaded = await _made(owner.http.post(f"{owner.base}/attachments", content=b"A plan"))
    new = {"body": "Hello", "attachments": [uploaded["id"]]}
    return await _made(owner.post(f"/topics/{topic_id}/messages", new)), uploaded["id"]


async def _asked(tenant: Tenant, topic_id: str) -> str:
    """The timer of what the member asks the owner in a topic."""
    asks = [str(tenant.team.owner.member_id)]
    new = {"body": "Which one?", "asks": asks}
    member = tenant.people[Role.MEMBER]
    message = await _made(member.post(f"/topics/{topic_id}/messages", new))
    timer_id: str = message["asks"][0]["timer_id"]
    return timer_id


async def _scheduled(person: Person, topic_id: str) -> str:
    later = {"body": "Later", "send_at": "2026-05-19T12:00:00Z"}
    scheduled: Names = await _made(person.post(f"/topics/{topic_id}/scheduled-messages", later))
    return scheduled["id"]


async def _direct(tenant: Tenant) -> Names:
    owner = tenant.team.owner
    member = str(tenant.people[Role.MEMBER].member_id)
    topic = await _made(owner.post("/direct-topics", {"participants": [member], "title": "Us"}))
    message, attachment_id = await _message_with_file(owner, topic["id"])
    return {
        "topic_id": topic["id"],
        "message_id": message["id"],
        "attachment_id": attachment_id,
        "timer_id": await _asked(tenant, topic["id"]),
        "scheduled_id": await _scheduled(owner, topic["id"]),
    }


async def _deliveries(tenant: Tenant) -> Names:
    """A subscription whose webhook nobody serves, and a delivery that was dropped."""
    owner, team = tenant.team.owner, tenant.team
    new = {"name": "#ops", "url": "http://127.0.0.1:1/services/ops", "kinds": ["task_state"]}
    subscription = await _made(owner.post("/subscriptions", new))
    key = tenant.shown["task_key"]
    await _made(owner.patch(f"/tasks/{key}", {"state": "todo"}, 1))
    while await RELAY.handle_next(team.app.state.sessions, team.clock, team.workspace_id):
        pass
    path = f"/subscriptions/{subscription['id']}"
    for rev, enabled in enumerate((False, True), start=1):
        await _made(owner.patch(path, {"enabled": enabled}, rev))
    (delivery,) = await _made(owner.get("/deliveries"))
    job = await given_up(team, team.owner.member_id)
    return {
        "subscription_id": subscription["id"],
        "delivery_id": delivery["id"],
        "job_id": job["id"],
    }


async def _notices(tenant: Tenant) -> Names:
    """What the owner was told of the question in the shown project."""
    await work(tenant.team)
    asked = await listed(tenant.team.owner, kind="asked")
    (notice,) = [each for each in asked if each["timer_id"] == tenant.shown["timer_id"]]
    return {"notice_id": notice["id"]}
