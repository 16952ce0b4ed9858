"""`python -m tests.bench.pages`: how quick the pages are in a real browser, with a large board.

Times are of the browser's own clock: since the navigation began, or from a frame of the feed to the
paint that shows it (a display refreshes every 16.7 ms, so half of that is waiting on average).
"""

import asyncio
import json
import os
import shutil
import statistics
import sys
import tempfile
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx
from playwright.async_api import Page, async_playwright
from rich.console import Console
from rich.table import Table

from dayline.kernel.ops.migrate import upgrade
from dayline.kernel.ops.settings import Settings
from tests.e2e.browser import find_chromium
from tests.e2e.site import Site
from tests.processes import ServerProcess, server_process
from tests.servers import running_servers

TASKS = 5000
PATCHES = 100
AT_ONCE = 4
STATES = ("backlog", "todo", "in_progress", "waiting", "in_review", "done")
RESULT = Path(".cache") / "bench-pages.json"
BOARD = "/w/acme/board"

WATCH = """
window.measured = {work: [], paint: [], ready: null};
const later = (run) => {
  const channel = new MessageChannel();
  channel.port1.onmessage = run;
  channel.port2.postMessage(0);
};
const messages = Object.getOwnPropertyDescriptor(WebSocket.prototype, "onmessage");
Object.defineProperty(WebSocket.prototype, "onmessage", {
  ...messages,
  set(handle) {
    messages.set.call(this, (message) => {
      if (!message.data.startsWith('{"type":"events"')) return handle(message);
      const start = performance.now();
      later(() => measured.work.push(performance.now() - start));
      handle(message);
      requestAnimationFrame(() => later(() => measured.paint.push(performance.now() - start)));
    });
  },
});
const look = () => {
  if (document.querySelector(".card-title")) measured.ready = performance.now();
  else requestAnimationFrame(look);
};
look();
"""
"""Notes when the first card is drawn, and of each frame with events the work and the paint."""

READY = """() => new Promise((resolve) => {
  const look = () => measured.ready === null ? setTimeout(look, 5) : resolve(measured.ready);
  look();
})"""
PAINTED = """(before) => new Promise((resolve) => {
  const look = () => measured.paint.length > before ? resolve() : setTimeout(look, 5);
  look();
})"""


@dataclass(frozen=True)
class Result:
    """Milliseconds, and kilobytes of compressed JavaScript."""

    tasks: int
    first_load_kb: float
    first_paint_ms: float
    board_ready_ms: float
    board_again_ms: float
    patch_work_median_ms: float
    patch_work_p95_ms: float
    patch_paint_median_ms: float
    patch_paint_p95_ms: float


def main() -> None:
    with running_servers() as servers, tempfile.TemporaryDirectory() as folder:
        url = servers.create_database("pages")
        upgrade(Settings(database_url=url))
        settings = Settings(
            database_url=url, redis_url=servers.redis_url, files=Path(folder) / "files"
        )
        with server_process(settings, Path(folder)) as server:
            result = asyncio.run(_measure(server))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(asdict(result), indent=2) + "\n")
    _print(result)


async def _measure(server: ServerProcess) -> Result:
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = shutil.which("node") or ""
    found = find_chromium()
    async with AsyncExitStack() as stack:
        playwright = await stack.enter_async_context(async_playwright())
        browser = await playwright.chromium.launch(
            executable_path=found.program,
            args=["--no-sandbox", "--disable-gpu"],
            env={**os.environ, **found.environment},
        )
        stack.push_async_callback(browser.close)
        site = Site(server, browser)
        page = await stack.enter_async_context(site.visitor())
        await site.found(page)
        await site.add_project(page, "WEB", "Website")
        await _fill(site, page)
        await page.add_init_script(WATCH)
        ready = await _ready(page)
        first_load, first_paint = await _loaded(page)
        await page.wait_for_timeout(3000)  # the board is kept a little later
        again = await _ready(page)
        work, paint = await _patched(site, page)
        return Result(
            tasks=TASKS,
            first_load_kb=first_load / 1024,
            first_paint_ms=first_paint,
            board_ready_ms=ready,
            board_again_ms=again,
            patch_work_median_ms=statistics.median(work),
            patch_work_p95_ms=_p95(work),
            patch_paint_median_ms=statistics.median(paint),
            patch_paint_p95_ms=_p95(paint),
        )


async def _fill(site: Site, page: Page) -> None:
    """Make the tasks, spread over the states."""
    cookies = {each["name"]: each["value"] for each in await page.context.cookies()}
    turn = asyncio.Semaphore(AT_ONCE)
    async with httpx.AsyncClient(
        base_url=site.origin, cookies=cookies, headers={"Origin": site.origin}, timeout=60
    ) as client:

        async def add(number: int) -> None:
            state = STATES[number % len(STATES)]
            task = {"project": "WEB", "title": f"Task {number} of the bench", "state": state}
            async with turn:
                made = await client.post("/api/workspaces/acme/tasks", json=task)
            made.raise_for_status()

        await asyncio.gather(*map(add, range(TASKS)))


async def _ready(page: Page) -> float:
    await page.goto(BOARD)
    return float(await page.evaluate(READY))


async def _loaded(page: Page) -> tuple[float, float]:
    """The bytes of JavaScript that the page itself names, and the first paint."""
    found: list[float] = await page.evaluate("""() => {
      const named = [...document.querySelectorAll("script[src], link[rel=modulepreload]")]
        .map((each) => each.src || each.href);
      const sizes = performance.getEntriesByType("resource")
        .filter(({name}) => named.includes(name))
        .map(({encodedBodySize}) => encodedBodySize);
      const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
      return [sizes.reduce((sum, size) => sum + size, 0), paint];
    }""")
    return found[0], found[1]


async def _patched(site: Site, page: Page) -> tuple[list[float], list[float]]:
    """Change a card that is on the screen a hundred times: the work and the paints."""
    shown = await page.locator(".card-top .key").first.inner_text()
    path = f"/workspaces/acme/tasks/{shown}"
    rev = (await site.call(page, "GET", path))["rev"]
    await page.evaluate("measured.work = []; measured.paint = []")
    for number in range(PATCHES):
        answer = await page.context.request.patch(
            f"{site.origin}/api{path}",
            data={"title": f"Patched {number}"},
            headers={"Origin": site.origin, "If-Match": f'"{rev}"'},
        )
        rev = (await answer.json())["rev"]
        await page.evaluate(PAINTED, number)
    assert await page.get_by_role("link", name=f"Patched {PATCHES - 1}").count() == 1
    found: dict[str, Any] = await page.evaluate("measured")
    return found["work"], found["paint"]


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _print(result: Result) -> None:
    table = Table(title=f"Pages in Chromium, {result.tasks} tasks on the board")
    table.add_column("what")
    table.add_column("measured", justify="right")
    table.add_row("first load, JavaScript compressed", f"{result.first_load_kb:.1f} KB")
    table.add_row("first contentful paint", f"{result.first_paint_ms:.0f} ms")
    table.add_row("board ready, never seen before", f"{result.board_ready_ms:.0f} ms")
    table.add_row("board ready, kept from before", f"{result.board_again_ms:.0f} ms")
    work = f"{result.patch_work_median_ms:.1f} / {result.patch_work_p95_ms:.1f} ms"
    paint = f"{result.patch_paint_median_ms:.1f} / {result.patch_paint_p95_ms:.1f} ms"
    table.add_row("one row patched: work (median / p95)", work)
    table.add_row("one row patched: frame to paint (median / p95)", paint)
    Console(file=sys.stdout).print(table)


if __name__ == "__main__":
    main()
