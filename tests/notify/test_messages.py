"""What a channel reads: who asks whom, by when in whose zone, where; and nobody is called by it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from slack_sdk.models.blocks import Block

from dayline.notify.text import clipped, escaped, excerpt, link, moment, plain
from tests.notify.desk import Desk
from tests.notify.timers import happens, timer

BASE = "https://dayline.example.org/w"


async def said(desk: Desk) -> Any:
    """The one message that came."""
    await desk.work()
    (message,) = desk.stub.told("ops")
    assert len(message["text"]) < 10_000
    for block in message["blocks"]:
        Block.parse(block).validate_json()  # type: ignore[union-attr]
    return message


def shown(message: Any) -> list[str]:
    """The texts of its blocks."""
    return [
        part["text"]
        for block in message["blocks"]
        for part in block.get("elements", [block.get("text")])
    ]


async def ask(desk: Desk, body: str = "May we *ship*, @sam?", **more: Any) -> Any:
    await desk.subscribe()
    sam = await desk.team.add("sam")
    await desk.project()
    task = await desk.task(title="Ship & <celebrate>")
    topic = (await desk.team.owner.get(f"/topics/{task['topic_id']}")).json()
    new = {"body": body, "asks": []}
    message = await desk.team.owner.post(f"/topics/{topic['id']}/messages", new)
    return timer(desk.team.owner, sam, topic, message.json()["id"], **more)


async def test_an_ask_says_who_asks_whom_and_by_when_in_whose_zone(desk: Desk) -> None:
    await happens(desk.team, "timer.started", await ask(desk))
    message = await said(desk)
    words = "Olena asked Sam · due Mon 18 May, 09:30 (New York)"
    url = f"{BASE}/{desk.team.slug}/tasks/ABC-1"
    (delivery,) = await desk.deliveries()
    mark = f"event {delivery['event_id'].replace('-', '')[-8:]}"
    title = "ABC-1 Ship &amp; &lt;celebrate&gt;"
    assert shown(message) == [
        f"{words}\n<{url}|{title}>",
        "May we *ship*, @sam?",
        f"Project ABC · {mark}",
    ]
    assert message["text"] == f"{words} · {title} · {url} · ({mark})"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (
            "timer.warned",
            "*Due soon:* Sam hasn’t answered Olena · due Mon 18 May, 09:30 (New York) · ",
        ),
        (
            "timer.breached",
            "*Overdue:* Sam hasn’t answered Olena · was due Mon 18 May, 09:30 (New York) · ",
        ),
    ],
)
async def test_warnings_and_breaches_say_who_owes_whom(desk: Desk, kind: str, words: str) -> None:
    await happens(desk.team, kind, await ask(desk))
    message = await said(desk)
    assert message["text"].startswith(words)
    assert len(message["blocks"]) == 2


async def test_an_urgent_ask_says_so_and_one_without_a_due_instant_names_none(desk: Desk) -> None:
    document = await ask(desk, urgent=True, due_at=None)
    await happens(desk.team, "timer.started", document)
    message = await said(desk)
    assert message["text"].startswith("*Urgent:* Olena asked Sam · ABC-1 ")


async def test_an_update_says_the_condition_and_how_it_begins(desk: Desk) -> None:
    await desk.subscribe()
    await desk.project()
    new = {"condition": "off_track", "body": "The client\n<b>left</b> " + "x" * 2000}
    update = (await desk.team.owner.post("/projects/ABC/updates", new)).json()
    message = await said(desk)
    head, body, _ = shown(message)
    url = f"{BASE}/{desk.team.slug}/topics/{update['topic_id']}"
    assert head == f"Olena posted an update: Project ABC is *off track*\n<{url}|Update: off track>"
    assert body.startswith("The client\n<b>left</b> xxx")
    assert len(body) == 600
    assert message["blocks"][1]["text"]["type"] == "plain_text"


async def test_a_task_that_moves_says_from_where_to_where(desk: Desk) -> None:
    await desk.subscribe()
    await desk.moves(1)
    assert shown(await said(desk))[0] == (
        "Olena moved a task from Backlog to *In progress*\n"
        f"<{BASE}/{desk.team.slug}/tasks/ABC-1|ABC-1 A task>"
    )


@pytest.mark.parametrize("everybody", ["@channel", "@here", "@everyone", "@Channel", "@group"])
async def test_nobody_calls_a_whole_channel_by_what_they_write(desk: Desk, everybody: str) -> None:
    document = await ask(desk, f"{everybody} <!channel> <!here|here> look")
    task = (await desk.team.owner.get("/tasks")).json()[0]
    title = f"{everybody} <!everyone> | ]"
    await desk.team.owner.patch(f"/tasks/{task['key']}", {"title": title}, task["rev"])
    await happens(desk.team, "timer.started", document)
    message = await said(desk)
    spoken = [message["text"], shown(message)[0]]
    for words in (*spoken, *shown(message)):
        assert everybody not in words
    for words in spoken:
        assert "<!" not in words
    assert "¦ ]>" in shown(message)[0]


async def test_the_longest_names_still_fit(desk: Desk) -> None:
    document = await ask(desk, "&" * 20_000)
    owner = desk.team.owner
    me = (await owner.get(f"/members/{owner.member_id}")).json()
    await owner.patch(f"/members/{owner.member_id}", {"name": "&" * 200}, me["rev"])
    task = (await owner.get("/tasks")).json()[0]
    await owner.patch(f"/tasks/{task['key']}", {"title": "<" * 200}, task["rev"])
    await happens(desk.team, "timer.started", document | {"recipient_id": str(owner.member_id)})
    await said(desk)


def test_words_stay_words() -> None:
    assert escaped("a & b <@U123> <#C1|x>") == "a &amp; b &lt;@U123&gt; &lt;#C1|x&gt;"
    assert plain("mail me@here.example, @channels") == "mail me@\u200bhere.example, @channels"
    assert plain("\u202eevil\x00") == "evil"
    assert link("https://x", "a|b>c") == "<https://x|a¦b&gt;c>"
    assert clipped("abcdef", 4) == "abc…"
    assert len(escaped("&" * 500)) == 199 * 5 + 1
    assert excerpt("  hi  ") == "hi"


def test_a_moment_names_its_zone() -> None:
    at = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert moment(at, "Asia/Tokyo", "en") == "Fri 1 Jan, 08:30 (Tokyo)"
    assert moment(at, "UTC", "en") == "Thu 31 Dec, 23:30 (UTC)"
    assert moment(at, "America/New_York", "de") == "Do., 31. Dez., 18:30 (New York)"
    assert moment(at, "Europe/Kyiv", "uk") == "пт, 1 січ., 01:30 (Kyiv)"
