"""Projects: what each is for and how it stands, enough for somebody new; and what is said."""

import re
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.e2e.looks import look_well
from tests.e2e.people import joined, member_id
from tests.e2e.site import Site, content, see_heading

ACME = "/workspaces/acme"


async def open_project(page: Page, key: str, name: str) -> Locator:
    await page.goto(f"/w/acme/projects/{key}")
    await see_heading(page, name)
    return content(page)


async def main_topic(site: Site, page: Page, key: str) -> Any:
    """The discussion that a project has from the start."""
    (topic,) = await site.call(page, "GET", f"{ACME}/projects/{key}/topics")
    return topic


async def test_a_project_is_made_with_what_somebody_new_asks_first(site: Site, olena: Page) -> None:
    await olena.goto("/w/acme/projects")
    await see_heading(olena, "Projects")
    await content(olena).get_by_role("button", name="New project").click()
    dialog = olena.get_by_role("dialog")
    await dialog.get_by_label("Name", exact=True).fill("Summer fair")
    await expect(dialog.get_by_label("Key")).to_have_value("SF")
    await dialog.get_by_label("Purpose").fill("Show the town what we **make**.")
    await dialog.get_by_label("Ends").fill("2030-06-20")
    await dialog.get_by_role("button", name="Create project").click()
    await see_heading(olena, "Summer fair")
    page = content(olena)
    await expect(page.get_by_role("region", name="Purpose")).to_contain_text("what we make.")
    await expect(page.get_by_role("button", name="Lead: Olena Koval")).to_be_visible()
    await expect(page.get_by_label("Ends")).to_have_value("2030-06-20")
    await olena.goto("/w/acme/projects")
    row = content(olena).get_by_role("list", name="Projects").get_by_role("listitem")
    await expect(row.filter(has_text="Summer fair")).to_contain_text(
        re.compile(r"No update yet.*Olena Koval.*Ends 20 Jun.*0 open tasks", re.S)
    )


async def test_an_update_says_how_it_stands_in_every_browser(site: Site, olena: Page) -> None:
    await site.add_project(olena, "BOAT", "Boat")
    async with joined(site, olena, "Lena Boll", "lena") as lena:
        theirs = await open_project(lena, "BOAT", "Boat")
        mine = await open_project(olena, "BOAT", "Boat")
        await mine.get_by_role("button", name="Post update").click()
        await expect(olena.get_by_label("Update on Boat")).to_be_focused()
        await olena.get_by_label("At risk").check()
        await olena.get_by_label("Update on Boat").fill("The mast is late, @lena: can we wait?")
        await expect(olena.get_by_role("list", name="People you\u2019re asking")).to_contain_text(
            "due"
        )
        await mine.get_by_role("button", name="Post update").click()
        update = theirs.get_by_role("list", name="Updates").get_by_role("listitem").first
        await expect(update).to_contain_text("The mast is late")
        await expect(update).to_contain_text("At risk")
        await expect(lena.get_by_role("main").get_by_text("At risk").first).to_be_visible()
        await update.get_by_role("link", name="Reply").click()
        await expect(lena.get_by_role("list", name="Messages")).to_contain_text("The mast is late")
        await lena.keyboard.press("r")
        await lena.keyboard.type("A week, no more.")
        await lena.keyboard.press("Control+Enter")
        await expect(mine.get_by_role("link", name="1 reply")).to_be_visible()


async def test_the_purpose_is_written_and_kept_while_typed(site: Site, olena: Page) -> None:
    await site.add_project(olena, "TENT", "Tent")
    page = await open_project(olena, "TENT", "Tent")
    await page.get_by_role("button", name="Add purpose").click()
    await page.get_by_role("textbox", name="Purpose").fill("Shelter for *forty*")
    await olena.reload()
    await page.get_by_role("button", name="Add purpose").click()
    await expect(page.get_by_role("textbox", name="Purpose")).to_have_value("Shelter for *forty*")
    await olena.keyboard.press("Control+Enter")
    await expect(page.get_by_role("region", name="Purpose")).to_contain_text("Shelter for forty")


async def test_open_work_stands_by_state_and_moves(site: Site, olena: Page) -> None:
    await site.add_project(olena, "ROAD", "Road")
    new = {"project": "ROAD", "title": "Measure it", "state": "todo"}
    task = await site.call(olena, "POST", f"{ACME}/tasks", new)
    page = await open_project(olena, "ROAD", "Road")
    await expect(page.get_by_role("list", name="To do")).to_contain_text("Measure it")
    answer = await olena.context.request.patch(
        f"{site.origin}/api{ACME}/tasks/{task['key']}",
        data={"state": "in_progress"},
        headers={"Origin": site.origin, "If-Match": f'"{task["rev"]}"'},
    )
    assert answer.ok
    await expect(page.get_by_role("list", name="In progress")).to_contain_text("Measure it")
    await olena.keyboard.press("j")
    await expect(page.get_by_role("link", name="Measure it")).to_be_focused()
    await olena.keyboard.press("Enter")
    await see_heading(olena, "Measure it")


async def test_a_thread_is_opened_renamed_and_resolved(site: Site, olena: Page) -> None:
    await site.add_project(olena, "LAMP", "Lamp")
    page = await open_project(olena, "LAMP", "Lamp")
    await page.get_by_role("button", name="New thread").click()
    dialog = olena.get_by_role("dialog")
    await dialog.get_by_label("First message").fill("Warm or cold light?")
    await olena.keyboard.press("Control+Enter")
    await expect(dialog.get_by_text("Required.")).to_be_visible()
    await olena.keyboard.type("Light")
    await dialog.get_by_role("button", name="Create thread").click()
    await see_heading(olena, "Light")
    await expect(olena.get_by_role("list", name="Messages")).to_contain_text("Warm or cold light?")
    await page.get_by_role("button", name="Edit title").click()
    await olena.get_by_label("Title").fill("Which light")
    await olena.keyboard.press("Enter")
    await see_heading(olena, "Which light")
    await page.get_by_role("button", name="Resolve").click()
    await expect(page.get_by_role("button", name="Reopen")).to_be_visible()
    await page.get_by_role("link", name="Lamp").click()
    await page.get_by_text("Resolved (1)").click()
    await expect(page.get_by_role("list", name="Resolved threads")).to_contain_text("Which light")


async def test_an_archived_project_takes_nothing_new_and_comes_back(
    site: Site, olena: Page
) -> None:
    await site.add_project(olena, "OLD", "Old works")
    page = await open_project(olena, "OLD", "Old works")
    await page.get_by_role("button", name="More actions for Old works").click()
    await olena.get_by_role("menuitem", name="Archive").click()
    await olena.get_by_role("dialog").get_by_role("button", name="Archive", exact=True).click()
    await expect(page.get_by_text("This project is archived")).to_be_visible()
    for button in ("Post update", "New thread", "New task"):
        await expect(page.get_by_role("button", name=button)).to_have_count(0)
    await page.get_by_role("button", name="More actions for Old works").click()
    await olena.get_by_role("menuitem", name="Restore").click()
    await expect(page.get_by_role("button", name="Post update")).to_be_visible()


async def test_a_guest_reads_a_project_and_talks_but_steers_nothing(
    site: Site, olena: Page
) -> None:
    await site.add_project(olena, "GATE", "Gate")
    async with joined(site, olena, "Gustav Klient", "gustav", role="guest") as guest:
        gustav = await member_id(site, guest)
        await site.call(olena, "PUT", f"{ACME}/projects/GATE/people/{gustav}")
        page = await open_project(guest, "GATE", "Gate")
        for button in ("Post update", "Edit title", "Add purpose"):
            await expect(page.get_by_role("button", name=button)).to_have_count(0)
        await page.get_by_role("link", name="Discussion").click()
        await expect(page.get_by_text("Times are in your time zone")).to_be_visible()
        await guest.keyboard.press("r")
        await guest.keyboard.type("@olena when does it open?")
        await guest.keyboard.press("Control+Enter")
        await expect(guest.get_by_role("list", name="Messages")).to_contain_text("when does it")
        await expect(guest.get_by_role("list", name="People asked")).to_contain_text("Olena Koval")


async def test_what_comes_below_the_screen_is_told(site: Site, olena: Page) -> None:
    await site.add_project(olena, "TALK", "Talk")
    topic = await main_topic(site, olena, "TALK")
    path = f"{ACME}/topics/{topic['id']}/messages"
    for number in range(30):
        await site.call(olena, "POST", path, {"body": f"Line {number}\n\nand more of it"})
    async with joined(site, olena, "Mia Rose", "mia") as mia:
        await mia.goto(f"/w/acme/topics/{topic['id']}")
        await expect(mia.get_by_text("Line 29", exact=True)).to_be_visible()
        await mia.get_by_text("Line 0", exact=True).scroll_into_view_if_needed()
        await site.call(olena, "POST", path, {"body": "The very last"})
        button = mia.get_by_role("button", name="1 new message")
        await expect(button).to_be_in_viewport()
        await expect(mia.get_by_text("The very last")).not_to_be_in_viewport()
        await button.click()
        await expect(mia.get_by_text("The very last")).to_be_in_viewport()
        await expect(button).to_have_count(0)


async def test_projects_and_conversations_look_well(site: Site, olena: Page) -> None:
    purpose = (
        "A new face for what we sell, **by the fair in June**.\n\n"
        "It is done when a visitor finds a price in three clicks."
    )
    me = await member_id(site, olena)
    new = {"key": "FACE", "name": "New face", "purpose": purpose, "lead_id": me}
    await site.call(olena, "POST", f"{ACME}/projects", new | {"due_on": "2030-06-20"})
    for state, title in (
        ("in_progress", "Draw the front page"),
        ("in_review", "Write the words"),
        ("todo", "Ask three customers what they look for and cannot find"),
        ("backlog", "Move the old pictures"),
    ):
        task = {"project": "FACE", "title": title, "state": state, "due_on": "2026-01-15"}
        await site.call(olena, "POST", f"{ACME}/tasks", task | {"assignee_id": me})
    for condition, body in (
        ("on_track", "We have begun."),
        ("at_risk", "The words take longer:\n\n- two reviews\n- one more draft"),
    ):
        update = {"condition": condition, "body": body}
        await site.call(olena, "POST", f"{ACME}/projects/FACE/updates", update)
    thread = {"title": "Which colours", "body": "Blue, as before? `#1f5fbf`"}
    topic = await site.call(olena, "POST", f"{ACME}/projects/FACE/topics", thread)
    page = await open_project(olena, "FACE", "New face")
    await expect(page.get_by_role("list", name="Updates")).to_contain_text("longer")
    await look_well(olena, "project")
    await page.get_by_role("button", name="Post update").click()
    await look_well(olena, "project-update")
    await olena.goto("/w/acme/projects")
    await see_heading(olena, "Projects")
    await look_well(olena, "projects")
    await content(olena).get_by_role("button", name="New project").click()
    await look_well(olena, "project-new")
    await olena.goto(f"/w/acme/topics/{topic['id']}")
    await expect(olena.get_by_role("list", name="Messages")).to_contain_text("Blue")
    await look_well(olena, "topic")
