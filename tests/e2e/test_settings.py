"""Settings: my times, and what admins set for all."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.e2e.looks import look_well
from tests.e2e.people import joined
from tests.e2e.site import PASSWORD, Site, content, see_heading

SECTIONS = (
    "hours",
    "time-off",
    "focus",
    "account",
    "sessions",
    "tokens",
    "usage",
    "appearance",
    "keys",
    "members",
    "invites",
    "workspace",
    "clear-writing",
    "slack",
    "failed-jobs",
)


async def open_section(page: Page, section: str) -> None:
    await page.goto(f"/w/acme/settings/{section}")
    await see_heading(page, "Settings")
    await expect(content(page).get_by_role("heading", level=2).first).to_be_visible()


@pytest.mark.parametrize("section", SECTIONS)
async def test_every_section_can_be_read_by_all(olena: Page, section: str) -> None:
    await open_section(olena, section)
    await look_well(olena, f"settings-{section}")


async def test_hours_change_from_a_date_and_may_cross_midnight(site: Site, olena: Page) -> None:
    async with joined(site, olena, "Wei Chen", "wei") as wei:  # others leave hours of their own
        await change_hours(wei)


async def change_hours(page: Page) -> None:
    await open_section(page, "hours")
    await content(page).get_by_role("button", name="Schedule a change").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("From", exact=True).fill("2030-01-07")
    await dialog.get_by_label("Monday, from").first.fill("22:00")
    await dialog.get_by_label("Monday, to").first.fill("02:00")
    await expect(dialog).to_contain_text("next day")
    await look_well(page, "settings-week")
    await dialog.get_by_role("button", name="Save hours").click()
    rows = content(page).get_by_role("list", name="Weekly hours").get_by_role("listitem")
    await expect(rows).to_have_count(2)
    await expect(rows.last).to_contain_text("Mon 22:00\u201302:00")
    await rows.last.get_by_role("button", name="Remove").click()
    await expect(rows).to_have_count(1)


async def test_public_holidays_are_free_unless_one_works(olena: Page) -> None:
    await open_section(olena, "hours")
    await content(olena).get_by_label("Public holidays", exact=True).select_option("DE")
    await content(olena).get_by_label("Region").select_option("BY")
    await content(olena).get_by_role("button", name="Save", exact=True).click()
    holidays = content(olena).get_by_role("list", name="Public holidays").get_by_role("listitem")
    await expect(holidays.first).to_be_visible()
    works = holidays.first.get_by_role("checkbox")
    await works.check()
    await olena.reload()
    await expect(works).to_be_checked()


async def test_time_off_and_focus_time_come_and_go(olena: Page) -> None:
    await open_section(olena, "time-off")
    await content(olena).get_by_role("button", name="Add time off").click()
    dialog = olena.get_by_role("dialog")
    await dialog.get_by_label("First day").fill("2030-05-20")
    await dialog.get_by_label("Reason").fill("Sailing")
    await dialog.get_by_role("button", name="Add time off").click()
    off = content(olena).get_by_role("list", name="Time off").get_by_role("listitem")
    await expect(off).to_contain_text("Mon 20 May 2030")
    await off.get_by_role("button", name="Remove").click()
    await expect(off).to_have_count(0)
    await open_section(olena, "focus")
    await content(olena).get_by_role("button", name="Add focus time").click()
    await dialog.get_by_label("Wednesday").check()
    await dialog.get_by_role("button", name="Add").click()
    focus = content(olena).get_by_role("list", name="Focus time").get_by_role("listitem")
    await expect(focus).to_contain_text("09:00\u201311:00")
    await focus.get_by_role("button", name="Remove").click()
    await expect(focus).to_have_count(0)


async def test_an_invite_is_created_copied_once_and_revoked(olena: Page) -> None:
    await open_section(olena, "invites")
    await content(olena).get_by_role("button", name="Invite", exact=True).click()
    dialog = olena.get_by_role("dialog")
    await dialog.get_by_label("Email").fill("kim@example.org")
    await dialog.get_by_role("button", name="Create invite link").click()
    link = dialog.get_by_label("Invite link for kim@example.org")
    await expect(link).to_have_value(re.compile("/invite#token="))
    await dialog.get_by_role("button", name="Close").click()
    invites = content(olena).get_by_role("list", name="Pending invites").get_by_role("listitem")
    mine = invites.filter(has_text="kim@example.org")
    await mine.get_by_role("button", name="Revoke").click()
    await expect(mine).to_have_count(0)


async def test_single_letters_can_be_turned_off(olena: Page) -> None:
    await open_section(olena, "keys")
    await content(olena).get_by_label("Single-key shortcuts").uncheck()
    await olena.keyboard.press("?")
    await olena.keyboard.press("Control+k")
    await expect(olena.get_by_role("dialog")).to_have_count(1)
    await expect(olena.get_by_role("combobox")).to_be_visible()


async def test_a_channel_that_cannot_be_added_says_why_and_keeps_what_was_typed(
    olena: Page,
) -> None:
    await open_section(olena, "slack")
    await content(olena).get_by_role("button", name="Add channel").click()
    dialog = olena.get_by_role("dialog")
    await dialog.get_by_label("Name").fill("#delivery")
    await dialog.get_by_label("Webhook").fill("https://example.org/hook")
    await look_well(olena, "settings-channel")
    await dialog.get_by_role("button", name="Add channel").click()
    await expect(dialog).to_contain_text("Enter a Slack webhook URL")
    await expect(dialog.get_by_label("Name")).to_have_value("#delivery")


async def test_a_member_is_disabled_and_let_in_again(site: Site, olena: Page) -> None:
    link = await site.invite_link(olena, "lee@example.org")
    async with site.visitor() as lee:
        await lee.goto(link)
        await see_heading(lee, "Join Acme")
        await lee.get_by_label("Your name").fill("Lee Moss")
        await lee.get_by_label("Your handle").fill("lee")
        await lee.get_by_label("Password").fill(PASSWORD)
        await lee.get_by_role("button", name="Join").click()
        await see_heading(lee, "Today")
    await open_section(olena, "members")
    row = content(olena).get_by_role("list", name="Members").get_by_role("listitem")
    lee_row = row.filter(has_text="Lee Moss")
    await lee_row.get_by_label("Role of Lee Moss").select_option("admin")
    await expect(lee_row.get_by_label("Role of Lee Moss")).to_have_value("admin")
    await look_well(olena, "settings-members-two")
    await lee_row.get_by_role("button", name="Reset password").click()
    reset = olena.get_by_role("dialog")
    await expect(reset.get_by_label("Reset link")).to_have_value(re.compile("/reset#token="))
    await reset.get_by_role("button", name="Close").click()
    await lee_row.get_by_role("button", name="Disable").click()
    await olena.get_by_role("dialog").get_by_role("button", name="Disable").click()
    await expect(lee_row).to_contain_text("Disabled")
    await lee_row.get_by_role("button", name="Restore").click()
    await expect(lee_row).not_to_contain_text("Disabled")


async def test_my_name_in_this_workspace_is_mine_to_change(site: Site, olena: Page) -> None:
    async with joined(site, olena, "Noa Berg", "noa") as noa:
        await open_section(noa, "account")
        panel = content(noa).get_by_role("region", name="Name in this workspace")
        await panel.get_by_label("Name in this workspace").fill("Noa Lind")
        await panel.get_by_role("button", name="Save name").click()
        notices = noa.get_by_role("region", name="Notifications")
        await expect(notices.get_by_text("Name saved")).to_be_visible()
        await open_section(olena, "members")
        row = content(olena).get_by_role("list", name="Members").get_by_role("listitem")
        await expect(row.filter(has_text="Noa Lind")).to_contain_text("@noa")
