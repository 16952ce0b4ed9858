"""Today: what waits for me is answered and promised in place, and rows do not jump."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.e2e.people import AROUND_THE_CLOCK, joined, work
from tests.e2e.site import Site, content


@pytest.fixture(scope="module")
def handles() -> list[str]:
    """The handles that this module's tests have taken."""
    return []


@pytest.fixture
async def newcomer(site: Site, olena: Page, handles: list[str]) -> AsyncIterator[Page]:
    """Somebody new on Today. They and Olena work around the clock: every test has hours."""
    handle = f"sam{len(handles)}"
    handles.append(handle)
    async with joined(site, olena, handle.capitalize(), handle) as page:
        for person in (page, olena):
            await work(site, person, AROUND_THE_CLOCK)
        yield page


@pytest.fixture
async def sam(site: Site, newcomer: Page) -> Page:
    """The same, who has signed the agreement: nothing waits for them."""
    agreement = "/workspaces/acme/agreement"
    version = (await site.call(newcomer, "GET", agreement))["version"]
    await site.call(newcomer, "PUT", f"{agreement}/versions/{version}/signature")
    await expect(content(newcomer).get_by_text("You’re all caught up.")).to_be_visible()
    return newcomer


async def ask(site: Site, by: Page, title: str, body: str) -> Any:
    """A new task with a comment that asks; the task."""
    new = {"project": "WEB", "title": title}
    task = await site.call(by, "POST", "/workspaces/acme/tasks", new)
    path = f"/workspaces/acme/topics/{task['topic_id']}/messages"
    await site.call(by, "POST", path, {"body": body})
    return task


async def test_an_ask_comes_by_itself_and_is_answered_in_place(
    site: Site, olena: Page, sam: Page, handles: list[str]
) -> None:
    await ask(site, olena, "Colours of the door", f"@{handles[-1]} blue or green?")
    row = content(sam).get_by_role("list", name="Needs you").get_by_role("listitem")
    await expect(row).to_contain_text("Colours of the door")
    await expect(row).to_contain_text(re.compile("(4 h|3 h 5. min) left"))
    await expect(row).to_contain_text("Olena Koval")
    await olena.goto("/w/acme")
    waiting = content(olena).get_by_role("list", name="Waiting on")
    await expect(
        waiting.get_by_role("listitem").filter(has_text="Colours of the door")
    ).to_have_count(1)
    await row.get_by_role("button", name="Reply").click()
    await sam.get_by_label("Your answer to Olena Koval").fill("Green.")
    await sam.keyboard.press("Control+Enter")
    await expect(content(sam).get_by_text("You’re all caught up.")).to_be_visible()
    await expect(
        waiting.get_by_role("listitem").filter(has_text="Colours of the door")
    ).to_have_count(0)


async def test_a_promise_is_given_by_keys(
    site: Site, olena: Page, sam: Page, handles: list[str]
) -> None:
    await ask(site, olena, "Film night", f"@{handles[-1]} which film do we show?")
    row = content(sam).get_by_role("list", name="Needs you").get_by_role("listitem")
    await expect(row).to_contain_text("Film night")
    await sam.keyboard.press("j")
    await sam.keyboard.press("p")
    await sam.get_by_label("Time", exact=True).fill("23:59")
    await sam.get_by_role("button", name="Promise", exact=True).last.click()
    await expect(row).to_contain_text("You promised an answer")
    waiting = content(olena).get_by_role("list", name="Waiting on")
    await olena.goto("/w/acme")
    await expect(waiting.get_by_role("listitem").filter(has_text="Film night")).to_contain_text(
        "Promised"
    )


async def test_rows_do_not_jump_under_the_pointer(
    site: Site, olena: Page, sam: Page, handles: list[str]
) -> None:
    await ask(site, olena, "First", f"@{handles[-1]} one?")
    rows = content(sam).get_by_role("list", name="Needs you").get_by_role("listitem")
    await expect(rows).to_have_count(1)
    await rows.hover()
    await ask(site, olena, "Second", f"@{handles[-1]} two?")
    update = content(sam).get_by_role("button", name="1 update")
    await expect(update).to_be_visible()
    await expect(rows).to_have_count(1)
    await update.hover()  # on the way from the rows to the button nothing moves either
    await expect(rows).to_have_count(1)
    await update.click()
    await expect(rows).to_have_count(2)


async def test_what_was_typed_outlives_a_reload(
    site: Site, olena: Page, sam: Page, handles: list[str]
) -> None:
    await ask(site, olena, "Long", f"@{handles[-1]} tell me all?")
    row = content(sam).get_by_role("list", name="Needs you").get_by_role("listitem")
    await row.get_by_role("button", name="Reply").click()
    await sam.get_by_label("Your answer to Olena Koval").fill("Half of what I")
    await sam.reload()
    await row.get_by_role("button", name="Reply").click()
    await expect(sam.get_by_label("Your answer to Olena Koval")).to_have_value("Half of what I")


async def test_news_are_there_until_they_are_seen(site: Site, olena: Page, sam: Page) -> None:
    new = {"project": "WEB", "title": "Fresh work"}
    await site.call(olena, "POST", "/workspaces/acme/tasks", new)
    news = content(sam).get_by_role("list", name="Since your last visit")
    await expect(news.get_by_role("listitem").filter(has_text="Fresh work")).to_contain_text(
        "created"
    )
    await content(sam).get_by_role("button", name="Mark all as read").click()
    await expect(content(sam).get_by_role("heading", name="Since your last visit")).to_have_count(0)


async def test_the_agreement_is_signed_from_today(newcomer: Page) -> None:
    needs = content(newcomer).get_by_role("list", name="Needs you")
    await needs.get_by_role("button", name="Sign").click()
    await expect(content(newcomer).get_by_text("You’re all caught up.")).to_be_visible()
