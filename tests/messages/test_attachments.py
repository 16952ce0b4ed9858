"""Files on messages: seen by those who see the topic, and gone with the message."""

from typing import Any

from dayline.attachments.housekeeping import prune
from dayline.identity.models import Role
from tests.attachments.files import content_of, files_of, store_of, uploaded
from tests.messages.talk import direct, discussion, project
from tests.team import Person, Team


async def said_with(person: Person, topic: Any, *files: Any) -> Any:
    ids = [file["id"] for file in files]
    new = {"body": "Look", "attachments": ids}
    posted = await person.post(f"/topics/{topic['id']}/messages", new)
    assert posted.status_code == 201, posted.text
    return posted.json()


async def statuses(attachment: Any, *people: Person) -> list[int]:
    return [(await content_of(person, attachment)).status_code for person in people]


async def test_a_message_shows_what_hangs_on_it(team: Team) -> None:
    await project(team.owner)
    topic = await discussion(team.owner)
    one, two = await uploaded(team.owner, b"1"), await uploaded(team.owner, b"2", name="b.txt")
    message = await said_with(team.owner, topic, two, one)
    expected = [file | {"expires_at": None} for file in (one, two)]
    assert message["attachments"] == expected
    read = (await team.owner.get(f"/topics/{topic['id']}/messages")).json()
    assert [post["attachments"] for post in read] == [expected]


async def test_who_sees_the_project_sees_its_files(team: Team) -> None:
    sam, gus, out = [
        await team.add(handle, role)
        for handle, role in {"sam": Role.MEMBER, "gus": Role.GUEST, "out": Role.GUEST}.items()
    ]
    await project(team.owner, guests=(gus,))
    made = await uploaded(gus)
    await said_with(gus, await discussion(gus), made)
    assert await statuses(made, team.owner, sam, gus, out) == [200, 200, 200, 404]
    await team.owner.delete(f"/projects/ABC/people/{gus.member_id}")
    assert await statuses(made, gus) == [404]


async def test_a_file_of_a_direct_topic_is_its_participants_alone(team: Team) -> None:
    ada, sam = await team.add("ada", Role.ADMIN), await team.add("sam")
    made = await uploaded(sam)
    await said_with(sam, await direct(sam, ada), made)
    assert await statuses(made, sam, ada, team.owner) == [200, 200, 404]


async def test_only_uploads_of_ones_own_that_hang_nowhere_can_be_used(team: Team) -> None:
    sam = await team.add("sam")
    await project(team.owner)
    topic = await discussion(team.owner)
    used, others = await uploaded(team.owner), await uploaded(sam)
    await said_with(team.owner, topic, used)
    ids = [used["id"], (await uploaded(team.owner))["id"], others["id"], str(sam.member_id)]
    new = {"body": "Look", "attachments": ids}
    refused = await team.owner.post(f"/topics/{topic['id']}/messages", new)
    assert refused.status_code == 422
    assert [e["field"] for e in refused.json()["errors"]] == [
        "attachments.0",
        "attachments.2",
        "attachments.3",
    ]


async def test_an_edit_says_all_that_hangs_there(team: Team) -> None:
    await project(team.owner)
    old, new = await uploaded(team.owner, b"old"), await uploaded(team.owner, b"new")
    message = await said_with(team.owner, await discussion(team.owner), old)
    path = f"/messages/{message['id']}"
    same = await team.owner.patch(path, {"attachments": [old["id"]]}, 1)
    assert (same.json()["rev"], same.json()["edited_at"]) == (1, None)
    edited = await team.owner.patch(path, {"attachments": [new["id"]]}, 1)
    assert [file["id"] for file in edited.json()["attachments"]] == [new["id"]]
    assert edited.json()["edited_at"] is not None
    assert await statuses(old, team.owner) == [404]
    text = await team.owner.patch(path, {"body": "Words"}, 2)
    assert [file["id"] for file in text.json()["attachments"]] == [new["id"]]


async def test_a_withdrawn_message_takes_its_files_along(team: Team) -> None:
    await project(team.owner)
    made = await uploaded(team.owner)
    message = await said_with(team.owner, await discussion(team.owner), made)
    gone = await team.owner.put(f"/messages/{message['id']}/withdrawal")
    assert gone.json()["attachments"] == []
    assert await statuses(made, team.owner) == [404]
    team.clock.advance(hours=2)
    await prune(team.app.state.sessions, team.clock, store_of(team))
    assert files_of(team) == set()


async def test_a_file_in_use_stays(team: Team) -> None:
    await project(team.owner)
    made = await uploaded(team.owner)
    await said_with(team.owner, await discussion(team.owner), made)
    team.clock.advance(days=400)
    await prune(team.app.state.sessions, team.clock, store_of(team))
    assert await statuses(made, team.owner) == [200]


async def test_an_update_can_bear_files(team: Team) -> None:
    await project(team.owner)
    made = await uploaded(team.owner)
    new = {"condition": "on_track", "body": "Fine", "attachments": [made["id"]]}
    update = (await team.owner.post("/projects/ABC/updates", new)).json()
    assert [file["id"] for file in update["message"]["attachments"]] == [made["id"]]
