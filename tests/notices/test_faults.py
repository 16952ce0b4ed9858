"""What can't be made into a notice delays nothing else; and who acts at once, loses nothing."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from dayline.kernel.ops.settings import Settings
from dayline.notices.consumer import notices_consumer
from tests.clock import MovableClock
from tests.failed_jobs.failing import Refusals, failed_jobs
from tests.notices.desk import listed, the, told, work
from tests.notices.post import Post
from tests.recorded import recorded
from tests.servers import Servers
from tests.team import Person, Team
from tests.timers.desk import ask, done, member, post, task_topic


@pytest.fixture
async def refusals(servers: Servers, settings: Settings) -> AsyncIterator[Refusals]:
    """The database that all tests share refuses what a test says."""
    refusals = await asyncio.to_thread(Refusals.of, servers, settings)
    yield refusals
    await asyncio.to_thread(refusals.allow_all)


@pytest.fixture
async def sam(team: Team) -> Person:
    return await member(team, "sam")


async def test_an_event_that_fails_is_skipped_counted_and_tried_again(
    team: Team, sam: Person, clock: MovableClock, refusals: Refusals
) -> None:
    topic = await task_topic(team.owner)
    bad = await post(team.owner, topic, "@sam one", asks=[])
    good = await post(team.owner, topic, "@sam two", asks=[])
    await asyncio.to_thread(refusals.refuse, bad["id"])
    consumer, sessions = notices_consumer(), team.app.state.sessions
    await consumer.take_turn(sessions, clock, team.workspace_id)
    assert [n["message_id"] for n in await listed(sam, kind="mentioned")] == [good["id"]]
    (job,) = await failed_jobs(team, queue="member_notices")
    (event,) = [r for r in await recorded(team) if r.data.get("message_id") == bad["id"]]
    assert (job["item_id"], job["attempts"]) == (str(event.id), 1)
    await asyncio.to_thread(refusals.allow_all)
    clock.advance(seconds=5)
    await consumer.take_turn(sessions, clock, team.workspace_id)
    assert len(await listed(sam, kind="mentioned")) == 2
    assert await failed_jobs(team, queue="member_notices") == []


async def test_consumers_at_once_make_each_notice_once(team: Team, sam: Person) -> None:
    topic = await task_topic(team.owner)
    for number in range(10):
        await post(team.owner, topic, f"@sam {number}", asks=[])
    await asyncio.gather(*(work(team) for _ in range(4)))
    await work(team)
    assert len(await listed(sam, kind="mentioned")) == 10


async def test_reading_while_it_is_settled_keeps_both(team: Team, sam: Person) -> None:
    topic = await task_topic(team.owner)
    for _ in range(5):
        await ask(team.owner, topic, sam)
        await work(team)
        (asked,) = (await listed(sam, kind="asked"))[:1]
        await post(sam, topic, "This one.")
        path = f"/notices/{asked['id']}/read"
        await asyncio.gather(work(team), done(sam.put(path)))
        notice = await done(sam.get(f"/notices/{asked['id']}"))
        assert None not in {notice["read_at"], notice["settled_at"]}
        carried = [r.data["notice"] for r in await recorded(team) if "notice" in r.data]
        document = [each for each in carried if each["id"] == notice["id"]][-1]
        assert {name: notice[name] for name in document} == document, "the feed says the same"


async def test_workers_that_claim_at_once_send_each_notice_once(
    team: Team, sam: Person, clock: MovableClock
) -> None:
    letters = Post(team)
    topic = await task_topic(team.owner)
    for _ in range(8):
        await ask(team.owner, topic, sam)
        clock.advance(minutes=1)
    await letters.make()
    clock.advance(minutes=1)
    claimed = await asyncio.gather(*(letters.claim() for _ in range(4)))
    ids = [id_ for each in claimed for message in each for id_ in message.notice_ids]
    assert len(ids) == len(set(ids)) == 8


async def test_two_asks_of_one_instant_are_two_notices(team: Team, sam: Person) -> None:
    topic = await task_topic(team.owner)
    await ask(team.owner, topic, sam)
    await ask(team.owner, topic, sam, body="And this?")
    assert await told(team, sam) == ["asked", "asked"]
    await post(sam, topic, "Both.")
    answers = [n for n in await _answers(team) if n["excerpt"] == "Both."]
    assert len(answers) == 2
    assert (await the(team, sam, "agreement_to_sign"))["needs_you"]


async def _answers(team: Team) -> list[dict[str, str]]:
    await work(team)
    return await listed(team.owner, kind="answered")
