"""Which question an answer answers, whom a message asks, and whom it does not reach."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.looks import look_well
from tests.e2e.people import AROUND_THE_CLOCK, joined, member_id, work
from tests.e2e.site import Site, content, see_heading


@pytest.fixture(scope="module")
def taken() -> list[str]:
    """The handles that this module's tests have taken."""
    return []


@pytest.fixture
def handle(taken: list[str]) -> str:
    """The handle of Ines, whose name is the same in capitals."""
    taken.append(f"ines{len(taken)}")
    return taken[-1]


@pytest.fixture
async def ines(site: Site, olena: Page, handle: str) -> AsyncIterator[Page]:
    async with joined(site, olena, handle.upper(), handle) as page:
        await work(site, page, AROUND_THE_CLOCK)
        yield page


async def direct(site: Site, olena: Page, *others: Page) -> str:
    """A direct conversation of Olena's, in which nothing was said yet."""
    participants = [await member_id(site, each) for each in others]
    new = {"participants": participants, "title": "Us"}
    made = await site.call(olena, "POST", "/workspaces/acme/direct-topics", new)
    topic: str = made["id"]
    return topic


async def write(site: Site, page: Page, topic: str, body: str, **more: Any) -> Any:
    path = f"/workspaces/acme/topics/{topic}/messages"
    return await site.call(page, "POST", path, {"body": body, **more})


def boxes(page: Page) -> Locator:
    return content(page).get_by_role("group", name="Answers").get_by_role("checkbox")


async def ticks(page: Page) -> list[bool]:
    return [await box.is_checked() for box in await boxes(page).all()]


async def test_only_the_ticked_questions_are_answered_and_undo_reopens_them(
    site: Site, olena: Page, ines: Page
) -> None:
    topic = await direct(site, olena, ines)
    for body in ("Red?", "Green?"):
        await write(site, olena, topic, body)
    await write(site, olena, topic, "Now?", urgent=True, urgent_reason="It burns")
    await ines.goto(f"/w/acme/topics/{topic}")
    await expect(boxes(ines)).to_have_count(3)
    urgent = content(ines).get_by_role("checkbox", name="Urgent Olena Koval’s question")
    await expect(urgent).not_to_be_checked()
    assert sum(await ticks(ines)) == 2
    usual = content(ines).get_by_role("checkbox", name="Olena Koval’s question from", exact=False)
    await usual.last.uncheck()
    writing = content(ines).get_by_role("textbox", name="Write a message")
    await writing.fill("Red it is.")
    await look_well(ines, "answers")
    await ines.reload()
    await expect(boxes(ines)).to_have_count(3)
    assert sum(await ticks(ines)) == 1
    await expect(content(ines).get_by_role("list", name="People you’re asking")).to_have_count(0)

    await writing.press("Control+Enter")
    told = ines.get_by_role("region", name="Notifications")
    await expect(told).to_contain_text("Answered Olena’s question")
    await expect(boxes(ines)).to_have_count(2)
    await told.get_by_role("button", name="Undo").click()
    await expect(told).to_contain_text("Question reopened")
    await expect(boxes(ines)).to_have_count(3)
    mine = content(ines).get_by_role("listitem").filter(has_text="Red it is.")
    await expect(mine.get_by_role("button", name="Reopen")).to_have_count(0)


async def test_a_message_that_answered_says_so_and_reopens(
    site: Site, olena: Page, ines: Page
) -> None:
    topic = await direct(site, olena, ines)
    await write(site, olena, topic, "Red?")
    await ines.goto(f"/w/acme/topics/{topic}")
    only = content(ines).get_by_role("checkbox", name="Answers Olena Koval’s question from")
    await expect(only).to_be_checked()
    await write(site, ines, topic, "Yes")
    await expect(only).to_have_count(0)
    mine = content(ines).get_by_role("listitem").filter(has_text="Answered Olena’s question")
    await mine.get_by_role("button", name="Reopen").click()
    await expect(only).to_be_checked()


async def test_a_row_of_today_answers_its_own_question_alone(
    site: Site, olena: Page, ines: Page
) -> None:
    topic = await direct(site, olena, ines)
    for body in ("Is it red?", "Is it green?"):
        await write(site, olena, topic, body)
    rows = content(ines).get_by_role("list", name="Needs you").get_by_role("listitem")
    await expect(rows.filter(has_text="Is it")).to_have_count(2)
    await rows.filter(has_text="Is it green?").get_by_role("button", name="Reply").click()
    await content(ines).get_by_role("textbox", name="Your answer to").fill("Green.")
    await ines.keyboard.press("Control+Enter")
    told = ines.get_by_role("region", name="Notifications")
    await expect(told).to_contain_text("Answered Olena’s question")
    await expect(rows.filter(has_text="Is it green?")).to_have_count(0)
    await expect(rows.filter(has_text="Is it red?")).to_have_count(1)


async def test_a_question_that_ended_meanwhile_costs_no_text(
    site: Site, olena: Page, ines: Page
) -> None:
    topic = await direct(site, olena, ines)
    asked = await write(site, olena, topic, "Red?")
    await ines.goto(f"/w/acme/topics/{topic}")
    await expect(boxes(ines)).to_have_count(1)
    await ines.context.set_offline(True)
    writing = content(ines).get_by_role("textbox", name="Write a message")
    await writing.fill("Yes, red.")
    await writing.press("Control+Enter")
    pending = content(ines).get_by_role("listitem").filter(has_text="Yes, red.")
    await expect(pending).to_be_visible()
    withdrawal = f"/workspaces/acme/messages/{asked['id']}/withdrawal"
    await site.call(olena, "PUT", withdrawal)
    await ines.context.set_offline(False)
    await expect(pending).to_contain_text("A question you answered has ended in the meantime.")
    strip = ines.get_by_role("region", name="Not sent")
    await expect(strip).to_contain_text("A question you answered has ended in the meantime.")
    await pending.get_by_role("button", name="Send anyway").click()
    await expect(pending.get_by_role("button", name="Send anyway")).to_have_count(0)
    await olena.goto(f"/w/acme/topics/{topic}")
    await expect(content(olena).get_by_text("Yes, red.")).to_be_visible()
    await expect(boxes(olena)).to_have_count(0)


async def test_the_other_one_is_asked_unless_taken_out(
    site: Site, olena: Page, ines: Page, handle: str
) -> None:
    name = handle.upper()
    topic = await direct(site, olena, ines)
    await olena.goto(f"/w/acme/topics/{topic}")
    asked = content(olena).get_by_role("list", name="People you’re asking")
    await expect(asked).to_contain_text(name)
    await expect(asked).to_contain_text("due")
    await olena.get_by_role("button", name=f"Don’t ask {name}").press("Enter")
    await expect(asked).to_have_count(0)
    writing = content(olena).get_by_role("textbox", name="Write a message")
    await writing.fill("By the way")
    await olena.reload()
    await expect(writing).to_have_value("By the way")
    await expect(asked).to_have_count(0)
    await content(olena).get_by_role("button", name="Ask someone").click()
    await olena.keyboard.type(handle)
    await olena.keyboard.press("Enter")
    await olena.keyboard.press("Escape")
    await expect(asked).to_contain_text(name)
    await writing.press("Control+Enter")
    sent = content(olena).get_by_role("listitem").filter(has_text="By the way")
    await expect(sent.get_by_role("list", name="People asked")).to_contain_text(name)


async def test_a_mention_that_reaches_nobody_is_said_before_it_is_sent(
    site: Site, olena: Page, ines: Page
) -> None:
    async with joined(site, olena, "Kenji Mori", "kenji"):
        topic = await direct(site, olena, ines)
        await olena.goto(f"/w/acme/topics/{topic}")
        writing = content(olena).get_by_role("textbox", name="Write a message")
        await writing.fill("As @kenji and @nobdy said")
        told = "@kenji can’t see this conversation, so they won’t be asked."
        await expect(content(olena).get_by_text(told)).to_be_visible()
        await expect(content(olena).get_by_text("No one here is called @nobdy.")).to_be_visible()
        await look_well(olena, "unreached")
        await olena.keyboard.press("Escape")
        await content(olena).get_by_role("button", name="Send", exact=True).click()
        await expect(content(olena).get_by_text("As @kenji and @nobdy said")).to_be_visible()
        await see_heading(olena, "Us")
        await expect(content(olena).get_by_text("Not sent.")).to_have_count(0)
