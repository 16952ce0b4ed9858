"""The agreement: drafted and published by admins, compared, and signed by everyone."""

from playwright.async_api import Page, expect

from tests.e2e.looks import look_well
from tests.e2e.site import Site, content, see_heading

AGREEMENT = "/workspaces/acme/agreement"


async def test_a_version_is_drafted_published_compared_and_signed(site: Site, olena: Page) -> None:
    await olena.goto("/w/acme/agreement/draft")
    await see_heading(olena, "Agreement draft")
    await olena.get_by_label("Urgent, minutes").fill("30")
    text = olena.get_by_label("Agreement text")
    await text.fill("## We write\n\nNo one waits *unknowingly*.")
    await olena.get_by_role("button", name="Save and preview").click()
    await expect(content(olena).get_by_role("heading", name="We write")).to_be_visible()
    await look_well(olena, "agreement-draft")
    await olena.get_by_role("button", name="Save and publish…").click()
    await olena.get_by_role("button", name="Publish", exact=True).click()
    await see_heading(olena, "Response-time agreement")
    await expect(content(olena)).to_contain_text("1 h 30 min")
    await content(olena).get_by_role("button", name="Sign version").click()
    signed = content(olena).get_by_role("list", name="Signatures")
    await expect(signed.get_by_role("listitem").filter(has_text="Olena")).to_contain_text("Signed")
    versions = content(olena).get_by_role("list", name="Versions")
    await versions.get_by_role("link", name="What changed in version 2").click()
    changed = content(olena).get_by_role("table", name="Changed terms")
    await expect(changed.get_by_role("row").last).to_contain_text("1 h1 h 30 min")
    await expect(content(olena).get_by_role("table", name="side by side")).to_contain_text(
        "No one waits"
    )
    await look_well(olena, "agreement")


async def test_what_follows_an_overdue_answer_is_edited_and_compared(
    site: Site, olena: Page
) -> None:
    await olena.goto("/w/acme/agreement/draft")
    await see_heading(olena, "Agreement draft")
    comments = olena.get_by_role("group", name="Task comment, if no one")
    await comments.get_by_role("button", name="Add step").focus()
    await olena.keyboard.press("Enter")
    await comments.get_by_label("step 2", exact=False).first.select_option("Workspace owner")
    await comments.get_by_label("step 2, minutes").fill("30")
    direct = olena.get_by_role("group", name="Direct message, if no one")
    await direct.get_by_role("button", name="Remove step 1 for Direct message").click()
    await expect(direct).to_contain_text("No one else is asked")
    await look_well(olena, "agreement-steps")
    await olena.get_by_role("button", name="Save and publish…").click()
    await olena.get_by_role("button", name="Publish", exact=True).click()
    await see_heading(olena, "Response-time agreement")
    steps = "Project lead after 4 h, then Workspace owner after 1 h 30 min"
    await expect(content(olena)).to_contain_text(steps)
    versions = content(olena).get_by_role("list", name="Versions")
    await versions.get_by_role("link", name="What changed").first.click()
    changed = content(olena).get_by_role("table", name="Changed terms")
    row = changed.get_by_role("row").filter(has_text="Direct message, if no one answers")
    await expect(row).to_contain_text("Project lead after 2 hNo one else is asked")


async def test_every_page_asks_for_a_signature_that_is_missing(site: Site, olena: Page) -> None:
    card = await site.call(olena, "GET", AGREEMENT)
    await site.call(olena, "PUT", f"{AGREEMENT}/versions/{card['version']}/signature")
    await olena.goto("/w/acme/board")
    await see_heading(olena, "Board")
    strip = olena.get_by_role("link", name="Read and sign")
    await expect(strip).to_have_count(0)
    draft = await olena.context.request.get(f"{site.origin}/api{AGREEMENT}/draft")
    headers = {"Origin": site.origin, "If-Match": draft.headers["etag"]}
    url = f"{site.origin}/api{AGREEMENT}/versions"
    published = await olena.context.request.post(url, data={}, headers=headers)
    assert published.ok
    await strip.click()
    await content(olena).get_by_role("button", name="Sign version").click()
    await expect(content(olena).get_by_role("button", name="Sign version")).to_have_count(0)


async def test_the_agreement_travels_as_markdown(olena: Page) -> None:
    await olena.goto("/w/acme/agreement")
    async with olena.expect_download() as download:
        await content(olena).get_by_role("link", name="Export as Markdown").click()
    assert (await download.value).suggested_filename.startswith("agreement-acme-v")
