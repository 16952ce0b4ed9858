"""What others did since I looked, told by the thing that it happened to."""

from typing import Any

import pytest

from dayline.identity.models import Role
from dayline.today import news
from tests.clock import MovableClock
from tests.recorded import head, recorded
from tests.team import Person, Team
from tests.timers.desk import ask, direct_topic, done, member, post, refused, sweep, task_topic

Json = dict[str, Any]


async def news_of(person: Person) -> Json:
    found: Json = (await done(person.get("/today")))["since_you_left"]
    return found


async def look(person: Person) -> None:
    """Say that one has looked at what one is shown."""
    await done(person.put("/today/looked", {"seq": (await news_of(person))["seq"]}))


async def test_what_happened_is_told_once_for_each_thing(team: Team, clock: MovableClock) -> None:
    sam, eve = await member(team, "sam"), await member(team, "eve")
    topic = await task_topic(team.owner)
    await look(sam)
    clock.advance(minutes=1)
    await done(team.owner.patch("/tasks/ABC-1", {"state": "in_progress"}, 1))
    await post(team.owner, topic)
    await post(eve, topic)
    clock.advance(minutes=1)
    await done(eve.patch("/projects/ABC", {"name": "Alpha"}, 1))
    told = await news_of(sam)
    assert (told["looked_at"], told["is_cut"]) == ("2026-05-18T07:00:00Z", False)
    assert told["lines_total"] == 2
    project, task = told["lines"]
    assert (project["topic"], project["task"], project["project"]["name"]) == (None, None, "Alpha")
    assert (project["latest_kind"], project["latest_at"]) == (
        "project.changed",
        "2026-05-18T07:02:00Z",
    )
    assert (task["topic"]["id"], task["task"]["key"]) == (topic, "ABC-1")
    assert task["task"]["state"] == "in_progress"
    assert task["kinds"] == {"message.posted": 2, "task.changed": 1}
    assert task["events"] == 3
    assert task["actor_ids"] == [str(eve.member_id), str(team.owner.member_id)]


async def test_what_i_did_myself_is_no_news(team: Team) -> None:
    await look(team.owner)
    topic = await task_topic(team.owner)
    await post(team.owner, topic)
    assert (await news_of(team.owner))["lines"] == []


async def test_looking_again_leaves_nothing(team: Team) -> None:
    sam = await member(team, "sam")
    await task_topic(team.owner)
    assert (await news_of(sam))["looked_at"] is None
    assert (await news_of(sam))["lines"] != []
    await look(sam)
    assert (await news_of(sam))["lines"] == []


async def test_a_mark_never_goes_back_nor_ahead(team: Team) -> None:
    sam = await member(team, "sam")
    await task_topic(team.owner)
    latest = await head(team)
    await look(sam)
    assert (await done(sam.put("/today/looked", {"seq": 1})))["seq"] == latest
    ahead = await sam.put("/today/looked", {"seq": latest + 1})
    assert refused(ahead) == {"seq": "No event has this number yet."}
    no_number = await sam.put("/today/looked", {"seq": False})
    assert refused(no_number) == {"seq": "Enter a whole number."}


async def test_nobody_is_told_that_somebody_looked(team: Team) -> None:
    await task_topic(team.owner)
    before = await recorded(team)
    await look(team.owner)
    assert await recorded(team) == before


async def test_a_breach_is_news_to_all_who_see_it(team: Team, clock: MovableClock) -> None:
    sam, eve = await member(team, "sam"), await member(team, "eve")
    topic = await task_topic(team.owner)
    await ask(team.owner, topic, sam)
    await look(eve)
    clock.advance(hours=5)
    assert await sweep(team)
    (line,) = (await news_of(eve))["lines"]
    assert (line["kinds"], line["actor_ids"]) == ({"timer.breached": 1}, [])


async def test_news_stays_with_those_who_may_see_it(team: Team) -> None:
    sam, gus = await member(team, "sam"), await team.add("gus", Role.GUEST)
    for person in (sam, gus, team.owner):
        await look(person)
    await task_topic(team.owner, "ABC")
    hidden = await task_topic(team.owner, "DEF")
    await done(team.owner.put(f"/projects/ABC/people/{gus.member_id}"))
    direct = await direct_topic(team.owner, sam)
    await post(team.owner, direct, "Between us")
    told = {line["topic"]["id"] for line in (await news_of(sam))["lines"] if line["topic"]}
    assert {hidden, direct} <= told
    lines = (await news_of(gus))["lines"]
    assert {line["project"]["key"] for line in lines if line["project"]} == {"ABC"}
    eve = await member(team, "eve")
    assert direct not in [
        line["topic"] and line["topic"]["id"] for line in (await news_of(eve))["lines"]
    ]


async def test_old_news_is_left_out_and_said_to_be(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    sam = await member(team, "sam")
    topic = await task_topic(team.owner)
    await look(sam)
    await post(team.owner, topic, "Old")
    other = await direct_topic(team.owner, sam)
    monkeypatch.setattr(news, "MOST_EVENTS", 2)
    await post(team.owner, other, "New")
    told = await news_of(sam)
    assert told["is_cut"] is True
    assert [line["topic"]["id"] for line in told["lines"]] == [other]
