"""Search: anything by its words, by the keyboard only."""

import re

from playwright.async_api import Page, expect

from tests.e2e.looks import look_well
from tests.e2e.site import Site, content, see_heading


async def test_a_message_is_found_by_its_words_and_opened_by_keys(site: Site, olena: Page) -> None:
    new = {"project": "WEB", "title": "Birds"}
    task = await site.call(olena, "POST", "/workspaces/acme/tasks", new)
    path = f"/workspaces/acme/topics/{task['topic_id']}/messages"
    await site.call(olena, "POST", path, {"body": "The falcon has **landed** on the roof"})
    await olena.goto("/w/acme/search")
    await see_heading(olena, "Search")
    await expect(content(olena)).to_contain_text("Search this workspace")
    await olena.keyboard.type("falcon land")
    hit = content(olena).get_by_role("list", name="Results").get_by_role("listitem")
    await expect(hit).to_have_count(1)
    await expect(hit.locator("mark")).to_have_count(2)
    await look_well(olena, "search")
    await olena.get_by_role("searchbox", name="Search for").press("ArrowDown")
    await expect(hit.get_by_role("link")).to_be_focused()
    await olena.keyboard.press("Enter")
    await expect(olena).to_have_url(re.compile(f"/tasks/{task['key']}$"))


async def test_the_palette_finds_texts_and_leads_to_all_of_them(site: Site, olena: Page) -> None:
    new = {"project": "WEB", "title": "Fish"}
    task = await site.call(olena, "POST", "/workspaces/acme/tasks", new)
    path = f"/workspaces/acme/topics/{task['topic_id']}/messages"
    await site.call(olena, "POST", path, {"body": "A pike lives in the pond"})
    await olena.goto("/w/acme/team")
    await see_heading(olena, "Team")
    await olena.keyboard.press("/")
    await olena.get_by_role("combobox").fill("pike")
    await expect(olena.get_by_role("option").filter(has_text="lives in the pond")).to_be_visible()
    await olena.get_by_role("option").filter(has_text="Search everything").click()
    await see_heading(olena, "Search")
    await expect(content(olena).get_by_role("list", name="Results")).to_contain_text("pike")
