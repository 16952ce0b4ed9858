"""A task's page: what it asks, who is asked by when, and what hangs on it; live in two browsers."""

import re
from base64 import b64decode
from collections.abc import AsyncIterator
from itertools import count
from typing import Any

import pytest
from playwright.async_api import FilePayload, Locator, Page, expect

from tests.e2e.looks import look_well
from tests.e2e.people import AROUND_THE_CLOCK, joined, member_id, off_now, work
from tests.e2e.site import Site, content, see_heading

DOT = "R0lGODlhAQABAIAAAP8AAAAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="
"""A picture of one red dot."""
TASKS = "/workspaces/acme/tasks"
_numbers = count(1)


@pytest.fixture
async def kim(site: Site, olena: Page) -> AsyncIterator[Page]:
    """A member who works around the clock, as Olena does here; their handle is `kim.handle`."""
    number = next(_numbers)
    async with joined(site, olena, f"Kim{number} Lee", f"kim{number}") as page:
        for person in (page, olena):
            await work(site, person, AROUND_THE_CLOCK)
        yield page


async def handle_of(site: Site, page: Page) -> str:
    found = await site.call(page, "GET", "/workspaces/acme/me")
    handle: str = found["member"]["handle"]
    return handle


async def new_task(site: Site, by: Page, title: str, **fields: Any) -> Any:
    return await site.call(by, "POST", TASKS, {"project": "WEB", "title": title, **fields})


async def open_task(page: Page, task: Any) -> Locator:
    """The page of a task."""
    await page.goto(f"/w/acme/tasks/{task['key']}")
    await see_heading(page, task["title"])
    return content(page)


async def say(site: Site, by: Page, task: Any, body: str, **fields: Any) -> Any:
    """A comment on a task."""
    path = f"/workspaces/acme/topics/{task['topic_id']}/messages"
    return await site.call(by, "POST", path, {"body": body, **fields})


def box(page: Page, task: Any) -> Locator:
    """Where a comment is typed."""
    return page.get_by_label(f"Comment on {task['key']}")


def messages(page: Page) -> Locator:
    return page.get_by_role("list", name="Messages", exact=True).locator("> li")


async def pick(page: Page, button: str, words: str) -> None:
    """Choose from a list by its words."""
    await content(page).get_by_role("button", name=button).click()
    await expect(page.get_by_role("combobox")).to_be_focused()
    await page.keyboard.type(words)
    await page.keyboard.press("Enter")


async def test_what_one_changes_shows_in_the_other_browser(
    site: Site, olena: Page, kim: Page
) -> None:
    task = await new_task(site, olena, "Logo")
    mine, theirs = await open_task(olena, task), await open_task(kim, task)
    await mine.get_by_role("button", name="State: Backlog").click()
    await olena.get_by_role("menuitemradio", name="In progress").click()
    await expect(theirs.get_by_role("button", name="State: In progress")).to_be_visible()
    await pick(olena, "Assignee: Unassigned", "Olena")
    await expect(theirs.get_by_role("button", name="Assignee: Olena Koval")).to_be_visible()
    await pick(olena, "Labels: None", "print")
    await olena.keyboard.press("Escape")
    await expect(theirs.get_by_role("button", name="Labels: print")).to_be_visible()
    await mine.get_by_role("button", name="Edit title").click()
    await olena.get_by_label("Title").fill("A logo for print")
    await olena.keyboard.press("Enter")
    await see_heading(kim, "A logo for print")
    await theirs.get_by_text("History", exact=True).click()
    history = theirs.get_by_role("list", name="History")
    await expect(history).to_contain_text("Olena Koval renamed the task from “Logo”")
    await expect(history).to_contain_text("moved the task from Backlog to In progress")


async def test_the_points_that_are_missing_are_named_and_filled(site: Site, olena: Page) -> None:
    task = await new_task(site, olena, "Poster", context="The fair is in June.")
    page = await open_task(olena, task)
    await expect(page.get_by_text("1 of 5")).to_be_visible()
    missing = page.get_by_role("list", name="Missing")
    await expect(missing.get_by_role("listitem")).to_have_count(4)
    await page.get_by_role("button", name="Add Request").click()
    await expect(page.get_by_role("textbox", name="Request")).to_be_focused()
    await olena.keyboard.type("A poster, **A2**")
    await olena.reload()
    await page.get_by_role("button", name="Add Request").click()
    await expect(page.get_by_role("textbox", name="Request")).to_have_value("A poster, **A2**")
    await olena.keyboard.press("Control+Enter")
    await expect(page.get_by_role("region", name="Request")).to_contain_text("A poster, A2")
    await expect(page.get_by_text("2 of 5")).to_be_visible()


async def test_two_who_edit_the_same_text_see_both(site: Site, olena: Page, kim: Page) -> None:
    task = await new_task(site, olena, "Flyer", request="Draw it")
    mine, theirs = await open_task(olena, task), await open_task(kim, task)
    for page in (mine, theirs):
        await page.get_by_role("button", name="Edit Request").click()
    await theirs.get_by_role("textbox", name="Request").fill("Draw it in blue")
    await kim.keyboard.press("Control+Enter")
    await expect(theirs.get_by_role("region", name="Request")).to_contain_text("in blue")
    await mine.get_by_role("textbox", name="Request").fill("Draw it in red")
    await olena.keyboard.press("Control+Enter")
    await expect(
        mine.get_by_text("Someone else changed this while you were typing")
    ).to_be_visible()
    await expect(mine.get_by_text("Draw it in blue")).to_be_visible()
    await expect(mine.get_by_role("textbox", name="Request")).to_have_value("Draw it in red")
    await mine.get_by_role("button", name="Save mine instead").click()
    await expect(theirs.get_by_role("region", name="Request")).to_contain_text("in red")


async def test_an_ask_says_by_when_and_why_and_is_answered_live(
    site: Site, olena: Page, kim: Page
) -> None:
    task = await new_task(site, olena, "Colours")
    handle = await handle_of(site, kim)
    await open_task(olena, task)
    await open_task(kim, task)
    await olena.keyboard.press("r")
    await expect(box(olena, task)).to_be_focused()
    await olena.keyboard.type(f"@{handle}")
    await olena.keyboard.press("Enter")
    await olena.keyboard.type("blue or green?")
    asked = olena.get_by_role("list", name="People you’re asking")
    await expect(asked).to_contain_text(re.compile(r"\d\d:\d\d in Kyiv, working now · due"))
    await olena.keyboard.press("Control+Enter")
    await expect(box(olena, task)).to_have_value("")
    message = messages(kim)
    await expect(message).to_contain_text("blue or green?")
    await expect(message.get_by_role("list", name="People asked")).to_contain_text(
        re.compile(r"You.*left.*due .*for you", re.S)
    )
    await message.get_by_role("button", name="Why this time?").click()
    why = kim.get_by_role("region", name="Why this time")
    await expect(why).to_contain_text("Task comment · answer within 4 h of")
    await expect(why).to_contain_text("Counted")
    await box(kim, task).fill("Green.")
    await kim.keyboard.press("Control+Enter")
    await expect(messages(olena)).to_have_count(2)
    await expect(messages(olena).first).to_contain_text("Answered")


async def test_whom_it_goes_to_if_no_one_answers_is_shown_before_sending(
    site: Site, olena: Page, kim: Page
) -> None:
    async with joined(site, olena, "Noor Haddad", "noor") as noor:
        await work(site, noor, AROUND_THE_CLOCK)
        lead_id = await member_id(site, noor)
    project = {"key": "LED", "name": "Led by Noor", "lead_id": lead_id}
    await site.call(olena, "POST", "/workspaces/acme/projects", project)
    task = await new_task(site, olena, "Prices", project="LED")
    handle = await handle_of(site, kim)
    await open_task(olena, task)
    await box(olena, task).fill(f"@{handle} which one?")
    asked = olena.get_by_role("list", name="People you’re asking")
    await expect(asked).to_contain_text(re.compile(r"If no one answers: Noor Haddad \(.*in \w+\)"))
    await look_well(olena, "ask-next-in-line")
    await olena.keyboard.press("Control+Enter")
    await messages(olena).get_by_role("button", name="Why this time?").click()
    why = olena.get_by_role("region", name="Why this time")
    await expect(why).to_contain_text(re.compile(r"Project lead · Noor Haddad \("))


async def test_an_answer_is_promised_and_a_clock_paused(site: Site, olena: Page, kim: Page) -> None:
    task = await new_task(site, olena, "Film")
    handle = await handle_of(site, kim)
    await say(site, olena, task, f"@{handle} which film?")
    await open_task(olena, task)
    await open_task(kim, task)
    mine = messages(kim).get_by_role("list", name="People asked")
    await mine.get_by_role("button", name="Pause").click()
    await kim.get_by_label("What’s blocking the answer?").fill("The cinema is closed")
    await mine.get_by_role("button", name="Pause").last.click()
    theirs = messages(olena).get_by_role("list", name="People asked")
    await expect(theirs).to_contain_text("The cinema is closed")
    await theirs.get_by_role("button", name="Resume").click()
    await expect(mine).not_to_contain_text("The cinema is closed")
    await mine.get_by_role("button", name="Promise").click()
    await kim.get_by_label("Time", exact=True).fill("23:59")
    await mine.get_by_role("button", name="Promise", exact=True).last.click()
    await expect(theirs).to_contain_text("Promised")


async def test_who_is_off_is_asked_urgently_for_a_reason_only(
    site: Site, olena: Page, kim: Page
) -> None:
    await work(site, kim, off_now())
    task = await new_task(site, olena, "Broken")
    handle = await handle_of(site, kim)
    page = await open_task(olena, task)
    await box(olena, task).fill(f"@{handle} customers cannot sign in")
    await page.get_by_role("button", name="Urgent").click()
    await expect(page.get_by_text("isn’t working until")).to_be_visible()
    await page.get_by_role("button", name="Comment", exact=True).click()
    reason = page.get_by_label("Why can’t this wait?")
    await expect(reason).to_be_focused()
    await expect(page.get_by_role("alert").filter(has_text="Say why")).to_be_visible()
    await expect(messages(olena)).to_have_count(0)
    await reason.fill("Nobody can sign in")
    await page.get_by_role("button", name="Comment", exact=True).click()
    await expect(messages(olena)).to_contain_text("Why this couldn’t wait: Nobody can sign in")


async def test_a_message_can_wait_until_they_start(site: Site, olena: Page, kim: Page) -> None:
    await work(site, kim, off_now())
    task = await new_task(site, olena, "Patience")
    handle = await handle_of(site, kim)
    page = await open_task(olena, task)
    await box(olena, task).fill(f"@{handle} please look at this first")
    await page.get_by_role("button", name="Urgent").click()
    await page.get_by_role("button", name="Send when Kim").click()
    later = page.get_by_role("list", name="Scheduled messages")
    await expect(later).to_contain_text("Scheduled for")
    await expect(later).to_contain_text("please look at this first")
    await expect(messages(olena)).to_have_count(0)
    await later.get_by_role("button", name="Cancel and edit").click()
    await expect(later).to_have_count(0)
    await expect(box(olena, task)).to_have_value(f"@{handle} please look at this first")


async def test_a_message_is_edited_and_deleted_for_everyone(
    site: Site, olena: Page, kim: Page
) -> None:
    task = await new_task(site, olena, "Words")
    await say(site, olena, task, "Helo")
    await open_task(olena, task)
    await open_task(kim, task)
    await (
        messages(olena).get_by_role("button", name="More actions for Olena Koval’s message").click()
    )
    await olena.get_by_role("menuitem", name="Edit").click()
    await olena.get_by_role("textbox", name="Message", exact=True).fill("Hello")
    await olena.keyboard.press("Control+Enter")
    await expect(messages(kim)).to_contain_text("Hello")
    await expect(messages(kim)).to_contain_text("edited")
    await (
        messages(olena).get_by_role("button", name="More actions for Olena Koval’s message").click()
    )
    await olena.get_by_role("menuitem", name="Delete").click()
    await olena.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(messages(kim)).to_contain_text("Olena Koval deleted this message.")


async def test_a_file_hangs_on_a_comment_and_on_the_task(
    site: Site, olena: Page, kim: Page
) -> None:
    task = await new_task(site, olena, "Plans")
    page = await open_task(olena, task)
    await open_task(kim, task)
    plan = FilePayload(name="plan.txt", mimeType="text/plain", buffer=b"Step one")
    chooser = olena.locator("input[type=file]")
    await chooser.last.set_input_files(files=[plan])
    await expect(page.get_by_role("list", name="Files", exact=True)).to_contain_text("plan.txt")
    await box(olena, task).fill("Here it is")
    await olena.keyboard.press("Control+Enter")
    link = messages(kim).get_by_role("link", name="plan.txt")
    async with kim.expect_download() as download:
        await link.click()
    assert (await (await download.value).path()).read_text() == "Step one"
    brief = FilePayload(name="brief.txt", mimeType="text/plain", buffer=b"In short")
    await chooser.first.set_input_files(files=[brief])
    files = (
        content(kim)
        .get_by_role("region", name="Files")
        .get_by_role("list", name="Files", exact=True)
    )
    await expect(files).to_contain_text("brief.txt")


async def test_a_picture_shows_where_it_hangs(site: Site, olena: Page, kim: Page) -> None:
    task = await new_task(site, olena, "Sketch")
    page = await open_task(olena, task)
    await open_task(kim, task)
    dot = FilePayload(name="dot.gif", mimeType="image/gif", buffer=b64decode(DOT))
    await olena.locator("input[type=file]").last.set_input_files(files=[dot])
    await expect(page.get_by_role("img", name="dot.gif")).to_be_visible()
    await box(olena, task).fill("Like this")
    await olena.keyboard.press("Control+Enter")
    picture = messages(kim).get_by_role("img", name="dot.gif")
    await expect(picture).to_have_js_property("naturalWidth", 1)


async def test_no_task_waits_for_one_that_waits_for_it(site: Site, olena: Page) -> None:
    first = await new_task(site, olena, "Walls")
    second = await new_task(site, olena, "Roof")
    page = await open_task(olena, second)
    await pick(olena, "Blocked by…", first["key"])
    await expect(page.get_by_role("list", name=f"{second['key']} is blocked by")).to_contain_text(
        "Walls"
    )
    page = await open_task(olena, first)
    await pick(olena, "Blocked by…", second["key"])
    refusal = page.get_by_role("alert").filter(has_text="can’t be blocked by")
    await expect(refusal).to_contain_text(f"{second['key']} is already blocked by {first['key']}")


async def test_a_comment_survives_the_server(site: Site, olena: Page) -> None:
    task = await new_task(site, olena, "Storm")
    await open_task(olena, task)
    site.server.kill()
    try:
        await box(olena, task).fill("Said into the wind")
        await olena.keyboard.press("Control+Enter")
        await expect(messages(olena)).to_contain_text("Sends when the server is back")
        await box(olena, task).fill("Half typed")
    finally:
        site.server.start()
    await expect(messages(olena).get_by_role("status")).to_have_count(0)
    await expect(messages(olena)).to_contain_text("Said into the wind")
    await olena.reload()
    await expect(messages(olena)).to_have_count(1)
    await expect(box(olena, task)).to_have_value("Half typed")


async def test_sub_tasks_are_made_from_their_task(site: Site, olena: Page) -> None:
    task = await new_task(site, olena, "House")
    page = await open_task(olena, task)
    await page.get_by_role("button", name="Add sub-task").click()
    await olena.get_by_role("dialog").get_by_label("Title").fill("Door")
    await olena.keyboard.press("Control+Enter")
    await expect(page.get_by_role("list", name="Sub-tasks")).to_contain_text("Door")
    await expect(page.get_by_text("0 of 1")).to_be_visible()


async def test_a_task_is_read_answered_and_done_by_keys(site: Site, olena: Page) -> None:
    task = await new_task(site, olena, "Keys")
    page = await open_task(olena, task)
    await olena.keyboard.press("r")
    await olena.keyboard.type("Done by keys")
    await olena.keyboard.press("Control+Enter")
    await expect(messages(olena)).to_contain_text("Done by keys")
    await olena.keyboard.press("Escape")
    await page.get_by_role("heading", level=1).focus()
    await olena.keyboard.press("e")
    await expect(page.get_by_role("button", name="State: Done")).to_be_visible()


async def test_a_task_full_of_things_looks_well(site: Site, olena: Page, kim: Page) -> None:
    parent = await new_task(site, olena, "Spring campaign")
    task = await new_task(
        site,
        olena,
        "A landing page that says what we do in one sentence",
        state="in_progress",
        priority="high",
        labels=["design", "web"],
        due_on="2026-01-15",
        parent=parent["key"],
        context="Visitors leave after **nine seconds**. See the [figures](https://example.org).",
        request="One sentence and one picture:\n\n1. a draft\n2. a review\n3. the page",
    )
    await new_task(site, olena, "Draft the sentence", parent=task["key"], state="done")
    await new_task(site, olena, "Find a picture", parent=task["key"])
    blocker = await new_task(site, olena, "Choose the name")
    await site.call(olena, "PUT", f"{TASKS}/{task['key']}/blockers/{blocker['key']}")
    handle = await handle_of(site, kim)
    await say(site, olena, task, f"@{handle} which of the two do you like better, and why?")
    await say(site, kim, task, "The second one: it is **shorter**.\n\n> nine seconds")
    await say(site, olena, task, f"@{handle} thanks. Could you write it down by tomorrow?")
    await open_task(olena, task)
    await expect(messages(olena)).to_have_count(3)
    await box(olena, task).fill(f"@{handle} one more thing")
    await expect(olena.get_by_role("list", name="People you’re asking")).to_contain_text("due")
    await messages(olena).last.get_by_role("button", name="Why this time?").click()
    await expect(olena.get_by_role("region", name="Why this time")).to_contain_text("Counted")
    await look_well(olena, "task")
