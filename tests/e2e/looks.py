"""What holds of a page as it stands: readable by all, light and dark, and on a phone."""

import os
from pathlib import Path
from typing import Literal

from playwright.async_api import Page, expect

from tests.e2e.browser import AXE

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
MOST_WIDTH = 390
PICTURES = os.environ.get("DAYLINE_PICTURES")
"""A folder for pictures of every page that is looked at, for people to look at too."""


async def look_well(page: Page, name: str) -> None:
    """Fail where the page breaks a rule of accessibility, or scrolls sideways on a phone."""
    await expect(page.locator(".skeleton")).to_have_count(0)
    await page.evaluate(AXE.read_text())
    violations = []
    for scheme in SCHEMES:
        await page.emulate_media(color_scheme=scheme)
        found = await page.evaluate(
            "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map("
            "v => `${v.id}: ${v.nodes.map(n => n.html).join(' ')}`))"
        )
        violations += [f"{scheme} {violation}" for violation in found]
        await _picture(page, f"{name}-{scheme}")
    await page.set_viewport_size({"width": MOST_WIDTH, "height": 844})
    width = await page.evaluate("document.documentElement.scrollWidth")
    await _picture(page, f"{name}-phone")
    await page.set_viewport_size({"width": 1280, "height": 800})
    await page.emulate_media(color_scheme="light")
    assert not violations, f"{name}: {violations}"
    assert width <= MOST_WIDTH, f"{name} is {width} wide"


async def _picture(page: Page, name: str) -> None:
    if PICTURES:
        await page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
