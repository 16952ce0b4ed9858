"""References: explanations noted by keys, written down once, linked to and found."""

import re

from playwright.async_api import Page, expect

from tests.e2e.looks import look_well
from tests.e2e.people import AROUND_THE_CLOCK, joined, work
from tests.e2e.site import Site, content, see_heading


async def test_the_third_explanation_asks_and_what_is_written_answers_from_then_on(
    site: Site, olena: Page
) -> None:
    new = {"project": "WEB", "title": "Invoices"}
    task = await site.call(olena, "POST", "/workspaces/acme/tasks", new)
    topic = f"/workspaces/acme/topics/{task['topic_id']}/messages"
    said = await site.call(olena, "POST", topic, {"body": "Reverse charge: we add no VAT."})
    for words in ("How VAT works for EU customers", "VAT for EU customers"):
        note = {"words": words, "message_id": said["id"]}
        await site.call(olena, "POST", "/workspaces/acme/explanations", note)
    async with joined(site, olena, "Tomas Berg", "tomas") as tomas:
        await work(site, tomas, AROUND_THE_CLOCK)
        await tomas.goto("/w/acme")
        await see_heading(tomas, "Today")
        await _note_by_keys(tomas, "Why EU customers pay VAT")
        needs = tomas.get_by_role("list", name="Needs you")
        await expect(needs).to_contain_text("explained this 3 times")
        await look_well(tomas, "reference-wanted")
        await tomas.goto("/w/acme/references")
        await expect(content(tomas)).to_contain_text("Explained 3 times (")
        await look_well(tomas, "references-wanted")
        await content(tomas).get_by_role("link", name="Write reference").click()
        await _write_down(tomas)
        await content(tomas).get_by_role("link", name="Reverse charge").click()
        await expect(tomas.get_by_label("Title")).to_have_value("Reverse charge")


async def _note_by_keys(page: Page, words: str) -> None:
    await page.keyboard.press("e")
    dialog = page.get_by_role("dialog", name="Log an explanation")
    await dialog.get_by_label("What did you just explain").fill(words)
    await expect(dialog).to_contain_text("Explained twice already")
    await expect(dialog).to_contain_text("This is the third time")
    await look_well(page, "explanation")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Write reference")).to_be_visible()


async def _write_down(page: Page) -> None:
    await see_heading(page, "New reference")
    await expect(page.get_by_label("Title")).to_have_value("Why EU customers pay VAT")
    text = page.get_by_role("textbox", name="Text", exact=True)
    await expect(text).to_have_value(re.compile("^> Reverse charge: we add no VAT."))
    await look_well(page, "reference-new")
    await text.fill("Companies in the EU pay VAT themselves, see [[Reverse charge]].")
    await page.get_by_role("button", name="Create reference").click()
    await see_heading(page, "Why EU customers pay VAT")
    await expect(content(page)).to_contain_text("Explained 3 times before it was written.")
    await look_well(page, "reference")


async def test_a_link_is_offered_while_one_types_and_leads_there_by_any_title(
    site: Site, olena: Page
) -> None:
    reference = {"title": "How we release", "body": "On Tuesdays."}
    made = await site.call(olena, "POST", "/workspaces/acme/references", reference)
    new = {"project": "WEB", "title": "Release notes"}
    task = await site.call(olena, "POST", "/workspaces/acme/tasks", new)
    await olena.goto(f"/w/acme/tasks/{task['key']}")
    await see_heading(olena, "Release notes")
    box = content(olena).get_by_role("textbox").last
    await box.click()
    await olena.keyboard.type("See [[rele")
    await expect(olena.get_by_role("option").filter(has_text="How we release")).to_be_visible()
    await olena.keyboard.press("Enter")
    await expect(box).to_have_value("See [[How we release]] ")
    await olena.keyboard.press("Control+Enter")
    link = content(olena).get_by_role("link", name="How we release")
    await expect(link).to_be_visible()
    path = f"/workspaces/acme/references/{made['id']}"
    await site.call(olena, "PATCH", path, {"title": "The release process"}, rev=1)
    await link.click()
    await see_heading(olena, "The release process")
    linked = content(olena).get_by_role("list", name="Linked from")
    await expect(linked).to_contain_text(task["key"])


async def test_what_is_doubted_comes_to_its_owner_and_an_edit_settles_it(
    site: Site, olena: Page
) -> None:
    reference = {"title": "Office hours", "body": "Nine to five."}
    made = await site.call(olena, "POST", "/workspaces/acme/references", reference)
    async with joined(site, olena, "Rosa Diaz", "rosa") as rosa:
        await rosa.keyboard.press("g")
        await rosa.keyboard.press("k")
        await see_heading(rosa, "References")
        await rosa.get_by_role("searchbox", name="Search references").fill("nine")
        row = content(rosa).get_by_role("list", name="References").get_by_role("listitem")
        await expect(row).to_have_count(1)
        await row.get_by_role("link", name="Office hours").click()
        await see_heading(rosa, "Office hours")
        await rosa.get_by_role("button", name="More actions for").click()
        await rosa.get_by_role("menuitem", name="Mark as outdated…").click()
        await rosa.get_by_label("What’s wrong or outdated?").fill("We start at eight")
        await rosa.get_by_role("button", name="Mark as outdated").click()
        await expect(content(rosa)).to_contain_text(
            "marked this as outdated just now: We start at eight"
        )
        await look_well(rosa, "reference-stale")
    await olena.goto("/w/acme")
    needs = olena.get_by_role("list", name="Needs you")
    await expect(needs).to_contain_text("Rosa Diaz: We start at eight")
    await needs.get_by_role("link", name="Office hours").click()
    await see_heading(olena, "Office hours")
    await olena.get_by_role("button", name="Edit", exact=True).click()
    await olena.get_by_role("textbox", name="Text", exact=True).fill("Eight to five.")
    await olena.keyboard.press("Control+Enter")
    await expect(content(olena).get_by_role("list", name="Marked as outdated")).to_have_count(0)
    await content(olena).get_by_text("Edit history").click()
    history = content(olena).get_by_role("list", name="Edit history")
    await expect(history.locator("del")).to_contain_text("Nine to five.")
    await look_well(olena, "reference-history")
    await olena.goto("/w/acme/references")
    await see_heading(olena, "References")
    await look_well(olena, "references")
    await site.call(olena, "DELETE", f"/workspaces/acme/references/{made['id']}")


async def test_an_empty_list_shows_how_it_fills_and_e_leaves_rows_alone(fresh_site: Site) -> None:
    async with fresh_site.visitor() as page:
        await fresh_site.found(page)
        await fresh_site.add_project(page, "WEB", "Website")
        await page.goto("/w/acme/references")
        await expect(content(page)).to_contain_text("No references yet")
        await look_well(page, "references-empty")
        new = {"project": "WEB", "title": "Paint", "state": "todo"}
        await fresh_site.call(page, "POST", "/workspaces/acme/tasks", new)
        await page.goto("/w/acme/board")
        await expect(content(page)).to_contain_text("Paint")
        await page.keyboard.press("e")
        await page.get_by_role("dialog", name="Log an explanation").wait_for()
        await page.keyboard.press("Escape")
        await page.locator("dialog").wait_for(state="detached")
        await page.keyboard.press("j")
        await page.keyboard.press("e")
        done = page.get_by_role("region", name="Done", exact=True)
        await expect(done.get_by_role("link", name="Paint")).to_be_visible()
        await expect(page.get_by_role("dialog")).to_have_count(0)
