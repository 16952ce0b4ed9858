"""Projects: made, read, changed, archived."""

from typing import Any
from uuid import uuid4

import pytest

from dayline.identity.models import Role
from tests.recorded import head, kinds, recorded
from tests.team import Person, Team


async def made(person: Person, key: str = "ABC", **fields: Any) -> dict[str, Any]:
    answer = await person.post("/projects", {"key": key, "name": f"Project {key}", **fields})
    assert answer.status_code == 201, answer.text
    project: dict[str, Any] = answer.json()
    return project


async def test_a_project_is_made_as_it_is_then_read(team: Team) -> None:
    answer = await team.owner.post(
        "/projects",
        {
            "key": "abc",
            "name": "  Alpha  ",
            "purpose": "To **win**",
            "lead_id": str(team.owner.member_id),
            "starts_on": "2026-05-18",
            "due_on": "2026-06-30",
        },
    )
    project = answer.json()
    assert answer.status_code == 201
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Location"].endswith(f"/{team.slug}/projects/ABC")
    assert project == {
        "id": project["id"],
        "key": "ABC",
        "name": "Alpha",
        "purpose": "To **win**",
        "purpose_html": "<p>To <strong>win</strong></p>",
        "lead_id": str(team.owner.member_id),
        "condition": None,
        "starts_on": "2026-05-18",
        "due_on": "2026-06-30",
        "people": [],
        "created_at": "2026-05-18T07:00:00Z",
        "archived_at": None,
        "rev": 1,
    }
    read = await team.owner.get("/projects/aBc")
    assert read.json() == project
    assert read.headers["ETag"] == '"1"'


async def test_a_new_project_has_its_discussion_in_the_same_commit(team: Team) -> None:
    before = await head(team)
    project = await made(team.owner)
    events = await recorded(team, before)
    assert [event.kind for event in events] == ["project.created", "topic.opened"]
    assert events[0].data["project"] == project
    assert {event.audience_id for event in events} == {events[0].audience_id}
    topics = (await team.owner.get("/projects/ABC/topics")).json()
    assert topics == [events[1].data["topic"]]
    assert (topics[0]["kind"], topics[0]["main"]) == ("discussion", True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("key", "A"),
        ("key", "1AB"),
        ("key", "ABCDEFGHIJK"),
        ("key", "AB-C"),
        ("key", "ÄB"),
        ("key", "AB\n"),
        ("name", " "),
        ("name", "two\nlines"),
        ("name", "x" * 201),
        ("name", "nul\x00"),
        ("name", None),
        ("purpose", "x" * 20_001),
        ("purpose", None),
        ("due_on", "2026-13-01"),
        ("due_on", "10000-01-01"),
        ("lead_id", "sam"),
        ("colour", "red"),
    ],
)
async def test_a_bad_field_is_refused_by_name(team: Team, field: str, value: Any) -> None:
    answer = await team.owner.post("/projects", {"key": "ABC", "name": "Alpha", field: value})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_a_project_is_due_on_its_start_or_later(team: Team) -> None:
    dates = {"starts_on": "2026-05-18", "due_on": "2026-05-17"}
    answer = await team.owner.post("/projects", {"key": "ABC", "name": "Alpha", **dates})
    assert answer.json()["errors"] == [
        {"field": "due_on", "reason": "Pick an end that isn’t before the start."}
    ]
    await made(team.owner, starts_on="2026-05-18", due_on="2026-05-18")
    moved = await team.owner.patch("/projects/ABC", {"starts_on": "2026-05-19"}, rev=1)
    assert [error["field"] for error in moved.json()["errors"]] == ["due_on"]
    assert (await team.owner.get("/projects/ABC")).json()["starts_on"] == "2026-05-18"


async def test_the_lead_is_an_active_member_and_not_a_guest(team: Team) -> None:
    guest = await team.add("sam", Role.GUEST)
    for lead in (guest.member_id, uuid4()):
        answer = await team.owner.post(
            "/projects", {"key": "ABC", "name": "Alpha", "lead_id": str(lead)}
        )
        assert [error["field"] for error in answer.json()["errors"]] == ["lead_id"]


async def test_two_projects_do_not_share_a_key(team: Team) -> None:
    await made(team.owner)
    answer = await team.owner.post("/projects", {"key": "abc", "name": "Again"})
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:dayline:problem:key-taken"


async def test_another_workspace_has_keys_of_its_own(team: Team) -> None:
    other = await Team.create(team.app, team.clock)
    mine, theirs = await made(team.owner), await made(other.owner)
    assert mine["id"] != theirs["id"]
    assert [p["id"] for p in (await other.owner.get("/projects")).json()] == [theirs["id"]]
    await other.close()


async def test_sent_twice_with_one_key_a_project_is_made_once(team: Team) -> None:
    body = {"key": "ABC", "name": "Alpha"}
    first = await team.owner.post("/projects", body, Idempotency_Key="once")
    again = await team.owner.post("/projects", body, Idempotency_Key="once")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert len((await team.owner.get("/projects")).json()) == 1


async def test_a_change_names_its_fields_and_clears_what_is_null(team: Team) -> None:
    lead = str(team.owner.member_id)
    await made(team.owner, lead_id=lead, due_on="2026-06-30", purpose="Old")
    before = await head(team)
    answer = await team.owner.patch(
        "/projects/ABC", {"purpose": "*New*", "lead_id": None, "due_on": None}, rev=1
    )
    project = answer.json()
    assert answer.headers["ETag"] == '"2"'
    assert (project["lead_id"], project["due_on"], project["rev"]) == (None, None, 2)
    assert project["purpose_html"] == "<p><em>New</em></p>"
    assert project["name"] == "Project ABC"
    (event,) = await recorded(team, before)
    assert (event.kind, event.data["project"]) == ("project.changed", project)


async def test_a_change_to_what_is_already_so_tells_nobody(team: Team) -> None:
    project = await made(team.owner)
    before = await head(team)
    for edit in ({}, {"name": "Project ABC"}):
        assert (await team.owner.patch("/projects/ABC", edit, rev=1)).json() == project
    assert await recorded(team, before) == []


async def test_a_change_says_which_revision_it_was_made_from(team: Team) -> None:
    await made(team.owner)
    assert (await team.owner.patch("/projects/ABC", {"name": "B"})).status_code == 428
    assert (await team.owner.patch("/projects/ABC", {"name": "B"}, rev=2)).status_code == 412
    assert (await team.owner.patch("/projects/ABC", {"name": "B"}, rev=1)).status_code == 200
    assert (await team.owner.patch("/projects/ABC", {"name": "C"}, rev=1)).status_code == 412


@pytest.mark.parametrize("edit", [{"key": "XYZ"}, {"condition": "at_risk"}, {"name": None}])
async def test_the_key_and_the_condition_are_not_edited(team: Team, edit: dict[str, Any]) -> None:
    await made(team.owner)
    assert (await team.owner.patch("/projects/ABC", edit, rev=1)).status_code == 422


async def test_an_archived_project_is_read_and_listed_apart(team: Team) -> None:
    await made(team.owner)
    before = await head(team)
    archived = (await team.owner.put("/projects/ABC/archival")).json()
    again = (await team.owner.put("/projects/ABC/archival")).json()
    assert archived == again
    assert archived["archived_at"] == "2026-05-18T07:00:00Z"
    assert await kinds(team, before) == ["project.changed"]
    assert (await team.owner.get("/projects")).json() == []
    assert (await team.owner.get("/projects", archived=True)).json() == [archived]
    assert (await team.owner.get("/projects/ABC")).json() == archived
    back = (await team.owner.delete("/projects/ABC/archival")).json()
    assert back["archived_at"] is None
    assert (await team.owner.get("/projects")).json() == [back]


async def test_a_list_is_filtered_by_lead_and_condition(team: Team) -> None:
    lead = str(team.owner.member_id)
    await made(team.owner, "ABC", lead_id=lead)
    await made(team.owner, "DEF")
    await team.owner.post("/projects/DEF/updates", {"condition": "at_risk", "body": "Late"})
    assert await keys(team, lead=lead) == ["ABC"]
    assert await keys(team, condition="at_risk") == ["DEF"]
    assert await keys(team, condition="at_risk", lead=lead) == []


async def keys(team: Team, **params: Any) -> list[str]:
    return [project["key"] for project in (await team.owner.get("/projects", **params)).json()]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", ["CC", "AA", "BB"]),
        ("key", ["AA", "BB", "CC"]),
        ("created_at", ["BB", "CC", "AA"]),
        ("-created_at", ["AA", "CC", "BB"]),
        ("due_on", ["CC", "BB", "AA"]),
    ],
)
async def test_each_order_goes_page_by_page(team: Team, sort: str, order: list[str]) -> None:
    for key, name, due_on in [
        ("BB", "zeta", "2026-06-30"),
        ("CC", "alpha", "2026-06-01"),
        ("AA", "Beta", None),
    ]:
        await made(team.owner, key, name=name, due_on=due_on)
        team.clock.advance(minutes=1)
    assert await keys(team, sort=sort) == order
    found, url = [], f"{team.owner.base}/projects?sort={sort}&limit=1"
    while url:
        page = await team.owner.http.get(url)
        found += [project["key"] for project in page.json()]
        url = page.links.get("next", {}).get("url", "")
    assert found == order


async def test_a_cursor_of_another_order_is_refused(team: Team) -> None:
    await made(team.owner, "AA")
    await made(team.owner, "BB")
    page = await team.owner.get("/projects", limit=1)
    cursor = page.links["next"]["url"].split("cursor=")[1]
    for params in ({"cursor": cursor, "sort": "key"}, {"cursor": "nonsense"}):
        answer = await team.owner.get("/projects", **params)
        assert [error["field"] for error in answer.json()["errors"]] == ["cursor"]


async def test_what_is_not_there_or_not_theirs_is_not_found(team: Team) -> None:
    other = await Team.create(team.app, team.clock)
    await made(other.owner)
    member = str(team.owner.member_id)
    for answer in (
        await team.owner.get("/projects/ABC"),
        await team.owner.patch("/projects/ABC", {"name": "Mine"}, rev=1),
        await team.owner.put("/projects/ABC/archival"),
        await team.owner.delete("/projects/ABC/archival"),
        await team.owner.put(f"/projects/ABC/people/{member}"),
        await team.owner.delete(f"/projects/ABC/people/{member}"),
        await team.owner.http.get(f"{other.owner.base}/projects"),
    ):
        assert answer.status_code == 404
    await other.close()
