"""What a workspace requires of messages that ask, and the reasons for which it lets them pass."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from dayline.identity.models import Role
from dayline.messages.models import Message
from tests.clock import MovableClock
from tests.decisions.desk import draft
from tests.recorded import recorded
from tests.scheduled.desk import send as send_due
from tests.team import Person, Team
from tests.timers.desk import at, direct_topic, done, ids, member, post, refused, task_topic

Json = dict[str, Any]

MISSING = "urn:dayline:problem:points-missing"
BARE = "@kim which one?"
CLEAR = (
    "The import fails on files over 2 GB. @kim, should we split them or raise the limit? "
    "Please decide by Thursday 15:00."
)
REASON = "We talked about it this morning"


async def edit(person: Person, path: str, fields: Json) -> Any:
    """Change what is at the path, as it is now."""
    rev = (await done(person.get(path)))["rev"]
    return await person.patch(path, fields, rev)


async def require(person: Person, *kinds: str, level: str = "require") -> Json:
    """The workspace, after these kinds of text are checked so."""
    levels = {"clarity": dict.fromkeys(kinds, level)}
    workspace: Json = await done(edit(person, "", levels))
    return workspace


async def send(person: Person, topic: str, body: str = BARE, **fields: Any) -> Any:
    return await person.post(f"/topics/{topic}/messages", {"body": body, **fields})


async def test_a_workspace_begins_quietly(team: Team) -> None:
    workspace = await done(team.owner.get(""))
    assert workspace["clarity"] == {
        "task_brief": "warn",
        "task_comment": "warn",
        "discussion": "warn",
        "direct_message": "off",
        "urgent": "warn",
        "decision": "require",
    }
    kim = await member(team, "kim")
    topic = await task_topic(team.owner)
    assert (await post(kim, topic, "@olena?"))["clarity_reason"] is None


async def test_an_admin_changes_some_kinds_and_everyone_is_told(team: Team) -> None:
    kim = await team.add("kim")
    await require(team.owner, "task_comment", "urgent")
    (told,) = [row for row in await recorded(team) if row.kind == "workspace.changed"]
    levels = told.data["workspace"]["clarity"]
    assert (levels["task_comment"], levels["urgent"], levels["discussion"]) == (
        "require",
        "require",
        "warn",
    )
    denied = await edit(kim, "", {"clarity": {"task_comment": "off"}})
    assert denied.status_code == 403
    unknown = await edit(team.owner, "", {"clarity": {"task_comment": "sometimes"}})
    assert unknown.status_code == 422


async def test_what_asks_and_misses_points_is_refused_by_their_names(team: Team) -> None:
    await member(team, "kim")
    topic = await task_topic(team.owner)
    await require(team.owner, "task_comment")
    answer = await send(team.owner, topic)
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (422, MISSING)
    assert problem["missing"] == ["context", "deadline", "options", "authority"]
    assert [error["field"] for error in problem["errors"]] == ["body"] * 4
    assert problem["errors"][1]["reason"].startswith("Say by when you need it")
    assert await done(team.owner.get(f"/topics/{topic}/messages")) == []
    assert (await post(team.owner, topic, CLEAR))["clarity_reason"] is None


async def test_what_asks_no_one_is_never_checked(team: Team) -> None:
    topic = await task_topic(team.owner)
    await require(team.owner, "task_comment", "discussion", "direct_message", "urgent")
    await post(team.owner, topic, "Which one?")
    await post(team.owner, topic, "`@kim` which one?")


async def test_a_reason_lets_it_pass_and_stays_on_it(team: Team) -> None:
    kim = await member(team, "kim")
    topic = await task_topic(team.owner)
    await require(team.owner, "task_comment")
    message = await post(team.owner, topic, BARE, clarity_reason=REASON)
    assert message["clarity_reason"] == REASON
    read = await done(kim.get(f"/messages/{message['id']}"))
    assert read["clarity_reason"] == REASON
    blank = await send(team.owner, topic, clarity_reason="  ")
    assert list(refused(blank)) == ["clarity_reason"]


async def test_a_reason_that_is_not_needed_is_not_kept(team: Team) -> None:
    await member(team, "kim")
    topic = await task_topic(team.owner)
    assert (await post(team.owner, topic, BARE, clarity_reason=REASON))["clarity_reason"] is None
    await require(team.owner, "task_comment")
    assert (await post(team.owner, topic, CLEAR, clarity_reason=REASON))["clarity_reason"] is None
    assert (await post(team.owner, topic, "Ok", clarity_reason=REASON))["clarity_reason"] is None


@pytest.mark.parametrize("kind", ["task_comment", "discussion", "direct_message", "urgent"])
async def test_each_kind_is_checked_by_itself(team: Team, kind: str) -> None:
    kim = await member(team, "kim")
    task = await task_topic(team.owner)
    direct = await direct_topic(team.owner, kim)
    places = {
        "task_comment": f"/topics/{task}/messages",
        "discussion": "/projects/ABC/topics",
        "direct_message": f"/topics/{direct}/messages",
        "urgent": f"/topics/{task}/messages",
    }
    await require(team.owner, *places.keys() - {kind}, level="off")
    await require(team.owner, kind)
    for name, path in places.items():
        body: Json = {"body": BARE, "asks": ids(kim)}
        if name == "discussion":
            body["title"] = "A thread"
        if name == "urgent":
            body |= {"urgent": True, "urgent_reason": "Customers can’t sign in"}
        answer = await team.owner.post(path, body)
        assert answer.status_code == (422 if name == kind else 201), (name, answer.text)


async def test_an_update_is_a_discussion(team: Team) -> None:
    kim = await member(team, "kim")
    await task_topic(team.owner)
    await require(team.owner, "discussion")
    update: Json = {"body": BARE, "condition": "on_track"}
    assert (await team.owner.post("/projects/ABC/updates", update)).status_code == 422
    posted = await done(
        team.owner.post("/projects/ABC/updates", update | {"clarity_reason": REASON})
    )
    assert posted["message"]["clarity_reason"] == REASON
    assert [each["member_id"] for each in posted["message"]["asks"]] == ids(kim)


async def test_another_language_is_not_refused(team: Team) -> None:
    await member(team, "kim")
    topic = await task_topic(team.owner)
    await require(team.owner, "task_comment")
    await post(team.owner, topic, "@kim Kannst du das bitte prüfen?")


async def test_an_edit_is_checked_where_it_asks(team: Team) -> None:
    kim = await member(team, "kim")
    topic = await task_topic(team.owner)
    quiet = await post(team.owner, topic, "Which one?")
    asking = await post(team.owner, topic, BARE)
    await require(team.owner, "task_comment")
    asks = {"asks": ids(kim)}
    assert (await edit(team.owner, f"/messages/{quiet['id']}", asks)).status_code == 422
    await done(edit(team.owner, f"/messages/{quiet['id']}", {"body": "Which one is it?"}))
    path = f"/messages/{asking['id']}"
    shorter = {"body": "@kim which?"}
    assert (await edit(team.owner, path, shorter)).json()["type"] == MISSING
    edited = await done(edit(team.owner, path, shorter | {"clarity_reason": REASON}))
    assert (edited["body"], edited["clarity_reason"]) == ("@kim which?", REASON)
    again = await done(edit(team.owner, path, {"body": "@kim which one then?"}))
    assert again["clarity_reason"] == REASON
    clear = await done(edit(team.owner, path, {"body": CLEAR}))
    assert clear["clarity_reason"] is None


async def test_a_withdrawn_message_keeps_no_reason(team: Team) -> None:
    await member(team, "kim")
    topic = await task_topic(team.owner)
    await require(team.owner, "task_comment")
    message = await post(team.owner, topic, BARE, clarity_reason=REASON)
    await done(team.owner.put(f"/messages/{message['id']}/withdrawal"))
    async with team.app.state.sessions() as session, session.begin():
        rows = select(col(Message.clarity_reason)).where(col(Message.topic_id) == topic)
        assert (await session.scalars(rows)).all() in ([], [None])


async def test_a_scheduled_message_is_checked_when_it_is_written_and_when_it_is_sent(
    team: Team, clock: MovableClock
) -> None:
    await member(team, "kim")
    topic = await task_topic(team.owner)
    path = f"/topics/{topic}/scheduled-messages"
    later = {"body": BARE, "send_at": at("2026-05-19 12:00").isoformat()}
    waiting = await done(team.owner.post(path, later))
    await require(team.owner, "task_comment")
    assert (await team.owner.post(path, later)).json()["type"] == MISSING
    kept = await done(team.owner.post(path, later | {"clarity_reason": REASON}))
    assert kept["clarity_reason"] == REASON
    clock.now = at("2026-05-19 12:00")
    await send_due(team)
    (sent,) = await done(team.owner.get(f"/topics/{topic}/messages"))
    assert sent["clarity_reason"] == REASON
    failed = await done(team.owner.get(f"/scheduled-messages/{waiting['id']}"))
    assert "Say by when you need it" in failed["failure"]


async def test_a_decision_misses_points_for_a_reason_but_not_those_it_cannot_do_without(
    team: Team,
) -> None:
    olena, ada = team.owner, await member(team, "ada")
    due = at("2026-05-20 22:00").isoformat()
    bare = await draft(olena, ada, input_due_at=due, context="", options=[])
    refusal = await olena.post(f"/decisions/{bare['key']}/open")
    assert refusal.json()["missing"] == ["context", "options"]
    opened = await done(olena.post(f"/decisions/{bare['key']}/open", {"clarity_reason": REASON}))
    (said,) = await done(olena.get(f"/topics/{opened['topic_id']}/messages"))
    assert said["clarity_reason"] == REASON
    undue = await draft(olena, ada, context="")
    still = await olena.post(f"/decisions/{undue['key']}/open", {"clarity_reason": REASON})
    assert list(refused(still)) == ["input_due_at"]
    await require(olena, "decision", level="warn")
    loose = await draft(olena, ada, input_due_at=due, context="")
    await done(olena.post(f"/decisions/{loose['key']}/open"))


async def test_a_brief_is_checked_once_someone_else_is_to_do_it(team: Team) -> None:
    olena, kim = team.owner, await member(team, "kim")
    await task_topic(olena)
    await require(olena, "task_brief")
    new = {"project": "ABC", "title": "Import", "context": "It fails."}
    own = await done(olena.post("/tasks", new | {"assignee_id": str(olena.member_id)}))
    given = {"assignee_id": str(kim.member_id)}
    refusal = await olena.post("/tasks", new | given)
    assert list(refused(refusal)) == ["request", "deadline", "options", "authority"]
    path = f"/tasks/{own['key']}"
    assert (await edit(olena, path, given)).json()["type"] == MISSING
    bulk = {"keys": [own["key"]], "change": given}
    said = refused(await olena.post("/tasks/bulk", bulk))
    assert said == {
        "change.assignee_id": f"Complete the briefs of {own['key']} first, or give a reason there."
    }
    handed = await done(edit(olena, path, given | {"clarity_reason": REASON}))
    assert (handed["clarity_reason"], handed["rev"]) == (REASON, own["rev"] + 1)
    assert "task.changed" in [row.kind for row in await recorded(team)]
    whole = dict.fromkeys(("context", "request", "deadline", "options", "authority"), "Said.")
    assert (await done(edit(olena, path, whole)))["clarity_reason"] is None


async def test_reasons_are_counted_by_kind_for_four_weeks(team: Team, clock: MovableClock) -> None:
    olena, kim = team.owner, await member(team, "kim")
    topic = await task_topic(olena)
    direct = await direct_topic(olena, kim)
    await require(olena, "task_comment", "direct_message", "urgent", "task_brief")
    for place, fields in ((topic, {}), (topic, {}), (direct, {}), (topic, {"urgent": True})):
        reasons = {"clarity_reason": REASON, "urgent_reason": "Customers can’t sign in"}
        await post(olena, place, BARE, asks=ids(kim), **fields, **reasons)
    due = at("2026-05-20 22:00").isoformat()
    made = await draft(olena, kim, input_due_at=due, context="")
    await done(olena.post(f"/decisions/{made['key']}/open", {"clarity_reason": REASON}))
    task = {"project": "ABC", "title": "A", "assignee_id": str(kim.member_id)}
    await done(olena.post("/tasks", task | {"clarity_reason": REASON}))
    counts = (await done(olena.get("/clarity-reasons")))["counts"]
    assert counts == {
        "task_brief": 1,
        "task_comment": 2,
        "discussion": 0,
        "direct_message": 1,
        "urgent": 1,
        "decision": 1,
    }
    clock.advance(days=29)
    assert set((await done(olena.get("/clarity-reasons")))["counts"].values()) == {0}


async def test_a_text_is_checked_while_it_is_written(team: Team) -> None:
    guest = await team.add("gus", Role.GUEST)
    check = await done(guest.post("/clarity", {"body": "Which one? I need it by Friday."}))
    assert check["is_checked"]
    made = {each["point"] for each in check["points"] if each["reason"] is None}
    assert made == {"request", "deadline"}
    empty = await done(guest.post("/clarity", {"body": ""}))
    assert all(each["reason"] for each in empty["points"])
    other = await done(guest.post("/clarity", {"body": "Kannst du das bitte prüfen?"}))
    assert other == {"is_checked": False, "points": []}
