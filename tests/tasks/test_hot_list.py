"""The list of tasks as PostgreSQL writes it: byte for byte the idiomatic one, and never stale."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from pydantic import TypeAdapter
from sqlalchemy import text

from dayline.app import create_app
from dayline.identity.models import Role
from dayline.kernel.ops.settings import Settings
from dayline.tasks.queries import task_documents
from dayline.tasks.schemas import TaskCard
from tests.clock import MovableClock
from tests.feed.actions import STEPS
from tests.feed.world import World
from tests.furnished import furnish
from tests.races import acting
from tests.tasks.desk import Desk, done
from tests.team import Person, Team

CARDS = TypeAdapter(list[TaskCard])
ADDRESSES = ("/tasks", "/tasks?sort=key&open=true&limit=1", "/tasks?label=one&sort=-priority")


async def same_bytes(team: Team, person: Person, role: Role) -> int:
    """Compare both forms as `person` sees them; how many tasks they are."""
    answer = await person.get("/tasks", limit=200, sort="created_at")
    async with acting(team, person, role) as caller:
        cards = {card.id: card for card in await task_documents(caller)}
    shown = [cards.pop(card.id) for card in CARDS.validate_json(answer.content)]
    assert answer.content == CARDS.dump_json(shown)
    assert not cards
    return len(shown)


async def test_each_card_is_what_the_idiomatic_form_writes(desk: Desk) -> None:
    team = desk.team
    for title, after in {
        'Quotes " and \\ and </script>': {"microseconds": 120},
        "Ünïcödé 🎈 \u2028 \x7f": {"microseconds": 100_000},
        "The last day": {"seconds": 1},
    }.items():
        team.clock.advance(**after)
        parent = await desk.task(title.replace("\x7f", ""), labels=["b", "Ä", 'a"'])
        child = await desk.task("Child", parent=parent["key"], due_on="9999-12-31", state="done")
        done(await desk.owner.put(f"/tasks/{child['key']}/blockers/{parent['key']}"))
        done(await desk.owner.put(f"/tasks/{child['key']}/watchers/{desk.owner.member_id}"))
    assert await same_bytes(team, desk.owner, Role.OWNER) == 6


async def test_everybody_sees_their_own_tasks_in_both_forms(
    app: FastAPI, clock: MovableClock
) -> None:
    tenant = await furnish(app, clock, "HOT")
    seen = {role: await same_bytes(tenant.team, who, role) for role, who in tenant.people.items()}
    assert 0 < seen[Role.GUEST] < seen[Role.MEMBER] == seen[Role.OWNER]
    await tenant.team.close()


async def test_whatever_changes_a_list_changes_its_tag(
    team: Team, visitor: httpx.AsyncClient
) -> None:
    world = await World.create(team, visitor)
    known = await _read(world)
    changed = 0
    for step in STEPS:
        await step.take(world)
        for place, before in known.items():
            await _is_never_stale(f"{step}: {place}", world, place, before)
        after = await _read(world)
        changed += sum(after[place].content != known[place].content for place in known)
        known = after
    assert changed > len(known)


Place = tuple[str, str]
READERS = ("owner", "mel", "gus")
"""Each role whose lists differ; the other people of the world see what one of these sees."""


async def _read(world: World) -> dict[Place, httpx.Response]:
    return {
        (handle, address): await _get(person, address)
        for handle, person in world.people.items()
        if handle in READERS
        for address in ADDRESSES
    }


async def _is_never_stale(what: str, world: World, place: Place, before: httpx.Response) -> None:
    if before.status_code != 200:
        return
    handle, address = place
    person = world.people[handle]
    again = await _get(person, address, **{"If-None-Match": before.headers["ETag"]})
    if again.status_code == 304:
        now = await _get(person, address)
        assert now.content == before.content, what
        assert now.headers.get("Link") == before.headers.get("Link"), what


async def _get(person: Person, address: str, **headers: str) -> httpx.Response:
    return await person.http.get(person.base + address, headers=headers)


async def test_a_tag_is_good_for_nobody_else_and_nowhere_else(desk: Desk) -> None:
    await desk.task()
    other = await desk.team.add("maria")
    tag = (await desk.owner.get("/tasks")).headers["ETag"]
    named = {"If-None-Match": tag}
    assert (await _get(desk.owner, "/tasks", **named)).status_code == 304
    assert (await _get(other, "/tasks", **named)).status_code == 200
    assert (await _get(desk.owner, "/tasks?limit=7", **named)).status_code == 200
    assert (await _get(desk.owner, "/projects", **named)).status_code == 200
    desk.owner.http.headers["Authorization"] = "Bearer dl_nobody"
    assert (await _get(desk.owner, "/tasks", **named)).status_code == 401


@pytest.mark.parametrize("role", [Role.MEMBER, Role.GUEST])
async def test_a_tag_is_of_one_member_and_not_of_their_role(desk: Desk, role: Role) -> None:
    """Two of the same role see different things: who watches, who was added to a project."""
    await desk.task()
    one, other = await desk.team.add("maria", role), await desk.team.add("nia", role)
    tags = [(await person.get("/tasks")).headers["ETag"] for person in (one, other)]
    assert tags[0] != tags[1]
    assert (await _get(one, "/tasks", **{"If-None-Match": tags[0]})).status_code == 304
    assert (await _get(other, "/tasks", **{"If-None-Match": tags[0]})).status_code == 200


async def test_a_tag_is_the_same_by_every_credential_of_a_member(desk: Desk) -> None:
    await desk.task()
    body = {"name": "script", "scopes": ["read"], "expires_in_days": 1}
    secret = done(await desk.owner.post("/tokens", body), 201)["secret"]
    bearing = {"Authorization": f"Bearer {secret}"}
    tags = {(await _get(desk.owner, "/tasks", **how)).headers["ETag"] for how in ({}, bearing)}
    assert len(tags) == 1


async def test_another_release_answers_afresh(desk: Desk, settings: Settings) -> None:
    await desk.task()
    tag = (await desk.owner.get("/tasks")).headers["ETag"]
    newer = create_app(settings, desk.team.clock)
    newer.version = "9.9"
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=newer), base_url="http://localhost:8080"
    ) as client:
        client.headers = desk.owner.http.headers
        answer = await client.get(desk.owner.base + "/tasks", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    await newer.state.engine.dispose()


@pytest.mark.parametrize("setting", ["force_generic_plan", "force_custom_plan"])
async def test_the_connection_comes_back_without_a_workspace(desk: Desk, setting: str) -> None:
    await desk.task()
    engine = desk.team.app.state.engine
    for _ in range(20):
        assert (await desk.owner.get("/tasks")).status_code == 200
    async with engine.connect() as connection:
        await connection.execute(text(f"SET LOCAL plan_cache_mode = {setting}"))
        seen: Any = await connection.execute(text("SELECT count(*) FROM tasks"))
        assert seen.scalar_one() == 0
