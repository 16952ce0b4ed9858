"""What was said keeps its author, its instant and its thread."""

from datetime import datetime

from dayline.identity.models import Role
from dayline.messages.models import Mention, Message
from tests.transfer.slack.archives import Archive, stamp, team
from tests.transfer.slack.desk import Desk

MORNING = "2026-05-15T07:00:00Z"


async def test_messages_keep_author_instant_and_edit(desk: Desk) -> None:
    archive = team()
    at, edited = "2026-05-15T07:00:00.123456Z", "2026-05-15T07:30:00.000100Z"
    archive.say("USAM", at, "*Ready*", edited={"user": "USAM", "ts": stamp(edited)})
    await desk.bring(archive)
    (message,) = await desk.rows(Message)
    assert message.author_id == (await desk.member("usam")).id
    assert message.sent_at == datetime.fromisoformat(at)
    assert message.edited_at == datetime.fromisoformat(edited)
    assert message.body == "**Ready**"
    assert message.body_html == "<p><strong>Ready</strong></p>"


async def test_what_is_harmful_is_not_rendered(desk: Desk) -> None:
    archive = team()
    archive.say("USAM", MORNING, "&lt;script&gt;x&lt;/script&gt; <javascript:alert(1)|here> \u0000")
    await desk.bring(archive)
    (message,) = await desk.rows(Message)
    assert "<script" not in message.body_html
    assert "href" not in message.body_html
    assert "\0" not in message.body


async def test_files_are_named_and_an_empty_message_says_so(desk: Desk) -> None:
    archive = team()
    archive.say("USAM", MORNING, "Here", files=[{"name": "plan.pdf"}], subtype="file_share")
    archive.say("USAM", "2026-05-15T08:00:00Z", "")
    await desk.bring(archive)
    discussion = await desk.topic("Discussion")
    assert await desk.said(discussion.id) == ["Here\n\nFile: plan.pdf", "(no text)"]


async def test_mentions_name_members_by_the_handles_that_they_have_here(desk: Desk) -> None:
    sam = await desk.joined("sam.reed")
    archive = team()
    archive.user("U9", name="reedy", profile={"email": desk.address("sam.reed")})
    archive.user("UGUS", is_restricted=True)
    archive.say("UAIKO", MORNING, "<@U9> and <@UGUS>, `<@UOLENA>`")
    await desk.bring(archive)
    (message,) = await desk.rows(Message)
    assert message.body.startswith("@sam.reed and @ugus")
    assert [row.member_id for row in await desk.rows(Mention)] == [sam.member_id]


async def test_imported_messages_are_read_like_others(desk: Desk) -> None:
    guest = await desk.team.add("gus", Role.GUEST)
    archive = team()
    archive.say("USAM", MORNING, "First")
    archive.say("UAIKO", "2026-05-15T08:00:00Z", "Second")
    await desk.bring(archive)
    topic = await desk.topic("Discussion")
    answer = await desk.team.owner.get(f"/topics/{topic.id}/messages")
    assert [(one["author"]["handle"], one["body"]) for one in answer.json()] == [
        ("usam", "First"),
        ("uaiko", "Second"),
    ]
    assert (await guest.get(f"/topics/{topic.id}/messages")).status_code == 404
    assert await desk.seen_by(guest, "topics") == await desk.seen_by(guest, "projects") == []
    said = await desk.team.owner.post(f"/topics/{topic.id}/messages", {"body": "Third"})
    assert said.status_code == 201
    assert (await desk.topic("Discussion")).message_count == 3


async def test_bots_are_heard_and_ask_nobody(desk: Desk) -> None:
    archive = Archive()
    archive.channel("C1", "general")
    archive.user("USAM")
    archive.entry(
        {
            "type": "message",
            "subtype": "bot_message",
            "bot_id": "B1",
            "username": "deploys",
            "ts": stamp(MORNING),
            "text": "Shipped, <@USAM>",
        }
    )
    await desk.bring(archive)
    (message,) = await desk.rows(Message)
    assert (await desk.member("b1")).id == message.author_id
    assert await desk.timers() == []
