"""Cover: who is on leave is asked through whom they named, and both see so."""

from typing import Any

import pytest

from dayline.calendars.cover import last_cover
from dayline.identity.models import Role
from tests.calendars.desk import path_of
from tests.team import Person, Team
from tests.timers.desk import (
    ask,
    asked,
    direct_topic,
    done,
    ids,
    member,
    post,
    refused,
    task_topic,
    timer,
)

WEEK = {"starts_on": "2026-05-18", "ends_on": "2026-05-22"}


async def leaves(person: Person, cover: Person, **when: str) -> Any:
    """Time off in which another is asked instead."""
    new = WEEK | when | {"cover_id": str(cover.member_id)}
    return await done(person.post(path_of(person, "time-off"), new))


async def test_who_is_on_leave_is_asked_through_their_cover_and_all_see_so(team: Team) -> None:
    sam, ann = await member(team, "sam"), await member(team, "ann")
    await leaves(sam, ann)
    posted = await post(team.owner, await task_topic(team.owner), "@sam, when?")
    (shown,) = posted["asks"]
    assert (shown["member_id"], shown["covers"]) == (str(ann.member_id), ids(sam))
    running = await timer(sam, shown["timer_id"])
    assert (running["recipient_id"], running["covers"]) == (str(ann.member_id), ids(sam))
    assert running["due_at"] == "2026-05-18T11:00:00Z"
    (line,) = [
        line
        for line in (await done(ann.get("/availability")))["members"]
        if line["member_id"] == str(sam.member_id)
    ]
    assert line["cover_id"] == str(ann.member_id)


async def test_before_and_after_the_leave_they_are_asked_themselves(team: Team) -> None:
    sam, ann = await member(team, "sam"), await member(team, "ann")
    await leaves(sam, ann, starts_on="2026-05-19", ends_on="2026-05-19")
    topic = await task_topic(team.owner)
    assert asked(await post(team.owner, topic, "@sam?")) == set(ids(sam))
    team.clock.advance(days=1)
    assert asked(await post(team.owner, topic, "@sam?")) == set(ids(ann))
    team.clock.advance(days=1)
    assert asked(await post(team.owner, topic, "@sam?")) == set(ids(sam))


async def test_a_leave_of_hours_is_covered_by_the_clock_of_its_member(team: Team) -> None:
    sam, ann = await member(team, "sam", "N"), await member(team, "ann")
    times = {"starts_time": "09:00", "ends_time": "12:00", "ends_on": "2026-05-18"}
    await leaves(sam, ann, **times)
    topic = await task_topic(team.owner)
    assert asked(await post(team.owner, topic, "@sam?")) == set(ids(sam))
    team.clock.advance(hours=6)
    assert asked(await post(team.owner, topic, "@sam?")) == set(ids(ann))
    team.clock.advance(hours=3)
    assert asked(await post(team.owner, topic, "@sam?")) == set(ids(sam))


async def test_covers_who_are_away_are_covered_in_turn_but_never_in_a_circle(team: Team) -> None:
    sam, ann, dan = [await member(team, handle) for handle in ("sam", "ann", "dan")]
    await leaves(sam, ann)
    await leaves(ann, dan)
    topic = await task_topic(team.owner)
    both = await post(team.owner, topic, "@sam and @ann?")
    assert asked(both) == set(ids(dan))
    assert set(both["asks"][0]["covers"]) == set(ids(sam, ann))
    await leaves(dan, sam)
    assert asked(await post(team.owner, topic, "@sam?")) == set(ids(sam))


@pytest.mark.parametrize(
    ("covers", "last"),
    [({}, None), ({1: 2}, 2), ({1: 2, 2: 3}, 3), ({1: 2, 2: 1}, None), ({1: 2, 2: 3, 3: 2}, None)],
)
def test_the_chain_of_covers_ends(covers: Any, last: Any) -> None:
    assert last_cover(covers, 1) == last  # type: ignore[arg-type]


async def test_a_cover_who_asks_or_is_not_there_leaves_the_question_to_the_member(
    team: Team,
) -> None:
    sam, ann = await member(team, "sam"), await member(team, "ann")
    await leaves(sam, ann)
    topic = await task_topic(ann)
    assert asked(await post(ann, topic, "@sam?")) == set(ids(sam))
    between = await direct_topic(team.owner, sam)
    assert asked(await post(team.owner, between, "@sam?")) == set(ids(sam))
    await done(team.owner.put(f"/members/{ann.member_id}/disablement"))
    assert asked(await post(team.owner, topic, "@sam?")) == set(ids(sam))


async def test_an_answer_of_either_ends_the_timer(team: Team) -> None:
    sam, ann = await member(team, "sam"), await member(team, "ann")
    await leaves(sam, ann)
    topic = await task_topic(team.owner)
    for answering in (ann, sam):
        (shown,) = (await post(team.owner, topic, "@sam?"))["asks"]
        await post(answering, topic, "At noon.")
        assert (await timer(ann, shown["timer_id"]))["state"] == "responded"


async def test_an_edit_leaves_who_answers_as_it_is(team: Team) -> None:
    sam, ann = await member(team, "sam"), await member(team, "ann")
    topic = await task_topic(team.owner)
    before = await post(team.owner, topic, "@sam?")
    await leaves(sam, ann)
    same = await done(team.owner.patch(f"/messages/{before['id']}", {"body": "Well, @sam?"}, 1))
    assert asked(same) == set(ids(sam))
    later = await post(team.owner, topic, "@sam?")
    team.clock.advance(days=7)
    same = await done(team.owner.patch(f"/messages/{later['id']}", {"body": "Well, @sam?"}, 1))
    assert asked(same) == set(ids(ann))
    gone = await done(team.owner.patch(f"/messages/{later['id']}", {"body": "Well?"}, 2))
    assert asked(gone) == set()


async def test_who_is_asked_and_covers_has_one_timer(team: Team) -> None:
    sam, ann = await member(team, "sam"), await member(team, "ann")
    await leaves(sam, ann)
    posted = await post(team.owner, await task_topic(team.owner), "@ann, @sam?")
    assert [(each["member_id"], each["covers"]) for each in posted["asks"]] == [
        (str(ann.member_id), ids(sam))
    ]


async def test_a_promise_of_the_cover_covers_on(team: Team) -> None:
    sam, ann = await member(team, "sam"), await member(team, "ann")
    await leaves(sam, ann)
    topic = await task_topic(team.owner)
    (shown,) = (await post(team.owner, topic, "@sam?"))["asks"]
    promise = {"promised_at": "2026-05-19T12:00:00Z"}
    await done(ann.put(f"/timers/{shown['timer_id']}/acknowledgement", promise))
    waiting = await done(ann.get("/timers", recipient="me", state="open"))
    assert [each["covers"] for each in waiting] == [ids(sam)]


async def test_the_gate_asks_about_the_cover(team: Team) -> None:
    sam, ann = await member(team, "sam"), await member(team, "ann")
    await leaves(sam, ann)
    found = await done(team.owner.get("/asking", recipient=ids(sam), urgent=True))
    (line,) = found["recipients"]
    assert (line["member_id"], line["covers"]) == (str(ann.member_id), ids(sam))
    assert (line["standing"], line["needs_reason"]) == ("working", False)
    assert str(sam.member_id) not in str(found["working_now"])
    topic = await task_topic(team.owner)
    urgent = {"body": "@sam?", "urgent": True}
    assert (await team.owner.post(f"/topics/{topic}/messages", urgent)).status_code == 201


async def test_only_somebody_else_who_can_be_asked_may_cover(team: Team) -> None:
    sam, gil = await member(team, "sam"), await team.add("gil", Role.GUEST)
    path = path_of(sam, "time-off")
    reason = "Pick an active member who isn’t a guest."
    for cover, why in ((sam, "Pick someone other than yourself."), (gil, reason)):
        answer = await sam.post(path, WEEK | {"cover_id": str(cover.member_id)})
        assert refused(answer) == {"cover_id": why}
    off = await done(sam.post(path, WEEK))
    edit = {"cover_id": str(team.owner.member_id)}
    edited = await done(sam.patch(f"{path}/{off['id']}", edit, 1))
    assert edited["cover_id"] == str(team.owner.member_id)
    wrong = await sam.patch(f"{path}/{off['id']}", {"cover_id": str(team.workspace_id)}, 2)
    assert refused(wrong) == {"cover_id": reason}
    cleared = await done(sam.patch(f"{path}/{off['id']}", {"cover_id": None}, 2))
    assert cleared["cover_id"] is None
    assert (await gil.post(path_of(gil, "time-off"), WEEK | edit)).status_code == 422


async def test_leave_without_a_cover_asks_the_member(team: Team) -> None:
    sam = await member(team, "sam")
    await done(sam.post(path_of(sam, "time-off"), WEEK))
    running = await ask(team.owner, await task_topic(team.owner), sam)
    assert (running["recipient_id"], running["covers"]) == (str(sam.member_id), [])
