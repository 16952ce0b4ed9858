"""Pages follow what happens, also over a server that goes away."""

from playwright.async_api import Page, expect

from tests.e2e.site import Site, content, see_heading


async def test_a_page_says_that_it_reconnects_and_then_knows_what_it_missed(
    site: Site, olena: Page
) -> None:
    await olena.goto("/w/acme/projects")
    await see_heading(olena, "Projects")
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
