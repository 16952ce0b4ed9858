"""Signing in, and what is one's own: sessions and tokens."""

import re

import httpx
from playwright.async_api import Page, expect

from tests.e2e.site import PASSWORD, Site, see_heading, sign_in


async def test_a_wrong_password_is_said_and_the_address_kept(site: Site) -> None:
    async with site.visitor() as page:
        await page.goto("/w/acme")
        await sign_in(page, "olena@example.org", "seven quiet herons fly")
        await expect(page.get_by_role("alert")).to_contain_text("Wrong email or password.")
        await expect(page.get_by_label("Email")).to_have_value("olena@example.org")
        await page.get_by_label("Password").fill(PASSWORD)
        await page.keyboard.press("Enter")
        await see_heading(page, "Today")


async def test_a_refused_field_is_named_at_its_place_and_nothing_typed_is_lost(
    olena: Page,
) -> None:
    await olena.goto("/new")
    await olena.get_by_label("Workspace name").fill("Acme again")
    short_name = olena.get_by_label("Short name")
    await short_name.fill("acme")
    await olena.get_by_role("button", name="Create workspace").click()
    await expect(short_name).to_be_focused()
    await expect(short_name).to_have_attribute("aria-invalid", "true")
    await expect(olena.get_by_label("Workspace name")).to_have_value("Acme again")
    await short_name.press("End")
    await short_name.press("2")
    await expect(short_name).not_to_have_attribute("aria-invalid", "true")


async def test_a_refusal_is_said_at_its_field_and_what_was_typed_stays(olena: Page) -> None:
    await olena.goto("/w/acme/projects")
    await olena.get_by_role("button", name="New project").click()
    await olena.get_by_label("Name").fill("Website again")
    await olena.get_by_label("Key").fill("web")
    await olena.get_by_role("button", name="Create project").click()
    await expect(olena.get_by_label("Key")).to_have_accessible_description(
        re.compile("Another project has this key")
    )
    await expect(olena.get_by_label("Name")).to_have_value("Website again")


async def test_a_token_is_shown_once_works_and_ends_when_revoked(site: Site, olena: Page) -> None:
    await olena.goto("/account")
    await olena.get_by_role("button", name="New token").click()
    await olena.get_by_label("Token name").fill("wall board")
    await olena.get_by_role("button", name="Create token").click()
    secret = await olena.get_by_label("Your token").input_value()
    await olena.get_by_role("button", name="Close").click()
    await expect(olena.get_by_text("wall board")).to_be_visible()
    await expect(olena.get_by_text(secret)).to_have_count(0)

    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {secret}"}) as program:
        projects = f"{site.origin}/api/workspaces/acme/projects"
        assert (await program.get(projects)).status_code == 200
        await olena.get_by_role("button", name="Revoke wall board").click()
        await olena.get_by_role("dialog").get_by_role("button", name="Revoke").click()
        await expect(olena.get_by_text("wall board")).to_have_count(0)
        assert (await program.get(projects)).status_code == 401


async def test_a_session_that_is_ended_shows_the_sign_in_there(site: Site, olena: Page) -> None:
    async with site.visitor(user_agent="Mozilla/5.0 (X11; Linux) Firefox/140.0") as elsewhere:
        await elsewhere.goto("/w/acme")
        await sign_in(elsewhere, "olena@example.org")
        await see_heading(elsewhere, "Today")
        await olena.goto("/account")
        await olena.get_by_role("button", name="End session: Firefox on Linux").click()
        await see_heading(elsewhere, "Sign in")
        await expect(elsewhere.get_by_text("Website")).to_have_count(0)


async def test_a_reset_link_sets_a_new_password(site: Site, olena: Page) -> None:
    async with site.visitor() as rita:
        await rita.goto(await site.invite_link(olena, "rita@example.org"))
        await rita.get_by_label("Your name").fill("Rita")
        await rita.get_by_label("Password").fill("four old boats drift")
        await rita.get_by_role("button", name="Join").click()
        await see_heading(rita, "Today")
        me = await site.call(rita, "GET", "/workspaces/acme/me")
        path = f"/workspaces/acme/members/{me['member']['id']}/password-reset"
        reset = await site.call(olena, "POST", path)
        await rita.goto(reset["link"])
        await rita.get_by_label("New password").fill("five new boats drift")
        await rita.get_by_role("button", name="Set password").click()
        await see_heading(rita, "Your password is set")
        await rita.get_by_role("link", name="Sign in").click()
        await sign_in(rita, "rita@example.org", "five new boats drift")
        await see_heading(rita, "Today")


async def test_what_happened_to_an_account_is_shown_to_its_owner(site: Site, olena: Page) -> None:
    agent = "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36"
    async with site.visitor(user_agent=agent) as elsewhere:
        await elsewhere.goto("/w/acme")
        for _ in range(2):
            await sign_in(elsewhere, "olena@example.org", "seven quiet herons fly")
            await expect(elsewhere.get_by_role("alert")).to_contain_text("Wrong email or password.")
        await sign_in(elsewhere, "olena@example.org")
        await see_heading(elsewhere, "Today")
    await olena.goto("/w/acme/settings/account")
    rows = olena.get_by_role("list", name="Recent security events").get_by_role("listitem")
    where = r"\w{3} \d{1,2} \w{3} \d\d:\d\d · Chrome on Linux, 127\.0\.0\.1"
    await expect(rows.first).to_contain_text(re.compile(f"Signed in{where}"))
    await expect(rows.nth(1)).to_contain_text(re.compile(rf"Sign-in failed \(2 times\){where}"))
