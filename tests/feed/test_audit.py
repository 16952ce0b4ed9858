"""The audit log: every event, newest first, for admins; direct topics stay with theirs."""

from typing import Any

import pytest

from dayline.identity.models import Role
from tests.feed.steps import a_busy_week, make_project, open_direct, say
from tests.recorded import recorded
from tests.team import Person, Team


async def turned(person: Person, **query: Any) -> list[Any]:
    """The rows of all pages."""
    answer = await person.get("/audit", **query)
    assert answer.status_code == 200, answer.text
    rows: list[Any] = answer.json()
    while "next" in answer.links:
        answer = await person.http.get(answer.links["next"]["url"])
        rows += answer.json()
    return rows


async def test_newest_first_page_by_page(team: Team) -> None:
    await a_busy_week(team, await team.add("gus", Role.GUEST))
    rows = await turned(team.owner, limit=3)
    numbers = [row["seq"] for row in rows]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) == len(set(numbers))
    assert rows == await turned(team.owner, limit=200)
    assert rows[-1]["kind"] == "workspace.created"


async def test_filters(team: Team) -> None:
    ann = await team.add("ann", Role.ADMIN)
    start = team.clock.now
    team.clock.advance(hours=1)
    await make_project(team, "ABC")
    team.clock.advance(hours=1)
    await ann.post("/projects", {"key": "DEF", "name": "By Ann"})
    anns = await turned(team.owner, actor=str(ann.member_id))
    assert {row["actor_id"] for row in anns} == {str(ann.member_id)}
    created = await turned(team.owner, kind="project.created")
    assert [row["data"]["project"]["key"] for row in created] == ["DEF", "ABC"]
    at = (team.clock.now.isoformat(), start.isoformat())
    assert await turned(team.owner, since=at[0]) == anns
    before = await turned(team.owner, until=at[0], kind="project.created")
    assert [row["data"]["project"]["key"] for row in before] == ["ABC"]
    assert await turned(team.owner, until=at[1]) == []
    assert await turned(team.owner, kind="no.such_kind") == []


async def test_direct_topics_of_others_are_not_in_it(team: Team) -> None:
    ann, bo = await team.add("ann", Role.ADMIN), await team.add("bo")
    topic = await open_direct(ann, bo)
    await say(bo, topic["id"])
    kinds = {"topic.opened", "message.posted"}
    assert kinds <= {row["kind"] for row in await turned(ann)}
    seen = await turned(team.owner)
    assert {row["audience"]["id"] for row in seen}.isdisjoint({topic["id"]})
    assert len(seen) == len([row for row in await recorded(team) if row.audience != "topic"])


@pytest.mark.parametrize("role", [Role.MEMBER, Role.GUEST])
async def test_it_is_for_admins(team: Team, role: Role) -> None:
    person = await team.add("sam", role)
    assert (await person.get("/audit")).status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        {"since": "yesterday"},
        {"since": "2026-05-18T07:00:00"},
        {"since": "0001-01-01T00:00:00+23:59"},
        {"until": "9999-12-31T23:59:59-23:59"},
        {"kind": "a b"},
        {"actor": "me"},
        {"cursor": "x"},
    ],
)
async def test_what_cannot_be_read_is_refused_by_name(team: Team, query: dict[str, str]) -> None:
    answer = await team.owner.get("/audit", **query)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == list(query)
