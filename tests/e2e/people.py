"""People who join, and the hours that they keep."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from playwright.async_api import Page

from tests.e2e.site import PASSWORD, Site, see_heading

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
AROUND_THE_CLOCK = {"weekly": {day: [{"start": "00:00", "end": "24:00"}] for day in DAYS}}


def off_now() -> dict[str, Any]:
    """Hours that begin in three days: whoever has them is off whenever a test runs."""
    day = DAYS[(datetime.now(UTC).weekday() + 3) % 7]
    return {"weekly": {day: [{"start": "10:00", "end": "18:00"}]}}


@asynccontextmanager
async def joined(
    site: Site, olena: Page, name: str, handle: str, role: str = "member"
) -> AsyncIterator[Page]:
    """Somebody new, in a browser of their own, which shows Today."""
    token = (await site.invite_link(olena, f"{handle}@example.org", role)).partition("#token=")[2]
    async with site.visitor() as page:
        accepted = {"token": token, "handle": handle, "name": name, "password": PASSWORD}
        await site.call(page, "POST", "/invites/accept", accepted)
        await page.goto("/w/acme")
        await see_heading(page, "Today")
        yield page


async def member_id(site: Site, page: Page) -> str:
    """The id of the member whose browser it is."""
    found = await site.call(page, "GET", "/workspaces/acme/me")
    own: str = found["member"]["id"]
    return own


async def work(site: Site, page: Page, hours: dict[str, Any]) -> None:
    """Let the person of the page work these hours from now on."""
    path = f"/workspaces/acme/members/{await member_id(site, page)}/hours"
    (held,) = await site.call(page, "GET", path)
    await site.call(page, "PUT", f"{path}/{held['effective_from']}", hours)
