"""What holds on every page: readable by all, on a phone too, and quick to load."""

import gzip
import re
from collections.abc import AsyncIterator
from typing import Literal

import pytest
from playwright.async_api import Page

from dayline.kernel.http import frontend
from tests.e2e.browser import AXE
from tests.e2e.site import Site, see_heading

MOST_SCRIPT = 60 * 1024
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


async def _all_pages(site: Site, olena: Page) -> AsyncIterator[Page]:
    """Every page and dialog, one after the other: those of the door as a stranger sees them."""
    for number in range(3):
        task = {"project": "WEB", "title": f"Task {number}", "labels": ["paint"], "state": "todo"}
        await site.call(olena, "POST", "/workspaces/acme/tasks", task | {"priority": "high"})
    invited = await site.invite_link(olena, "a-rather-long-address-of-somebody@example.org")
    async with site.visitor() as stranger:
        for path, heading in (
            ("/", "Sign in"),
            ("/setup", "Set up Dayline"),
            ("/reset#token=some", "Set a new password"),
            ("/setup#token=some", "Set up Dayline"),
            (invited, "Join Acme"),
        ):
            await stranger.goto(path)
            await see_heading(stranger, heading)
            yield stranger
        await stranger.get_by_role("button", name="Join").click()
        await stranger.get_by_text("Required.").first.wait_for()
        yield stranger
    for path, heading in (
        ("/w/acme", "Today"),
        ("/w/acme/board", "Board"),
        ("/w/acme/board?by=assignee", "Board"),
        ("/w/acme/board?wall", "Acme"),
        ("/w/acme/projects", "Projects"),
        ("/w/acme/search", "Search"),
        ("/w/acme/settings", "Settings"),
        ("/w/acme/nowhere", "Page not found"),
        ("/account", "Your account"),
        ("/new", "Name your workspace"),
        ("/w/another", "Page not found"),
    ):
        await olena.goto(path)
        await see_heading(olena, heading)
        yield olena
    for path, button in (
        ("/w/acme/projects", "New project"),
        ("/account", "New token"),
    ):
        await olena.goto(path)
        await olena.get_by_role("button", name=button).click()
        await olena.get_by_role("dialog").wait_for()
        yield olena
    for path, key in (("/w/acme/board", "c"), ("/w/acme", "?"), ("/w/acme", "Control+k")):
        await olena.goto(path)
        await olena.get_by_role("main").get_by_role("heading", level=1).wait_for()
        await olena.keyboard.press(key)
        await olena.get_by_role("dialog").wait_for()
        yield olena


async def test_no_page_violates_a_rule_of_accessibility(site: Site, olena: Page) -> None:
    script = AXE.read_text()
    violations = []
    async for page in _all_pages(site, olena):
        await page.evaluate(script)
        for scheme in SCHEMES:
            await page.emulate_media(color_scheme=scheme)
            found = await page.evaluate(
                "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map("
                "v => `${v.id}: ${v.nodes.map(n => n.html).join(' ')}`))"
            )
            violations += [f"{page.url} {scheme} {violation}" for violation in found]
    assert violations == []


async def test_no_page_scrolls_sideways_on_a_phone(site: Site, olena: Page) -> None:
    async for page in _all_pages(site, olena):
        await page.set_viewport_size({"width": 390, "height": 844})
        width = await page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, page.url


async def test_the_look_that_was_chosen_stays(olena: Page) -> None:
    await olena.goto("/account")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = await olena.evaluate(ground)
    await olena.get_by_label("Dark", exact=True).check()
    dark = await olena.evaluate(ground)
    assert dark != light
    await olena.reload()
    await see_heading(olena, "Your account")
    assert await olena.evaluate(ground) == dark


def test_the_first_load_is_small() -> None:
    """What the page itself loads; pages of a workspace come in chunks of their own."""
    page = (frontend.BUILT / "index.html").read_text()
    scripts = re.findall(r'(?:src|href)="/(assets/[^"]+\.js)"', page)
    assert scripts
    zipped = [gzip.compress((frontend.BUILT / name).read_bytes()) for name in scripts]
    assert sum(map(len, zipped)) <= MOST_SCRIPT


@pytest.mark.parametrize(
    "inline", [r"<script(?![^>]*\bsrc=)", r"<style\b", r"\sstyle=", r"\son\w+="]
)
def test_the_page_holds_nothing_that_the_policy_refuses(inline: str) -> None:
    assert not re.search(inline, (frontend.BUILT / "index.html").read_text())
