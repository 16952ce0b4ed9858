"""What is typed stays while others work: whatever the feed brings, no form is drawn over it."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.people import member_id
from tests.e2e.site import Site, content, see_heading

TYPED = """root => [...root.querySelectorAll("input, select, textarea")]
  .filter((field) => field.type !== "hidden" && field.type !== "search")
  .map((field) => [field.name || field.ariaLabel, field.type === "checkbox" ||
    field.type === "radio" ? field.checked : field.value])"""

TYPE = """root => {
  for (const field of root.querySelectorAll("input, select, textarea")) {
    const { type } = field;
    if (type === "hidden" || type === "search" || field.readOnly) continue;
    if (field.tagName === "SELECT") {
      field.selectedIndex = (field.selectedIndex + 1) % field.options.length;
    } else if (type === "checkbox" || type === "radio") {
      if (field.checked) continue;
      field.click();
      continue;
    } else if (type === "date") field.value = "2031-03-04";
    else if (type === "time") field.value = "03:07";
    else if (type === "number") field.value = "37";
    else field.value = "typed and not sent";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}"""

Opening = Callable[[Page], Awaitable[Locator]]


def section(path: str, field: str, option: str | None = None) -> Opening:
    """The page's forms themselves, once this field is there, with an option that comes later."""

    async def opening(page: Page) -> Locator:
        await page.goto(f"/w/acme{path}")
        await expect(content(page).get_by_label(field, exact=True).first).to_be_visible()
        if option:
            await expect(content(page).locator(f"option[value={option}]")).to_have_count(1)
        return content(page)

    return opening


def dialog(path: str, heading: str, button: str) -> Opening:
    """The dialog that a button of the page opens."""

    async def opening(page: Page) -> Locator:
        await page.goto(f"/w/acme{path}")
        await see_heading(page, heading)
        await content(page).get_by_role("button", name=button, exact=True).first.click()
        opened = page.get_by_role("dialog")
        await expect(opened.locator("input, select, textarea").first).to_be_visible()
        return opened

    return opening


def by_key(key: str, path: str, heading: str) -> Opening:
    """The dialog that a key opens on the page."""

    async def opening(page: Page) -> Locator:
        await page.goto(f"/w/acme{path}")
        await see_heading(page, heading)
        await page.keyboard.press(key)
        opened = page.get_by_role("dialog")
        await expect(opened.locator("input, select, textarea").first).to_be_visible()
        return opened

    return opening


FORMS: dict[str, Opening] = {
    "place": section("/settings/hours", "Time zone", "DE"),
    "workspace": section("/settings/workspace", "Monday, from"),
    "account": section("/settings/account", "Your name"),
    "reference": section("/references/new", "Owner"),
    "agreement": section("/agreement/draft", "Agreement text"),
    "hours": dialog("/settings/hours", "Settings", "Schedule a change"),
    "date": dialog("/settings/hours", "Settings", "Add exception"),
    "time off": dialog("/settings/time-off", "Settings", "Add time off"),
    "focus": dialog("/settings/focus", "Settings", "Add focus time"),
    "token": dialog("/settings/tokens", "Settings", "New token"),
    "invite": dialog("/settings/invites", "Settings", "Invite"),
    "channel": dialog("/settings/slack", "Settings", "Add channel"),
    "project": dialog("/projects", "Projects", "New project"),
    "task": by_key("c", "/board", "Board"),
    "decision": dialog("/decisions", "Decisions", "Propose a decision"),
}


async def happen(site: Site, page: Page) -> str:
    """Let something happen to all that forms show; the name of the project that comes last."""
    calendar = f"/workspaces/acme/members/{await member_id(site, page)}/calendar"
    opted = (await site.call(page, "GET", calendar))["zone"]
    other = "Asia/Tokyo" if opted != "Asia/Tokyo" else "Asia/Seoul"
    for path, change in (
        (calendar, {"zone": other}),
        (calendar, {"zone": opted}),
        ("/workspaces/acme", {"name": "Acme Ltd"}),
        ("/workspaces/acme", {"name": "Acme"}),
        ("/workspaces/acme/calendar-defaults", {"zone": other}),
        ("/workspaces/acme/calendar-defaults", {"zone": None}),
    ):
        await site.edit(page, path, change)  # a ticked holiday saves the calendar, too
    key = "T" + uuid4().hex[:8].upper()
    await site.add_project(page, key, f"Came {key}")
    return f"Came {key}"


@pytest.mark.parametrize("form", FORMS)
async def test_what_is_typed_stays_while_others_work(site: Site, olena: Page, form: str) -> None:
    opened = await FORMS[form](olena)
    await opened.evaluate(TYPE)
    typed: Any = await opened.evaluate(TYPED)
    assert any(value for _, value in typed)
    came = await happen(site, olena)
    await expect(olena.get_by_role("navigation").get_by_text(came)).to_have_count(1)
    now = await opened.evaluate(TYPED)
    assert now[: len(typed)] == typed  # a project that came may be one more to choose


async def test_a_form_follows_until_one_types_and_says_what_somebody_else_made_of_it(
    site: Site, olena: Page
) -> None:
    await olena.goto("/w/acme/settings/workspace")
    name = content(olena).get_by_label("Name", exact=True)
    await expect(name).to_have_value("Acme")

    async def rename(new: str) -> None:
        await site.edit(olena, "/workspaces/acme", {"name": new})

    await rename("Acme Ltd")
    await expect(name).to_have_value("Acme Ltd")
    await name.fill("Acme typed")
    await rename("Acme Group")
    save = content(olena).get_by_role("button", name="Save", exact=True)
    await save.click()
    await expect(name).to_have_accessible_description(
        "Someone else changed this to “Acme Group”. Save again to use yours."
    )
    await save.click()
    await expect(olena.get_by_role("status")).to_have_text("Workspace saved")
    assert (await site.call(olena, "GET", "/workspaces/acme"))["name"] == "Acme typed"
    await rename("Acme")
