"""Access that ends or changes while a client is connected: closed within 5 s, and nothing later."""

import json
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete
from sqlmodel import col
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from dayline.feed.connection import ACCESS_ENDED
from dayline.identity.models import AccessToken, Role, SignInSession
from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from tests.concurrency.recording import record, recording
from tests.feed.steps import (
    add_to_project,
    done,
    make_project,
    make_task,
    say,
    take_off_project,
)
from tests.live import (
    Follower,
    Json,
    closed_with,
    events_of,
    feed,
    frames_until,
    next_frame,
    snapshot_of,
)
from tests.recorded import head
from tests.team import Person, Team, signed_in

WITHIN_S = 5.0


async def sign_in(team: Team, person: Person, address: str) -> dict[str, str]:
    """The headers of a browser in which the person is signed in."""
    headers = await signed_in(team.app, person.account_id, team.clock.now)
    return headers | {"Origin": f"http://{address}"}


async def ends_without_later_events(
    team: Team, socket: ClientConnection, revoke: Callable[[], Awaitable[Any]]
) -> int:
    """Revoke, record events behind that, and wait for the end; the code it is closed with."""
    await next_frame(socket)
    await record(team, "before")
    await frames_until(socket, await head(team))
    await revoke()
    started, allowed = time.monotonic(), await head(team)
    for number in range(20):
        await record(team, f"after {number}")
    code = None
    try:
        while True:
            frame = json.loads(await socket.recv())
            assert all(event["seq"] <= allowed for event in frame.get("events", []))
    except ConnectionClosed as closed:
        code = closed.rcvd.code if closed.rcvd else None
    assert time.monotonic() - started < WITHIN_S
    assert code is not None
    return code


async def log_out(team: Team, person: Person) -> None:
    """Delete the person's sessions without a word to anybody, as another server would."""
    sessions: Sessions = team.app.state.sessions
    async with sessions() as session, session.begin():
        await session.execute(
            delete(SignInSession).where(col(SignInSession.account_id) == person.account_id)
        )


async def revoke_tokens(team: Team, person: Person) -> None:
    """The same for the person's tokens."""
    sessions: Sessions = team.app.state.sessions
    async with sessions() as session, session.begin():
        scope = Scope(team.workspace_id, team.clock.now, None)
        await enter_workspace(session, scope)
        await session.execute(
            delete(AccessToken).where(col(AccessToken.member_id) == person.member_id)
        )


async def reset_password(team: Team, person: Person) -> None:
    """Set a new password by a link, as somebody who lost the account does."""
    reset = await done(team.owner.post(f"/members/{person.member_id}/password-reset"))
    secret = reset["link"].partition("#token=")[2]
    given = {"token": secret, "new_password": "nine slow barges drift"}
    answer = await team.owner.http.post("/api/password-resets", json=given)
    assert answer.status_code == 204, answer.text


async def disable(team: Team, person: Person) -> None:
    await done(team.owner.put(f"/members/{person.member_id}/disablement"))


async def wait_long(team: Team, _person: Person) -> None:
    """Until sessions and tokens have expired."""
    team.clock.advance(days=4000)


Revocation = Callable[[Team, Person], Awaitable[None]]


@pytest.mark.parametrize("revoke", [log_out, reset_password, disable, wait_long])
async def test_a_browser_is_cut_off_when_access_ends(
    team: Team, address: str, revoke: Revocation
) -> None:
    sam = await team.add("sam")
    headers = await sign_in(team, sam, address)
    async with feed(address, sam, headers=headers) as socket:
        code = await ends_without_later_events(team, socket, lambda: revoke(team, sam))
    assert code == ACCESS_ENDED


@pytest.mark.parametrize("revoke", [revoke_tokens, reset_password, disable, wait_long])
async def test_a_program_is_cut_off_when_its_token_ends(
    team: Team, address: str, revoke: Revocation
) -> None:
    sam = await team.add("sam")
    async with feed(address, sam) as socket:
        code = await ends_without_later_events(team, socket, lambda: revoke(team, sam))
    assert code == ACCESS_ENDED


@pytest.mark.parametrize("revoke", [revoke_tokens, wait_long])
async def test_the_end_of_access_is_noticed_when_nothing_else_happens(
    team: Team, address: str, revoke: Revocation
) -> None:
    sam = await team.add("sam")
    async with feed(address, sam) as socket:
        await next_frame(socket)
        for text in ("one", "two"):
            await record(team, text)
            await frames_until(socket, await head(team))
        await revoke(team, sam)
        started = time.monotonic()
        assert await closed_with(socket) == ACCESS_ENDED
        assert time.monotonic() - started < WITHIN_S


async def test_signing_out_ends_one_browser_and_leaves_the_other(team: Team, address: str) -> None:
    sam = await team.add("sam")
    browser, other = await sign_in(team, sam, address), await sign_in(team, sam, address)
    async with (
        feed(address, sam, headers=browser) as ending,
        feed(address, sam, headers=other) as staying,
    ):
        hello = await next_frame(staying)

        async def sign_out() -> None:
            own = {**browser, "Authorization": "", "Origin": "http://localhost:8080"}
            answer = await team.owner.http.delete("/api/sessions/current", headers=own)
            assert answer.status_code == 204, answer.text

        await ends_without_later_events(team, ending, sign_out)
        frames = await frames_until(staying, await head(team))
    assert len(events_of(frames)) == await head(team) - hello["seq"]


async def test_a_session_that_stays_unused_ends_its_socket(team: Team, address: str) -> None:
    sam = await team.add("sam")
    headers = await sign_in(team, sam, address)
    idle = timedelta(days=team.app.state.settings.session_idle_days)

    async def wait() -> None:
        team.clock.now += idle

    async with feed(address, sam, headers=headers) as socket:
        assert await ends_without_later_events(team, socket, wait) == ACCESS_ENDED


async def reset_of(socket: ClientConnection) -> Json:
    """The reset that must come within 5 s; what comes before it is passed over."""
    started = time.monotonic()
    while (frame := await next_frame(socket))["type"] != "reset":
        pass
    assert time.monotonic() - started < WITHIN_S
    return frame


async def test_a_guest_who_loses_a_project_is_reset_and_sees_no_more_of_it(
    team: Team, address: str
) -> None:
    guest = await team.add("gus", Role.GUEST)
    await make_project(team, "ABC")
    await add_to_project(team, "ABC", guest)
    async with feed(address, guest) as socket:
        hello = await next_frame(socket)
        await make_task(team.owner, "ABC")
        assert events_of(await frames_until(socket, await head(team)))
        await take_off_project(team, "ABC", guest)
        await make_task(team.owner, "ABC", "Not for guests")
        reset = await reset_of(socket)
        fresh = await snapshot_of(guest)
        assert (reset["reason"], reset["epoch"]) == ("access", fresh["epoch"])
        assert reset["epoch"] != hello["epoch"]
        assert fresh["projects"] == fresh["tasks"] == fresh["topics"] == []
        await make_task(team.owner, "ABC", "Not for guests")
        frames = await frames_until(socket, await head(team))
        assert frames[0]["prev"] == reset["seq"]
        assert events_of(frames) == []


async def test_a_new_role_resets_and_shows_what_it_lets_see(team: Team, address: str) -> None:
    sam = await team.add("sam")
    path = f"/members/{sam.member_id}"
    async with feed(address, sam) as socket:
        await next_frame(socket)
        for role in ("admin", "guest"):
            rev = (await done(team.owner.get(path)))["rev"]
            await done(team.owner.patch(path, {"role": role}, rev=rev))
            reset = await reset_of(socket)
            assert reset["epoch"] == (await snapshot_of(sam))["epoch"]
            await done(team.owner.post("/invites", {"email": f"{role}@x.org", "role": "member"}))
            frames = await frames_until(socket, await head(team))
            kinds = [event["kind"] for event in events_of(frames)]
            assert kinds == (["invite.created"] if role == "admin" else [])


async def test_a_follower_converges_whatever_happens_to_its_access(
    team: Team, address: str
) -> None:
    guest = await team.add("gus", Role.GUEST)
    for key in ("ABC", "DEF"):
        await make_project(team, key)
        await make_task(team.owner, key)
    follower = Follower(address, guest)
    for key in ("ABC", "DEF", "ABC", "DEF"):
        for move in (add_to_project, take_off_project, add_to_project):
            await move(team, key, guest)
            await make_task(team.owner, key)
    state, fresh = await follower.settle()
    assert {project["key"] for project in state["projects"]} == {"ABC", "DEF"}
    assert len(state["tasks"]) == len(fresh["tasks"]) == 14
    assert set(follower.resets) <= {"access"}
    await follower.stop()


async def test_a_guests_follower_converges_as_decisions_become_public_and_hidden_again(
    team: Team, address: str
) -> None:
    guest = await team.add("gus", Role.GUEST)
    await make_project(team, "ABC")
    await add_to_project(team, "ABC", guest)
    follower = Follower(address, guest)
    kept = [await make_decision(team, f"Kept {number}") for number in range(2)]
    for decision in (*kept, await make_decision(team, "Hidden"), kept[0]):
        for is_public in (True, False, decision["title"] != "Hidden"):
            await make_public(team, decision, is_public)
            await say(team.owner, decision["topic_id"])
    state, fresh = await follower.settle()
    assert {decision["title"] for decision in state["decisions"]} == {"Kept 0", "Kept 1"}
    assert "Hidden" not in json.dumps(fresh) + json.dumps(state)
    assert set(follower.resets) <= {"access"}
    await follower.stop()


async def make_decision(team: Team, title: str) -> Json:
    return await done(team.owner.post("/decisions", {"project": "ABC", "title": title}))


async def make_public(team: Team, decision: Json, is_public: bool) -> None:
    path = f"/decisions/{decision['key']}"
    rev = (await done(team.owner.get(path)))["rev"]
    await done(team.owner.patch(path, {"is_public": is_public}, rev=rev))


async def test_no_frame_holds_an_event_committed_after_access_ended(
    team: Team, address: str
) -> None:
    """The event's transaction is open while access ends, and commits behind that."""
    sam = await team.add("sam")
    async with feed(address, sam) as socket:

        async def end_before_the_commit() -> None:
            async with recording(team, "too late"):
                await revoke_tokens(team, sam)

        await next_frame(socket)
        await record(team, "before")
        await frames_until(socket, await head(team))
        allowed = await head(team)
        await end_before_the_commit()
        team.app.state.announce(team.workspace_id)
        seen = []
        try:
            while True:
                seen += json.loads(await socket.recv()).get("events", [])
        except ConnectionClosed:
            pass
    assert [event for event in seen if event["seq"] > allowed] == []
