"""The board: moved by hand and by keys, live, filtered, on a wall, and while the server is away."""

import re
from uuid import uuid4

import pytest
from playwright.async_api import Locator, Page, Response, expect

from tests.e2e.site import Site, content, see_heading


class Board:
    """The board in one browser, of a project of the test's own."""

    def __init__(self, site: Site, page: Page, project: str) -> None:
        self.site = site
        self.page = page
        self.project = project

    async def add(self, title: str, **fields: object) -> str:
        task = {"project": self.project, "title": title, "state": "todo", **fields}
        made = await self.site.call(self.page, "POST", "/workspaces/acme/tasks", task)
        return str(made["key"])

    async def change(self, key: str, **fields: object) -> None:
        """Change a task as somebody else's program would."""
        path = f"/workspaces/acme/tasks/{key}"
        rev = (await self.read(key))["rev"]
        answer = await self.page.context.request.fetch(
            f"{self.site.origin}/api{path}",
            method="PATCH",
            data=fields,
            headers={"Origin": self.site.origin, "If-Match": f'"{rev}"'},
        )
        assert answer.ok, await answer.text()

    async def read(self, key: str) -> dict[str, object]:
        found: dict[str, object] = await self.site.call(
            self.page, "GET", f"/workspaces/acme/tasks/{key}"
        )
        return found

    async def open(self, query: str = "") -> None:
        await self.page.goto(f"/w/acme/board?project={self.project}{query}")
        await see_heading(self.page, "Board")

    def column(self, name: str) -> Locator:
        return self.page.get_by_role("region", name=name, exact=True)

    def card(self, title: str, column: str | None = None) -> Locator:
        place = self.column(column) if column else content(self.page)
        return place.get_by_role("link", name=title)


def is_move_to(state: str, answer: Response) -> bool:
    """Whether the server answered this move: what was done before it may still be on its way."""
    return answer.request.method == "PATCH" and answer.request.post_data_json == {"state": state}


@pytest.fixture
async def board(site: Site, olena: Page) -> Board:
    key = "B" + uuid4().hex[:8].upper()
    await site.add_project(olena, key, f"Board {key}")
    return Board(site, olena, key)


async def test_a_card_is_dragged_to_another_column_and_put_back(board: Board) -> None:
    key = await board.add("Paint the fence")
    await board.open()
    await board.card("Paint the fence").drag_to(board.column("In progress"))
    await expect(board.card("Paint the fence", "In progress")).to_be_visible()
    await expect(board.page.get_by_role("status")).to_contain_text(f"{key} moved to In progress")
    async with board.page.expect_response(lambda answer: is_move_to("todo", answer)):
        await board.page.keyboard.press("Control+z")
        await expect(board.card("Paint the fence", "To do")).to_be_visible()
    await board.page.reload()
    await expect(board.card("Paint the fence", "To do")).to_be_visible()


async def test_cards_are_reached_moved_and_done_by_keys(board: Board) -> None:
    first = await board.add("First", priority="critical")
    await board.add("Second")
    await board.open()
    press = board.page.keyboard.press
    await press("j")
    await expect(board.card("First")).to_be_focused()
    await press("j")
    await expect(board.card("Second")).to_be_focused()
    await press("k")
    await press("Shift+ArrowRight")
    await expect(board.card("First", "In progress")).to_be_focused()
    await press("ArrowLeft")
    await expect(board.card("Second")).to_be_focused()
    await press("e")
    await expect(board.card("Second", "Done")).to_be_visible()
    await expect(board.card("First")).to_be_focused()
    await press("Enter")
    await board.page.wait_for_url(f"**/w/acme/tasks/{first}")


async def test_a_card_has_a_menu_for_those_who_cannot_drag(board: Board) -> None:
    key = await board.add("No dragging")
    await board.open()
    await board.card("No dragging").hover()
    await board.page.get_by_role("button", name=f"More actions for {key}").click()
    await board.page.get_by_role("menuitemradio", name="Waiting").click()
    await expect(board.card("No dragging", "Waiting")).to_be_visible()


async def test_a_move_shows_in_another_browser(site: Site, board: Board) -> None:
    await board.add("Seen by two")
    state = await board.page.context.storage_state()
    async with site.visitor(storage_state=state) as elsewhere:
        await elsewhere.goto(f"/w/acme/board?project={board.project}")
        await see_heading(elsewhere, "Board")
        await board.open()
        await board.card("Seen by two").drag_to(board.column("Waiting"))
        waiting = elsewhere.get_by_role("region", name="Waiting", exact=True)
        await expect(waiting.get_by_role("link", name="Seen by two")).to_be_visible()


async def test_nothing_moves_under_the_pointer(board: Board) -> None:
    await board.add("Stays", priority="high")
    key = await board.add("Moves")
    await board.open()
    await board.card("Stays").hover()
    await board.change(key, state="done", title="Moves, and is renamed")
    updates = board.page.get_by_role("button", name="Show 1 update")
    await expect(updates).to_be_visible()
    await expect(board.card("Moves, and is renamed", "To do")).to_be_visible()
    await updates.click()
    await expect(board.card("Moves, and is renamed", "Done")).to_be_visible()
    await expect(updates).to_have_count(0)


async def test_filters_stand_in_the_address(board: Board) -> None:
    await board.add("Red", labels=["paint"], priority="high")
    await board.add("Blue", labels=["paint"])
    await board.add("Bare")
    await board.open()
    page = board.page
    await page.get_by_role("button", name="Label", exact=True).click()
    await page.get_by_role("combobox", name="Label").fill("pai")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Escape")
    await expect(board.card("Bare")).to_have_count(0)
    await page.get_by_label("Filter tasks").fill("blu")
    await expect(board.card("Red")).to_have_count(0)
    await expect(board.card("Blue")).to_be_visible()
    assert re.search(r"\?project=\w+&label=paint&q=blu$", page.url)
    await page.reload()
    await expect(board.card("Blue")).to_be_visible()
    await expect(board.card("Bare")).to_have_count(0)
    await page.get_by_role("button", name="Assignee", exact=True).first.click()
    await expect(board.column("Unassigned").get_by_role("link", name="Blue")).to_be_visible()


async def test_a_view_is_saved_chosen_and_deleted(board: Board) -> None:
    await board.add("Loud", priority="critical")
    await board.add("Quiet")
    await board.open("&priority=critical")
    page = board.page
    await page.get_by_role("button", name="All tasks").click()
    await page.get_by_role("menuitem", name="Save view…").click()
    await page.get_by_label("Name").fill(f"Loud of {board.project}")
    await page.get_by_role("button", name="Save view").click()
    named = page.get_by_role("button", name=f"Loud of {board.project}")
    await expect(named).to_be_visible()
    await page.goto("/w/acme/board")
    await page.get_by_role("button", name="All tasks").click()
    await page.get_by_role("menuitemradio", name=f"Loud of {board.project}").click()
    await expect(board.card("Loud")).to_be_visible()
    await expect(board.card("Quiet")).to_have_count(0)
    await named.click()
    await page.get_by_role("menuitem", name="Delete").click()
    await expect(page.get_by_role("button", name="All tasks")).to_be_visible()


async def test_several_cards_change_together(board: Board) -> None:
    for title in ("One", "Two", "Three"):
        await board.add(title)
    await board.open()
    press = board.page.keyboard.press
    for key in ("j", "x", "j", "x"):
        await press(key)
    bar = board.page.get_by_role("toolbar", name="Selected tasks")
    await expect(bar).to_contain_text("2 selected")
    await bar.get_by_role("button", name="State").click()
    await (
        board.page.get_by_role("menuitemradio", name="Done")
        .or_(board.page.get_by_role("menuitem", name="Done"))
        .click()
    )
    await expect(board.column("Done").get_by_role("link")).to_have_count(2)
    await expect(bar).to_have_count(0)


async def test_a_conflict_is_said_and_what_somebody_did_stays(board: Board) -> None:
    key = await board.add("Wanted by two")
    await board.open()
    await board.page.context.set_offline(True)
    await board.card("Wanted by two").drag_to(board.column("Waiting"))
    await expect(board.card("Wanted by two", "Waiting")).to_be_visible()
    state = await board.page.context.storage_state()
    async with board.site.visitor(storage_state=state) as elsewhere:
        await Board(board.site, elsewhere, board.project).change(key, state="in_progress")
    await board.page.context.set_offline(False)
    await expect(board.page.get_by_role("status")).to_contain_text(
        f"Someone else just moved {key} to In progress"
    )
    await expect(board.card("Wanted by two", "In progress")).to_be_visible()
    await board.page.get_by_role("button", name="Use mine").click()
    await expect(board.card("Wanted by two", "Waiting")).to_be_visible()


async def test_work_goes_on_without_the_server_and_arrives_when_it_is_back(board: Board) -> None:
    key = await board.add("Moved offline")
    await board.open()
    page = board.page
    await page.wait_for_load_state("networkidle")  # the parts that idle browsers fetch ahead
    await page.context.set_offline(True)
    says = re.compile(r"^Offline since \d\d:\d\d\. Showing the last loaded version\.$")
    strip = page.get_by_role("paragraph").filter(has_text=says)
    await expect(strip).to_be_visible()
    await board.card("Moved offline").drag_to(board.column("In progress"))
    await page.keyboard.press("c")
    await expect(page.get_by_label("Title")).to_be_focused()
    await page.keyboard.type("Made offline")
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_text("1 waiting to be sent: Task “Made offline”")).to_be_visible()
    async with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        await page.context.set_offline(False)
    await expect(board.card("Made offline")).to_be_visible()
    await expect(strip).to_have_count(0)
    await expect(board.card("Moved offline", "In progress")).to_be_visible()
    await expect(page.get_by_text("waiting to be sent")).to_have_count(0)
    assert (await board.read(key))["state"] == "in_progress"


async def test_the_wall_shows_the_board_alone(board: Board) -> None:
    await board.add("On the wall")
    await board.page.goto(f"/w/acme/board?project={board.project}&wall")
    await see_heading(board.page, "Acme")
    await expect(board.page.get_by_role("navigation")).to_have_count(0)
    await expect(board.card("On the wall")).to_be_visible()
    await board.page.keyboard.press("Escape")
    await see_heading(board.page, "Board")
    await expect(board.page.get_by_role("navigation", name="Workspace")).to_be_visible()
