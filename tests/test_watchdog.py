"""The watchdog sees whatever holds the loop, and nothing else."""

import asyncio
from time import sleep, thread_time

import httpx
import pytest
from fastapi import FastAPI

from tests.watchdog import Watchdog

LIMIT = 0.02


def work() -> None:
    """Take CPU time of this thread, twice as much as is allowed."""
    began = thread_time()
    while thread_time() - began < 2 * LIMIT:
        pass


def app_of() -> FastAPI:
    app = FastAPI()
    tasks = set()

    @app.get("/works")
    async def works() -> None:
        await asyncio.sleep(0)
        work()

    @app.get("/waits")
    async def waits() -> None:
        await asyncio.to_thread(work)
        sleep(2 * LIMIT)  # noqa: ASYNC251 -- takes no CPU time, as on a busy machine

    @app.get("/starts")
    async def starts() -> None:
        task = asyncio.create_task(later())
        tasks.add(task)
        await task

    async def later() -> None:
        work()

    return app


@pytest.fixture
def eager(watchdog: Watchdog) -> Watchdog:
    """One that allows less than the one that watches this test, too."""
    return Watchdog(LIMIT)


async def noted(watchdog: Watchdog, path: str) -> list[str]:
    """What it notes while an application answers."""
    with watchdog.installed():
        transport = httpx.ASGITransport(app=app_of())
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            work()
            assert (await client.get(path)).status_code == 200
    return watchdog.take()


async def test_a_request_that_holds_the_loop_is_named(eager: Watchdog) -> None:
    (held,) = await noted(eager, "/works")
    assert "GET /works" in held
    assert eager.take() == []


async def test_what_it_starts_beside_itself_is_its_own(eager: Watchdog) -> None:
    assert any("GET /starts" in held for held in await noted(eager, "/starts"))


async def test_who_waits_holds_nothing(eager: Watchdog) -> None:
    assert await noted(eager, "/waits") == []
