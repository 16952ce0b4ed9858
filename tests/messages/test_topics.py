"""Topics of projects: opened, renamed, resolved, listed."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from dayline.conversations.models import Topic, TopicKind
from dayline.identity.models import Role
from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from tests.messages.talk import discussion, project, said, titles
from tests.recorded import head, kinds, recorded
from tests.team import Team


async def test_a_discussion_is_opened_with_its_first_message(team: Team) -> None:
    made = await project(team.owner)
    before = await head(team)
    answer = await team.owner.post("/projects/abc/topics", {"title": " Colours ", "body": "Blue?"})
    topic = answer.json()
    assert answer.status_code == 201
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Location"] == f"{team.owner.base}/topics/{topic['id']}"
    assert topic == {
        "id": topic["id"],
        "kind": "discussion",
        "project_id": made["id"],
        "title": "Colours",
        "main": False,
        "participants": [],
        "created_at": "2026-05-18T07:00:00Z",
        "created_by": str(team.owner.member_id),
        "resolved_at": None,
        "resolved_by": None,
        "message_count": 1,
        "last_message_at": "2026-05-18T07:00:00Z",
        "rev": 1,
    }
    read = await team.owner.get(f"/topics/{topic['id']}")
    assert (read.json(), read.headers["ETag"]) == (topic, '"1"')
    events = await recorded(team, before)
    assert [event.kind for event in events] == ["topic.opened", "message.posted"]
    assert [event.data["topic"]["message_count"] for event in events] == [0, 1]
    assert {str(event.audience_id) for event in events} == {made["id"]}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "two\nlines"),
        ("title", "x" * 201),
        ("title", None),
        ("body", " "),
        ("body", "nul\x00"),
        ("body", "x" * 20_001),
        ("kind", "direct"),
    ],
)
async def test_a_bad_field_is_refused_by_name(team: Team, field: str, value: Any) -> None:
    await project(team.owner)
    answer = await team.owner.post("/projects/ABC/topics", {"title": "Colours", field: value})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_an_archived_project_takes_no_new_topics_and_updates(team: Team) -> None:
    await project(team.owner)
    topic = await discussion(team.owner)
    await team.owner.put("/projects/ABC/archival")
    before = await head(team)
    for answer in (
        await team.owner.post("/projects/ABC/topics", {"title": "Late"}),
        await team.owner.post("/projects/ABC/updates", {"condition": "at_risk", "body": "Late"}),
    ):
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:dayline:problem:archived")
    assert await recorded(team, before) == []
    assert (await said(team.owner, topic))["body"] == "Hello"


async def test_a_title_is_changed_from_its_revision(team: Team) -> None:
    await project(team.owner)
    path = f"/topics/{(await discussion(team.owner))['id']}"
    assert (await team.owner.patch(path, {"title": "Shapes"})).status_code == 428
    assert (await team.owner.patch(path, {"title": "Shapes"}, rev=7)).status_code == 412
    before = await head(team)
    answer = await team.owner.patch(path, {"title": "Shapes"}, rev=1)
    assert (answer.json()["title"], answer.headers["ETag"]) == ("Shapes", '"2"')
    for edit in ({}, {"title": "Shapes"}):
        assert (await team.owner.patch(path, edit, rev=2)).json() == answer.json()
    (event,) = await recorded(team, before)
    assert (event.kind, event.data["topic"]) == ("topic.changed", answer.json())


async def test_messages_do_not_outdate_a_rename(team: Team) -> None:
    await project(team.owner)
    topic = await discussion(team.owner)
    await said(team.owner, topic)
    answer = await team.owner.patch(f"/topics/{topic['id']}", {"title": "Shapes"}, rev=1)
    assert (answer.status_code, answer.json()["message_count"]) == (200, 1)


async def test_resolving_and_reopening_are_told_once(team: Team) -> None:
    await project(team.owner)
    topic = await discussion(team.owner)
    path = f"/topics/{topic['id']}/resolution"
    before = await head(team)
    for _ in range(2):
        resolved = (await team.owner.put(path)).json()
        team.clock.advance(minutes=1)
    assert resolved["resolved_at"] == "2026-05-18T07:00:00Z"
    assert resolved["resolved_by"] == str(team.owner.member_id)
    for _ in range(2):
        reopened = (await team.owner.delete(path)).json()
    assert (reopened["resolved_at"], reopened["resolved_by"]) == (None, None)
    events = await recorded(team, before)
    assert [event.kind for event in events] == ["topic.resolved", "topic.reopened"]
    assert [event.data["topic"] for event in events] == [resolved, reopened]


async def test_of_racers_that_resolve_one_is_told(team: Team) -> None:
    await project(team.owner)
    topic = await discussion(team.owner)
    before = await head(team)
    answers = await asyncio.gather(
        *(team.owner.put(f"/topics/{topic['id']}/resolution") for _ in range(6))
    )
    assert {answer.status_code for answer in answers} == {200}
    assert await kinds(team, before) == ["topic.resolved"]


async def test_a_resolved_topic_takes_messages_and_stays_resolved(team: Team) -> None:
    await project(team.owner)
    topic = await discussion(team.owner)
    await team.owner.put(f"/topics/{topic['id']}/resolution")
    await said(team.owner, topic)
    after = (await team.owner.get(f"/topics/{topic['id']}")).json()
    assert after["resolved_at"] is not None
    assert after["message_count"] == 1


async def test_a_guest_talks_in_their_projects_and_steers_what_they_opened(team: Team) -> None:
    guest = await team.add("gail", Role.GUEST)
    await project(team.owner, guests=(guest,))
    theirs, ours = await discussion(guest, title="Mine"), await discussion(team.owner)
    await said(guest, ours)
    assert (await guest.put(f"/topics/{theirs['id']}/resolution")).status_code == 200
    assert (await guest.patch(f"/topics/{theirs['id']}", {"title": "X"}, rev=2)).status_code == 200
    for answer in (
        await guest.put(f"/topics/{ours['id']}/resolution"),
        await guest.delete(f"/topics/{ours['id']}/resolution"),
        await guest.patch(f"/topics/{ours['id']}", {"title": "X"}, rev=1),
    ):
        assert answer.status_code == 403
        assert answer.json()["type"] == "urn:dayline:problem:opener-or-team-only"


async def test_a_guest_finds_nothing_of_other_projects(team: Team) -> None:
    guest = await team.add("gail", Role.GUEST)
    await project(team.owner, "ABC", guests=(guest,))
    await project(team.owner, "DEF")
    topic = await discussion(team.owner, "DEF", "Secret")
    message = await said(team.owner, topic)
    for answer in (
        await guest.get("/projects/DEF/topics"),
        await guest.get("/projects/DEF/updates"),
        await guest.post("/projects/DEF/topics", {"title": "Mine"}),
        await guest.get(f"/topics/{topic['id']}"),
        await guest.get(f"/topics/{topic['id']}/messages"),
        await guest.post(f"/topics/{topic['id']}/messages", {"body": "Hi"}),
        await guest.put(f"/topics/{topic['id']}/resolution"),
        await guest.patch(f"/topics/{topic['id']}", {"title": "X"}, rev=1),
        await guest.get(f"/messages/{message['id']}"),
        await guest.patch(f"/messages/{message['id']}", {"body": "X"}, rev=1),
        await guest.put(f"/messages/{message['id']}/withdrawal"),
    ):
        assert answer.status_code == 404
    assert await titles(guest) == ["Discussion"]
    assert await titles(guest, project="DEF") == []


async def test_topics_are_filtered(team: Team) -> None:
    await project(team.owner, "ABC")
    await project(team.owner, "DEF")
    await discussion(team.owner, "DEF", "Done")
    done = (await team.owner.get("/topics", project="def", sort="-created_at")).json()[0]
    await team.owner.put(f"/topics/{done['id']}/resolution")
    await team.owner.post("/projects/ABC/updates", {"condition": "off_track", "body": "Stuck"})
    assert await titles(team.owner, resolved=True) == ["Done"]
    assert await titles(team.owner, project="DEF", resolved=False) == ["Discussion"]
    assert await titles(team.owner, kind="update") == ["Update: off track"]
    assert await titles(team.owner, kind="direct") == []
    assert await titles(team.owner, project="XYZ") == []
    assert len(await titles(team.owner)) == 4


async def test_the_liveliest_topic_comes_first_page_by_page(team: Team) -> None:
    await project(team.owner)
    topics = {}
    for title in ("one", "two", "three"):
        team.clock.advance(minutes=1)
        topics[title] = await discussion(team.owner, title=title)
    team.clock.advance(minutes=1)
    await said(team.owner, topics["one"])
    active = ["one", "three", "two", "Discussion"]
    assert await titles(team.owner) == active
    assert await titles(team.owner, sort="-created_at") == ["three", "two", "one", "Discussion"]
    for path in ("/topics", "/projects/ABC/topics"):
        found, url = [], f"{team.owner.base}{path}?limit=1"
        while url:
            page = await team.owner.http.get(url)
            found += [topic["title"] for topic in page.json()]
            url = page.links.get("next", {}).get("url", "")
        assert found == active


async def test_another_tenant_finds_nothing(team: Team) -> None:
    other = await Team.create(team.app, team.clock)
    await project(team.owner)
    topic = await discussion(team.owner)
    message = await said(team.owner, topic)
    for answer in (
        await other.owner.get(f"/topics/{topic['id']}"),
        await other.owner.get(f"/topics/{topic['id']}/messages"),
        await other.owner.post(f"/topics/{topic['id']}/messages", {"body": "Hi"}),
        await other.owner.put(f"/topics/{topic['id']}/resolution"),
        await other.owner.patch(f"/topics/{topic['id']}", {"title": "X"}, rev=1),
        await other.owner.get(f"/messages/{message['id']}"),
        await other.owner.patch(f"/messages/{message['id']}", {"body": "X"}, rev=1),
        await other.owner.put(f"/messages/{message['id']}/withdrawal"),
        await other.owner.get("/projects/ABC/updates"),
        await other.owner.get(f"/topics/{uuid4()}"),
    ):
        assert answer.status_code == 404
    assert await titles(other.owner) == []
    await other.close()


async def test_the_topic_of_a_task_bears_the_tasks_title(team: Team) -> None:
    made = await project(team.owner)
    sessions: Sessions = team.app.state.sessions
    async with sessions() as session, session.begin():
        await enter_workspace(session, Scope(team.workspace_id, team.clock.now, None))
        topic = Topic(
            workspace_id=team.workspace_id,
            kind=TopicKind.TASK,
            project_id=UUID(made["id"]),
            title="Paint it",
            created_at=team.clock.now,
            created_by=team.owner.member_id,
        )
        session.add(topic)
    answer = await team.owner.patch(f"/topics/{topic.id}", {"title": "Mine"}, rev=1)
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:dayline:problem:title-follows-task"
