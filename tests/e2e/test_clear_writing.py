"""The five points beside a message while it is written, and what an admin requires of it."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.looks import look_well
from tests.e2e.people import joined
from tests.e2e.site import Site, content, see_heading

WORKSPACE = "/workspaces/acme"


@pytest.fixture
async def ravi(site: Site, olena: Page) -> AsyncIterator[Page]:
    """A member who is asked. Afterwards comments are checked as in a new workspace."""
    async with joined(site, olena, "Ravi Rao", "rao") as page:
        yield page
    await site.edit(olena, WORKSPACE, {"clarity": {"task_comment": "warn"}})


def marks(page: Page) -> Locator:
    return page.get_by_role("button", name="Five points of a clear message")


def made(page: Page) -> Locator:
    return marks(page).locator(".made")


async def test_points_are_marked_as_one_types_and_required_where_the_workspace_says_so(
    site: Site, olena: Page, ravi: Page
) -> None:
    task = await site.call(olena, "POST", f"{WORKSPACE}/tasks", {"project": "WEB", "title": "Zip"})
    await olena.goto(f"/w/acme/tasks/{task['key']}")
    await see_heading(olena, "Zip")
    box = olena.get_by_label(f"Comment on {task['key']}")
    await box.fill("Nobody is asked by this")
    await expect(marks(olena)).to_have_count(0)
    await box.fill("@rao which one?")
    await expect(made(olena)).to_contain_text(["Request"])
    await expect(olena.get_by_role("list", name="People you’re asking")).to_contain_text("due")
    before = await place_below(box, marks(olena))
    await box.press_sequentially(" I need it by Friday.")
    await expect(made(olena)).to_contain_text(["Request", "Deadline"])
    await expect(box).to_be_focused()
    assert await place_below(box, marks(olena)) == before
    await marks(olena).focus()
    help_text = olena.locator(".clarity-help")
    await expect(help_text).to_be_visible()
    await expect(help_text.get_by_role("listitem")).to_have_count(3)
    await expect(help_text).to_contain_text("Say what someone needs to know to answer.")
    await look_well(olena, "clarity")
    await box.fill("@rao kannst du das bitte prüfen?")
    await expect(made(olena)).to_have_count(0)
    await choose_in_settings(olena, "Require all points or a reason")
    await olena.goto(f"/w/acme/tasks/{task['key']}")
    await box.fill("@rao which one?")
    await expect(made(olena)).to_contain_text(["Request"])
    await olena.get_by_role("button", name="Comment", exact=True).click()
    reason = olena.get_by_label("Or say why you can’t add them")
    await expect(reason).to_be_focused()
    await expect(olena.get_by_text("Your workspace requires these points.")).to_be_visible()
    await look_well(olena, "clarity-required")
    await reason.fill("We talked about it")
    await olena.get_by_role("button", name="Comment", exact=True).click()
    messages = olena.get_by_role("list", name="Messages", exact=True)
    await expect(messages).to_contain_text("Why details are missing: We talked about it")
    await olena.goto("/w/acme/settings/clear-writing")
    await expect(content(olena)).to_contain_text("1 reason given in 4 weeks.")


async def choose_in_settings(page: Page, level: str) -> None:
    await page.goto("/w/acme/settings/clear-writing")
    await see_heading(page, "Settings")
    await content(page).get_by_label("Task comments").select_option(level)
    await content(page).get_by_role("button", name="Save").click()
    saved = page.get_by_role("region", name="Notifications").get_by_text("Clear writing saved")
    await expect(saved).to_be_visible()


async def place_below(upper: Locator, lower: Locator) -> tuple[float, float]:
    """How far something is below another thing, and how tall. Scrolling changes neither."""
    above, below = await upper.bounding_box(), await lower.bounding_box()
    assert above is not None
    assert below is not None
    return below["y"] - above["y"] - above["height"], below["height"]
