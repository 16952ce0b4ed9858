"""Events by number: pages that cover withheld ones, and resets where one cannot go on."""

from uuid import uuid4

import pytest

from dayline.identity.models import Role
from tests.feed.steps import a_busy_week, make_project, take_off_project
from tests.live import Json, snapshot_of
from tests.recorded import head, recorded
from tests.team import Person, Team

RESET = "urn:dayline:problem:feed-reset"


async def pages(person: Person, limit: int) -> list[Json]:
    """All pages from the beginning, as a client turns them."""
    found: list[Json] = []
    while not found or found[-1]["seq"] < found[-1]["head"]:
        since = found[-1]["seq"] if found else 0
        answer = await person.get("/events", since=since, limit=limit)
        assert answer.status_code == 200
        found.append(answer.json())
    return found


async def test_pages_join_without_gap_or_overlap(team: Team) -> None:
    guest = await team.add("gus", Role.GUEST)
    await a_busy_week(team, guest)
    for person in (team.owner, guest):
        whole = (await pages(person, 1000))[0]
        for limit in (1, 2, 7):
            turned = await pages(person, limit)
            assert [e for page in turned for e in page["events"]] == whole["events"]
            assert [page["since"] for page in turned] == [0, *(p["seq"] for p in turned[:-1])]
            assert turned[-1]["seq"] == whole["seq"] == await head(team)


async def test_an_event_shows_what_was_recorded(team: Team) -> None:
    await make_project(team, "ABC")
    latest = (await recorded(team))[-1]
    page = (await team.owner.get("/events", since=latest.seq - 1)).json()
    assert page["events"] == [
        {
            "seq": latest.seq,
            "id": str(latest.id),
            "kind": latest.kind,
            "at": "2026-05-18T07:00:00Z",
            "actor_id": str(team.owner.member_id),
            "audience": {"kind": latest.audience.value, "id": str(latest.audience_id)},
            "data": latest.data,
        }
    ]


async def test_a_guest_gets_what_happens_in_their_projects_alone(team: Team) -> None:
    guest = await team.add("gus", Role.GUEST)
    await a_busy_week(team, guest)
    projects = {p["key"]: p["id"] for p in (await snapshot_of(team.owner))["projects"]}
    page = (await guest.get("/events", limit=1000)).json()
    named = {e["audience"]["id"] for e in page["events"] if e["audience"]["kind"] == "project"}
    assert named == {projects["ABC"]}
    await take_off_project(team, "ABC", guest)
    page = (await guest.get("/events", limit=1000)).json()
    assert [e for e in page["events"] if e["audience"]["kind"] == "project"] == []


@pytest.mark.parametrize("reason", ["epoch", "access", "ahead"])
async def test_reset_where_one_cannot_go_on(team: Team, reason: str) -> None:
    snapshot = await snapshot_of(team.owner)
    history, _, access = snapshot["epoch"].partition(".")
    query = {
        "epoch": {"epoch": f"{uuid4()}.{access}", "since": 1},
        "access": {"epoch": f"{history}.0123456789abcdef", "since": 1},
        "ahead": {"since": snapshot["seq"] + 1},
    }[reason]
    answer = await team.owner.get("/events", **query)
    assert answer.status_code == 409
    problem = answer.json()
    assert problem["type"] == RESET
    assert problem["reason"] == reason
    assert (problem["epoch"], problem["head"]) == (snapshot["epoch"], snapshot["seq"])


async def test_a_role_or_a_project_that_changed_makes_another_epoch(team: Team) -> None:
    guest = await team.add("gus", Role.GUEST)
    await make_project(team, "ABC")
    before = await snapshot_of(guest)
    await team.owner.put(f"/projects/ABC/people/{guest.member_id}")
    query = {"since": before["seq"], "epoch": before["epoch"]}
    assert (await guest.get("/events", **query)).json()["reason"] == "access"
    await team.owner.delete(f"/projects/ABC/people/{guest.member_id}")
    again = await guest.get("/events", **query)
    assert again.status_code == 200  # sees what it saw before, and gets all that it missed of it


@pytest.mark.parametrize("query", [{"since": -1}, {"since": 2**63}, {"limit": 0}, {"limit": 1001}])
async def test_numbers_out_of_range_are_refused_by_name(team: Team, query: Json) -> None:
    answer = await team.owner.get("/events", **query)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == list(query)


async def test_another_tenant_finds_nothing(team: Team) -> None:
    other = await Team.create(team.app, team.clock)
    for path in ("/events", "/snapshot", "/audit"):
        assert (await team.owner.http.get(other.owner.base + path)).status_code == 404
    await other.close()
