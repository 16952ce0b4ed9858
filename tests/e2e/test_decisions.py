"""Proposing a decision: written where it stands, fair to all who are asked, then open for input."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.async_api import Page, expect

from tests.e2e.looks import look_well
from tests.e2e.people import joined, member_id, off_now, work
from tests.e2e.site import Site, content, see_heading

ACME = "/workspaces/acme"


async def proposed(site: Site, page: Page, title: str, **fields: Any) -> str:
    """The key of a new draft, made behind the pages' back."""
    new = {"project": "WEB", "title": title, **fields}
    made = await site.call(page, "POST", f"{ACME}/decisions", new)
    key: str = made["key"]
    return key


async def test_a_decision_is_proposed_by_keys_and_opened_for_all(site: Site, olena: Page) -> None:
    async with joined(site, olena, "Ravi Patel", "ravi") as ravi:
        await olena.goto("/w/acme/decisions")
        await see_heading(olena, "Decisions")
        await olena.keyboard.press("d")
        await expect(olena.get_by_label("What is to be decided")).to_be_focused()
        await olena.keyboard.type("Where to keep the files")
        await look_well(olena, "decision-propose")
        await olena.keyboard.press("Enter")
        await see_heading(olena, "Where to keep the files")
        page = content(olena)
        steps = page.get_by_role("list", name="Steps")
        await expect(steps.locator("[aria-current=step]")).to_contain_text("Proposal")
        points = page.get_by_role("region", name="points")
        await expect(points).to_contain_text("0 of 5 points")
        await page.get_by_role("textbox", name="Context").fill("The disk is *full*.")
        await expect(points).to_contain_text("1 of 5 points")
        await page.get_by_role("button", name="Open for input").click()
        await expect(page.get_by_role("region", name="Open it")).to_contain_text(
            "Say what you propose."
        )
        await page.get_by_role("textbox", name="Option 1", exact=True).fill("A second disk")
        await page.get_by_role("button", name="Recommend").first.click()
        await page.get_by_role("textbox", name="Option 2", exact=True).fill("A cloud")
        await page.get_by_role("textbox", name="Recommendation").fill("A second disk: it is here.")
        await choose(page, "Choose who decides", "Olena Koval")
        await choose(page, "Add a stakeholder", "Ravi Patel")
        await olena.keyboard.press("Escape")
        table = page.get_by_role("table", name="What the deadline leaves to each")
        await expect(table.get_by_role("row", name="Ravi Patel")).to_contain_text("No deadline yet")
        await page.get_by_role("button", name="Use the earliest fair one").click()
        await expect(page).to_contain_text("Everybody has 8 h of working time, as agreed.")
        await expect(points).to_contain_text("5 of 5 points")
        await look_well(olena, "decision-draft")
        await page.get_by_role("button", name="10 min").click()
        await page.get_by_role("button", name="Open for input").click()
        await expect(steps.locator("[aria-current=step]")).to_contain_text("Input")
        await ravi.goto("/w/acme/decisions?show=waiting")
        row = content(ravi).get_by_role("list", name="Decisions").get_by_role("listitem")
        await expect(row).to_contain_text(re.compile("Where to keep.*0 of 1 answered", re.S))
        await ravi.keyboard.press("j")
        await expect(row.get_by_role("link")).to_be_focused()
        await ravi.keyboard.press("Enter")
        await see_heading(ravi, "Where to keep the files")
        await expect(content(ravi).get_by_role("region", name="Context")).to_contain_text("is full")
        await look_well(ravi, "decision-open")


async def choose(page: Any, button: str, name: str) -> None:
    await page.get_by_role("button", name=button).click()
    await page.get_by_role("option", name=name).click()


async def test_a_deadline_that_is_too_short_is_warned_of(site: Site, olena: Page) -> None:
    async with joined(site, olena, "Yuki Sato", "yuki") as yuki:
        await work(site, yuki, off_now())
        asked = [{"member_id": await member_id(site, yuki)}]
        key = await proposed(site, olena, "Which chairs", stakeholders=asked)
        await olena.goto(f"/w/acme/decisions/{key}")
        await see_heading(olena, "Which chairs")
        page = content(olena)
        tomorrow = datetime.now(UTC) + timedelta(days=1)
        await page.get_by_label("Date", exact=True).fill(f"{tomorrow:%Y-%m-%d}")
        await page.get_by_label("Time on your clock").fill("23:00")
        await olena.keyboard.press("Enter")
        await expect(page).to_contain_text("Not everybody has 8 h of working time, as agreed.")
        row = page.get_by_role("table", name="leaves to each").get_by_role("row", name="Yuki Sato")
        await expect(row).to_contain_text("too little")
        await page.get_by_role("button", name="Use the earliest fair one").click()
        await expect(row).not_to_contain_text("too little")


async def test_what_is_typed_survives_and_meets_what_others_wrote(site: Site, olena: Page) -> None:
    key = await proposed(site, olena, "Which lamp", context="Warm light.")
    await olena.goto(f"/w/acme/decisions/{key}")
    context = content(olena).get_by_role("textbox", name="Context")
    await expect(context).to_have_value("Warm light.")
    await olena.route("**/decisions/DEC-*", lambda route: route.abort())
    await context.fill("Cold light.")
    await expect(content(olena).get_by_role("alert")).to_contain_text("was not saved")
    await olena.unroute("**/decisions/DEC-*")
    url = f"{site.origin}/api{ACME}/decisions/{key}"
    held = await olena.context.request.get(url)
    headers = {"Origin": site.origin, "If-Match": held.headers["etag"]}
    changed = await olena.context.request.patch(url, data={"context": "No."}, headers=headers)
    assert changed.ok
    await content(olena).get_by_role("button", name="Retry").click()
    theirs = content(olena).locator("blockquote")
    await expect(theirs).to_have_text("No.")
    await context.focus()
    await content(olena).get_by_role("textbox", name="Recommendation").focus()
    assert (await site.call(olena, "GET", f"{ACME}/decisions/{key}"))["context"] == "No."
    await expect(theirs).to_be_visible()
    await expect(context).to_have_value("Cold light.")
    await content(olena).get_by_role("button", name="Save mine instead").click()
    await expect(content(olena).get_by_role("region", name="Context")).to_contain_text("Saved")
    await olena.reload()
    await expect(context).to_have_value("Cold light.")


async def test_the_list_narrows_down_and_changes_as_others_propose(site: Site, olena: Page) -> None:
    await site.add_project(olena, "MAST", "Mast")
    await olena.goto("/w/acme/decisions?project=MAST")
    await expect(content(olena)).to_contain_text("No decisions yet.")
    key = await proposed(site, olena, "Wood or steel", project="MAST")
    rows = content(olena).get_by_role("list", name="Decisions").get_by_role("listitem")
    await expect(rows).to_contain_text(re.compile(rf"{key}.*Wood or steel.*Draft", re.S))
    await content(olena).get_by_role("link", name="Decided", exact=True).click()
    await expect(content(olena)).to_contain_text("Nothing decided yet.")
    await content(olena).get_by_role("link", name="Drafts", exact=True).click()
    await expect(rows).to_have_count(1)
    await content(olena).get_by_label("Project").select_option("All projects")
    await expect(rows.filter(has_text="Wood or steel")).to_have_count(1)
    await look_well(olena, "decisions")


async def test_a_record_travels_as_markdown_and_on_paper(site: Site, olena: Page) -> None:
    async with joined(site, olena, "Mila Novak", "mila") as mila:
        key = await decided(site, olena, mila, "Which paint")
        await olena.goto(f"/w/acme/decisions/{key}")
        await see_heading(olena, "Which paint")
        options = content(olena).get_by_role("region", name="Options").get_by_role("listitem")
        await expect(options.first).to_contain_text("For it: Mila Novak")
        await look_well(olena, "decision-travels")
        await olena.context.grant_permissions(["clipboard-read", "clipboard-write"])
        menu = content(olena).get_by_role("button", name=f"Act on {key}")
        await menu.click()
        await olena.get_by_role("menuitem", name="Copy as Markdown").click()
        await expect(olena.get_by_text("Copied as Markdown").first).to_be_visible()
        copied = await olena.evaluate("navigator.clipboard.readText()")
        assert "# Which paint" in copied
        await menu.click()
        async with olena.expect_download() as file:
            await olena.get_by_role("menuitem", name="Download as Markdown").click()
        assert (await file.value).suggested_filename.endswith(".md")
        await olena.emulate_media(media="print")
        await expect(olena.get_by_role("navigation")).to_have_count(0)
        await expect(menu).to_be_hidden()
        await expect(content(olena).get_by_role("region", name="Context")).to_be_visible()
        await olena.emulate_media(media="screen")
        await olena.goto("/w/acme/decisions")
        async with olena.expect_download() as archive:
            await content(olena).get_by_role("link", name="Export all").click()
        assert (await archive.value).suggested_filename == "decisions-acme.zip"


async def decided(site: Site, olena: Page, asked: Page, title: str) -> str:
    """The key of a decision that `asked` agreed to and Olena decided."""
    due_at = datetime.now(UTC) + timedelta(days=2)
    key = await proposed(
        site,
        olena,
        title,
        context="The old one **peels**.",
        recommendation="Oil.",
        options=[
            {"title": "Oil", "body": "Lasts *ten* years.", "is_recommended": True},
            {"title": "Acryl", "body": "Dries fast, and can be washed off brushes with water."},
            {"title": "None"},
        ],
        decider_id=await member_id(site, olena),
        stakeholders=[{"member_id": await member_id(site, asked)}],
        input_due_at=due_at.isoformat(),
    )
    path = f"{ACME}/decisions/{key}"
    opened = await site.call(olena, "POST", f"{path}/open", {"minutes": 10})
    await site.call(asked, "PUT", f"{path}/input", {"stance": "agree", "minutes": 5})
    outcome = {"option_id": opened["options"][0]["id"], "rationale": "It lasts.", "minutes": 5}
    await site.call(olena, "POST", f"{path}/decide", outcome)
    return key
