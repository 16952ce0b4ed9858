"""Team: everyone's hours next to each other, and when they overlap."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect

from tests.e2e.looks import look_well
from tests.e2e.site import PASSWORD, Site, content, see_heading

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")


def nine_to(end: str) -> dict[str, object]:
    hours = {"start": "09:00", "end": end}
    return {"weekly": {day: [hours] for day in WEEKDAYS}}


async def work(site: Site, page: Page, zone: str, end: str) -> None:
    """Let the person of the page work from nine to `end` in a zone."""
    me = (await site.call(page, "GET", "/workspaces/acme/me"))["member"]["id"]
    path = f"/workspaces/acme/members/{me}"
    calendar = await site.call(page, "GET", f"{path}/calendar")
    answer = await page.context.request.patch(
        f"{site.origin}/api{path}/calendar",
        data={"zone": zone},
        headers={"Origin": site.origin, "If-Match": f'"{calendar["rev"]}"'},
    )
    assert answer.ok
    since = calendar["hours"][0]["effective_from"]
    await site.call(page, "PUT", f"{path}/hours/{since}", nine_to(end))


@pytest.fixture
async def team(site: Site, olena: Page) -> AsyncIterator[Page]:
    """Olena works in Kyiv, Ned in New York; Olena's browser."""
    link = await site.invite_link(olena, "ned@example.org")
    async with site.visitor() as ned:
        await ned.goto(link)
        await see_heading(ned, "Join Acme")
        await ned.get_by_label("Your name").fill("Ned Archer")
        await ned.get_by_label("Your handle").fill("ned")
        await ned.get_by_label("Password").fill(PASSWORD)
        await ned.get_by_role("button", name="Join").click()
        await see_heading(ned, "Today")
        await work(site, ned, "America/New_York", "17:00")
        await work(site, olena, "Europe/Kyiv", "18:00")
        await olena.goto("/w/acme/team?on=2026-05-20")
        await see_heading(olena, "Team")
        yield olena


async def test_hours_are_in_local_time_and_overlaps_follow_the_date(team: Page) -> None:
    row = content(team).get_by_role("row").filter(has_text="Ned Archer")
    await expect(row.get_by_role("cell").first).to_contain_text("17")
    await expect(row).to_contain_text("New York · works 09:00\u201317:00")
    await content(team).get_by_label("Compare Olena Koval").check()
    await content(team).get_by_label("Compare Ned Archer").check()
    told = content(team).get_by_role("region", name="Overlap")
    await expect(told).to_contain_text(
        "Ned Archer and Olena Koval: 16:00\u201318:00 in Kyiv, 09:00\u201311:00 in New York"
    )
    await look_well(team, "team")
    await content(team).get_by_label("Date", exact=True).fill("2026-03-18")
    await expect(told).to_contain_text("15:00\u201318:00 in Kyiv, 09:00\u201312:00 in New York")
    await content(team).get_by_label("Date", exact=True).fill("2026-03-28")
    await expect(told).to_contain_text("no overlap on this day")
    await content(team).get_by_role("button", name="Next day").click()
    await expect(content(team).get_by_role("columnheader")).to_have_count(1 + 23)
    await content(team).get_by_role("button", name="Create link").click()
    await expect(content(team).get_by_label("Calendar link")).to_have_value(
        re.compile(r"/api/calendars/.*\.ics$")
    )
