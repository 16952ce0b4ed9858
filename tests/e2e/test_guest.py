"""A guest walks every page: nothing there is the team's, and every control is one they may use."""

import re
from typing import Any

from playwright.async_api import Locator, Page, Response, expect

from tests.e2e.people import joined, member_id
from tests.e2e.site import Site, content

ACME = "/workspaces/acme"
COST = "What it may cost"
"""The title of the decision that is hidden from guests."""

WRITING = {"Ask someone", "Attach"}
FILTERS = {"All tasks", "Assignee", "Label", "Priority", "Project", "State", "Wall display"}
KINDS = {"Everything", "Tasks", "Decisions", "Messages", "Conversations", "Projects", "People"}

MAY = {
    "": {"Mark all as read", "More actions for *"},
    "/board": FILTERS | {"New task in *", "More actions for QUAY-2"},
    "/direct": {"New message"},
    "/projects": set(),
    "/projects/QUAY": {"New task", "New thread", "More actions for Quay"},
    "/decisions": set(),
    "/decisions/{decision}": WRITING | {"More actions for *", "Comment"},
    "/tasks/QUAY-1": WRITING | {"Watch", "Add sub-task", "Comment"},
    "/topics/{topic}": WRITING | {"More actions for *", "Mute", "Send"},
    "/search?q=colour": KINDS,
    "/references": set(),
    "/team": {"Previous day", "Next day", "Today", "Create link"},
    "/agreement": set(),
    "/agreement/draft": set(),
    "/settings": {"Save", "Schedule a change", "Edit *", "Add exception"},
    "/settings/members": set(),
    "/settings/slack": set(),
}
"""The buttons that a guest finds on each page: whoever adds one says here that they may use it."""


async def furnish(site: Site, olena: Page, guest: Page) -> dict[str, str]:
    """A project with the guest in it, one of everything that has a page, and what is hidden."""
    await site.add_project(olena, "QUAY", "Quay")
    person = await member_id(site, guest)
    await site.call(olena, "PUT", f"{ACME}/projects/QUAY/people/{person}")
    for who, title in ((olena, "Paint"), (guest, "Look at it")):
        await site.call(who, "POST", f"{ACME}/tasks", {"project": "QUAY", "title": title})
    topic = await site.call(olena, "POST", f"{ACME}/projects/QUAY/topics", {"title": "Colours"})
    said = {"body": "Blue it is."}
    await site.call(olena, "POST", f"{ACME}/topics/{topic['id']}/messages", said)
    update = {"condition": "on_track", "body": "All well."}
    await site.call(olena, "POST", f"{ACME}/projects/QUAY/updates", update)
    shown = await site.call(olena, "POST", f"{ACME}/decisions", draft("Which colour"))
    await mark(site, olena, shown["key"], is_public=True)
    hidden = await site.call(olena, "POST", f"{ACME}/decisions", draft(COST))
    return {"topic": topic["id"], "decision": shown["key"], "hidden": hidden["key"]}


def draft(title: str) -> dict[str, Any]:
    options = [{"title": "Blue"}, {"title": "Red"}]
    return {"project": "QUAY", "title": title, "context": "There are two.", "options": options}


async def mark(site: Site, olena: Page, key: str, *, is_public: bool) -> None:
    path = f"{ACME}/decisions/{key}"
    rev = (await site.call(olena, "GET", path))["rev"]
    await site.call(olena, "PATCH", path, {"is_public": is_public}, rev)


async def names_of(buttons: Locator) -> set[str]:
    """What the buttons that can be used are called."""
    found = await buttons.evaluate_all(
        "all => all.filter(b => !b.matches(':disabled'))"
        ".map(b => (b.getAttribute('aria-label') || b.innerText).split('\\n')[0].trim())"
    )
    return set(found)


def unexpected(names: set[str], may: set[str]) -> set[str]:
    begins = tuple(name.removesuffix("*") for name in may if name.endswith("*"))
    return {name for name in names - may if not (begins and name.startswith(begins))}


async def test_a_guest_finds_no_control_that_they_may_not_use_and_nothing_of_the_team(
    site: Site, olena: Page
) -> None:
    async with joined(site, olena, "Gunnar Klient", "gunnar", role="guest") as guest:
        names = await furnish(site, olena, guest)
        refused: list[str] = []

        def listen(answer: Response) -> None:
            if answer.status in {401, 403}:
                refused.append(f"{answer.status} {answer.url}")

        guest.on("response", listen)
        for pattern, may in MAY.items():
            await guest.goto(f"/w/acme{pattern.format(**names)}")
            await expect(content(guest).get_by_role("heading", level=1)).to_be_visible()
            await guest.wait_for_load_state("networkidle")
            found = await names_of(content(guest).get_by_role("button"))
            assert unexpected(found, may) == set(), pattern
            text = await content(guest).inner_text()
            key = rf"{names['hidden']}\b"
            for hidden in (COST, key, "new member", "answer late", "answers late"):
                assert not re.search(hidden, text), (pattern, hidden)
        assert refused == []


async def test_marking_says_who_will_read_it_and_a_guests_open_page_follows(
    site: Site, olena: Page
) -> None:
    async with joined(site, olena, "Greta Klient", "greta", role="guest") as guest:
        await site.add_project(olena, "PIER", "Pier")
        person = await member_id(site, guest)
        await site.call(olena, "PUT", f"{ACME}/projects/PIER/people/{person}")
        made = await site.call(
            olena, "POST", f"{ACME}/decisions", {**draft("Which wood"), "project": "PIER"}
        )
        await guest.goto("/w/acme/decisions?project=PIER")
        await expect(guest.get_by_text("Which wood")).to_have_count(0)
        await olena.goto(f"/w/acme/decisions/{made['key']}")
        await olena.get_by_role("button", name="Hidden from guests").click()
        dialog = olena.get_by_role("dialog")
        await expect(dialog).to_contain_text("Guests now: Greta Klient")
        await dialog.get_by_role("button", name="Show to guests").click()
        await expect(olena.get_by_role("button", name="Visible to guests")).to_be_visible()
        await guest.get_by_role("link", name="Which wood").click()
        await expect(guest.get_by_role("heading", level=1)).to_have_text("Which wood")
        await expect(content(guest)).not_to_contain_text("guests")
        await mark(site, olena, made["key"], is_public=False)
        await expect(guest.get_by_role("heading", level=1)).not_to_have_text("Which wood")
        await guest.goto("/w/acme/decisions?project=PIER")
        await expect(guest.get_by_role("link", name="Decisions")).to_be_visible()
        await expect(guest.get_by_text("Which wood")).to_have_count(0)
