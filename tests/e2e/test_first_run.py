"""From the printed link to a team at work, as people do it."""

from playwright.async_api import Page, expect

from tests.e2e.site import PASSWORD, Site, content, see_heading, sign_in


async def test_from_the_link_to_a_second_person_at_work(fresh_site: Site) -> None:
    site = fresh_site
    async with site.visitor() as olena, site.visitor() as elsewhere, site.visitor() as sam:
        await olena.goto(await site.setup_link())
        await see_heading(olena, "Set up Dayline")
        assert "token" not in olena.url, "the token stays in the address"
        await olena.get_by_label("Email").fill("olena@example.org")
        await olena.get_by_label("Your name").fill("Olena Koval")
        await olena.get_by_label("Password").fill(PASSWORD)
        await olena.get_by_role("button", name="Continue").click()

        await olena.get_by_label("Workspace name").fill("Acme Studio")
        await expect(olena.get_by_label("Short name")).to_have_value("acme-studio")
        await expect(olena.get_by_label("Team time zone")).to_have_value("Europe/Kyiv")
        await expect(olena.get_by_label("Your handle")).to_have_value("olena")
        await olena.get_by_role("button", name="Create workspace").click()
        await see_heading(olena, "Today")
        assert olena.url == f"{site.origin}/w/acme-studio"

        await elsewhere.goto("/")
        await sign_in(elsewhere, "olena@example.org")
        await elsewhere.get_by_role("link", name="Projects").click()
        await expect(elsewhere.get_by_text("No projects yet")).to_be_visible()
        await olena.get_by_role("link", name="Projects").click()
        await add_project(olena, "Client portal", key="CP")
        await expect(content(elsewhere).get_by_text("Client portal")).to_be_visible()
        await expect(content(elsewhere).get_by_text("No update yet")).to_be_visible()

        invited = {"email": "sam@example.org", "role": "member"}
        made = await site.call(olena, "POST", "/workspaces/acme-studio/invites", invited)
        link = made["link"]
        await sam.goto(link)
        await see_heading(sam, "Join Acme Studio")
        await sam.get_by_label("Your name").fill("Sam Reed")
        await expect(sam.get_by_label("Your handle")).to_have_value("sam")
        await sam.get_by_label("Password").fill("nine loud geese walk")
        await sam.get_by_role("button", name="Join").click()
        await see_heading(sam, "Today")
        await elsewhere.get_by_role("link", name="Team").click()
        await expect(content(elsewhere).get_by_text("Sam Reed").first).to_be_visible()

        await sam.get_by_role("button", name="You: Sam Reed").click()
        await sam.get_by_role("menuitem", name="Sign out").click()
        await see_heading(sam, "Sign in")
        await sign_in(sam, "sam@example.org", "nine loud geese walk")
        await see_heading(sam, "Today")


async def add_project(page: Page, name: str, key: str) -> None:
    await page.get_by_role("button", name="New project").click()
    dialog = page.get_by_role("dialog", name="New project")
    await dialog.get_by_label("Name").fill(name)
    await expect(dialog.get_by_label("Key")).to_have_value(key)
    await dialog.get_by_role("button", name="Create project").click()
    await see_heading(page, name)


async def test_setup_goes_by_the_keyboard_alone(fresh_site: Site) -> None:
    async with fresh_site.visitor() as page:
        await page.goto(await fresh_site.setup_link())
        await see_heading(page, "Set up Dayline")
        keys = page.keyboard
        await tab_to(page, "Email")
        await keys.type("olena@example.org")
        await tab_to(page, "Your name")
        await keys.type("Olena")
        await tab_to(page, "Password")
        await keys.type("too short")
        await keys.press("Enter")
        await expect(page.get_by_text("Use at least 12 characters.")).to_be_visible()
        await expect(page.get_by_label("Password")).to_be_focused()
        await keys.press("Control+A")
        await keys.type(PASSWORD)
        await keys.press("Enter")

        await see_heading(page, "Name your workspace")
        await expect(page.get_by_role("heading", level=1)).to_be_focused()
        await tab_to(page, "Workspace name")
        await keys.type("Acme")
        await tab_to(page, "Short name")
        await keys.type("acme-2")
        await tab_to(page, "Team time zone")
        await keys.press("ArrowDown")
        await expect(page.get_by_label("Team time zone")).to_have_value("Europe/Lisbon")
        await tab_to(page, "Create workspace")
        await keys.press("Enter")
        await see_heading(page, "Today")
        assert page.url.endswith("/w/acme-2")
        await keys.press("c")
        await expect(page.get_by_role("dialog", name="New task")).to_be_visible()
        await keys.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)


async def tab_to(page: Page, name: str) -> None:
    """Press Tab until the control of that name has the focus, and shows it."""
    for _ in range(12):
        await page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if await focused.evaluate("it => it.labels?.[0]?.textContent ?? it.textContent") == name:
            outline = await focused.evaluate("it => getComputedStyle(it).outlineStyle")
            assert outline != "none", f"{name} does not show its focus"
            return
    raise AssertionError(f"Tab does not reach {name}")
