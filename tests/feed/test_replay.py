"""Every action: its events, applied to the snapshot before it, give the snapshot after it."""

from typing import Any

import httpx

from dayline.kernel.db.events import Event
from tests.feed.actions import NO_EVENTS, STEPS
from tests.feed.reduce import apply_all, normal
from tests.feed.world import Step, World
from tests.live import Json, snapshot_of
from tests.recorded import recorded
from tests.team import Person, Team


async def test_events_applied_to_the_snapshot_before_give_the_snapshot_after(
    team: Team, visitor: httpx.AsyncClient
) -> None:
    world = await World.create(team, visitor)
    known = {handle: await snapshot_of(person) for handle, person in world.people.items()}
    for step in STEPS:
        before = len(await recorded(team))
        await step.take(world)
        assert len(await recorded(team)) > before, f"{step} records nothing"
        for handle, person in world.people.items():
            known[handle] = await _followed(step, handle, person, known[handle])
    for handle, person in world.people.items():
        now = await person.get("/snapshot")
        if now.status_code == httpx.codes.OK:  # some have no access any more
            assert normal(known[handle]) == normal(now.json()), handle
    happened = {row.kind for row in await recorded(team)}
    declared = {kind for kind in Event.all_kinds() if not kind.startswith("test.")}
    assert happened == declared, "every declared event has a step that records it"


async def _followed(step: Step, handle: str, person: Person, before: Json) -> Json:
    """What the person knows after the step, by their events alone unless they must be reset.

    Who is told nothing knows what they knew; that it is true shows when they are told something.
    """
    page: Any = await person.get("/events", since=before["seq"], epoch=before["epoch"], limit=1000)
    if page.status_code == 200 and not page.json()["events"]:
        assert handle not in step.resets
        return before | {"seq": page.json()["seq"]}
    after = await snapshot_of(person) if page.status_code != 401 else None
    if handle in step.resets:
        assert page.status_code in {401, 409}, f"{step}: {handle} is not told to read afresh"
        return after or before
    assert page.status_code == 200, f"{step}: {handle} got {page.text}"
    assert after is not None
    reduced = apply_all(before, page.json()["events"])
    reduced["seq"] = page.json()["seq"]
    assert normal(reduced) == normal(after), f"{step}: {handle}"
    return after


def test_no_operation_that_changes_something_is_forgotten(team: Team) -> None:
    changing = {
        operation["operationId"]
        for methods in team.app.openapi()["paths"].values()
        for method, operation in methods.items()
        if method != "get"
    }
    assert {step.operation for step in STEPS if step.operation} == changing - NO_EVENTS
