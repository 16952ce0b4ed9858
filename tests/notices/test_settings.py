"""How a member wants to be told, and how long notices are kept."""

from typing import Any

import pytest

from dayline.notices import retention
from tests.clock import MovableClock
from tests.notices.desk import counts, listed, the, work
from tests.team import Person, Team
from tests.timers.desk import ask, direct_topic, done, member, post, refused, task_topic

Json = dict[str, Any]


@pytest.fixture
async def sam(team: Team) -> Person:
    sam = await member(team, "sam")
    await done(sam.put("/agreement/versions/1/signature"))
    return sam


async def test_defaults_are_quiet_and_each_kind_can_be_chosen(sam: Person) -> None:
    before = await done(sam.get("/notices/settings"))
    loud = {kind for kind, names in before["channels"].items() if names == ["email", "push"]}
    assert loud == {"asked", "warned", "breached", "decision_asked", "answered"}
    assert [names for kind, names in before["channels"].items() if kind not in loud] == [[]] * 10
    new = {"channels": {"asked": [], "mentioned": ["slack", "email"]}}
    after = await done(sam.put("/notices/settings", new))
    assert after["channels"]["asked"] == []
    assert after["channels"]["mentioned"] == ["email", "slack"]
    assert after["channels"]["warned"] == ["email", "push"]
    assert await done(sam.get("/notices/settings")) == after
    assert await done(sam.put("/notices/settings", {})) == before, "the defaults again"


async def test_away_is_kept_apart_from_the_rest(sam: Person) -> None:
    away = await done(sam.put("/notices/away", {"until": "2026-05-20T07:00:00Z"}))
    assert (away["is_away"], away["away_until_local"]) == (True, "2026-05-20T10:00:00+03:00")
    after = await done(sam.put("/notices/settings", {"channels": {"asked": []}}))
    assert (after["is_away"], after["away_since"]) == (True, "2026-05-18T07:00:00Z")
    back = await done(sam.delete("/notices/away"))
    assert (back["is_away"], back["channels"]["asked"]) == (False, [])
    past = await sam.put("/notices/away", {"until": "2026-05-18T06:00:00Z"})
    assert list(refused(past)) == ["until"]


async def test_of_what_is_muted_only_what_needs_them_is_unread(team: Team, sam: Person) -> None:
    topic = await task_topic(team.owner)
    await done(sam.put("/notices/settings", {"muted_topics": [topic]}))
    await post(team.owner, topic, "As @sam said.", asks=[])
    await ask(team.owner, topic, sam)
    await work(team)
    assert [n["kind"] for n in await listed(sam, state="unread")] == ["asked"]
    assert (await the(team, sam, "mentioned"))["read_at"] is not None
    assert await counts(sam) == (1, 1)
    project = (await done(sam.get("/projects/ABC")))["id"]
    await done(sam.put("/notices/settings", {"muted_projects": [project]}))
    await post(team.owner, topic, "As @sam said again.", asks=[])
    await work(team)
    assert await counts(sam) == (1, 1)


async def test_only_what_they_see_can_be_muted(team: Team, sam: Person) -> None:
    other = await team.add("other")
    hidden = await direct_topic(team.owner, other)
    nothing = "00000000-0000-7000-8000-000000000000"
    new = {"muted_topics": [hidden], "muted_projects": [nothing]}
    answer = await sam.put("/notices/settings", new)
    assert list(refused(answer)) == ["muted_projects.0", "muted_topics.0"]


async def test_done_notices_of_long_ago_are_deleted(
    team: Team, sam: Person, clock: MovableClock
) -> None:
    topic = await task_topic(team.owner)
    for text in ("@sam one", "@sam two"):
        await post(team.owner, topic, text, asks=[])
    await ask(team.owner, topic, sam)
    await post(sam, topic, "This one.")
    await work(team)
    two, _ = await listed(sam, kind="mentioned")
    await done(sam.put(f"/notices/{two['id']}/done"))
    clock.advance(days=90)
    await retention.prune(team.app.state.sessions, clock)
    assert len(await listed(sam)) == 3
    clock.advance(seconds=1)
    await retention.prune(team.app.state.sessions, clock)
    assert [n["excerpt"] for n in await listed(sam)] == ["@sam one"]
