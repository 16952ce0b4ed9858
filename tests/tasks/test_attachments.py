"""Files on tasks."""

from dayline.identity.models import Role
from tests.attachments.files import content_of, uploaded
from tests.messages.talk import project
from tests.team import Team


async def test_a_task_is_made_with_files_and_shows_them(team: Team) -> None:
    await project(team.owner)
    made = await uploaded(team.owner)
    new = {"project": "ABC", "title": "One", "attachments": [made["id"]]}
    task = (await team.owner.post("/tasks", new)).json()
    assert task["attachments"] == [made | {"expires_at": None}]
    assert (await team.owner.get("/tasks/ABC-1")).json() == task
    messages = await team.owner.get(f"/topics/{task['topic_id']}/messages")
    assert messages.json() == []


async def test_an_edit_says_all_that_hang_on_it_and_the_history_tells_their_names(
    team: Team,
) -> None:
    await project(team.owner)
    sam = await team.add("sam")
    plan = await uploaded(team.owner, name="plan.txt")
    new = {"project": "ABC", "title": "One", "attachments": [plan["id"]]}
    await team.owner.post("/tasks", new)
    photo = await uploaded(sam, name="photo.txt")
    both = await sam.patch("/tasks/ABC-1", {"attachments": [photo["id"], plan["id"]]}, 1)
    assert [file["name"] for file in both.json()["attachments"]] == ["plan.txt", "photo.txt"]
    same = await sam.patch("/tasks/ABC-1", {"attachments": [plan["id"], photo["id"]]}, 2)
    assert same.json()["rev"] == 2
    one = await sam.patch("/tasks/ABC-1", {"attachments": [photo["id"]]}, 2)
    assert one.json()["rev"] == 3
    assert (await content_of(sam, plan)).status_code == 404
    history = (await sam.get("/tasks/ABC-1/history")).json()
    assert [entry["changes"] for entry in history[:2]] == [
        {"attachments": {"old": ["plan.txt", "photo.txt"], "new": ["photo.txt"]}},
        {"attachments": {"old": ["plan.txt"], "new": ["plan.txt", "photo.txt"]}},
    ]


async def test_who_may_not_edit_a_task_hangs_nothing_on_it(team: Team) -> None:
    gus = await team.add("gus", Role.GUEST)
    await project(team.owner, guests=(gus,))
    await team.owner.post("/tasks", {"project": "ABC", "title": "One"})
    made = await uploaded(gus)
    refused = await gus.patch("/tasks/ABC-1", {"attachments": [made["id"]]}, 1)
    assert refused.status_code == 403


async def test_what_cannot_hang_there_leaves_the_task_as_it_was(team: Team) -> None:
    await project(team.owner)
    await team.owner.post("/tasks", {"project": "ABC", "title": "One"})
    wrong = {"title": "Two", "attachments": [str(team.owner.member_id)]}
    refused = await team.owner.patch("/tasks/ABC-1", wrong, 1)
    assert refused.status_code == 422
    assert (await team.owner.get("/tasks/ABC-1")).json()["title"] == "One"
