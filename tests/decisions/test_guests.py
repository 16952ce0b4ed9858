"""Guests read a decision only while it is public, wherever it could be read, and no figures."""

import io
import json
import zipfile
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from dayline.identity.models import Role
from tests.clock import MovableClock
from tests.decisions.desk import Json, decided, draft, seen
from tests.live import snapshot_of
from tests.messages.talk import project, said
from tests.team import Person, Team
from tests.timers.desk import done, member, sweep

SECRET = "Zanzibar"
"""A word that stands in every text of the decision, and nowhere else."""


async def texts_of(response: Any) -> str:
    """All that an answer holds, also the files of a zip."""
    if response.headers.get("content-type") != "application/zip":
        return str(response.text)
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


async def told_to(person: Person) -> str:
    """Every list that could name a decision or its discussion, as this person gets it."""
    found = [
        await person.get(path, **query)
        for path, query in (
            ("/decisions", {}),
            ("/decisions/export", {}),
            ("/topics", {}),
            ("/projects/ABC/topics", {}),
            ("/timers", {}),
            ("/today", {}),
            ("/tasks", {}),
            ("/tasks/ABC-1", {}),
            ("/tasks/ABC-1/decisions", {}),
            ("/tasks/ABC-1/history", {}),
            ("/tasks/ABC-2", {}),
            ("/search", {"q": SECRET}),
            ("/search", {"q": "DEC-1"}),
            ("/snapshot", {}),
            ("/events", {"limit": "1000"}),
        )
    ]
    assert all(each.status_code == 200 for each in found), [str(each.url) for each in found]
    return "\n".join([await texts_of(each) for each in found])


@pytest.fixture
async def gus(team: Team) -> Person:
    """A guest of project ABC."""
    guest = await team.add("gus", Role.GUEST)
    await project(team.owner, guests=(guest,))
    return guest


@pytest.fixture
async def ada(team: Team) -> Person:
    """A member who is asked."""
    return await member(team, "ada")


async def made(team: Team, ada: Person, **fields: Any) -> Json:
    """A decision with its word in every text, a message in its topic, and two tasks."""
    task = await done(team.owner.post("/tasks", {"project": "ABC", "title": "Pack"}))
    decision = await decided(
        team.owner,
        ada,
        title=f"To {SECRET}",
        context=f"{SECRET} is warm.",
        recommendation=f"{SECRET}, at once.",
        options=[{"title": f"{SECRET} now", "is_recommended": True}, {"title": "Later"}],
        **fields,
    )
    await said(team.owner, {"id": decision["topic_id"]}, f"When is {SECRET} open?")
    await done(team.owner.put(f"/decisions/{decision['key']}/tasks/{task['key']}"))
    await done(team.owner.post(f"/decisions/{decision['key']}/tasks", {"title": "Book"}))
    return decision


async def mark(person: Person, key: str, *, is_public: bool) -> Json:
    rev = (await seen(person, key))["rev"]
    marked: Json = await done(person.patch(f"/decisions/{key}", {"is_public": is_public}, rev))
    return marked


def paths_of(decision: Json, message: str, timer: str) -> list[str]:
    """The addresses of a decision, and of what belongs to it."""
    decided_at = f"/decisions/{decision['key']}"
    parts = ("", "/inputs", "/history", "/madr")
    topic = f"/topics/{decision['topic_id']}"
    return [
        *(decided_at + part for part in parts),
        topic,
        f"{topic}/messages",
        f"/messages/{message}",
        f"/timers/{timer}",
        f"/timers/{timer}/explanation",
    ]


async def test_a_guest_reads_nothing_of_a_decision_that_is_not_public(
    team: Team, gus: Person, ada: Person
) -> None:
    decision = await made(team, ada)
    (timer, *_) = await done(team.owner.get("/timers", topic=decision["topic_id"]))
    paths = paths_of(decision, decision["message_id"], timer["id"])
    for path in paths:
        assert (await ada.get(path)).status_code == 200, path
        assert (await gus.get(path)).status_code == 404, path
    assert SECRET in await told_to(ada)
    told = await told_to(gus)
    for hidden in (SECRET, decision["id"], decision["topic_id"], decision["message_id"]):
        assert hidden not in told, hidden
    topic = {"body": "May I?"}
    assert (await gus.post(f"/topics/{decision['topic_id']}/messages", topic)).status_code == 404


async def test_a_guest_reads_a_public_one_of_their_projects_without_its_figures(
    team: Team, gus: Person, ada: Person
) -> None:
    decision = await made(team, ada, is_public=True)
    shown = await seen(gus, decision["key"])
    assert shown["title"] == f"To {SECRET}"
    assert [shown["figures"], shown["proposer_minutes"], shown["decider_minutes"]] == [None] * 3
    assert shown["deadlines"] == []
    assert [each["minutes"] for each in shown["inputs"]] == [None]
    assert (await seen(ada, decision["key"]))["figures"]["people"] == 2
    assert (await gus.get(f"/decisions/{decision['key']}/fairness")).status_code == 403
    file = (await gus.get(f"/decisions/{decision['key']}/madr")).text
    assert SECRET in file
    assert "person-minutes" not in file
    assert "person-minutes" in (await ada.get(f"/decisions/{decision['key']}/madr")).text
    await said(gus, {"id": decision["topic_id"]}, "Good.")
    stranger = await team.add("out", Role.GUEST)
    assert (await stranger.get(f"/decisions/{decision['key']}")).status_code == 404
    assert SECRET not in json.dumps(await snapshot_of(stranger))


@pytest.mark.parametrize("begin", [draft, decided])
async def test_what_guests_read_follows_the_mark(
    team: Team, gus: Person, ada: Person, begin: Callable[..., Awaitable[Json]]
) -> None:
    decision = await begin(team.owner, ada, title=SECRET)
    key, topic = decision["key"], f"/topics/{decision['topic_id']}/messages"
    for is_public, status in ((True, 200), (False, 404), (True, 200), (False, 404)):
        before = await snapshot_of(gus)
        await mark(team.owner, key, is_public=is_public)
        assert (await gus.get(f"/decisions/{key}")).status_code == status
        assert (await gus.get(topic)).status_code == status
        stale = await gus.get("/events", since=before["seq"], epoch=before["epoch"])
        assert stale.json()["reason"] == "access"
        assert (SECRET in (await gus.get("/events", limit=1000)).text) is is_public


async def test_a_withdrawn_one_can_be_hidden_again(team: Team, gus: Person, ada: Person) -> None:
    decision = await draft(team.owner, ada, is_public=True)
    key = decision["key"]
    await done(team.owner.post(f"/decisions/{key}/withdraw", {"reason": "No need"}))
    assert (await gus.get(f"/decisions/{key}")).status_code == 200
    await mark(team.owner, key, is_public=False)
    assert (await gus.get(f"/decisions/{key}")).status_code == 404


async def test_a_guest_is_named_only_in_the_discussion_of_a_public_one(
    team: Team, gus: Person
) -> None:
    decision = await draft(team.owner)
    topic = {"id": decision["topic_id"]}
    look = {"body": "@gus look", "kept_as_text": ["gus"]}
    told = await done(team.owner.post(f"/topics/{topic['id']}/messages", look))
    assert told["mentions"] == []
    await mark(team.owner, decision["key"], is_public=True)
    assert (await said(team.owner, topic, "@gus look"))["mentions"] == [str(gus.member_id)]


async def test_a_relation_to_a_hidden_one_is_not_told(team: Team, gus: Person, ada: Person) -> None:
    earlier = await decided(team.owner, ada, title="Hidden")
    later = await draft(team.owner, supersedes=[earlier["key"]], is_public=True)
    assert (await seen(gus, later["key"]))["supersedes"] == []
    assert "Hidden" not in (await gus.get(f"/decisions/{later['key']}/madr")).text


async def test_guests_see_the_timers_of_their_own_questions_alone(
    team: Team, gus: Person, ada: Person, clock: MovableClock
) -> None:
    topic = await done(team.owner.post("/projects/ABC/topics", {"title": "Colours"}))
    theirs = await said(team.owner, topic, "@ada which one?")
    own = await said(gus, topic, "@ada and the other?")
    found = await done(gus.get("/timers"))
    assert [each["message_id"] for each in found] == [own["id"]]
    shown = {each["id"]: each for each in await done(gus.get(f"/topics/{topic['id']}/messages"))}
    assert shown[theirs["id"]]["asks"] == []
    assert [each["member_id"] for each in shown[own["id"]]["asks"]] == [str(ada.member_id)]
    events = (await gus.get("/events", limit=1000)).json()["events"]
    told = [each for each in events if each["kind"].startswith("timer.")]
    assert {each["data"]["timer"]["message_id"] for each in told} == {own["id"]}
    assert [each["id"] for each in (await snapshot_of(gus))["timers"]] == [found[0]["id"]]


async def test_a_guest_who_left_the_project_learns_no_more_of_what_they_asked(
    team: Team, gus: Person, ada: Person
) -> None:
    topic = await done(team.owner.post("/projects/ABC/topics", {"title": "Colours"}))
    await said(gus, topic, "@ada which one?")
    (timer,) = await done(gus.get("/timers"))
    paused = f"/timers/{timer['id']}/pause"
    assert (await gus.put(paused, {"reason": "Never mind"})).status_code == 200
    await done(team.owner.delete(f"/projects/ABC/people/{gus.member_id}"))
    await done(ada.put(paused, {"reason": SECRET}))
    addresses = (f"/timers/{timer['id']}", f"/timers/{timer['id']}/explanation")
    assert [(await gus.get(each)).status_code for each in addresses] == [404, 404]
    assert (await gus.put(paused, {"reason": "Again"})).status_code == 404
    assert (await done(gus.get("/today")))["waiting_for"] == []
    assert await done(gus.get("/timers")) == []
    assert (await snapshot_of(gus))["timers"] == []
    assert SECRET not in str((await gus.get("/events", limit=1000)).json())
    await done(team.owner.put(f"/projects/ABC/people/{gus.member_id}"))
    assert [each["id"] for each in (await snapshot_of(gus))["timers"]] == [timer["id"]]
    assert SECRET in str((await gus.get("/events", limit=1000)).json())


async def test_news_of_the_team_is_not_told_to_guests(
    team: Team, gus: Person, ada: Person, clock: MovableClock
) -> None:
    seq = (await done(gus.get("/today")))["since_you_left"]["seq"]
    await done(gus.put("/today/looked", {"seq": seq}))
    await member(team, "newcomer")
    topic = await done(team.owner.post("/projects/ABC/topics", {"title": "Colours"}))
    for person in (team.owner, gus):
        await said(person, topic, "@ada which one?")
    clock.advance(hours=30)
    assert await sweep(team)
    told: Any = {}
    for line in (await done(gus.get("/today")))["since_you_left"]["lines"]:
        told |= line["kinds"]
    assert set(told) == {"topic.opened", "message.posted"}


async def test_a_task_quotes_only_a_public_decision(team: Team, ada: Person) -> None:
    for is_public in (False, True):
        decision = await decided(team.owner, ada, title=SECRET, is_public=is_public)
        made = await done(team.owner.post(f"/decisions/{decision['key']}/tasks", {"title": "Do"}))
        assert decision["key"] in made["context"]
        assert (SECRET in made["context"], made["request"] != "") == (is_public, is_public)
