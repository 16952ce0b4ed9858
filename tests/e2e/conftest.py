"""Fixtures: a real Chromium, and real servers with the built pages."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

from dayline.kernel.http import frontend
from dayline.kernel.ops.settings import Settings
from tests.conftest import TEMPLATE
from tests.e2e.browser import find_chromium
from tests.e2e.site import PASSWORD, Site
from tests.processes import ServerProcess, server_process
from tests.servers import Servers


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One browser; every visitor gets a profile of their own in it."""
    assert (frontend.BUILT / "index.html").exists(), "the pages are not built: run `make setup`"
    node = shutil.which("node")
    assert node is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLAYWRIGHT_NODEJS_PATH", node)  # its own lacks a library on bare machines
        async with async_playwright() as playwright:
            found = find_chromium()
            chromium = await playwright.chromium.launch(
                executable_path=found.program,
                args=["--no-sandbox", "--disable-gpu"],
                env={**os.environ, **found.environment},
            )
            yield chromium
            await chromium.close()


def _server(servers: Servers, name: str, folder: Path) -> Iterator[ServerProcess]:
    url = servers.create_database(name, template=TEMPLATE)
    with server_process(Settings(database_url=url, redis_url=servers.redis_url), folder) as server:
        yield server
    servers.drop_database(name)


@pytest.fixture
def fresh_server(servers: Servers, tmp_path: Path) -> Iterator[ServerProcess]:
    yield from _server(servers, "dayline_e2e_fresh", tmp_path)


@pytest.fixture(scope="session")
def founded_server(
    servers: Servers, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServerProcess]:
    yield from _server(servers, "dayline_e2e", tmp_path_factory.mktemp("e2e"))


@pytest.fixture
def fresh_site(fresh_server: ServerProcess, browser: Browser) -> Iterator[Site]:
    """A server on its first run."""
    site = Site(fresh_server, browser)
    yield site
    assert site.complaints == []


@pytest.fixture(scope="session")
async def founded(founded_server: ServerProcess, browser: Browser) -> None:
    """The owner, Olena, and the workspace `acme` with a project are there."""
    site = Site(founded_server, browser)
    async with site.visitor() as page:
        await site.found(page)
        await site.add_project(page, "WEB", "Website")


@pytest.fixture
def site(founded_server: ServerProcess, browser: Browser, founded: None) -> Iterator[Site]:
    """A server with an owner, Olena, and the workspace `acme` with a project."""
    site = Site(founded_server, browser)
    yield site
    assert site.complaints == []


@pytest.fixture
async def olena(site: Site) -> AsyncIterator[Page]:
    """The owner's browser, signed in just now."""
    async with site.visitor() as page:
        olena = {"email": "olena@example.org", "password": PASSWORD}
        await site.call(page, "POST", "/sessions", olena)
        yield page
        await site.call(page, "DELETE", "/sessions/current")
