"""One decision from its opening to the record: answered, decided and read in several browsers."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.looks import look_well
from tests.e2e.people import AROUND_THE_CLOCK, joined, member_id, work
from tests.e2e.site import Site, content, see_heading

ACME = "/workspaces/acme"
_numbers = count(1)


@dataclass(frozen=True)
class Person:
    """Somebody with a browser of their own."""

    name: str
    id: str
    page: Page


@dataclass(frozen=True)
class Team:
    """Who takes part: Olena in Kyiv, Rosa in New York and Tomo in Tokyo work around the clock."""

    site: Site
    olena: Person
    rosa: Person
    tomo: Person

    async def opened(self, title: str, decider: Person, **asked: Person) -> Any:
        """A decision that Olena has opened for `asked`, each for input or approval."""
        due_at = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(days=2)
        draft = await self.site.call(
            self.olena.page,
            "POST",
            f"{ACME}/decisions",
            {
                "project": "WEB",
                "title": title,
                "context": "Two tools do the **same**, and we pay for both.",
                "recommendation": "Keep the one that most of us use.",
                "options": [
                    {"title": "Keep Figma", "is_recommended": True, "body": "All files are there."},
                    {"title": "Keep Sketch", "body": "It costs less."},
                ],
                "input_due_at": due_at.isoformat(),
                "decider_id": decider.id,
                "stakeholders": [
                    {"member_id": person.id, "asked_for": what} for what, person in asked.items()
                ],
            },
        )
        path = f"{ACME}/decisions/{draft['key']}/open"
        return await self.site.call(self.olena.page, "POST", path, {"minutes": 15})


@pytest.fixture
async def team(site: Site, olena: Page) -> AsyncIterator[Team]:
    number = next(_numbers)
    async with AsyncExitStack() as stack:
        people = [Person("Olena Koval", await member_id(site, olena), olena)]
        for name, zone in (
            (f"Rosa{number} Rivera", "America/New_York"),
            (f"Tomo{number} Sato", "Asia/Tokyo"),
        ):
            handle = name.split()[0].lower()
            page = await stack.enter_async_context(joined(site, olena, name, handle))
            person = Person(name, await member_id(site, page), page)
            people.append(person)
            await live_in(site, page, person.id, zone)
        for person in people:
            await work(site, person.page, AROUND_THE_CLOCK)
        yield Team(site, *people)


async def live_in(site: Site, page: Page, member: str, zone: str) -> None:
    path = f"{ACME}/members/{member}/calendar"
    held = await site.call(page, "GET", path)
    await site.call(page, "PATCH", path, {"zone": zone}, rev=held["rev"])


async def open_decision(page: Page, decision: Any) -> Locator:
    await page.goto(f"/w/acme/decisions/{decision['key']}")
    await see_heading(page, decision["title"])
    return content(page)


def answers(page: Page) -> Locator:
    return content(page).get_by_role("list", name="Input", exact=True).get_by_role("listitem")


def part(page: Page, name: str) -> Locator:
    return content(page).get_by_role("region", name=name, exact=True)


async def test_a_decision_is_answered_by_keys_decided_and_read_across_zones(team: Team) -> None:
    olena, rosa, tomo = team.olena.page, team.rosa.page, team.tomo.page
    decision = await team.opened("Which drawing tool", team.tomo, input=team.rosa)
    await open_decision(olena, decision)
    await expect(answers(olena)).to_contain_text(
        re.compile(r"Not answered yet.* h of working time left · due .* in .* for you\)", re.S)
    )
    await open_decision(tomo, decision)
    await expect(part(tomo, "Outcome")).to_contain_text("You decide once everyone has answered")

    row = content(rosa).get_by_role("list", name="Needs you").get_by_role("listitem")
    await row.get_by_role("link", name="Give input").click()
    await see_heading(rosa, decision["title"])
    await expect(part(rosa, "Your input").get_by_role("radio")).to_have_count(4)
    await rosa.keyboard.press("a")
    await rosa.keyboard.press("Space")
    await rosa.keyboard.press("ArrowDown")
    await rosa.keyboard.press("Tab")
    await rosa.keyboard.type("It opens **faster**.")
    await look_well(rosa, "decision-input")
    await rosa.keyboard.press("Tab")
    await rosa.keyboard.press("Enter")
    await rosa.keyboard.press("Shift+Tab")
    await rosa.keyboard.press("Control+Enter")
    await expect(part(rosa, "Your input")).to_contain_text("You prefer “Keep Sketch”.")
    await expect(answers(olena)).to_contain_text(re.compile("Prefers “Keep Sketch”.*5 min", re.S))

    form = part(tomo, "Record your decision")
    await form.get_by_label("Keep Figma").check()
    await form.get_by_label("Why", exact=True).fill("Moving all files costs more.")
    await tomo.reload()
    await expect(form.get_by_label("Why", exact=True)).to_have_value("Moving all files costs more.")
    await expect(form.get_by_label("Keep Figma")).to_be_checked()
    await form.get_by_role("button", name="10 min").click()
    await form.get_by_role("button", name="Record decision").click()
    outcome = part(olena, "Outcome")
    await expect(outcome).to_contain_text(re.compile("Keep Figma.*Moving all files", re.S))
    await expect(outcome).to_contain_text(f"Waiting for {team.rosa.name}")
    took = part(olena, "Time and effort")
    await expect(took).to_contain_text("30 min")
    await expect(took).to_contain_text("3 people for 30 min each. This took 60 min less.")

    await rosa.goto("/w/acme")
    await row.filter(has_text="Which drawing tool").get_by_role("button", name="Confirm").click()
    await expect(outcome).to_contain_text("Everyone asked has read it.")
    await look_well(olena, "decision-record")


async def test_a_rejection_has_a_reason_and_gets_an_answer(team: Team) -> None:
    olena, rosa = team.olena.page, team.rosa.page
    decision = await team.opened("Pay for one more year", team.olena, approval=team.rosa)
    page = await open_decision(rosa, decision)
    await page.get_by_label("Reject").check()
    await page.get_by_role("button", name="Send input").click()
    await expect(page.get_by_role("alert").filter(has_text="Add a reason")).to_be_visible()
    await page.get_by_label("Reason (required)").fill("The budget is *spent*.")
    await rosa.context.set_offline(True)
    await rosa.keyboard.press("Control+Enter")
    await expect(part(rosa, "Your input")).to_contain_text("sent when the server is back")
    await rosa.context.set_offline(False)
    await expect(part(rosa, "Your input")).to_contain_text("You reject this.")

    await open_decision(olena, decision)
    form = part(olena, "Record your decision")
    await form.get_by_label("Something else").check()
    await form.get_by_label("Describe your decision").fill("We pay for **half** a year.")
    await form.get_by_label("Why", exact=True).fill("Until the new budget.")
    await form.get_by_role("button", name="Record decision").click()
    answer = form.get_by_label(f"Your answer to {team.rosa.name}")
    await expect(answer).to_be_focused()
    await look_well(olena, "decision-outcome")
    await answer.fill("It comes from next year's.")
    await olena.keyboard.press("Control+Enter")
    await expect(part(olena, "Outcome")).to_contain_text("half a year")
    await expect(answers(rosa)).to_contain_text("It comes from next year's.")
    await page.get_by_role("button", name="Mark as read").click()
    await expect(page.get_by_role("button", name="Mark as read")).to_have_count(0)


async def test_it_shows_where_work_is_and_ends_without_an_outcome(team: Team) -> None:
    olena, rosa = team.olena.page, team.rosa.page
    task = {"project": "WEB", "title": "Order the licences"}
    made = await team.site.call(olena, "POST", f"{ACME}/tasks", task)
    decision = await team.opened("Whom to ask for a price", team.tomo, input=team.rosa)
    page = await open_decision(olena, decision)
    await page.get_by_role("button", name="Link task").click()
    await expect(olena.get_by_role("combobox")).to_be_focused()
    await olena.keyboard.type("licences")
    await olena.keyboard.press("Enter")
    await expect(part(olena, "Tasks")).to_contain_text(made["key"])
    await page.get_by_role("button", name="Extend deadline").click()
    dialog = olena.get_by_role("dialog")
    await dialog.get_by_label("Reason").fill("One answer comes on Friday.")
    await dialog.get_by_role("button", name="Extend").click()
    moves = page.get_by_role("list", name="Deadline extensions")
    await expect(moves).to_contain_text("Olena Koval extended the deadline by 24 h")

    await rosa.goto("/w/acme/board")
    await expect(content(rosa).get_by_role("link", name="waiting on you")).to_be_visible()
    await rosa.goto(f"/w/acme/tasks/{made['key']}")
    await expect(part(rosa, "Decisions")).to_contain_text("Needs your input")
    await page.get_by_role("button", name="Withdraw").click()
    await dialog.get_by_label("Reason").fill("The price is known.")
    await dialog.get_by_role("button", name="Withdraw").click()
    await expect(part(olena, "Withdrawn")).to_contain_text("The price is known.")
    await expect(part(rosa, "Decisions")).to_contain_text("Withdrawn")
