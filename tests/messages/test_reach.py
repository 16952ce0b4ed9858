"""Mentions that reach nobody: told before sending and after, and refused where they mislead."""

from typing import Any

from dayline.identity.models import Role
from tests.clock import MovableClock
from tests.messages.talk import direct, discussion, project
from tests.team import Person, Team
from tests.timers.desk import asked, at, done, ids, post, refused

HIDDEN = (
    "@otto can’t see this. "
    "Remove the mention, or add otto to kept_as_text to keep it as plain text."
)


async def scene(team: Team) -> tuple[Person, str]:
    """A topic of a project that `ina` sees and `otto` does not; `gone` has left."""
    gone, ina = await team.add("gone"), await team.add("ina", Role.GUEST)
    await team.add("otto", Role.GUEST)
    await done(team.owner.put(f"/members/{gone.member_id}/disablement"))
    await project(team.owner, guests=(ina,))
    return ina, (await discussion(team.owner))["id"]


def reasons(document: Any) -> dict[str, str]:
    return {each["handle"]: each["reason"] for each in document["unreached"]}


async def test_each_mention_that_asks_nobody_is_told_with_its_reason(team: Team) -> None:
    ina, topic = await scene(team)
    sam = await team.add("sam")
    body = "@sam @Ina @gone @otto @nobody @olena `@code`"
    told = {"gone": "no_access", "ina": "guest", "nobody": "unknown", "otto": "cannot_see"}
    handles = ["sam", "ina", "gone", "otto", "nobody", "olena"]
    preview = await done(team.owner.get("/asking", topic=topic, mention=handles))
    assert (reasons(preview), preview["recipients"]) == (told, [])
    message = await post(team.owner, topic, body, kept_as_text=["otto"])
    assert reasons(message) == told
    assert asked(message) == set(ids(sam))
    assert str(ina.member_id) in message["mentions"]


async def test_a_mention_of_who_cannot_see_the_place_is_refused_by_name(team: Team) -> None:
    _, topic = await scene(team)
    path = f"/topics/{topic}/messages"
    assert refused(await team.owner.post(path, {"body": "Well, @otto?"})) == {"body": HIDDEN}
    assert (await post(team.owner, topic, "Well, @otto?", kept_as_text=["OTTO"]))["mentions"] == []
    new = {"title": "T", "body": "@otto"}
    assert refused(await team.owner.post("/projects/ABC/topics", new)) == {"body": HIDDEN}
    update = {"condition": "at_risk", "body": "@otto", "kept_as_text": ["otto"]}
    posted = await done(team.owner.post("/projects/ABC/updates", update))
    assert reasons(posted["message"]) == {"otto": "cannot_see"}


async def test_an_edit_may_keep_what_was_there_and_names_what_is_new(team: Team) -> None:
    _, topic = await scene(team)
    message = await post(team.owner, topic, "Well?")
    path = f"/messages/{message['id']}"
    assert refused(await team.owner.patch(path, {"body": "@otto?"}, rev=1)) == {"body": HIDDEN}
    kept = {"body": "@otto?", "kept_as_text": ["otto"]}
    edited = await done(team.owner.patch(path, kept, rev=1))
    assert reasons(edited) == {"otto": "cannot_see"}
    again = await done(team.owner.patch(path, {"body": "Well, @otto?"}, rev=2))
    assert reasons(again) == {"otto": "cannot_see"}


async def test_in_a_direct_topic_and_before_there_is_one(team: Team) -> None:
    sam, ann = await team.add("sam"), await team.add("ann")
    topic = await direct(sam, ann)
    asking = {"mention": ["olena", "ann"]}
    there = await done(sam.get("/asking", topic=topic["id"], **asking))
    new = await done(sam.get("/asking", recipient=ids(ann), **asking))
    assert reasons(there) == reasons(new) == {"olena": "cannot_see"}
    path = f"/topics/{topic['id']}/messages"
    assert "body" in refused(await sam.post(path, {"body": "@olena says hi"}))


async def test_before_there_is_a_topic_a_project_counts(team: Team) -> None:
    await scene(team)
    told = await done(team.owner.get("/asking", project="ABC", mention=["ina", "otto"]))
    assert reasons(told) == {"ina": "guest", "otto": "cannot_see"}


async def test_a_guest_learns_of_no_other_guest(team: Team) -> None:
    ina, topic = await scene(team)
    told = await done(ina.get("/asking", topic=topic, mention=["otto", "gone", "nobody"]))
    assert reasons(told) == {"gone": "no_access", "nobody": "unknown", "otto": "unknown"}
    assert (await post(ina, topic, "@otto?"))["mentions"] == []


async def test_a_scheduled_message_is_checked_when_written_and_when_sent(
    team: Team, clock: MovableClock
) -> None:
    clock.now = at("2026-05-18 10:00")
    _, topic = await scene(team)
    path, later = f"/topics/{topic}/scheduled-messages", at("2026-05-18 11:00").isoformat()
    new = {"body": "@otto, @nobody?", "send_at": later}
    assert refused(await team.owner.post(path, new)) == {"body": HIDDEN}
    made = await done(team.owner.post(path, new | {"kept_as_text": ["otto"]}))
    assert reasons(made) == {"nobody": "unknown", "otto": "cannot_see"}
    assert made["kept_as_text"] == ["otto"]
