"""Direct conversations: begun from anywhere, seen by their participants, owed answers first."""

from playwright.async_api import Page, expect

from tests.e2e.people import joined, member_id
from tests.e2e.site import Site, content, see_heading


async def test_a_message_is_written_by_keys_and_arrives(site: Site, olena: Page) -> None:
    async with joined(site, olena, "Dora Lind", "dora") as dora:
        await dora.goto("/w/acme/direct")
        await expect(content(dora).get_by_text("No conversations yet")).to_be_visible()

        await olena.goto("/w/acme")
        await see_heading(olena, "Today")
        await olena.keyboard.press("m")
        dialog = olena.get_by_role("dialog")
        await dialog.get_by_role("button", name="Add recipients").click()
        await olena.keyboard.type("dora")
        await olena.keyboard.press("Enter")
        await olena.keyboard.press("Escape")
        await dialog.get_by_label("Message").fill("@dora shall we begin on Monday?")
        asked = dialog.get_by_role("list", name="People you’re asking")
        await expect(asked).to_contain_text("due")
        await olena.keyboard.press("Control+Enter")
        await see_heading(olena, "Dora Lind, Olena Koval")

        row = content(dora).get_by_role("list", name="Conversations").get_by_role("listitem")
        await expect(row).to_contain_text("Olena asked you")
        await row.get_by_role("link").click()
        await expect(content(dora).get_by_text("shall we begin on Monday?")).to_be_visible()


async def test_a_second_message_goes_on_where_the_first_was(site: Site, olena: Page) -> None:
    async with joined(site, olena, "Tea Verne", "tea") as tea:
        with_tea = await member_id(site, tea)
    made = await site.call(
        olena,
        "POST",
        "/workspaces/acme/direct-topics",
        {"participants": [with_tea], "title": "Tea"},
    )
    messages = f"/workspaces/acme/topics/{made['id']}/messages"
    await site.call(olena, "POST", messages, {"body": "Shall we?"})
    await olena.goto("/w/acme/direct")
    await content(olena).get_by_role("button", name="New message").click()
    dialog = olena.get_by_role("dialog")
    await dialog.get_by_role("button", name="Add recipients").click()
    await olena.keyboard.type("Tea Verne")
    await olena.keyboard.press("Enter")
    await olena.keyboard.press("Escape")
    await expect(dialog.get_by_text("Continues in")).to_be_visible()
    await dialog.get_by_label("Message").fill("Green or black?")
    await dialog.get_by_role("button", name="Send").click()
    await expect(olena).to_have_url(f"{site.origin}/w/acme/topics/{made['id']}")
    await expect(content(olena).get_by_text("Green or black?")).to_be_visible()
