"""The frame of every page: the way around, by hand and by keys, and what it keeps."""

import re

from playwright.async_api import Page, expect

from tests.e2e.site import Site, content, see_heading


async def test_every_page_of_the_sidebar_opens_without_a_reload(olena: Page) -> None:
    await olena.goto("/w/acme")
    await see_heading(olena, "Today")
    await olena.evaluate("window.stayed = true")
    sidebar = olena.get_by_role("navigation", name="Workspace")
    names = await sidebar.get_by_role("list").first.get_by_role("link").all_inner_texts()
    first = ["Today", "Board", "Direct", "Projects", "Decisions"]
    for name in (*first[1:], "References", "Team", "Agreement", "Search", "Settings"):
        link = sidebar.get_by_role("link", name=name, exact=True)
        await link.click()
        await expect(link).to_have_attribute("aria-current", "page")
        await expect(content(olena).get_by_role("heading", level=1)).to_be_focused()
    assert [name.strip() for name in names] == first
    assert await olena.evaluate("window.stayed")
    await olena.go_back()
    await expect(sidebar.get_by_role("link", name="Search")).to_have_attribute(
        "aria-current", "page"
    )


async def test_letters_lead_to_pages_until_they_are_turned_off(olena: Page) -> None:
    await olena.goto("/w/acme")
    await see_heading(olena, "Today")
    await olena.keyboard.press("g")
    await olena.keyboard.press("p")
    await see_heading(olena, "Projects")
    await olena.keyboard.press("?")
    guide = olena.get_by_role("dialog", name="Keyboard shortcuts")
    await expect(guide).to_contain_text("Go to Board")
    await guide.get_by_role("checkbox").uncheck()
    await olena.keyboard.press("Escape")
    await olena.keyboard.press("c")
    await expect(olena.get_by_role("dialog")).to_have_count(0)
    await olena.reload()
    await see_heading(olena, "Projects")
    await olena.keyboard.press("c")
    await olena.keyboard.press("Control+k")
    await expect(olena.get_by_role("dialog", name="Search and commands")).to_be_visible()
    await expect(olena.get_by_role("dialog")).to_have_count(1)


async def test_the_palette_finds_pages_projects_and_tasks(site: Site, olena: Page) -> None:
    task = {"project": "WEB", "title": "Quokka counter"}
    made = await site.call(olena, "POST", "/workspaces/acme/tasks", task)
    await olena.goto("/w/acme")
    await see_heading(olena, "Today")
    for typed, path in (
        ("agree", "/w/acme/agreement"),
        ("Website", "/w/acme/projects/WEB"),
        ("quok", f"/w/acme/tasks/{made['key']}"),
        (made["key"], f"/w/acme/tasks/{made['key']}"),
    ):
        await olena.keyboard.press("Control+k")
        await olena.get_by_role("combobox", name="Search and commands").fill(typed)
        await olena.keyboard.press("Enter")
        await olena.wait_for_url(f"**{path}")
        await expect(olena.get_by_role("dialog")).to_have_count(0)


async def test_a_task_is_made_by_keys_alone_and_what_was_typed_outlives_a_reload(
    olena: Page,
) -> None:
    await olena.goto("/w/acme/board")
    await see_heading(olena, "Board")
    await olena.keyboard.press("c")
    await expect(olena.get_by_label("Title")).to_be_focused()
    await olena.keyboard.type("Made by keys")
    await olena.keyboard.press("Escape")
    await olena.reload()
    await see_heading(olena, "Board")
    await olena.keyboard.press("c")
    await expect(olena.get_by_label("Title")).to_have_value("Made by keys")
    await olena.keyboard.press("Control+Enter")
    column = olena.get_by_role("region", name="To do")
    await expect(column.get_by_role("link", name="Made by keys")).to_be_visible()
    await expect(olena.get_by_role("status")).to_contain_text(re.compile(r"^\w+-\d+ created$"))
    await olena.keyboard.press("c")
    await expect(olena.get_by_label("Title")).to_have_value("")


async def test_the_drawer_leads_around_on_a_phone(olena: Page) -> None:
    await olena.set_viewport_size({"width": 390, "height": 844})
    await olena.goto("/w/acme")
    await see_heading(olena, "Today")
    await olena.get_by_role("link", name="Board").click()
    await see_heading(olena, "Board")
    await olena.get_by_role("button", name="More", exact=True).click()
    drawer = olena.get_by_role("dialog", name="Menu")
    await drawer.get_by_role("link", name="Settings").click()
    await see_heading(olena, "Settings")
    await expect(drawer).to_have_count(0)


async def test_a_page_opens_with_what_was_kept_and_then_knows_what_it_missed(
    site: Site, olena: Page
) -> None:
    await olena.goto("/w/acme/board")
    await see_heading(olena, "Board")
    await olena.evaluate(KEPT)
    await olena.goto("/account")
    missed = {"project": "WEB", "title": "Missed", "priority": "critical"}  # stands on top
    await site.call(olena, "POST", "/workspaces/acme/tasks", missed)
    asked: list[str] = []
    olena.on("request", lambda request: asked.append(request.url))
    await olena.goto("/w/acme/board")
    await expect(olena.get_by_role("link", name="Missed", exact=True)).to_be_visible()
    assert not [url for url in asked if url.endswith("/snapshot")]


KEPT = """async () => {
  const count = (database) => new Promise((resolve) => {
    const counting = database.transaction("keyval").objectStore("keyval").count();
    counting.onsuccess = () => { database.close(); resolve(counting.result); };
  });
  const open = () => new Promise((resolve) => {
    const opening = indexedDB.open("keyval-store");
    opening.onsuccess = () => resolve(opening.result);
  });
  while (!(await indexedDB.databases()).length || !(await count(await open()))) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}"""
"""Resolves once the browser keeps the board."""
