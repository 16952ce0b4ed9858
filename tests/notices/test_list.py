"""A member's list: read, done, snoozed; filters, pages and counts; and that it is theirs alone."""

from typing import Any

import pytest

from tests.clock import MovableClock
from tests.notices.desk import counts, listed, the, work
from tests.recorded import recorded
from tests.team import Person, Team
from tests.timers.desk import ask, at, done, member, post, refused, task_topic

Json = dict[str, Any]


@pytest.fixture
async def sam(team: Team) -> Person:
    """A member whose only notice is that of the agreement, which they have signed."""
    sam = await member(team, "sam")
    await done(sam.put("/agreement/versions/1/signature"))
    await work(team)
    return sam


async def of(person: Person, state: str) -> list[str]:
    return [notice["excerpt"] for notice in await listed(person, state=state, kind="mentioned")]


async def named(team: Team, *texts: str) -> None:
    """Messages that name sam."""
    topic = await task_topic(team.owner)
    for text in texts:
        await post(team.owner, topic, f"@sam {text}", asks=[])
    await work(team)


async def test_reading_and_finishing_move_a_notice_between_the_lists(
    team: Team, sam: Person
) -> None:
    await named(team, "one", "two")
    assert await counts(sam) == (2, 0)
    two, one = await listed(sam, kind="mentioned")
    read = await done(sam.put(f"/notices/{one['id']}/read"))
    assert read["read_at"] == "2026-05-18T07:00:00Z"
    assert await of(sam, "unread") == ["@sam two"]
    assert await of(sam, "open") == ["@sam two", "@sam one"]
    finished = await done(sam.put(f"/notices/{two['id']}/done"))
    assert finished["done_at"] == finished["read_at"] == "2026-05-18T07:00:00Z"
    assert await of(sam, "open") == ["@sam one"]
    assert await of(sam, "done") == ["@sam two"]
    assert await counts(sam) == (0, 0)
    await done(sam.delete(f"/notices/{two['id']}/done"))
    again = await done(sam.delete(f"/notices/{two['id']}/read"))
    assert again | {"read_at": None, "done_at": None} == again
    assert await of(sam, "unread") == ["@sam two"]


async def test_doing_it_again_changes_nothing(team: Team, sam: Person, clock: MovableClock) -> None:
    await named(team, "one")
    (one,) = await listed(sam, kind="mentioned")
    first = await done(sam.put(f"/notices/{one['id']}/read"))
    clock.advance(minutes=1)
    before = len(await recorded(team))
    assert await done(sam.put(f"/notices/{one['id']}/read")) == first
    assert len(await recorded(team)) == before


async def test_a_snoozed_notice_comes_back_unread(
    team: Team, sam: Person, clock: MovableClock
) -> None:
    await named(team, "one")
    (one,) = await listed(sam, kind="mentioned")
    await done(sam.put(f"/notices/{one['id']}/read"))
    path = f"/notices/{one['id']}/snooze"
    snoozed = await done(sam.put(path, {"next_start": True}))
    assert snoozed["snoozed_local"] == "2026-05-19T09:00:00+03:00", "they work now"
    assert await of(sam, "open") == []
    assert await of(sam, "snoozed") == ["@sam one"]
    assert await counts(sam) == (0, 0)
    clock.now = at("2026-05-19 09:00")
    assert await of(sam, "unread") == ["@sam one"]
    until = at("2026-05-19 12:00").isoformat()
    await done(sam.put(path, {"until": until}))
    assert await of(sam, "open") == []
    await done(sam.delete(path))
    assert await of(sam, "unread") == ["@sam one"]
    snoozed = await done(sam.put(path, {"until_local": "2026-05-19T15:30"}))
    assert snoozed["snoozed_until"] == "2026-05-19T12:30:00Z", "on the clock of Kyiv"


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"until": "2026-05-18T06:59:59Z"}, ["until"]),
        ({"until": "2026-09-18T07:00:00Z"}, ["until"]),
        ({"until_local": "2026-05-18T09:59"}, ["until"]),
        ({"until_local": "2026-06-31T09:00"}, ["until_local"]),
        ({}, ["body"]),
        ({"until": "2026-05-19T07:00:00Z", "next_start": True}, ["body"]),
    ],
)
async def test_a_snooze_has_one_end_that_lies_ahead(
    team: Team, sam: Person, given: Json, fields: list[str]
) -> None:
    await named(team, "one")
    (one,) = await listed(sam, kind="mentioned")
    assert list(refused(await sam.put(f"/notices/{one['id']}/snooze", given))) == fields


async def test_all_up_to_one_are_read_at_once(team: Team, sam: Person) -> None:
    await named(team, "one", "two", "three")
    _, two, _ = await listed(sam, kind="mentioned")
    assert await done(sam.put("/notices/read", {"seq": two["seq"]})) == {"read": 2}
    assert await of(sam, "unread") == ["@sam three"]
    assert await done(sam.put("/notices/read", {"seq": two["seq"]})) == {"read": 0}


async def test_what_was_read_before_it_was_settled_is_both(team: Team, sam: Person) -> None:
    topic = await task_topic(team.owner)
    await ask(team.owner, topic, sam)
    asked = await the(team, sam, "asked")
    assert await counts(sam) == (1, 1)
    await post(sam, topic, "This one.")
    await done(sam.put(f"/notices/{asked['id']}/read"))
    settled = await the(team, sam, "asked")
    assert settled["read_at"] is not None
    assert settled["settled_at"] is not None
    assert await counts(sam) == (0, 0)


async def test_the_list_comes_in_pages(team: Team, sam: Person) -> None:
    await named(team, "one", "two", "three")
    page = await sam.get("/notices", kind="mentioned", limit=2)
    found = [notice["excerpt"] for notice in page.json()]
    rest = await sam.http.get(page.links["next"]["url"])
    found += [notice["excerpt"] for notice in rest.json()]
    assert found == ["@sam three", "@sam two", "@sam one"]
    assert "next" not in rest.links


async def test_nobody_else_sees_or_changes_a_notice(team: Team, sam: Person) -> None:
    await named(team, "one")
    (one,) = await listed(sam, kind="mentioned")
    assert (await team.owner.get(f"/notices/{one['id']}")).status_code == 404
    assert (await team.owner.put(f"/notices/{one['id']}/read")).status_code == 404
    assert await of(sam, "unread") == ["@sam one"]
    audited = await done(team.owner.get("/audit", kind="notice.created"))
    assert one["id"] not in [event["data"]["notice"]["id"] for event in audited]


async def test_a_withdrawn_message_shows_no_text(team: Team, sam: Person) -> None:
    await named(team, "one")
    (one,) = await listed(sam, kind="mentioned")
    await done(team.owner.put(f"/messages/{one['message_id']}/withdrawal"))
    (gone,) = await listed(sam, kind="mentioned")
    assert (gone["excerpt"], gone["settled_at"]) == (None, None), "at once, before it is settled"
    assert (await the(team, sam, "mentioned"))["settled_at"] is not None
