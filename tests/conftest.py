"""Fixtures: the real PostgreSQL, the real Valkey, the real app, and a clock that tests move."""

import gc
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from dayline.app import create_app
from dayline.kernel.ops.migrate import upgrade
from dayline.kernel.ops.settings import Settings
from tests.clock import START, MovableClock
from tests.logs import KEY, Watch, watched_log
from tests.notify.stub import PORT
from tests.servers import Servers, kept_servers, running_servers
from tests.team import Team
from tests.watchdog import Watchdog

TEMPLATE = "dayline_template"
os.environ["LC_ALL"] = "C.UTF-8"  # the command line speaks English to the tests
MUTANTS = "DAYLINE_MUTANTS"
"""Set where a tester of mutants runs the tests again and again."""
STUBS = (f"127.0.0.1:{PORT}", "127.0.0.1:1")
"""Where the stubs of other people's servers listen, and where nothing does."""


def pytest_collection_finish() -> None:
    """Leave what is imported out of collections: 5 to 8 % of the CPU of tests/messages, say."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)


@pytest.fixture(scope="session", autouse=True)
def log_watch() -> Iterator[Watch]:
    """Watches every line that this run logs, as the server would write it: none holds a secret."""
    with watched_log() as watch:
        yield watch
    assert watch.caught == []


@pytest.fixture(scope="session")
def watchdog() -> Iterator[Watchdog]:
    """Watches the event loop for the whole run."""
    with Watchdog().installed() as watchdog:
        yield watchdog


@pytest.fixture(autouse=True)
def _no_request_holds_the_loop(watchdog: Watchdog) -> Iterator[None]:
    """Fails the test one of whose requests holds the event loop too long."""
    yield
    held = watchdog.take()
    assert held == [], "These held the event loop:\n" + "\n".join(held)


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """One PostgreSQL and one Valkey for the run, with a migrated template database."""
    with kept_servers() if MUTANTS in os.environ else running_servers() as servers:
        if not servers.has_database(TEMPLATE):
            upgrade(Settings(database_url=servers.create_database(TEMPLATE)))
        yield servers


@pytest.fixture(scope="session")
def settings(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The settings of the database that most tests share: each test has its own workspace."""
    name = f"dayline_shared_{os.getpid()}"
    url = servers.create_database(name, template=TEMPLATE)
    yield Settings(
        database_url=url,
        redis_url=servers.redis_url,
        secret_key=(KEY,),
        slack_hosts=STUBS,
        files=tmp_path_factory.mktemp("files"),
    )
    servers.drop_database(name)


@pytest.fixture
def fresh_settings(servers: Servers, tmp_path: Path) -> Iterator[Settings]:
    """The settings of an empty installation, for tests of what spans workspaces."""
    url = servers.create_database("dayline_fresh", template=TEMPLATE)
    yield Settings(database_url=url, redis_url=servers.redis_url, files=tmp_path / "files")
    servers.drop_database("dayline_fresh")


@pytest.fixture(scope="session")
def session_clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def clock(session_clock: MovableClock) -> MovableClock:
    """The app's clock, at Monday 2026-05-18 10:00 in Kyiv when a test begins."""
    session_clock.now = START
    return session_clock


@pytest.fixture(scope="session")
async def app(settings: Settings, session_clock: MovableClock) -> AsyncIterator[FastAPI]:
    """The app on the shared database."""
    app = create_app(settings, session_clock)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def team(app: FastAPI, clock: MovableClock) -> AsyncIterator[Team]:
    """A workspace of its own, whose owner is `team.owner`."""
    team = await Team.create(app, clock)
    yield team
    await team.close()


@pytest.fixture
async def visitor(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client that is not signed in."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8080") as client:
        yield client
