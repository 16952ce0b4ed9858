"""Pages follow what happens, also over a server that goes away."""

from playwright.async_api import Page, expect

from tests.e2e.site import Site, content, see_heading


async def test_a_page_says_that_it_reconnects_and_then_knows_what_it_missed(
    site: Site, olena: Page
) -> None:
    await olena.goto("/w/acme")
    await see_heading(olena, "Acme")
    strip = olena.get_by_role("paragraph").filter(has_text="Reconnecting…")
    site.server.kill()
    try:
        await expect(strip).to_be_visible()
        await expect(content(olena).get_by_text("Website", exact=True)).to_be_visible()
    finally:
        site.server.start()
    await site.add_project(olena, "PHONE", "Phone app")
    await expect(content(olena).get_by_text("Phone app")).to_be_visible()
    await expect(strip).to_have_count(0)
    await expect(olena.get_by_role("status")).to_have_text("Connected again")


async def test_open_tasks_are_counted_as_they_come_and_go(site: Site, olena: Page) -> None:
    await site.add_project(olena, "COUNT", "Counted")
    await olena.goto("/w/acme")
    row = content(olena).get_by_role("listitem").filter(has_text="Counted")
    await expect(row).to_contain_text("0 open tasks")
    new = {"project": "COUNT", "title": "Count me"}
    task = await site.call(olena, "POST", "/workspaces/acme/tasks", new)
    await expect(row).to_contain_text("1 open task")
    answer = await olena.context.request.patch(
        f"{site.origin}/api/workspaces/acme/tasks/{task['key']}",
        data={"state": "done"},
        headers={"Origin": site.origin, "If-Match": f'"{task["rev"]}"'},
    )
    assert answer.ok
    await expect(row).to_contain_text("0 open tasks")
