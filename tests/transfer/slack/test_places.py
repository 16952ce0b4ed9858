"""Channels are projects, threads are topics, and what is private stays private."""

import pytest

from dayline.conversations.models import Topic, TopicKind
from tests.live import Json
from tests.transfer.slack.archives import Archive, stamp, team
from tests.transfer.slack.desk import Desk

MORNING = "2026-05-15T07:00:00Z"


async def project(desk: Desk, name: str) -> Json:
    found: Json = next(
        one for one in await desk.seen_by(desk.team.owner, "projects") if one["name"] == name
    )
    return found


async def test_a_public_channel_is_a_project(desk: Desk) -> None:
    archive = team()
    archive.channel("C2", "web-shop", purpose={"value": "Sell to <@USAM>"}, is_archived=True)
    archive.say("USAM", MORNING, "Hello")
    await desk.bring(archive)
    general, shop = await project(desk, "general"), await project(desk, "web-shop")
    assert (general["key"], general["archived_at"]) == ("GEN", None)
    assert general["created_at"] == MORNING
    assert (shop["key"], shop["purpose"]) == ("WS", "Sell to @usam")
    assert shop["archived_at"] is not None


async def test_keys_are_free_and_of_letters_and_digits(desk: Desk) -> None:
    await desk.team.owner.post("/projects", {"key": "GEN", "name": "Ours"})
    archive = Archive()
    names = ("general", "genre", "9-lives", "数据", "a", "one-two-three-four-five-six")
    for number, name in enumerate(names):
        archive.channel(f"C{number}", name)
    await desk.bring(archive)
    keys = {one["name"]: one["key"] for one in await desk.seen_by(desk.team.owner, "projects")}
    assert [keys[name] for name in names] == ["GEN2", "GEN3", "LIV", "CH", "CH2", "OTTFFS"]


async def test_a_thread_is_a_topic_and_all_else_one_discussion(desk: Desk) -> None:
    archive = team()
    root = archive.say("USAM", MORNING, "*When* do we ship?\nSoon?", thread_ts=stamp(MORNING))
    archive.say("UAIKO", "2026-05-15T08:00:00Z", "One more thing")
    archive.say("UOLENA", "2026-05-15T09:00:00Z", "Today", thread=root)
    archive.say("USAM", "2026-05-15T10:00:00Z", "Bye")
    await desk.bring(archive)
    discussion, thread = await desk.topic("Discussion"), await desk.topic("When do we ship?")
    assert await desk.said(discussion.id) == ["One more thing", "Bye"]
    assert await desk.said(thread.id) == ["**When** do we ship?  \nSoon?", "Today"]
    assert (discussion.main, discussion.message_count) == (True, 2)
    assert (thread.kind, thread.message_count) == (TopicKind.DISCUSSION, 2)
    assert thread.created_by == (await desk.member("usam")).id
    assert thread.project_id == discussion.project_id
    assert thread.created_at.isoformat() == "2026-05-15T07:00:00+00:00"
    assert str(thread.last_message_at) == "2026-05-15 09:00:00+00:00"


async def test_titles_are_one_line_and_not_too_long(desk: Desk) -> None:
    archive = team()
    archive.say("USAM", MORNING, "word " * 100, thread_ts=stamp(MORNING))
    other = "2026-05-15T08:00:00Z"
    archive.say("USAM", other, "", thread_ts=stamp(other))
    await desk.bring(archive)
    titles = {row.title for row in await desk.rows(Topic)} - {"Discussion"}
    long = next(title for title in titles if title.endswith("…"))
    assert len(long) <= 200
    assert titles - {long} == {"Thread in #general"}


@pytest.mark.parametrize("kind", ["groups", "mpims", "dms"])
async def test_what_is_private_is_seen_by_those_who_were_in_it_alone(desk: Desk, kind: str) -> None:
    olena, sam = await desk.joined("ola"), await desk.joined("sam")
    archive = Archive()
    archive.channel("C1", "general")
    archive.user("UAIKO")
    archive.user("UOLENA", profile={"email": desk.address("ola")})
    archive.user("USAM", profile={"email": desk.address("sam")})
    archive.channel("G1", "secret", kind, members=["UOLENA", "UAIKO"])
    archive.say("UAIKO", MORNING, "Between us, <@USAM> and <@UOLENA>", folder="secret")
    await desk.bring(archive)
    assert [one["name"] for one in await desk.seen_by(sam, "projects")] == ["general"]
    assert [one["title"] for one in await desk.seen_by(sam, "topics")] == ["Discussion"]
    titles = [one["title"] for one in await desk.seen_by(olena, "topics")]
    (topic_id,) = [
        one["id"] for one in await desk.seen_by(olena, "topics") if one["kind"] == "direct"
    ]
    assert ("#secret" in titles) == (kind == "groups")
    (message,) = (await olena.get(f"/topics/{topic_id}/messages")).json()
    assert [ask["member_id"] for ask in message["asks"]] == [str(olena.member_id)]
    assert message["mentions"] == [str(olena.member_id)]
    assert (await sam.get(f"/topics/{topic_id}/messages")).status_code == 404
    assert (await desk.team.owner.get(f"/topics/{topic_id}/messages")).status_code == 404
    (timer,) = await desk.timers()
    assert (timer.kind, timer.project_id) == ("direct_message", None)
