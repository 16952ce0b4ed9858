"""Today: what waits for me is answered and promised in place, and rows do not jump."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.looks import look_well
from tests.e2e.people import AROUND_THE_CLOCK, joined, member_id, work
from tests.e2e.site import Site, content, see_heading
from tests.processes import ServerProcess, WorkerProcess


@pytest.fixture(scope="module")
def handles() -> list[str]:
    """The handles that this module's tests have taken."""
    return []


@pytest.fixture
async def newcomer(site: Site, olena: Page, handles: list[str]) -> AsyncIterator[Page]:
    """Somebody new on Today. They and Olena work around the clock: every test has hours."""
    handle = f"sam{len(handles)}"
    handles.append(handle)
    async with joined(site, olena, handle.capitalize(), handle) as page:
        for person in (page, olena):
            await work(site, person, AROUND_THE_CLOCK)
        yield page


@pytest.fixture
async def sam(site: Site, newcomer: Page) -> Page:
    """The same, who has signed the agreement: nothing waits for them."""
    agreement = "/workspaces/acme/agreement"
    version = (await site.call(newcomer, "GET", agreement))["version"]
    await site.call(newcomer, "PUT", f"{agreement}/versions/{version}/signature")
    await expect(content(newcomer).get_by_text("You’re all caught up.")).to_be_visible()
    return newcomer


async def ask(site: Site, by: Page, title: str, body: str) -> Any:
    """A new task with a comment that asks; the task."""
    new = {"project": "WEB", "title": title}
    task = await site.call(by, "POST", "/workspaces/acme/tasks", new)
    path = f"/workspaces/acme/topics/{task['topic_id']}/messages"
    await site.call(by, "POST", path, {"body": body})
    return task


async def test_an_ask_comes_by_itself_and_is_answered_in_place(
    site: Site, olena: Page, sam: Page, handles: list[str]
) -> None:
    await ask(site, olena, "Colours of the door", f"@{handles[-1]} blue or green?")
    row = content(sam).get_by_role("list", name="Needs you").get_by_role("listitem")
    await expect(row).to_contain_text("Colours of the door")
    await expect(row).to_contain_text(re.compile("(4 h|3 h 5. min) left"))
    await expect(row).to_contain_text("Olena Koval")
    await olena.goto("/w/acme")
    waiting = content(olena).get_by_role("list", name="Waiting on")
    await expect(
        waiting.get_by_role("listitem").filter(has_text="Colours of the door")
    ).to_have_count(1)
    await row.get_by_role("button", name="Reply").click()
    await sam.get_by_label("Your answer to Olena Koval").fill("Green.")
    await sam.keyboard.press("Control+Enter")
    await expect(content(sam).get_by_text("You’re all caught up.")).to_be_visible()
    await expect(
        waiting.get_by_role("listitem").filter(has_text="Colours of the door")
    ).to_have_count(0)


async def test_a_promise_is_given_by_keys(
    site: Site, olena: Page, sam: Page, handles: list[str]
) -> None:
    await ask(site, olena, "Film night", f"@{handles[-1]} which film do we show?")
    row = content(sam).get_by_role("list", name="Needs you").get_by_role("listitem")
    await expect(row).to_contain_text("Film night")
    await sam.keyboard.press("j")
    await sam.keyboard.press("p")
    await sam.get_by_label("Time", exact=True).fill("23:59")
    await sam.get_by_role("button", name="Promise", exact=True).last.click()
    await expect(row).to_contain_text("You promised an answer")
    waiting = content(olena).get_by_role("list", name="Waiting on")
    await olena.goto("/w/acme")
    await expect(waiting.get_by_role("listitem").filter(has_text="Film night")).to_contain_text(
        "Promised"
    )


async def test_rows_do_not_jump_under_the_pointer(
    site: Site, olena: Page, sam: Page, handles: list[str]
) -> None:
    await ask(site, olena, "First", f"@{handles[-1]} one?")
    rows = content(sam).get_by_role("list", name="Needs you").get_by_role("listitem")
    await expect(rows).to_have_count(1)
    await rows.hover()
    await ask(site, olena, "Second", f"@{handles[-1]} two?")
    update = content(sam).get_by_role("button", name=re.compile("[12] updates?"))
    await expect(update).to_be_visible()
    await expect(rows).to_have_count(1)
    await update.hover()  # on the way from the rows to the button nothing moves either
    await expect(rows).to_have_count(1)
    await update.click()
    await expect(rows).to_have_count(2)


async def test_what_was_typed_outlives_a_reload(
    site: Site, olena: Page, sam: Page, handles: list[str]
) -> None:
    await ask(site, olena, "Long", f"@{handles[-1]} tell me all?")
    row = content(sam).get_by_role("list", name="Needs you").get_by_role("listitem")
    await row.get_by_role("button", name="Reply").click()
    await sam.get_by_label("Your answer to Olena Koval").fill("Half of what I")
    await sam.reload()
    await row.get_by_role("button", name="Reply").click()
    await expect(sam.get_by_label("Your answer to Olena Koval")).to_have_value("Half of what I")


async def test_news_are_there_until_they_are_seen(site: Site, olena: Page, sam: Page) -> None:
    new = {"project": "WEB", "title": "Fresh work"}
    await site.call(olena, "POST", "/workspaces/acme/tasks", new)
    news = content(sam).get_by_role("list", name="Since your last visit")
    await expect(news.get_by_role("listitem").filter(has_text="Fresh work")).to_contain_text(
        "created"
    )
    await content(sam).get_by_role("button", name="Mark all as read").click()
    await expect(content(sam).get_by_role("heading", name="Since your last visit")).to_have_count(0)


async def test_the_agreement_is_signed_from_today(newcomer: Page) -> None:
    needs = content(newcomer).get_by_role("list", name="Needs you")
    await needs.get_by_role("button", name="Sign").click()
    await expect(content(newcomer).get_by_text("You’re all caught up.")).to_be_visible()


@pytest.fixture(scope="module")
def worker(
    founded_server: ServerProcess, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Makes notices from what happens."""
    log = tmp_path_factory.mktemp("worker") / "worker.log"
    process = WorkerProcess(founded_server.settings, log)
    process.start()
    yield
    process.stop()


@pytest.fixture
def number(worker: None, handles: list[str]) -> int:
    """What is at the end of the handles of this test's people."""
    handles.append(f"kenji{len(handles)}")
    return len(handles) - 1


@pytest.fixture
async def ada(site: Site, olena: Page, number: int) -> AsyncIterator[Page]:
    async with asker(site, olena, "Ada Novak", f"ada{number}") as page:
        yield page


@pytest.fixture
async def kenji(site: Site, olena: Page, number: int) -> AsyncIterator[Page]:
    async with asker(site, olena, "Kenji Mori", f"kenji{number}") as page:
        yield page


@asynccontextmanager
async def asker(site: Site, olena: Page, name: str, handle: str) -> AsyncIterator[Page]:
    """Somebody who works around the clock and has read and signed everything."""
    async with joined(site, olena, name, handle) as page:
        await work(site, page, AROUND_THE_CLOCK)
        await page.get_by_role("button", name="Sign", exact=True).click()
        await page.get_by_role("button", name="Mark all as read").click()
        await expect(page).to_have_title("Today · Dayline")
        yield page


def row(page: Page, section: str, text: str) -> Locator:
    """The row of a section of Today that says so."""
    rows = content(page).get_by_role("list", name=section).get_by_role("listitem")
    return rows.filter(has_text=text)


async def test_an_answer_arrives_is_put_off_and_is_done_in_every_tab(
    site: Site, ada: Page, kenji: Page, number: int
) -> None:
    await ask(site, ada, "Gate of the dock", f"@kenji{number} is it locked at night?")
    asked = row(kenji, "Needs you", "Gate of the dock")
    await expect(asked).to_contain_text("New")
    await expect(kenji).to_have_title("(1) Today · Dayline")
    await expect(kenji.get_by_role("link", name="Today 1 new or waiting for you")).to_be_visible()
    await asked.get_by_role("button", name="Reply").click()
    await kenji.get_by_label("Your answer to Ada Novak").fill("Yes, from ten.")
    await kenji.keyboard.press("Control+Enter")
    await expect(content(kenji).get_by_text("You’re all caught up.")).to_be_visible()
    await expect(kenji).to_have_title("Today · Dayline")

    answered = row(ada, "Answered", "Gate of the dock")
    await expect(answered).to_contain_text("Kenji Mori Yes, from ten.")
    await expect(answered).to_contain_text(
        re.compile("Answered (within a minute|in 1 min of working time)")
    )
    await expect(ada).to_have_title("(1) Today · Dayline")
    await look_well(ada, "today-answered")

    second = await ada.context.new_page()
    await second.goto("/w/acme")
    await expect(row(second, "Answered", "Gate of the dock")).to_contain_text("New")
    await answered.get_by_role("button", name="More actions for Gate of the dock").click()
    await ada.get_by_role("menuitem", name="Mark as read").click()
    await expect(row(second, "Answered", "Gate of the dock")).not_to_contain_text("New")
    await expect(second).to_have_title("Today · Dayline")

    await answered.get_by_role("button", name="More actions for Gate of the dock").click()
    await ada.get_by_role("menuitem", name="Snooze until tomorrow").click()
    await expect(row(second, "Answered", "Gate of the dock")).to_have_count(0)
    await expect(second.get_by_text("1 snoozed")).to_be_visible()
    await ada.get_by_role("button", name="Undo").click()
    await expect(row(second, "Answered", "Gate of the dock")).to_have_count(1)
    await expect(row(second, "Answered", "Gate of the dock")).not_to_contain_text("New")

    await second.keyboard.press("j")
    await second.keyboard.press("e")
    await expect(row(second, "Answered", "Gate of the dock")).to_have_count(0)
    await ada.mouse.move(0, 0)
    await expect(answered).to_have_count(0)
    await expect(content(ada).get_by_text("You’re all caught up.")).to_be_visible()
    await second.keyboard.press("Control+z")
    await expect(answered).to_have_count(1)


async def test_who_answered_is_asked_again_in_the_same_topic(
    site: Site, ada: Page, kenji: Page, number: int
) -> None:
    task = await ask(site, ada, "Key of the shed", f"@kenji{number} where is it?")
    path = f"/workspaces/acme/topics/{task['topic_id']}/messages"
    await site.call(kenji, "POST", path, {"body": "On its hook."})
    answered = row(ada, "Answered", "On its hook.")
    await answered.get_by_role("button", name="Ask again").click()
    box = ada.get_by_label("Ask Kenji Mori again")
    await expect(box).to_have_value(f"@kenji{number} ")
    await box.press_sequentially("which hook?")
    await ada.get_by_role("button", name="Ask", exact=True).click()
    await expect(row(ada, "Waiting on", "which hook?")).to_have_count(1)
    await expect(row(kenji, "Needs you", "which hook?")).to_contain_text("New")


async def test_opening_what_a_notice_is_about_reads_it(
    site: Site, ada: Page, kenji: Page, number: int
) -> None:
    task = await ask(site, ada, "Buoys", f"@kenji{number} how many?")
    await expect(kenji).to_have_title("(1) Today · Dayline")
    await expect(row(kenji, "Needs you", "Buoys")).to_contain_text("New")
    await kenji.goto(f"/w/acme/tasks/{task['key']}")
    await expect(kenji).to_have_title("(1) Buoys · Dayline")
    async with kenji.expect_response("**/notices/*/read"):
        pass
    await kenji.get_by_role("link", name="Today 1 new or waiting for you").click()
    await expect(row(kenji, "Needs you", "Buoys")).not_to_contain_text("New")


async def test_an_ask_is_snoozed_until_a_time_of_mine(
    site: Site, ada: Page, kenji: Page, number: int
) -> None:
    await ask(site, ada, "Ropes", f"@kenji{number} which ones?")
    asked = row(kenji, "Needs you", "Ropes")
    await asked.get_by_role("button", name="More actions for Ropes").click()
    await kenji.get_by_role("menuitem", name="Snooze until…").click()
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    await kenji.get_by_label("Date").fill(tomorrow)
    await kenji.get_by_label("Time", exact=True).fill("10:30")
    await kenji.get_by_role("button", name="Snooze", exact=True).click()
    await expect(asked).to_have_count(0)
    await expect(kenji).to_have_title("Today · Dayline")
    await kenji.get_by_text("1 snoozed").click()
    snoozed = row(kenji, "Snoozed", "Ropes")
    await expect(snoozed).to_contain_text("10:30")
    await snoozed.get_by_role("button", name="More actions for Ropes").click()
    await kenji.get_by_role("menuitem", name="Bring back").click()
    await kenji.mouse.move(0, 0)
    await expect(asked).to_contain_text("New")


async def test_my_tasks_stand_by_due_date_and_work_by_keys(site: Site, kenji: Page) -> None:
    me = await member_id(site, kenji)
    today = datetime.now(UTC).date()
    for title, days in (("Paint it", None), ("Sand it", -9), ("Dry it", 40)):
        due = None if days is None else (today + timedelta(days=days)).isoformat()
        new = {"project": "WEB", "title": title, "assignee_id": me, "due_on": due}
        await site.call(kenji, "POST", "/workspaces/acme/tasks", new)
    rows = content(kenji).get_by_role("list", name="My tasks").get_by_role("listitem")
    await expect(rows).to_have_count(3)
    await expect(rows.nth(0)).to_contain_text(re.compile("Overdue since .*Sand it"))
    await expect(rows.nth(1)).to_contain_text(re.compile("Due .*Dry it"))
    await expect(rows.nth(2)).to_contain_text(re.compile("No due date.*Paint it"))
    await look_well(kenji, "today-tasks")
    await kenji.keyboard.press("j")
    await expect(rows.nth(0).get_by_role("link")).to_be_focused()
    await kenji.keyboard.press("Enter")
    await see_heading(kenji, "Sand it")


async def test_who_is_away_sees_so_until_they_end_it(site: Site, kenji: Page) -> None:
    await kenji.goto("/w/acme/settings/notifications")
    await expect(kenji.get_by_text("delivered in your working hours")).to_be_visible()
    await kenji.get_by_label("Until a time").check()
    tomorrow = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
    await kenji.get_by_label("Date").fill(tomorrow)
    await kenji.get_by_role("button", name="Set away").click()
    await expect(content(kenji)).to_contain_text(re.compile("You’re away until .* 09:00"))
    await look_well(kenji, "settings-away")
    await kenji.goto("/w/acme")
    strip = kenji.get_by_role("region", name="Away")
    await expect(strip).to_contain_text("Due times stay the same.")
    await look_well(kenji, "today-away")
    await strip.get_by_role("button", name="End away").click()
    await expect(strip).to_have_count(0)


async def test_a_project_and_a_topic_are_muted_on_their_pages(site: Site, kenji: Page) -> None:
    path = "/workspaces/acme/projects/WEB/topics"
    topic = await site.call(kenji, "POST", path, {"title": "Small talk", "body": "Hello."})
    await kenji.goto(f"/w/acme/topics/{topic['id']}")
    await kenji.get_by_role("button", name="Mute", exact=True).click()
    await expect(kenji.get_by_role("button", name="Unmute")).to_be_visible()
    await kenji.goto("/w/acme/projects/WEB")
    await kenji.get_by_role("button", name="More actions for Website").click()
    await kenji.get_by_role("menuitem", name="Mute").click()
    await expect(kenji.get_by_text("Website muted").first).to_be_visible()
    await kenji.goto("/w/acme/settings/notifications")
    rows = content(kenji).get_by_role("list", name="Muted").get_by_role("listitem")
    await expect(rows).to_have_count(2)
    await look_well(kenji, "settings-muted")
    await rows.get_by_role("button", name="Unmute Website").click()
    await rows.get_by_role("button", name="Unmute Small talk").click()
    await expect(content(kenji).get_by_text("Nothing is muted.")).to_be_visible()
