"""The socket: who may open it, what it says, and how one resumes."""

import json
import time
from uuid import uuid4

import pytest
from websockets.exceptions import InvalidStatus

from dayline.feed import frames as making
from dayline.feed.pages import PAGE
from dayline.identity.models import Role
from tests.concurrency.recording import record
from tests.feed.steps import (
    a_busy_week,
    make_project,
    make_task,
    open_direct,
    say,
)
from tests.live import Json, events_of, feed, frames_until, next_frame, snapshot_of
from tests.recorded import head
from tests.team import Person, Team


async def refused(address: str, person: Person, query: Json | None = None, **how: object) -> Json:
    """The problem with which the server answers instead of opening the socket."""
    with pytest.raises(InvalidStatus) as refusal:
        async with feed(address, person, query, **how):
            pass
    answer = refusal.value.response
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    problem: Json = json.loads(answer.body)
    assert problem["status"] == answer.status_code
    return problem


async def test_hello_says_where_the_stream_starts(team: Team, address: str) -> None:
    snapshot = await snapshot_of(team.owner)
    async with feed(address, team.owner) as socket:
        assert await next_frame(socket) == {
            "type": "hello",
            "epoch": snapshot["epoch"],
            "seq": snapshot["seq"],
            "heartbeat_s": 5,
        }


async def test_an_event_arrives_as_the_list_of_events_shows_it(team: Team, address: str) -> None:
    async with feed(address, team.owner) as socket:
        hello = await next_frame(socket)
        await make_project(team, "ABC")
        latest = await head(team)
        frames = await frames_until(socket, latest)
    listed = (await team.owner.get("/events", since=hello["seq"])).json()
    assert listed["seq"] == listed["head"] == latest
    assert events_of(frames) == listed["events"]
    assert [frame["prev"] for frame in frames] == [f["seq"] for f in (hello, *frames[:-1])]


async def test_a_hint_makes_it_quick(team: Team, address: str) -> None:
    async with feed(address, team.owner) as socket:
        await next_frame(socket)
        waits = []
        for number in range(5):
            await make_project(team, f"P{number}")
            started = time.monotonic()
            await frames_until(socket, await head(team))
            waits.append(time.monotonic() - started)
    assert min(waits) < 0.5  # without hints each would wait for the poll, half a second on average


async def test_member_and_guest_resume_at_every_number_without_a_gap(
    team: Team, address: str
) -> None:
    guest = await team.add("gus", Role.GUEST)
    member = await team.add("mel")
    await a_busy_week(team, guest)
    latest = await head(team)
    for person in (member, guest):
        page = (await person.get("/events", limit=1000)).json()
        assert 0 < len(page["events"]) < latest
        for since in range(latest + 1):
            query = {"since": since, "epoch": page["epoch"]}
            async with feed(address, person, query) as socket:
                hello = await next_frame(socket)
                assert (hello["type"], hello["seq"]) == ("hello", since)
                frames = await frames_until(socket, latest) if since < latest else []
            assert events_of(frames) == [e for e in page["events"] if e["seq"] > since]
            assert [f["prev"] for f in frames] == [f["seq"] for f in [hello, *frames][:-1]]


async def test_withheld_events_advance_a_client_in_empty_frames(team: Team, address: str) -> None:
    guest = await team.add("gus", Role.GUEST)
    async with feed(address, guest) as socket:
        hello = await next_frame(socket)
        await make_project(team, "ABC")
        latest = await head(team)
        frames = await frames_until(socket, latest)
    assert latest > hello["seq"]
    assert events_of(frames) == []
    assert frames[-1]["seq"] == latest


async def test_a_direct_topic_reaches_its_participants_alone(team: Team, address: str) -> None:
    ann, bo = await team.add("ann"), await team.add("bo", Role.GUEST)
    async with (
        feed(address, ann) as anns,
        feed(address, bo) as bos,
        feed(address, team.owner) as owners,
    ):
        for socket in (anns, bos, owners):
            await next_frame(socket)
        topic = await open_direct(ann, bo)
        await say(bo, topic["id"])
        latest = await head(team)
        kinds = ["topic.opened", "message.posted", "timer.started"]
        for socket in (anns, bos):
            events = events_of(await frames_until(socket, latest))
            assert [event["kind"] for event in events] == kinds
            assert {event["audience"]["id"] for event in events} == {topic["id"]}
        assert events_of(await frames_until(owners, latest)) == []


async def test_much_that_was_missed_comes_in_frames_of_64_kb(team: Team, address: str) -> None:
    await make_project(team, "ABC")
    since = await head(team)
    keys = [(await make_task(team.owner, "ABC", "x" * 200))["key"] for _ in range(150)]
    change = {"labels_add": [f"{number}".ljust(50, "x") for number in range(5)]}
    await team.owner.post("/tasks/bulk", {"keys": keys, "change": change})
    async with feed(address, team.owner, {"since": since}) as socket:
        await next_frame(socket)
        texts: list[str] = []
        while not texts or f'"seq":{await head(team)},"events"' not in texts[-1]:
            texts.append(await socket.recv(decode=True))
    assert len(texts) > 3
    assert max(len(text.encode()) for text in texts) <= making.MOST_BYTES


@pytest.mark.parametrize("missed", [PAGE, PAGE + 1, 2 * PAGE + 201])
async def test_more_than_one_reading_of_missed_events_comes_whole(
    team: Team, address: str, missed: int
) -> None:
    """The server reads so many at once; what it tells as known must have been sent."""
    since = await head(team)
    await record(team, *(f"number {number}" for number in range(missed)))
    latest = await head(team)
    async with feed(address, team.owner, {"since": since}) as socket:
        hello = await next_frame(socket)
        frames = await frames_until(socket, latest)
    assert [event["seq"] for event in events_of(frames)] == list(range(since + 1, latest + 1))
    assert [frame["prev"] for frame in frames] == [f["seq"] for f in (hello, *frames[:-1])]


async def test_one_commit_of_more_than_one_reading_reaches_those_who_listen(
    team: Team, address: str
) -> None:
    async with feed(address, team.owner) as socket:
        hello = await next_frame(socket)
        await record(team, *(f"number {number}" for number in range(2 * PAGE + 201)))
        latest = await head(team)
        events = events_of(await frames_until(socket, latest))
    assert [event["seq"] for event in events] == list(range(hello["seq"] + 1, latest + 1))


async def test_a_burst_larger_than_the_queue_reaches_a_client_that_keeps_up(
    team: Team, address: str
) -> None:
    await make_project(team, "ABC")
    keys = [(await make_task(team.owner, "ABC", "y" * 200))["key"] for _ in range(200)]
    async with feed(address, team.owner) as socket:
        hello = await next_frame(socket)
        await team.owner.post("/tasks/bulk", {"keys": keys, "change": {"priority": "high"}})
        latest = await head(team)
        events = events_of(await frames_until(socket, latest))
    assert [event["seq"] for event in events] == list(range(hello["seq"] + 1, latest + 1))


@pytest.mark.parametrize("reason", ["epoch", "access", "ahead"])
async def test_reset_where_one_cannot_resume(team: Team, address: str, reason: str) -> None:
    snapshot = await snapshot_of(team.owner)
    history, _, access = snapshot["epoch"].partition(".")
    query = {
        "epoch": {"epoch": f"{uuid4()}.{access}", "since": 1},
        "access": {"epoch": f"{history}.0123456789abcdef", "since": 1},
        "ahead": {"epoch": snapshot["epoch"], "since": snapshot["seq"] + 1},
    }[reason]
    async with feed(address, team.owner, query) as socket:
        hello, reset = await next_frame(socket), await next_frame(socket)
        assert (hello["epoch"], hello["seq"]) == (snapshot["epoch"], snapshot["seq"])
        assert reset == {
            "type": "reset",
            "reason": reason,
            "epoch": snapshot["epoch"],
            "seq": snapshot["seq"],
        }
        await make_project(team, "ABC")
        frames = await frames_until(socket, await head(team))
    assert frames[0]["prev"] == snapshot["seq"]
    assert events_of(frames)[0]["seq"] == snapshot["seq"] + 1


async def test_a_page_of_another_site_is_refused(team: Team, address: str) -> None:
    problem = await refused(address, team.owner, origin="https://evil.example")
    assert (problem["status"], problem["type"]) == (403, "urn:dayline:problem:cross-site")
    assert (await refused(address, team.owner, origin="null"))["status"] == 403


async def test_our_own_page_is_let_in(team: Team, address: str) -> None:
    async with feed(address, team.owner, origin=f"http://{address}") as socket:
        assert (await next_frame(socket))["type"] == "hello"


async def test_without_a_credential_there_is_no_socket(team: Team, address: str) -> None:
    assert (await refused(address, team.owner, headers={}))["status"] == 401
    wrong = {"Authorization": "Bearer dl_wrong"}
    assert (await refused(address, team.owner, headers=wrong))["status"] == 401


async def test_another_tenants_socket_is_not_there(team: Team, address: str) -> None:
    other = await Team.create(team.app, team.clock)
    token = {"Authorization": f"Bearer {team.owner.token}"}
    assert (await refused(address, other.owner, headers=token))["status"] == 404
    other.owner.base = "/api/workspaces/No%20such%00name"
    assert (await refused(address, other.owner, headers=token))["status"] == 404
    await other.close()


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"since": "-1"}, "since"),
        ({"since": "soon"}, "since"),
        ({"since": 2**63}, "since"),
        ({"epoch": "x" * 101}, "epoch"),
    ],
)
async def test_a_query_that_cannot_be_read_is_refused_by_name(
    team: Team, address: str, query: Json, field: str
) -> None:
    problem = await refused(address, team.owner, query)
    assert problem["status"] == 422
    assert [error["field"] for error in problem["errors"]] == [field]


async def test_what_a_client_says_changes_nothing(team: Team, address: str) -> None:
    async with feed(address, team.owner) as socket:
        await next_frame(socket)
        await socket.send("hello?")
        await socket.send(b"\x00\xff")
        await make_project(team, "ABC")
        assert events_of(await frames_until(socket, await head(team)))
