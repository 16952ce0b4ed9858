"""Views of the board: what they keep, who sees them, and who changes them."""

from dataclasses import fields
from typing import Any

import pytest

from dayline.identity.models import Role
from dayline.tasks.listing import TaskFilter
from dayline.views import actions
from dayline.views.schemas import ViewFilter, ViewFilterOut
from tests.live import snapshot_of
from tests.recorded import recorded
from tests.team import Person, Team
from tests.timers.desk import done, refused, task_topic

Json = dict[str, Any]

NOTHING: Json = {
    name: [] if name in ViewFilter.model_fields and field.default_factory is list else None
    for name, field in ViewFilter.model_fields.items()
}


async def made(person: Person, name: str = "Mine", **fields: Any) -> Json:
    view: Json = await done(person.post("/views", {"name": name, **fields}))
    return view


async def seen(person: Person) -> list[str]:
    """The names of the views that a person sees, by every door."""
    listed = [view["name"] for view in await done(person.get("/views"))]
    assert [view["name"] for view in (await snapshot_of(person))["views"]] == listed
    return listed


def test_a_view_keeps_every_filter_of_the_list_and_no_other() -> None:
    names = {field.name for field in fields(TaskFilter)}
    assert set(ViewFilter.model_fields) == set(ViewFilterOut.model_fields) == names


async def test_a_view_is_kept_as_it_is(team: Team) -> None:
    view = await made(team.owner)
    assert view == {
        "id": view["id"],
        "owner_id": str(team.owner.member_id),
        "name": "Mine",
        "filter": NOTHING,
        "sort": "-updated_at",
        "group_by": "state",
        "shared": False,
        "created_at": "2026-05-18T07:00:00Z",
        "deleted_at": None,
        "rev": 1,
    }
    assert await done(team.owner.get(f"/views/{view['id']}")) == view
    assert (await recorded(team))[-1].data == {"view": view}


async def test_its_filter_is_the_query_of_the_list(team: Team) -> None:
    await task_topic(team.owner)
    new = {"project": "ABC", "title": "Mine", "assignee_id": str(team.owner.member_id)}
    await done(team.owner.post("/tasks", new | {"labels": ["Web"], "due_on": "2026-06-01"}))
    wanted = {
        "project": ["abc"],
        "assignee": ["me"],
        "label": ["web"],
        "due_before": "2026-07-01",
        "updated_since": "2026-05-18T09:00:00+03:00",
        "open": True,
    }
    view = await made(team.owner, filter=wanted, sort="key", group_by="project")
    assert view["filter"] == NOTHING | wanted | {
        "project": ["ABC"],
        "updated_since": "2026-05-18T06:00:00Z",
    }
    query = {name: value for name, value in view["filter"].items() if value not in (None, [])}
    found = await done(team.owner.get("/tasks", **query, sort=view["sort"]))
    assert [task["title"] for task in found] == ["Mine"]


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"states": ["todo"]}, "filter.states"),
        ({"state": ["doing"]}, "filter.state.0"),
        ({"assignee": ["nobody"]}, "filter.assignee.0"),
        ({"due_before": 5}, "filter.due_before"),
        ({"label": ["a"] * 51}, "filter.label"),
    ],
)
async def test_what_the_list_would_refuse_is_refused(team: Team, wanted: Json, field: str) -> None:
    answer = await team.owner.post("/views", {"name": "Wrong", "filter": wanted})
    assert list(refused(answer)) == [field]


async def test_ones_own_are_nobody_elses_and_shared_ones_are_the_teams(team: Team) -> None:
    sam, gus = await team.add("sam"), await team.add("gus", Role.GUEST)
    own = await made(sam)
    await made(sam, "Ours", shared=True)
    await made(gus, "A guest's")
    assert await seen(sam) == ["Mine", "Ours"]
    assert await seen(team.owner) == ["Ours"]
    assert await seen(gus) == ["A guest's"]
    assert (await team.owner.get(f"/views/{own['id']}")).status_code == 404
    assert (await gus.post("/views", {"name": "All", "shared": True})).json()["type"] == (
        "urn:dayline:problem:guests-share-none"
    )


async def test_a_shared_one_is_changed_by_its_owner_and_by_admins(team: Team) -> None:
    sam, eve = await team.add("sam"), await team.add("eve")
    path = f"/views/{(await made(sam, 'Ours', shared=True))['id']}"
    for refusal in (await eve.patch(path, {"name": "X"}, 1), await eve.delete(path)):
        assert refusal.json()["type"] == "urn:dayline:problem:not-your-view"
    assert (await done(team.owner.patch(path, {"name": "All"}, 1)))["rev"] == 2
    assert (await sam.patch(path, {"name": "Old"}, 1)).status_code == 412
    assert (await done(sam.patch(path, {"group_by": "project"}, 2)))["name"] == "All"
    assert await done(sam.delete(path)) is None
    assert await seen(sam) == []


async def test_the_same_again_changes_nothing(team: Team) -> None:
    view = await made(team.owner, filter={"state": ["todo"]})
    before = await recorded(team)
    same = {"name": "Mine", "filter": {"state": ["todo"]}, "shared": False}
    assert await done(team.owner.patch(f"/views/{view['id']}", same, 1)) == view
    assert await recorded(team) == before


async def test_what_is_shared_no_longer_leaves_the_others_and_stays_with_its_owner(
    team: Team,
) -> None:
    sam, eve = await team.add("sam"), await team.add("eve")
    view = await made(sam, "Ours", shared=True)
    await done(sam.patch(f"/views/{view['id']}", {"shared": False, "name": "Secret"}, 1))
    gone, kept = (await recorded(team))[-2:]
    assert (gone.kind, gone.audience.value, gone.data["view"]["name"]) == (
        "view.deleted",
        "team",
        "Ours",
    )
    assert gone.data["view"]["deleted_at"] is not None
    assert (kept.kind, kept.audience.value, kept.audience_id) == (
        "view.changed",
        "member",
        sam.member_id,
    )
    assert (await seen(sam), await seen(eve)) == (["Secret"], [])


async def test_nobody_has_views_without_end(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_OWN", 1)
    await made(team.owner)
    answer = await team.owner.post("/views", {"name": "One more"})
    assert (answer.status_code, answer.json()["most"]) == (409, 1)
