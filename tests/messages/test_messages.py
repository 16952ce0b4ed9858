"""Messages: posted, read, edited, withdrawn."""

import asyncio
import json
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from dayline.identity.models import Role
from dayline.messages import editing
from dayline.messages.schemas import MessageEdit
from tests.messages.talk import as_read, bodies, direct, discussion, project, said
from tests.projects.test_people import disable
from tests.races import acting, meanwhile
from tests.recorded import head, kinds, recorded
from tests.team import Team
from tests.timers.desk import post


async def test_a_message_is_posted_as_it_is_then_read(team: Team) -> None:
    sam = await team.add("sam")
    await project(team.owner)
    topic = await discussion(team.owner)
    before = await head(team)
    answer = await team.owner.post(
        f"/topics/{topic['id']}/messages", {"body": " **Blue**, @sam? <script> "}
    )
    message = answer.json()
    assert answer.status_code == 201
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Location"] == f"{team.owner.base}/messages/{message['id']}"
    assert message == {
        "id": message["id"],
        "topic_id": topic["id"],
        "author": {"id": str(team.owner.member_id), "handle": "olena", "name": "Olena"},
        "body": "**Blue**, @sam? <script>",
        "body_html": "<p><strong>Blue</strong>, @sam? &lt;script&gt;</p>",
        "mentions": [str(sam.member_id)],
        "asks": [
            {
                "member_id": str(sam.member_id),
                "covers": [],
                "timer_id": message["asks"][0]["timer_id"],
                "due_at": "2026-05-18T11:00:00Z",
                "due": {
                    "at": "2026-05-18T11:00:00Z",
                    "theirs": "2026-05-18T14:00:00+03:00",
                    "yours": "2026-05-18T14:00:00+03:00",
                },
                "breached_at": None,
                "state": "open",
                "handed_over": None,
            }
        ],
        "answers": [],
        "urgent": False,
        "urgent_reason": None,
        "clarity_reason": None,
        "condition": None,
        "attachments": [],
        "unreached": [],
        "sent_at": "2026-05-18T07:00:00Z",
        "sent_local": "2026-05-18T10:00:00+03:00",
        "edited_at": None,
        "withdrawn_at": None,
        "rev": 1,
    }
    assert (await sam.get(f"/messages/{message['id']}")).json() == as_read(message)
    assert (await sam.get(f"/topics/{topic['id']}/messages")).json() == [as_read(message)]
    posted, started = await recorded(team, before)
    assert (posted.kind, started.kind) == ("message.posted", "timer.started")
    assert posted.data == {
        "topic": (await sam.get(f"/topics/{topic['id']}")).json(),
        "message_id": message["id"],
        "author_id": str(team.owner.member_id),
        "mentions": [str(sam.member_id)],
    }


@pytest.mark.parametrize(
    "body", [{}, {"body": ""}, {"body": " \n "}, {"body": "x" * 20_001}, {"body": "a\x00b"}]
)
async def test_an_empty_or_endless_message_is_refused(team: Team, body: dict[str, str]) -> None:
    await project(team.owner)
    topic = await discussion(team.owner)
    answer = await team.owner.post(f"/topics/{topic['id']}/messages", body)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["body"]


async def test_sent_twice_with_one_key_a_message_is_posted_once(team: Team) -> None:
    await project(team.owner)
    topic = await discussion(team.owner)
    for body, status in (("Hi", 201), ("Hi", 201), ("Ho", 422)):
        path = f"/topics/{topic['id']}/messages"
        answer = await team.owner.post(path, {"body": body}, Idempotency_Key="once")
        assert answer.status_code == status
    assert await bodies(team.owner, topic) == ["Hi"]


async def test_racing_posts_are_all_counted_and_each_event_tells_its_count(team: Team) -> None:
    await project(team.owner)
    topic = await discussion(team.owner)
    before = await head(team)
    await asyncio.gather(*(said(team.owner, topic, f"Post {number}") for number in range(8)))
    assert (await team.owner.get(f"/topics/{topic['id']}")).json()["message_count"] == 8
    counts = [row.data["topic"]["message_count"] for row in await recorded(team, before)]
    assert counts == [1, 2, 3, 4, 5, 6, 7, 8]
    assert len(await bodies(team.owner, topic)) == 8


async def test_posts_renames_edits_and_withdrawals_race_without_harm(team: Team) -> None:
    await project(team.owner)
    topic = await discussion(team.owner)
    messages = [await said(team.owner, topic, f"Post {number}") for number in range(4)]
    answers = await asyncio.gather(
        *(team.owner.post(f"/topics/{topic['id']}/messages", {"body": "More"}) for _ in range(4)),
        *(team.owner.put(f"/messages/{m['id']}/withdrawal") for m in messages[:2]),
        *(team.owner.patch(f"/messages/{m['id']}", {"body": "New"}, rev=1) for m in messages[2:]),
        team.owner.patch(f"/topics/{topic['id']}", {"title": "Shapes"}, rev=1),
    )
    assert {answer.status_code for answer in answers} <= {200, 201}
    last = (await recorded(team))[-1].data["topic"]
    assert last == (await team.owner.get(f"/topics/{topic['id']}")).json()
    assert (last["message_count"], last["title"]) == (6, "Shapes")


async def test_an_edit_that_a_post_overtakes_does_not_tell_an_older_topic(team: Team) -> None:
    await project(team.owner)
    topic = await discussion(team.owner)
    message = await said(team.owner, topic)
    async with acting(team, team.owner) as caller:
        edit = MessageEdit(body="New")
        await editing.edit_message(caller, UUID(message["id"]), 1, edit)
        posting = await meanwhile(caller, said(team.owner, topic, "More"))
    await posting
    last = (await recorded(team))[-1].data["topic"]
    assert last == (await team.owner.get(f"/topics/{topic['id']}")).json()


async def test_messages_are_listed_either_way_page_by_page(team: Team) -> None:
    await project(team.owner)
    topic = await discussion(team.owner)
    for number in range(5):
        await said(team.owner, topic, str(number))
        team.clock.advance(seconds=number % 2)
    for sort, order in (("sent_at", "01234"), ("-sent_at", "43210")):
        found, url = "", f"{team.owner.base}/topics/{topic['id']}/messages?limit=2&sort={sort}"
        while url:
            page = await team.owner.http.get(url)
            found += "".join(message["body"] for message in page.json())
            url = page.links.get("next", {}).get("url", "")
        assert found == order


async def test_a_page_of_messages_takes_as_many_statements_as_one_message(team: Team) -> None:
    await team.add("sam")
    await project(team.owner)
    topic = await discussion(team.owner)
    await said(team.owner, topic, "@sam")
    statements: list[str] = []
    engine = team.app.state.engine.sync_engine

    def count(*args: Any) -> None:
        statements.append(args[2])

    event.listen(engine, "before_cursor_execute", count)
    try:
        await bodies(team.owner, topic)
        few = len(statements)
        for _ in range(5):
            await said(team.owner, topic, "@sam and @olena")
        statements.clear()
        await bodies(team.owner, topic)
        assert len(statements) == few
    finally:
        event.remove(engine, "before_cursor_execute", count)


async def test_a_mention_counts_for_those_who_are_there_and_can_see_it(team: Team) -> None:
    sam, gone = await team.add("sam"), await team.add("gone")
    inside, outside = await team.add("ina", Role.GUEST), await team.add("otto", Role.GUEST)
    await disable(team, gone)
    await project(team.owner, guests=(inside,))
    topic = await discussion(team.owner)
    body = "@SAM @sam @gone @ina @otto @nobody `@olena`"
    message = await post(team.owner, topic["id"], body, kept_as_text=["otto"])
    assert message["mentions"] == sorted([str(sam.member_id), str(inside.member_id)])
    assert str(outside.member_id) not in json.dumps(message)


async def test_an_edit_changes_the_text_and_whom_it_names(team: Team) -> None:
    sam, ann = await team.add("sam"), await team.add("ann")
    await project(team.owner)
    topic = await discussion(team.owner)
    message = await said(team.owner, topic, "@sam")
    path = f"/messages/{message['id']}"
    team.clock.advance(minutes=5)
    before = await head(team)
    answer = await team.owner.patch(path, {"body": "*@ann*"}, rev=1)
    edited = answer.json()
    assert answer.headers["ETag"] == '"2"'
    assert edited == message | {
        "body": "*@ann*",
        "body_html": "<p><em>@ann</em></p>",
        "mentions": [str(ann.member_id)],
        "asks": edited["asks"],
        "edited_at": "2026-05-18T07:05:00Z",
        "rev": 2,
    }
    assert [each["member_id"] for each in edited["asks"]] == edited["mentions"]
    assert (await sam.get(path)).json() == as_read(edited)
    for same in ({}, {"body": "*@ann*"}):
        assert (await team.owner.patch(path, same, rev=2)).json() == edited
    happened, *timers = await recorded(team, before)
    assert [row.kind for row in timers] == ["timer.started", "timer.cancelled"]
    assert (happened.kind, happened.data["mentions"]) == ("message.edited", edited["mentions"])
    assert happened.data["topic"] == (await sam.get(f"/topics/{topic['id']}")).json()


async def test_only_the_author_edits_and_from_the_right_revision(team: Team) -> None:
    sam = await team.add("sam")
    await project(team.owner)
    message = as_read(await said(sam, await discussion(team.owner)))
    path = f"/messages/{message['id']}"
    assert (await team.owner.patch(path, {"body": "X"}, rev=1)).status_code == 403
    assert (await sam.patch(path, {"body": "X"})).status_code == 428
    assert (await sam.patch(path, {"body": "X"}, rev=2)).status_code == 412
    assert (await sam.patch(path, {"body": None}, rev=1)).status_code == 422
    assert (await sam.get(path)).json() == message


async def test_a_withdrawn_message_is_empty_everywhere(team: Team) -> None:
    sam = await team.add("sam")
    await project(team.owner)
    topic = await discussion(team.owner)
    await said(team.owner, topic, "Stays")
    team.clock.advance(minutes=1)
    message = as_read(await said(sam, topic, "Regretted, @olena"))
    path = f"/messages/{message['id']}"
    team.clock.advance(minutes=1)
    before = await head(team)
    for _ in range(2):
        answer = await sam.put(f"{path}/withdrawal")
        assert answer.json() == message | {
            "body": "",
            "body_html": "",
            "mentions": [],
            "asks": [message["asks"][0] | {"state": "cancelled"}],
            "withdrawn_at": "2026-05-18T07:02:00Z",
            "rev": 2,
        }
        team.clock.advance(minutes=1)
    assert answer.headers["ETag"] == '"2"'
    assert (await team.owner.get(path)).json() == answer.json()
    assert await bodies(team.owner, topic) == ["Stays", ""]
    happened, cancelled = await recorded(team, before)
    assert (happened.kind, cancelled.kind) == ("message.withdrawn", "timer.cancelled")
    after = (await sam.get(f"/topics/{topic['id']}")).json()
    assert (after["message_count"], after["last_message_at"]) == (1, "2026-05-18T07:00:00Z")
    assert happened.data["topic"] == after
    assert (await sam.patch(path, {"body": "Again"}, rev=2)).json()["status"] == 409


async def test_no_event_holds_a_text(team: Team) -> None:
    await project(team.owner)
    message = await said(team.owner, await discussion(team.owner), "Regretted")
    await team.owner.patch(f"/messages/{message['id']}", {"body": "Regretted more"}, rev=1)
    await team.owner.put(f"/messages/{message['id']}/withdrawal")
    assert "Regretted" not in "".join(json.dumps(row.data) for row in await recorded(team))


async def test_in_a_project_an_admin_withdraws_too(team: Team) -> None:
    sam, ann, admin = await team.add("sam"), await team.add("ann"), await team.add("a", Role.ADMIN)
    await project(team.owner)
    message = await said(sam, await discussion(team.owner))
    path = f"/messages/{message['id']}/withdrawal"
    assert (await ann.put(path)).status_code == 403
    assert (await admin.put(path)).status_code == 200


async def test_the_only_message_withdrawn_leaves_an_untouched_topic(team: Team) -> None:
    sam = await team.add("sam")
    topic = await direct(team.owner, sam)
    message = await said(sam, topic)
    await sam.put(f"/messages/{message['id']}/withdrawal")
    after = (await sam.get(f"/topics/{topic['id']}")).json()
    assert (after["message_count"], after["last_message_at"]) == (0, None)


async def test_an_update_says_the_condition_of_its_project(team: Team) -> None:
    guest = await team.add("gail", Role.GUEST)
    made = await project(team.owner, guests=(guest,))
    before = await head(team)
    answer = await team.owner.post(
        "/projects/ABC/updates", {"condition": "at_risk", "body": "Waiting, @gail"}
    )
    update = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"{team.owner.base}/messages/{update['message']['id']}"
    assert (update["condition"], update["message"]["condition"]) == ("at_risk", "at_risk")
    assert update["message"]["mentions"] == [str(guest.member_id)]
    assert await kinds(team, before) == ["topic.opened", "message.posted", "project.changed"]
    after = (await guest.get("/projects/ABC")).json()
    assert after["condition"] == "at_risk"
    assert (await recorded(team))[-1].data["project"] == after
    topic = (await guest.get(f"/topics/{update['topic_id']}")).json()
    assert (topic["kind"], topic["project_id"]) == ("update", made["id"])


async def test_updates_are_listed_newest_first_without_what_is_said_about_them(team: Team) -> None:
    guest = await team.add("gail", Role.GUEST)
    await project(team.owner, guests=(guest,))
    updates = []
    for condition in ("on_track", "at_risk", "off_track"):
        body = {"condition": condition, "body": condition}
        posted = (await team.owner.post("/projects/ABC/updates", body)).json()
        updates.append(posted | {"message": as_read(posted["message"])})
        team.clock.advance(hours=1)
    await said(guest, {"id": updates[0]["topic_id"]}, "Good")
    assert (await guest.get("/projects/ABC/updates")).json() == updates[::-1]
    page = await guest.get("/projects/ABC/updates", limit=2)
    rest = await guest.http.get(page.links["next"]["url"])
    assert page.json() + rest.json() == updates[::-1]


@pytest.mark.parametrize("bad", [{"condition": "fine"}, {"body": ""}, {"title": "X"}])
async def test_a_bad_update_is_refused(team: Team, bad: dict[str, str]) -> None:
    await project(team.owner)
    body = {"condition": "at_risk", "body": "Late"} | bad
    answer = await team.owner.post("/projects/ABC/updates", body)
    assert [error["field"] for error in answer.json()["errors"]] == list(bad)
