"""Every page in the pseudo-languages: no text outside the catalogs, room for longer ones, mirrored.

What people wrote is in Ukrainian here, so that Latin letters without accents can only come from
code.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Page

from tests.e2e.people import AROUND_THE_CLOCK, member_id, work
from tests.e2e.site import Site

ACME = "/workspaces/acme"
SECTIONS = (
    *("hours", "time-off", "focus", "notifications", "account", "sessions", "tokens", "usage"),
    *("appearance", "keys", "members", "invites", "workspace", "slack", "failed-jobs"),
)
NAMES = re.compile(
    r"\w+@example\.org|@?\bolena\b|WEB-?\d*|\bacme\b|#\d+|127\.0\.0\.1|localhost:\d+"
    r"|https?://\S*|\b[A-Z][a-z]+/[A-Za-z_/]+|Kyiv|Київ|dl_\w+|\.ics|hooks\.slack\.com\S*"
    r"|DEC-\d+|Olena Koval|\b(?:byte|[kMG]B)\b|Response-time agreement|Discussion"
    r"|Dayline|Slack|Markdown|Chrome|Linux|HeadlessChrome|English|MiB|CSV|\bM?ADR\b"
    r"|Ctrl|Esc|Enter|Shift|Tab|⌘"
)
"""Handles, keys, addresses, units and product names, and what a workspace is created with."""
WORD = re.compile(r"[A-Za-z]{2,}")

TEXTS = """() => {
  const APART = "script, style, template, noscript, textarea, pre, code, kbd, .rendered";
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  const texts = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: around, data } = walker.currentNode;
    if (!around.closest(APART) && shown(around)) texts.push(data);
  }
  const names = ["aria-label", "aria-description", "title", "placeholder", "alt"];
  for (const element of document.body.querySelectorAll("*"))
    for (const name of names)
      if (element.hasAttribute(name) && shown(element)) texts.push(element.getAttribute(name));
  return texts;
}"""


@asynccontextmanager
async def _in(site: Site, language: str) -> AsyncIterator[Page]:
    """A browser whose pages are in a language that nobody can choose."""
    async with site.visitor() as page:
        await page.add_init_script(f"localStorage.setItem('dayline-language', '{language}')")
        yield page


async def _furnish(site: Site, page: Page) -> dict[str, str]:
    """A workspace where everything exists once; its addresses by what they show."""
    await site.found(page)
    await work(site, page, AROUND_THE_CLOCK)
    await site.edit(page, "/account", {"name": "Олена Коваль"})
    await site.edit(page, ACME, {"name": "Акме"})
    await site.add_project(page, "WEB", "Сайт")
    me = await member_id(site, page)
    task = await site.call(
        page,
        "POST",
        f"{ACME}/tasks",
        {"project": "WEB", "title": "Кошик", "labels": ["каса"], "state": "in_progress"}
        | {"priority": "high", "assignee_id": me},
    )
    topic = await site.call(
        page, "POST", f"{ACME}/projects/WEB/topics", {"title": "Оплата", "body": "Як платять?"}
    )
    decision = await site.call(
        page,
        "POST",
        f"{ACME}/decisions",
        {
            "project": "WEB",
            "title": "Яка каса?",
            "context": "Дві каси.",
            "options": [{"title": "Стара", "is_recommended": True}, {"title": "Нова"}],
            "input_due_at": (datetime.now(UTC) + timedelta(days=2)).isoformat(),
            "decider_id": me,
        },
    )
    reference = await site.call(
        page, "POST", f"{ACME}/references", {"title": "Ставки", "body": "Двадцять.", "owner_id": me}
    )
    return {
        "task": f"/tasks/{task['key']}",
        "topic": f"/topics/{topic['id']}",
        "decision": f"/decisions/{decision['key']}",
        "reference": f"/references/{reference['id']}",
    }


async def _pages(site: Site, page: Page, furnished: dict[str, str]) -> AsyncIterator[str]:
    """Open every page, one after the other."""
    inside = [
        *("", "/board", "/board?by=assignee", "/board?wall", "/direct", "/projects"),
        *("/projects/WEB", "/decisions", "/search?q=каса", "/references", "/references/new"),
        *("/team", "/agreement", "/agreement/draft", "/nowhere", *furnished.values()),
        *(f"/settings/{section}" for section in SECTIONS),
    ]
    for path in ("/account", "/new", *(f"/w/acme{path}" for path in inside)):
        await page.goto(path)
        await page.get_by_role("heading", level=1).wait_for()
        await page.wait_for_load_state("networkidle")
        yield path
    for path, key in (("/board", "c"), ("", "?"), ("", "Control+k"), ("", "e"), ("", "m")):
        await page.goto(f"/w/acme{path}")
        await page.get_by_role("main").get_by_role("heading", level=1).wait_for()
        await page.keyboard.press(key)
        await page.get_by_role("dialog").wait_for()
        yield f"{path} {key}"


async def _doors(site: Site, language: str, invite: str) -> AsyncIterator[tuple[str, Page]]:
    """The pages that a stranger sees."""
    async with _in(site, language) as stranger:
        for path in ("/", "/setup", "/reset#token=some", "/setup#token=some", invite):
            await stranger.goto(path)
            await stranger.get_by_role("heading", level=1).wait_for()
            yield path.partition("#")[0], stranger


def _strangers_in(texts: list[str]) -> list[str]:
    """The texts with a word that no catalog has."""
    return [text.strip() for text in texts if WORD.search(NAMES.sub("", text))]


async def _sideways(page: Page) -> bool:
    await page.set_viewport_size({"width": 390, "height": 844})
    wide: Any = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    await page.set_viewport_size({"width": 1280, "height": 800})
    return bool(wide)


@pytest.mark.parametrize("language", ["en-XA", "ar-XB"])
async def test_every_page_holds_in_a_pseudo_language(fresh_site: Site, language: str) -> None:
    """In en-XA all words come from a catalog. Neither language is wider than a phone."""
    site = fresh_site
    faults: list[str] = []

    async def look(place: str, page: Page) -> None:
        if language == "en-XA":
            found = _strangers_in(await page.evaluate(TEXTS))
            faults.extend(f"{place}: no catalog has “{text}”" for text in found)
        if await _sideways(page):
            faults.append(f"{place}: scrolls sideways at 390 px")

    async with _in(site, language) as olena:
        furnished = await _furnish(site, olena)
        invite = await site.invite_link(olena, "someone@example.org")
        async for place, page in _doors(site, language, invite):
            await look(place, page)
        async for place in _pages(site, olena, furnished):
            await look(place, olena)
        assert await olena.evaluate("document.documentElement.dir") == (
            "rtl" if language == "ar-XB" else "ltr"
        )
    assert not faults, "\n".join(faults)


def test_a_text_outside_the_catalogs_is_found() -> None:
    assert _strangers_in(["⟦Šåṽé··⟧", "WEB-1", "Олена", "Save it"]) == ["Save it"]
