"""Direct topics: between their participants, and nobody else whatever the role."""

from typing import Any
from uuid import uuid4

import pytest

from dayline.identity.models import Role
from dayline.kernel.db.events import AudienceKind
from tests.messages.talk import bodies, direct, project, said, titles
from tests.projects.test_people import disable
from tests.recorded import head, recorded
from tests.team import Person, Team
from tests.timers.desk import asked, done, ids, post


async def refused(person: Person, *ids: Any) -> list[dict[str, str]]:
    answer = await person.post("/direct-topics", {"participants": [str(i) for i in ids]})
    assert answer.status_code == 422
    errors: list[dict[str, str]] = answer.json()["errors"]
    return errors


async def test_a_direct_topic_is_between_the_caller_and_those_named(team: Team) -> None:
    sam, ann = await team.add("sam"), await team.add("ann")
    before = await head(team)
    topic = await direct(sam, ann, ann, sam, body="Hi")
    assert topic["participants"] == sorted([str(sam.member_id), str(ann.member_id)])
    assert (topic["kind"], topic["project_id"], topic["title"]) == ("direct", None, "Ann, Sam")
    assert topic["message_count"] == 1
    events = await recorded(team, before)
    kinds = ["topic.opened", "message.posted", "timer.started"]
    assert [event.kind for event in events] == kinds
    assert {(e.audience, str(e.audience_id)) for e in events} == {(AudienceKind.TOPIC, topic["id"])}
    assert events[1].data["topic"] == topic
    assert (await ann.get(f"/topics/{topic['id']}")).json() == topic
    assert await bodies(ann, topic) == ["Hi"]


async def test_a_title_of_many_names_is_cut(team: Team) -> None:
    others = [await team.add(f"a{'x' * 30}{number}") for number in range(8)]
    title = (await direct(team.owner, *others))["title"]
    assert len(title) == 200
    assert title.endswith("…")
    assert (await direct(team.owner, others[0], title="Lunch"))["title"] == "Lunch"


@pytest.mark.parametrize("role", [Role.OWNER, Role.ADMIN, Role.MEMBER, Role.GUEST])
async def test_no_role_widens_a_direct_topic(team: Team, role: Role) -> None:
    sam, ann = await team.add("sam"), await team.add("ann")
    other = team.owner if role is Role.OWNER else await team.add("other", role)
    topic = await direct(sam, ann, title="Private")
    message = await said(sam, topic)
    for answer in (
        await other.get(f"/topics/{topic['id']}"),
        await other.patch(f"/topics/{topic['id']}", {"title": "Mine"}, rev=1),
        await other.put(f"/topics/{topic['id']}/resolution"),
        await other.delete(f"/topics/{topic['id']}/resolution"),
        await other.get(f"/topics/{topic['id']}/messages"),
        await other.post(f"/topics/{topic['id']}/messages", {"body": "Hi"}),
        await other.get(f"/messages/{message['id']}"),
        await other.patch(f"/messages/{message['id']}", {"body": "X"}, rev=1),
        await other.put(f"/messages/{message['id']}/withdrawal"),
    ):
        assert answer.status_code == 404
    for params in ({}, {"kind": "direct"}, {"resolved": False}):
        assert "Private" not in await titles(other, **params)
    assert await bodies(ann, topic) == ["Hello"]


async def test_participants_steer_and_only_the_author_withdraws(team: Team) -> None:
    guest, sam = await team.add("gail", Role.GUEST), await team.add("sam")
    topic = await direct(sam, guest, team.owner)
    message = await said(sam, topic)
    assert (await guest.put(f"/topics/{topic['id']}/resolution")).status_code == 200
    assert (await guest.patch(f"/topics/{topic['id']}", {"title": "X"}, rev=2)).status_code == 200
    withdrawn = await team.owner.put(f"/messages/{message['id']}/withdrawal")
    assert withdrawn.status_code == 403
    assert (await sam.put(f"/messages/{message['id']}/withdrawal")).status_code == 200


async def test_a_guest_addresses_the_team_and_no_guests(team: Team) -> None:
    guest, other = await team.add("gail", Role.GUEST), await team.add("ole", Role.GUEST)
    unknown = "Pick a member you can write to."
    assert (await direct(guest, team.owner))["title"] == "Gail, Olena"
    assert await refused(guest, team.owner.member_id, other.member_id) == [
        {"field": "participants.1", "reason": unknown}
    ]
    assert len((await direct(team.owner, guest, other))["participants"]) == 3


async def test_those_who_cannot_be_addressed_are_named(team: Team) -> None:
    other, sam = await Team.create(team.app, team.clock), await team.add("sam")
    await disable(team, sam)
    unknown = "Pick a member you can write to."
    assert await refused(team.owner, sam.member_id, uuid4(), other.owner.member_id) == [
        {"field": "participants.0", "reason": "Sam no longer has access."},
        {"field": "participants.1", "reason": unknown},
        {"field": "participants.2", "reason": unknown},
    ]
    await other.close()


async def test_one_does_not_talk_to_oneself(team: Team) -> None:
    assert await refused(team.owner, team.owner.member_id) == [
        {"field": "participants", "reason": "Add recipients."}
    ]
    assert [error["field"] for error in await refused(team.owner)] == ["participants"]
    many = [uuid4() for _ in range(21)]
    assert [error["field"] for error in await refused(team.owner, *many)] == ["participants"]
    assert [error["field"] for error in await refused(team.owner, "sam")] == ["participants.0"]


async def test_a_direct_topic_names_only_those_who_take_part(team: Team) -> None:
    sam, ann = await team.add("sam"), await team.add("ann")
    await project(team.owner)
    topic = await direct(sam, ann)
    message = await post(sam, topic["id"], "@ann and @olena", kept_as_text=["olena"])
    assert message["mentions"] == [str(ann.member_id)]


async def test_sent_twice_with_one_key_a_topic_is_opened_once(team: Team) -> None:
    sam = await team.add("sam")
    body = {"participants": [str(sam.member_id)], "body": "Hi"}
    first = await team.owner.post("/direct-topics", body, Idempotency_Key="once")
    again = await team.owner.post("/direct-topics", body, Idempotency_Key="once")
    assert first.json() == again.json()
    assert len(await titles(sam)) == 1


async def test_a_conversation_may_begin_with_an_ask(team: Team) -> None:
    sam = await team.add("sam")
    new = {"participants": [str(sam.member_id)], "body": "Which one?", "asks": [str(sam.member_id)]}
    made = await team.owner.post("/direct-topics", new)
    assert made.status_code == 201
    (message,) = (await sam.get(f"/topics/{made.json()['id']}/messages")).json()
    assert [ask["member_id"] for ask in message["asks"]] == [str(sam.member_id)]


async def test_what_belongs_to_a_first_message_needs_one(team: Team) -> None:
    sam = await team.add("sam")
    new = {"participants": [str(sam.member_id)], "urgent": True}
    refused = await team.owner.post("/direct-topics", new)
    assert refused.status_code == 422
    assert "Write a message first" in refused.text


async def test_between_two_a_message_that_answers_nothing_asks_the_other(team: Team) -> None:
    sam, ann = await team.add("sam"), await team.add("ann")
    topic = (await direct(sam, ann, body="May I?"))["id"]
    (asked_first,) = await done(ann.get("/timers", recipient="me"))
    assert asked_first["kind"] == "direct_message"
    assert asked(await post(ann, topic, "You may.")) == set()
    assert asked(await post(ann, topic, "Did you?")) == set(ids(sam))
    assert asked(await post(sam, topic, "By the way", asks=[], answers=[])) == set()
    assert asked(await post(sam, topic, "And?", answers=[])) == set(ids(ann))


async def test_among_three_only_those_named_are_asked(team: Team) -> None:
    sam, ann, dan = await team.add("sam"), await team.add("ann"), await team.add("dan")
    topic = (await direct(sam, ann, dan))["id"]
    assert asked(await post(sam, topic, "Hello")) == set()
    assert asked(await post(sam, topic, "Hello, @dan")) == set(ids(dan))


async def test_a_guest_is_written_to_and_asked_nothing(team: Team) -> None:
    sam, gil = await team.add("sam"), await team.add("gil", Role.GUEST)
    topic = (await direct(sam, gil))["id"]
    assert asked(await post(sam, topic, "Hello")) == set()
    assert asked(await post(gil, topic, "Hello, may I?")) == set(ids(sam))


async def test_an_edit_keeps_what_a_message_asked_of_the_other(team: Team) -> None:
    sam, ann = await team.add("sam"), await team.add("ann")
    topic = (await direct(sam, ann))["id"]
    message = await post(sam, topic, "May I?")
    path = f"/messages/{message['id']}"
    edited = await done(sam.patch(path, {"body": "May I, please?"}, rev=1))
    assert [each["state"] for each in edited["asks"]] == ["open"]
    assert asked(await done(sam.patch(path, {"asks": []}, rev=2))) == set()
    again = await done(sam.patch(path, {"asks": None}, rev=3))
    assert [each["state"] for each in again["asks"]] == ["open"]


async def test_an_edit_of_an_answer_asks_nothing_new(team: Team) -> None:
    sam, ann = await team.add("sam"), await team.add("ann")
    topic = (await direct(sam, ann, body="May I?"))["id"]
    answer = await post(ann, topic, "Yes")
    path = f"/messages/{answer['id']}"
    assert asked(await done(ann.patch(path, {"body": "Yes, do."}, rev=1))) == set()
    assert asked(await done(ann.patch(path, {"asks": None}, rev=2))) == set()
    mentioning = await done(ann.patch(path, {"body": "Yes, @sam."}, rev=3))
    assert asked(mentioning) == set(ids(sam))
    assert asked(await done(ann.patch(path, {"body": "Yes."}, rev=4))) == set()
