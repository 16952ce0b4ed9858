"""What waits for me, what I wait for, and how long there is left, in words' worth of facts."""

from typing import Any

from dayline.identity.models import Role
from tests.agreements.desk import publish
from tests.calendars.counting import statements
from tests.clock import MovableClock
from tests.team import Person, Team
from tests.timers.desk import ask, at, direct_topic, done, instant, member, post, sweep, task_topic

Json = dict[str, Any]


async def today(person: Person) -> Json:
    found: Json = await done(person.get("/today"))
    return found


async def test_a_line_says_who_asks_what_where_and_by_when(team: Team) -> None:
    sam = await member(team, "sam", "N")
    topic = await task_topic(team.owner)
    text = "Which **one** of `a < b`?\n\nSay [so](https://example.org)."
    asked = await ask(team.owner, topic, sam, body=text)
    (line,) = (await today(sam))["needs_you"]
    assert line["timer"] == asked
    assert line["excerpt"] == "Which one of a < b? Say so."
    assert (line["author"]["handle"], line["recipient"]["handle"]) == ("olena", "sam")
    assert line["topic"] | {"id": topic} == line["topic"]
    assert (line["topic"]["kind"], line["topic"]["message_count"]) == ("task", 1)
    assert (line["task"]["key"], line["task"]["state"]) == ("ABC-1", "backlog")
    assert line["project"]["key"] == "ABC"
    (mirrored,) = (await today(team.owner))["waiting_for"]
    assert mirrored["timer"] == asked
    assert mirrored["due"] == {
        "at": "2026-05-18T17:00:00Z",
        "theirs": "2026-05-18T13:00:00-04:00",
        "yours": "2026-05-18T20:00:00+03:00",
    }


async def test_the_clock_that_stands_still_says_when_it_runs_on(team: Team) -> None:
    sam = await member(team, "sam", "N")
    await ask(team.owner, await task_topic(team.owner), sam)
    (line,) = (await today(team.owner))["waiting_for"]
    assert line["countdown"] == {
        "left_s": 4 * 3600,
        "runs_from": {
            "at": "2026-05-18T13:00:00Z",
            "theirs": "2026-05-18T09:00:00-04:00",
            "yours": "2026-05-18T16:00:00+03:00",
        },
        "spans": [{"start": "2026-05-18T13:00:00Z", "end": "2026-05-18T17:00:00Z"}],
    }


async def test_the_clock_runs_in_the_second_in_which_somebody_asks(
    team: Team, clock: MovableClock
) -> None:
    """An allowance begins at the next whole second: nobody is told that it stands until then."""
    sam = await member(team, "sam", "K")
    clock.now = at("2026-05-18 16:00")
    clock.advance(seconds=0.25)
    await ask(team.owner, await task_topic(team.owner), sam)
    clock.advance(seconds=0.25)
    (line,) = (await today(sam))["needs_you"]
    assert instant(line["countdown"]["runs_from"]["at"]) == clock.now


async def test_the_clock_that_runs_counts_what_is_left_over_the_night(
    team: Team, clock: MovableClock
) -> None:
    sam = await member(team, "sam", "K")
    topic = await task_topic(team.owner)
    clock.now = at("2026-05-18 16:00")
    await ask(team.owner, topic, sam)
    clock.advance(minutes=72)
    (line,) = (await today(sam))["needs_you"]
    countdown = line["countdown"]
    assert countdown["left_s"] == 4 * 3600 - 72 * 60
    assert instant(countdown["runs_from"]["at"]) == clock.now
    assert [(instant(s["start"]), instant(s["end"])) for s in countdown["spans"]] == [
        (clock.now, at("2026-05-18 18:00")),
        (at("2026-05-19 09:00"), at("2026-05-19 11:00")),
    ]


async def test_nothing_counts_while_paused_or_after_a_breach(
    team: Team, clock: MovableClock
) -> None:
    sam = await member(team, "sam")
    topic, other = await task_topic(team.owner), await task_topic(team.owner)
    late = await ask(team.owner, topic, sam)
    clock.advance(hours=1)
    paused = await ask(team.owner, other, sam)
    clock.advance(hours=1)
    await done(sam.put(f"/timers/{paused['id']}/pause", {"reason": "Waiting on the client"}))
    clock.now = at("2026-05-18 15:00")
    assert await sweep(team) == 1
    first, last = (await today(sam))["needs_you"]
    assert (first["timer"]["id"], first["timer"]["state"]) == (late["id"], "breached")
    assert first["countdown"] == {"left_s": 0, "runs_from": None, "spans": []}
    assert (last["timer"]["id"], last["timer"]["state"]) == (paused["id"], "paused")
    assert last["countdown"] == {"left_s": 3 * 3600, "runs_from": None, "spans": []}


async def test_what_is_due_first_comes_first_and_an_answer_takes_it_away(
    team: Team, clock: MovableClock
) -> None:
    sam = await member(team, "sam")
    topic, other = await task_topic(team.owner), await task_topic(team.owner)
    slow = await ask(team.owner, topic, sam)
    clock.advance(minutes=5)
    quick = await ask(team.owner, other, sam, urgent=True)
    shown = await today(sam)
    assert [line["timer"]["id"] for line in shown["needs_you"]] == [quick["id"], slow["id"]]
    await post(sam, other)
    shown = await today(sam)
    assert [line["timer"]["id"] for line in shown["needs_you"]] == [slow["id"]]
    assert (shown["needs_you_total"], (await today(team.owner))["waiting_for_total"]) == (1, 1)


async def test_a_promise_waits_until_it_is_kept(team: Team, clock: MovableClock) -> None:
    sam = await member(team, "sam")
    asked = await ask(team.owner, await task_topic(team.owner), sam)
    promise = {"promised_at": at("2026-05-19 10:00").isoformat()}
    await done(sam.put(f"/timers/{asked['id']}/acknowledgement", promise))
    (line,) = (await today(sam))["needs_you"]
    assert line["timer"]["follows"] == asked["id"]
    assert instant(line["due"]["at"]) == at("2026-05-19 10:00")
    assert line["countdown"]["left_s"] == 9 * 3600


async def test_a_direct_line_belongs_to_those_who_take_part(team: Team) -> None:
    sam, eve = await member(team, "sam"), await member(team, "eve")
    await ask(team.owner, await direct_topic(team.owner, sam), sam)
    (line,) = (await today(sam))["needs_you"]
    assert (line["task"], line["project"], line["topic"]["kind"]) == (None, None, "direct")
    shown = await today(eve)
    assert (shown["needs_you"], shown["waiting_for"], shown["needs_you_total"]) == ([], [], 0)


async def test_a_guest_loses_the_lines_of_a_project_with_the_project(team: Team) -> None:
    sam, gus = await member(team, "sam"), await team.add("gus", Role.GUEST)
    topic = await task_topic(team.owner)
    await done(team.owner.put(f"/projects/ABC/people/{gus.member_id}"))
    await ask(gus, topic, sam)
    assert len((await today(gus))["waiting_for"]) == 1
    await done(team.owner.delete(f"/projects/ABC/people/{gus.member_id}"))
    assert (await today(gus))["waiting_for"] == []
    assert len((await today(sam))["needs_you"]) == 1


async def test_one_looks_again_at_the_next_start_or_the_next_day(
    team: Team, clock: MovableClock
) -> None:
    ravi = await member(team, "ravi", "R")
    for now, expected in (
        ("2026-05-18 08:00", "2026-05-18T10:00:00+05:30"),
        ("2026-05-18 11:00", "2026-05-19T10:00:00+05:30"),
        ("2026-05-18 13:20", "2026-05-18T14:00:00+05:30"),
        ("2026-05-22 19:00", "2026-05-25T10:00:00+05:30"),
    ):
        clock.now = at(now, "Asia/Kolkata")
        shown = await today(ravi)
        assert shown["next_first_check"]["local"] == expected, now
    assert shown["is_working"] is False
    assert shown["now"]["local"] == "2026-05-22T19:00:00+05:30"
    assert shown["now"]["reference"] == "2026-05-22T16:30:00+03:00"
    assert instant(shown["day_ends_at"]) == at("2026-05-23 00:00", "Asia/Kolkata")


async def test_an_agreement_waits_for_members_until_they_sign(
    team: Team, clock: MovableClock
) -> None:
    sam, gus = await member(team, "sam"), await team.add("gus", Role.GUEST)
    assert [owed["version"] for owed in (await today(sam))["signatures"]] == [1]
    assert (await today(gus))["signatures"] == []
    await done(sam.put("/agreement/versions/1/signature"))
    assert (await today(sam))["signatures"] == []
    await publish(team.owner, at("2026-06-01 00:00"))
    assert [owed["version"] for owed in (await today(sam))["signatures"]] == [2]
    assert [owed["version"] for owed in (await today(team.owner))["signatures"]] == [1, 2]
    clock.now = at("2026-06-01 00:00")
    assert [owed["version"] for owed in (await today(team.owner))["signatures"]] == [2]


async def test_the_number_of_statements_does_not_grow_with_what_waits(team: Team) -> None:
    people = [await member(team, f"sam{number}") for number in range(3)]
    topic = await task_topic(team.owner)

    async def counted() -> int:
        await today(team.owner)
        with statements(team) as sent:
            await today(team.owner)
        return len(sent)

    await ask(team.owner, topic, people[0])
    await ask(people[1], topic, team.owner)
    before = await counted()
    for person in people:
        other = await direct_topic(team.owner, person)
        await ask(team.owner, other, person)
        await ask(person, other, team.owner)
    assert await counted() == before <= 13
