"""The password is asked for in place: what was refused goes on, and nothing typed is lost."""

from datetime import timedelta

from playwright.async_api import Page, expect

from tests.e2e.site import PASSWORD, Site, see_heading

CONFIRM = "Confirm your password"


async def test_an_old_session_is_asked_for_its_password_and_goes_on(
    site: Site, olena: Page
) -> None:
    await olena.goto("/w/acme/settings/members")
    await olena.get_by_role("button", name="Invite", exact=True).click()
    await olena.get_by_label("Email").fill("vera@example.org")
    await site.age_sessions(by=timedelta(minutes=16))
    await olena.get_by_role("button", name="Create invite link").click()
    question = olena.get_by_role("dialog", name=CONFIRM)
    await question.get_by_label("Password").fill("nine slow barges drift")
    await question.get_by_role("button", name="Confirm").click()
    await expect(question.get_by_label("Password")).to_have_accessible_description(
        "Wrong password."
    )
    await question.get_by_label("Password").fill(PASSWORD)
    async with olena.expect_websocket():  # the one of the session before was ended
        await question.get_by_role("button", name="Confirm").click()
        link = olena.get_by_label("Invite link for vera@example.org")
        await expect(link).to_be_visible()
    await expect(question).to_have_count(0)
    await expect(link).to_be_visible()
    assert (await link.input_value()).startswith(f"{site.origin}/invite#token=")


async def test_who_gives_no_password_keeps_what_they_typed(site: Site, olena: Page) -> None:
    await olena.goto("/account")
    await see_heading(olena, "Your account")
    await olena.get_by_role("button", name="New token").click()
    await olena.get_by_label("Token name").fill("wall board")
    await site.age_sessions(by=timedelta(minutes=16))
    await olena.get_by_role("button", name="Create token").click()
    question = olena.get_by_role("dialog", name=CONFIRM)
    await question.get_by_role("button", name="Cancel").click()
    await expect(question).to_have_count(0)
    form = olena.get_by_role("dialog", name="New token in Acme")
    await expect(form.get_by_role("alert")).to_contain_text("Enter your password again")
    await expect(form.get_by_label("Token name")).to_have_value("wall board")
    await expect(form.get_by_role("button", name="Create token")).to_be_focused()


async def test_a_new_password_can_end_what_the_old_one_gave_out(site: Site, olena: Page) -> None:
    link = await site.invite_link(olena, "wes@example.org")
    async with site.visitor() as wes:
        await wes.goto(link)
        await wes.get_by_label("Your name").fill("Wes")
        await wes.get_by_label("Password").fill(PASSWORD)
        await wes.get_by_role("button", name="Join").click()
        await see_heading(wes, "Today")
        new = {"name": "board", "scopes": ["read"], "expires_in_days": 30}
        await site.call(wes, "POST", "/workspaces/acme/tokens", new)
        await wes.goto("/account")
        await expect(wes.get_by_role("button", name="Revoke board")).to_be_visible()
        await wes.get_by_label("Current password").fill(PASSWORD)
        await wes.get_by_label("New password").fill("nine slow barges drift")
        await wes.get_by_label("Revoke my access tokens").check()
        await wes.get_by_role("button", name="Change password").click()
        await expect(wes.get_by_text("Password changed").first).to_be_visible()
        tokens = await site.call(wes, "GET", "/workspaces/acme/tokens")
        assert [token["revoked_at"] is not None for token in tokens] == [True]


async def test_an_invited_address_with_an_account_signs_in_to_join(site: Site, olena: Page) -> None:
    """Nobody is told beforehand that it has one."""
    link = await site.invite_link(olena, "zoe@example.org")
    async with site.visitor() as zoe:
        await zoe.goto(link)
        await see_heading(zoe, "Join Acme")
        await zoe.get_by_role("button", name="Sign in").click()
        await expect(zoe.get_by_text("Sign in as zoe@example.org, then join.")).to_be_visible()
        await zoe.get_by_role("button", name="Create an account instead").click()
        await zoe.get_by_label("Your name").fill("Zoe")
        await zoe.get_by_label("Password").fill(PASSWORD)
        await zoe.get_by_role("button", name="Join", exact=True).click()
        await see_heading(zoe, "Today")
