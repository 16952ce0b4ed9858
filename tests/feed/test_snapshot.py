"""The snapshot: what one may see, as of one instant."""

import asyncio
from itertools import pairwise

from dayline.conversations.queries import topic_documents
from dayline.feed.schemas import SnapshotOut
from dayline.identity.caller import Credential, find_caller
from dayline.identity.models import Role
from dayline.kernel.text.tokens import hash_secret
from dayline.tasks.queries import task_documents
from tests.feed.reduce import apply_all, normal
from tests.feed.steps import a_busy_week, add_to_project, done, make_project, make_task
from tests.live import Json, snapshot_of
from tests.recorded import head
from tests.team import Person, Team


async def test_it_holds_the_documents_that_the_lists_show(team: Team) -> None:
    await a_busy_week(team, await team.add("gus", Role.GUEST))
    snapshot = await snapshot_of(team.owner)
    assert snapshot["seq"] == await head(team)
    assert snapshot["me"] == {"member_id": str(team.owner.member_id), "role": "owner"}
    assert snapshot["workspace"] == (await team.owner.get("")).json()
    for collection in ("members", "projects", "topics", "tasks"):
        listed = (await team.owner.get(f"/{collection}", limit=200)).json()
        assert listed
        by_id = {document["id"]: document for document in listed}
        assert {document["id"]: document for document in snapshot[collection]} == by_id


async def idiomatic(team: Team, person: Person) -> Json:
    """What PostgreSQL writes for a snapshot, made of rows by Pydantic."""
    sessions, settings = team.app.state.hub.snapshots, team.app.state.settings
    credential = Credential(hash_secret(person.token), is_token=True)
    async with sessions() as session, session.begin():
        caller = await find_caller(session, credential, team.slug, team.clock, settings)
        topics, tasks = await topic_documents(caller), await task_documents(caller)
    return {
        "topics": [topic.model_dump(mode="json") for topic in topics],
        "tasks": [task.model_dump(mode="json") for task in tasks],
    }


async def test_it_is_what_pydantic_would_write(team: Team) -> None:
    guest, other = await team.add("gus", Role.GUEST), await team.add("ann")
    await a_busy_week(team, guest)
    team.clock.advance(microseconds=1)
    odd = {
        "project": "ABC",
        "title": 'Quotes " and \\ slashes / <b> & Привіт 🎈',
        "context": "One line\u2028and another",
        "labels": ["b", "A", "c,d", 'e"f', "NULL", "{}", "ä"],
        "due_on": "9999-12-31",
        "watchers": [str(person.member_id) for person in (guest, other, team.owner)],
    }
    for more in ({}, {"state": "done"}):
        task = await done(team.owner.post("/tasks", odd | more))
        await done(team.owner.put(f"/tasks/ABC-1/blockers/{task['key']}"))
    for person in team.people.values():
        snapshot = await snapshot_of(person)
        expected = await idiomatic(team, person)
        assert list(snapshot) == list(SnapshotOut.model_fields)
        assert snapshot["topics"] == expected["topics"]
        assert snapshot["tasks"] == expected["tasks"]
        assert [list(task) for task in snapshot["tasks"]] == [list(t) for t in expected["tasks"]]


async def test_a_guest_sees_their_project_the_team_and_themselves(team: Team) -> None:
    guest = await team.add("gus", Role.GUEST)
    stranger = await team.add("another-guest", Role.GUEST)
    await a_busy_week(team, guest)
    snapshot = await snapshot_of(guest)
    assert {member["handle"] for member in snapshot["members"]} == {"olena", "other", "gus"}
    assert [project["key"] for project in snapshot["projects"]] == ["ABC"]
    (project,) = snapshot["projects"]
    assert {task["project_id"] for task in snapshot["tasks"]} == {project["id"]}
    assert {topic["project_id"] for topic in snapshot["topics"]} == {project["id"], None}
    direct = [topic for topic in snapshot["topics"] if topic["project_id"] is None]
    assert all(str(guest.member_id) in topic["participants"] for topic in direct)
    nothing = await snapshot_of(stranger)
    assert nothing["projects"] == nothing["tasks"] == nothing["topics"] == []


async def test_no_role_shows_the_direct_topics_of_others(team: Team) -> None:
    guest = await team.add("gus", Role.GUEST)
    await a_busy_week(team, guest)
    for topic in (await snapshot_of(team.owner))["topics"]:
        if topic["kind"] == "direct":
            assert str(team.owner.member_id) in topic["participants"]


async def test_state_and_number_belong_together_while_others_write(team: Team) -> None:
    """Of snapshots taken among writes, each leads by its events to exactly the next one."""
    await make_project(team, "ABC")

    async def write() -> None:
        for _ in range(10):
            await make_task(team.owner, "ABC")

    async def read() -> None:
        taken.extend([await snapshot_of(team.owner) for _ in range(10)])

    taken: list[Json] = []
    await asyncio.gather(write(), write(), read(), read())
    taken.sort(key=lambda snapshot: int(snapshot["seq"]))
    assert len({snapshot["seq"] for snapshot in taken}) > 2
    events = (await team.owner.get("/events", limit=1000)).json()["events"]
    for one, later in pairwise(taken):
        between = [event for event in events if one["seq"] < event["seq"] <= later["seq"]]
        assert normal(apply_all(one, between)) == normal(later)


async def test_access_and_state_are_of_the_same_instant(team: Team) -> None:
    guest = await team.add("gus", Role.GUEST)
    await make_project(team, "ABC")
    none = (await snapshot_of(guest))["epoch"]

    async def read() -> list[Json]:
        return [await snapshot_of(guest) for _ in range(15)]

    taken, _ = await asyncio.gather(read(), add_to_project(team, "ABC", guest))
    for snapshot in [*taken, await snapshot_of(guest)]:
        assert (snapshot["epoch"] == none) is (snapshot["projects"] == [])


async def test_a_snapshot_writes_nothing(team: Team) -> None:
    team.clock.advance(days=1)  # so that the use of the token would be noted
    assert (await snapshot_of(team.owner))["seq"] == await head(team)
