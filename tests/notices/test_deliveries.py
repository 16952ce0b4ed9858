"""When and how a notice is delivered: in the member's hours, joined, once; and what is not."""

from datetime import timedelta
from typing import Any

import pytest

from dayline.kernel.jobs.outbox import Delivered, Refused, TryAgain
from tests.calendars.desk import works
from tests.clock import MovableClock
from tests.notices.desk import the
from tests.notices.post import Post
from tests.team import Person, Team
from tests.timers.desk import CALENDARS, ask, at, done, member, post, refused, sweep, task_topic

Json = dict[str, Any]


@pytest.fixture
def letters(team: Team) -> Post:
    return Post(team)


@pytest.fixture
async def sam(team: Team) -> Person:
    """Works in Kyiv from 9 to 18."""
    return await member(team, "sam")


async def settings(person: Person, **changed: Any) -> Json:
    found: Json = await done(person.put("/notices/settings", changed))
    return found


async def test_it_waits_a_minute_and_then_tells_with_all_that_is_needed(
    team: Team, sam: Person, letters: Post, clock: MovableClock
) -> None:
    await ask(team.owner, await task_topic(team.owner), sam, body="Which **one**?")
    assert await letters.work() == []
    clock.advance(seconds=59)
    assert await letters.work() == []
    clock.advance(seconds=1)
    assert await letters.work() == [Delivered()]
    (message,) = letters.channel.came
    assert (message.name, message.language, message.zone) == ("Sam", "en", "Europe/Kyiv")
    assert message.address == {"email": f"{sam.member_id}@example.org"}
    (notice,) = message.notices
    assert (notice.title, notice.excerpt) == ("A task", "Which one?")
    clock.advance(hours=1)
    assert await letters.work() == []


async def test_twelve_changes_in_the_evening_are_one_message_next_morning(
    team: Team, sam: Person, letters: Post, clock: MovableClock
) -> None:
    topic = await task_topic(team.owner)
    clock.now = at("2026-05-22 19:00")  # a Friday
    for number in range(12):
        await ask(team.owner, topic, sam, body=f"Question {number}?")
        clock.advance(seconds=5)
    while clock.now < at("2026-05-25 09:00"):
        assert await letters.work() == []
        clock.advance(hours=1)
    clock.now = at("2026-05-25 09:00")
    assert await letters.work() == [Delivered()]
    assert letters.told(sam) == [["asked"] * 12]


async def test_focus_time_and_holidays_hold_it_and_a_change_of_hours_moves_it(
    team: Team, sam: Person, letters: Post, clock: MovableClock
) -> None:
    block = {"days": ["mon"], "start": "10:00", "end": "12:00"}
    await done(sam.post(f"/members/{sam.member_id}/focus-blocks", block))
    await ask(team.owner, await task_topic(team.owner), sam)
    clock.now = at("2026-05-18 11:59")
    assert await letters.work() == []
    day_off: Json = {"intervals": []}
    await done(sam.put(f"/members/{sam.member_id}/overrides/2026-05-18", day_off))
    clock.now = at("2026-05-18 12:00")
    assert await letters.work() == [], "the day is free by now"
    await done(sam.delete(f"/members/{sam.member_id}/overrides/2026-05-18"))
    assert await letters.work() == [Delivered()], "it is theirs again"


async def test_only_urgent_asks_with_a_reason_pass_the_hours(
    team: Team, sam: Person, letters: Post, clock: MovableClock
) -> None:
    topic = await task_topic(team.owner)
    clock.now = at("2026-05-18 20:00")
    await ask(team.owner, topic, sam, body="Ordinary?")
    await ask(
        team.owner, topic, sam, body="On fire?", urgent=True, urgent_reason="The site is down."
    )
    clock.advance(minutes=1)
    await letters.work()
    assert [m.notices[0].excerpt for m in letters.channel.came] == ["On fire?"]
    clock.now = at("2026-05-19 09:00")
    await letters.work()
    assert letters.told(sam) == [["asked"], ["asked"]]


async def test_urgent_without_a_reason_waits_like_the_others(
    team: Team, sam: Person, letters: Post, clock: MovableClock
) -> None:
    topic = await task_topic(team.owner)
    clock.now = at("2026-05-18 17:59")
    await ask(team.owner, topic, sam, urgent=True)
    clock.now = at("2026-05-18 18:30")
    assert await letters.work() == []


@pytest.mark.parametrize("how", ["answered", "read", "done", "snoozed", "turned off", "muted"])
async def test_what_needs_no_telling_by_then_is_not_told(
    team: Team, sam: Person, letters: Post, clock: MovableClock, how: str
) -> None:
    topic = await task_topic(team.owner)
    kind = "asked" if how in {"answered", "turned off"} else "mentioned"
    await settings(sam, channels={"mentioned": ["email"]})
    if kind == "asked":
        await ask(team.owner, topic, sam)
    else:
        await post(team.owner, topic, "As @sam said.", asks=[])
    await letters.make()
    notice = await the(team, sam, kind)
    match how:
        case "answered":
            await post(sam, topic, "This one.")
        case "turned off":
            await settings(sam, channels={"asked": []})
        case "muted":
            await settings(sam, channels={"mentioned": ["email"]}, muted_topics=[topic])
        case "snoozed":
            await done(sam.put(f"/notices/{notice['id']}/snooze", {"next_start": True}))
        case _:
            await done(sam.put(f"/notices/{notice['id']}/{how}"))
    clock.advance(minutes=5)
    await letters.work()
    assert letters.told(sam) == []


async def test_kinds_that_are_quiet_by_default_are_not_told(
    team: Team, sam: Person, letters: Post, clock: MovableClock
) -> None:
    topic = await task_topic(team.owner)
    await post(team.owner, topic, "As @sam said.", asks=[])
    clock.advance(minutes=5)
    await letters.work()
    await settings(sam, channels={"mentioned": ["email"]})
    await post(team.owner, topic, "As @sam said again.", asks=[])
    clock.advance(minutes=5)
    await letters.work()
    assert letters.told(sam) == [["mentioned"]]


async def test_away_holds_everything_until_it_ends(
    team: Team, sam: Person, letters: Post, clock: MovableClock
) -> None:
    topic = await task_topic(team.owner)
    until = at("2026-05-18 14:00").isoformat()
    await done(sam.put("/notices/away", {"until": until}))
    await ask(
        team.owner, topic, sam, body="On fire?", urgent=True, urgent_reason="The site is down."
    )
    clock.now = at("2026-05-18 13:59")
    assert await letters.work() == []
    clock.now = at("2026-05-18 14:00")
    assert await letters.work() == [Delivered()]
    await done(sam.put("/notices/away", {}))
    await ask(team.owner, topic, sam)
    clock.now = at("2026-05-19 17:00")
    assert await letters.work() == []
    await done(sam.delete("/notices/away"))
    await letters.work()
    assert letters.told(sam)[1:] == [["asked"]]


async def test_away_ends_at_a_time_on_the_members_clock(team: Team, sam: Person) -> None:
    away = await done(sam.put("/notices/away", {"until_local": "2026-05-19T15:30"}))
    assert away["away_until"] == "2026-05-19T12:30:00Z"
    assert away["away_until_local"] == "2026-05-19T15:30:00+03:00"
    for given, field in (
        ({"until_local": "2026-05-18T09:59"}, "until"),
        ({"until_local": "2026-06-31T09:00"}, "until_local"),
        ({"until_local": "2026-05-19T15:30", "until": "2026-05-19T12:30:00Z"}, "body"),
    ):
        assert list(refused(await sam.put("/notices/away", given))) == [field]


async def test_a_failed_message_is_sent_again_under_its_key_and_in_hours(
    team: Team, sam: Person, letters: Post, clock: MovableClock
) -> None:
    topic = await task_topic(team.owner)
    clock.now = at("2026-05-18 17:58")
    await ask(team.owner, topic, sam)
    letters.channel.answers = [TryAgain("Busy", timedelta(minutes=5))]
    clock.now = at("2026-05-18 17:59:30")
    (claimed,) = await _claimed(letters)
    await letters.outbox.send(claimed)
    clock.now = at("2026-05-18 18:10")
    assert await letters.work() == []
    clock.now = at("2026-05-19 09:00")
    assert await letters.work() == [Delivered()]
    (message,) = letters.channel.came
    assert message.key == claimed.id


async def test_a_weekend_in_between_does_not_count_as_failing(
    team: Team, sam: Person, letters: Post, clock: MovableClock
) -> None:
    topic = await task_topic(team.owner)
    clock.now = at("2026-05-22 17:58")  # a Friday
    await ask(team.owner, topic, sam)
    letters.channel.answers = [TryAgain("Busy"), TryAgain("Busy")]
    for wall in ("2026-05-22 17:59:30", "2026-05-22 18:01", "2026-05-25 09:00"):
        clock.now = at(wall)
        await letters.work()
    assert letters.channel.answers == [], "it was tried twice"
    clock.now = at("2026-05-25 09:05")
    assert await letters.work() == [Delivered()]


async def test_a_channel_that_hangs_is_given_up_and_tried_again(
    team: Team, sam: Person, letters: Post, clock: MovableClock
) -> None:
    await ask(team.owner, await task_topic(team.owner), sam)
    clock.advance(minutes=2)
    letters.channel.answers = [None]
    assert await letters.work() == [TryAgain("The channel did not answer in time.")]
    clock.advance(minutes=1)
    assert await letters.work() == [Delivered()]


async def test_what_is_refused_is_not_sent_again(
    team: Team, sam: Person, letters: Post, clock: MovableClock
) -> None:
    await ask(team.owner, await task_topic(team.owner), sam)
    clock.advance(minutes=2)
    letters.channel.answers = [Refused("No such mailbox.")]
    assert await letters.work() == [Refused("No such mailbox.")]
    clock.advance(hours=1)
    assert await letters.work() == []


async def test_what_a_dead_worker_left_is_sent_under_the_same_key(
    team: Team, sam: Person, letters: Post, clock: MovableClock
) -> None:
    topic = await task_topic(team.owner)
    await ask(team.owner, topic, sam)
    clock.advance(minutes=2)
    (left,) = await _claimed(letters)
    clock.advance(seconds=29)
    await ask(team.owner, topic, sam, body="And this?")
    assert await letters.work() == []
    clock.advance(seconds=1)
    assert await letters.work() == [Delivered()]
    (message,) = letters.channel.came
    assert message.key == left.id
    await letters.outbox.send(left)
    clock.advance(minutes=2)
    await letters.work()
    assert [m.key == left.id for m in letters.channel.came] == [True, True, False]


async def test_who_cannot_be_reached_is_not_told(
    team: Team, sam: Person, letters: Post, clock: MovableClock
) -> None:
    topic = await task_topic(team.owner)
    await ask(team.owner, topic, sam)
    await letters.make()
    letters.channel.left.add(sam.member_id)
    clock.advance(minutes=2)
    assert await letters.work() == []
    letters.channel.left.clear()
    assert await letters.work() == []


async def test_someone_in_another_zone_is_told_in_their_morning(
    team: Team, sam: Person, letters: Post, clock: MovableClock
) -> None:
    await works(sam, *CALENDARS["N"])
    topic = await task_topic(team.owner)
    await ask(team.owner, topic, sam)
    clock.now = at("2026-05-18 15:59")
    assert await letters.work() == []
    clock.now = at("2026-05-18 16:00")
    assert await letters.work() == [Delivered()]
    clock.advance(hours=3)
    await sweep(team)
    clock.advance(minutes=2)
    await letters.work()
    assert letters.told(sam) == [["asked"], ["warned"]]


async def _claimed(letters: Post) -> list[Any]:
    await letters.make()
    return await letters.claim()
