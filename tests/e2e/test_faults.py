"""What goes wrong in a browser stays small: two tabs, lost chunks, new builds, broken documents."""

import asyncio
import re
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Locator, Page, Route, expect

from tests.e2e.site import Site, content, see_heading, sign_in


async def made(site: Site, page: Page, title: str) -> str:
    """The key of a new task."""
    task = await site.call(
        page, "POST", "/workspaces/acme/tasks", {"project": "WEB", "title": title}
    )
    return str(task["key"])


def comment(page: Page, key: str) -> Locator:
    return content(page).get_by_role("textbox", name=f"Comment on {key}")


def messages(page: Page) -> Locator:
    return content(page).get_by_role("list", name="Messages").get_by_role("listitem")


async def test_two_tabs_send_all_that_was_written_without_the_server_and_each_once(
    site: Site, olena: Page
) -> None:
    key = await made(site, olena, "Written in two tabs")
    other = await olena.context.new_page()
    tabs = (olena, other)
    for tab in tabs:
        await tab.goto(f"/w/acme/tasks/{key}")
        await expect(comment(tab, key)).to_be_visible()

    async def write(tab: Page, name: str) -> None:
        for number in range(3):
            await comment(tab, key).fill(f"{name} says {number}")
            await tab.keyboard.press("Control+Enter")

    site.server.kill()
    try:
        await asyncio.gather(write(olena, "One"), write(other, "Other"))
        for tab in tabs:
            await expect(tab.locator(".message.pending")).to_have_count(6)
    finally:
        site.server.start()
    await expect(olena.locator(".message.pending")).to_have_count(0, timeout=60_000)
    for tab in tabs:
        await tab.reload()
        await expect(messages(tab)).to_have_count(6)
    texts = await messages(olena).locator(".rendered").all_inner_texts()
    said = [f"{name} says {number}" for name in ("One", "Other") for number in range(3)]
    assert sorted(text.strip() for text in texts) == said


PLAIN_HTTP = """
delete Crypto.prototype.randomUUID;
delete Navigator.prototype.clipboard;
delete Navigator.prototype.locks;
"""
"""What browsers leave out of pages on plain http, unless these are of localhost."""


async def test_a_page_on_plain_http_sends_and_copies(site: Site, olena: Page) -> None:
    key = await made(site, olena, "Read in a local network")
    page = await olena.context.new_page()
    await page.add_init_script(PLAIN_HTTP)
    await page.goto(f"/w/acme/tasks/{key}")
    assert not await page.evaluate("Boolean(crypto.randomUUID || navigator.clipboard)")
    await comment(page, key).fill("Sent by plain http")
    await page.keyboard.press("Control+Enter")
    message = messages(page).filter(has_text="Sent by plain http")
    await expect(message).to_have_count(1)
    await expect(page.locator(".message.pending")).to_have_count(0)
    await message.hover()
    await message.get_by_role("button", name="More actions for").click()
    await page.get_by_role("menuitem", name="Copy link").click()
    await expect(page.get_by_text("Link copied")).to_have_count(1)
    await page.keyboard.press("c")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Title").fill("Made by plain http")
    await dialog.get_by_role("button", name="Create task").click()
    await expect(dialog).to_have_count(0)
    found = await site.call(page, "GET", "/workspaces/acme/search?q=Made%20by%20plain")
    assert "Made by plain http" in str(found)
    await page.close()


async def test_a_page_whose_chunk_failed_comes_by_itself(olena: Page) -> None:
    failed: list[str] = []

    async def fail_twice(route: Route) -> None:
        if len(failed) >= 2:
            return await route.continue_()
        failed.append(route.request.url)
        return await route.abort()

    await olena.route(re.compile(r"/assets/team-[^/]+\.js"), fail_twice)
    await olena.goto("/w/acme/team")
    await see_heading(olena, "Team")
    assert len(failed) == 2


async def test_a_newer_build_is_loaded_once_and_what_was_typed_is_kept(
    site: Site, olena: Page
) -> None:
    key = await made(site, olena, "Typed before the build")
    loads: list[str] = []
    gone = re.compile(r"/assets/team-[^/]+\.js")

    async def newer(route: Route) -> None:
        """The build of before for the page itself, a newer one for whoever asks which there is."""
        answer = await route.fetch()
        text = await answer.text()
        if route.request.resource_type == "document":
            loads.append(route.request.url)
            await route.fulfill(response=answer)
        else:
            body = re.sub(r"/assets/index-[^\"]+\.js", "/assets/index-newer.js", text)
            await route.fulfill(response=answer, body=body)

    await olena.route(re.compile(r"/(w/acme.*)?$"), newer)
    await olena.route(gone, lambda route: route.fulfill(status=404))
    await olena.goto(f"/w/acme/tasks/{key}")
    await comment(olena, key).fill("Not sent yet")
    await olena.get_by_role("link", name="Team", exact=True).click()
    await see_heading(olena, "This page couldn\u2019t be loaded")
    assert len(loads) == 2
    await olena.unroute(gone)
    await content(olena).get_by_role("button", name="Try again").click()
    await see_heading(olena, "Team")
    await olena.goto(f"/w/acme/tasks/{key}")
    await expect(comment(olena, key)).to_have_value("Not sent yet")


async def test_a_message_that_cannot_be_shown_leaves_the_others_and_what_is_typed(
    site: Site, olena: Page
) -> None:
    key = await made(site, olena, "With a broken message")
    topic = (await site.call(olena, "GET", f"/workspaces/acme/tasks/{key}"))["topic_id"]
    for body in ("First", "Second", "Third"):
        path = f"/workspaces/acme/topics/{topic}/messages"
        await site.call(olena, "POST", path, {"body": body})
    pattern = re.compile(f"/topics/{topic}/messages")

    async def break_one(route: Route) -> None:
        answer = await route.fetch()
        found: list[Any] = await answer.json()
        await route.fulfill(response=answer, json=[found[0], found[1] | {"asks": None}, found[2]])

    await olena.route(pattern, break_one)
    await olena.goto(f"/w/acme/tasks/{key}")
    await expect(messages(olena)).to_have_count(3)
    await expect(messages(olena).nth(0)).to_contain_text("First")
    await expect(messages(olena).nth(1)).to_contain_text("This message couldn\u2019t be shown.")
    await expect(messages(olena).nth(2)).to_contain_text("Third")
    await comment(olena, key).fill("Typed below it")
    await messages(olena).nth(1).get_by_role("button", name="Try again").click()
    await expect(messages(olena).nth(1)).to_contain_text("couldn\u2019t be shown")
    await expect(comment(olena, key)).to_have_value("Typed below it")
    await olena.unroute(pattern)
    await olena.reload()
    await expect(messages(olena).nth(1)).to_contain_text("Second")
    await expect(comment(olena, key)).to_have_value("Typed below it")
    expected_complaints(site)


@pytest.mark.parametrize(
    ("path", "broken", "heading"),
    [
        ("/w/acme/board?project={key}", {"labels": None}, "Board"),
        (
            "/w/acme/tasks/{key}-1",
            {"created_at": None, "watchers": None},
            "This page couldn\u2019t be shown",
        ),
    ],
)
async def test_a_broken_task_takes_its_card_or_its_page_and_no_more(
    site: Site, olena: Page, path: str, broken: dict[str, Any], heading: str
) -> None:
    key = "F" + uuid4().hex[:8].upper()
    await site.add_project(olena, key, f"Faulty {key}")
    for title in ("Broken", "Whole"):
        task = {"project": key, "title": title, "state": "todo"}
        await site.call(olena, "POST", "/workspaces/acme/tasks", task)

    async def break_task(route: Route) -> None:
        answer = await route.fetch()
        found = await answer.json()
        tasks = [t | broken if t["key"] == f"{key}-1" else t for t in found["tasks"]]
        await route.fulfill(response=answer, json=found | {"tasks": tasks})

    await olena.route("**/snapshot", break_task)
    await olena.goto(path.format(key=key))
    await see_heading(olena, heading)
    sidebar = olena.get_by_role("navigation", name="Workspace")
    await expect(sidebar.get_by_role("link", name="Today")).to_be_visible()
    if heading == "Board":
        await expect(content(olena)).to_contain_text(f"{key}-1 couldn\u2019t be shown.")
        await expect(content(olena).get_by_role("link", name="Whole")).to_be_visible()
    else:
        await expect(content(olena)).to_contain_text("Your drafts are kept")
        await sidebar.get_by_role("link", name="Projects", exact=True).click()
        await see_heading(olena, "Projects")
    expected_complaints(site)


def expected_complaints(site: Site) -> None:
    """What was broken on purpose is complained about, and nothing else."""
    assert site.complaints
    assert all("TypeError" in complaint for complaint in site.complaints)
    site.complaints.clear()


@pytest.mark.parametrize(("choice", "kept"), [("Keep", "Not sent yet"), ("Delete", "")])
async def test_signing_out_offers_to_delete_what_was_typed(
    site: Site, olena: Page, choice: str, kept: str
) -> None:
    key = await made(site, olena, "Typed before leaving")
    async with site.visitor() as page:
        await page.goto(f"/w/acme/tasks/{key}")
        await sign_in(page, "olena@example.org")
        await comment(page, key).fill("Not sent yet")
        await page.get_by_role("button", name="You: Olena Koval").click()
        await page.get_by_role("menuitem", name="Sign out").click()
        dialog = page.get_by_role("dialog", name="Sign out")
        await expect(dialog).to_contain_text("This browser still has your drafts")
        await dialog.get_by_role("button", name=f"{choice} and sign out").click()
        await see_heading(page, "Sign in")
        names = await page.evaluate(
            "Object.keys(localStorage).filter((n) => n.includes(':draft:'))"
        )
        assert bool(names) is bool(kept)
        await page.goto(f"/w/acme/tasks/{key}")
        await sign_in(page, "olena@example.org")
        await expect(comment(page, key)).to_have_value(kept)


async def test_who_signs_out_in_one_tab_has_signed_out_in_all(site: Site) -> None:
    async with site.visitor() as page:
        await page.goto("/w/acme/projects")
        await sign_in(page, "olena@example.org")
        await see_heading(page, "Projects")
        other = await page.context.new_page()
        await other.goto("/w/acme/projects")
        await see_heading(other, "Projects")
        await page.get_by_role("button", name="You: Olena Koval").click()
        await page.get_by_role("menuitem", name="Sign out").click()
        await see_heading(other, "Sign in")
        await expect(other.get_by_text("Website")).to_have_count(0)


async def test_a_link_with_a_filter_that_there_is_not_shows_nothing_and_says_why(
    site: Site, olena: Page
) -> None:
    await made(site, olena, "Not asked for")
    await olena.goto("/w/acme/board?project=web&state=finished")
    await expect(content(olena)).to_contain_text(
        "a filter that doesn\u2019t exist (state=finished)"
    )
    await expect(content(olena).get_by_role("link", name="Not asked for")).to_have_count(0)
    await content(olena).get_by_role("button", name="Clear").click()
    await expect(content(olena).get_by_role("link", name="Not asked for")).to_be_visible()
