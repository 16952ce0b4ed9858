"""Servers that may crash, and a table of what that did."""

from collections.abc import Iterator

import pytest

from dayline.kernel.ops.migrate import upgrade
from dayline.kernel.ops.settings import Settings
from tests.chaos import counts
from tests.servers import Servers, running_servers


@pytest.fixture(scope="package")
def own_servers() -> Iterator[Servers]:
    """A PostgreSQL that may crash without harm to other tests, and commits as in production."""
    with running_servers() as servers:
        upgrade(Settings(database_url=servers.create_database("crashing")))
        servers.postgres.psql("ALTER DATABASE crashing SET synchronous_commit = on")
        yield servers


@pytest.fixture
def settings(own_servers: Servers) -> Settings:
    return Settings(
        database_url=own_servers.database_url("crashing"), redis_url=own_servers.redis_url
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what came of the faults."""
    if counts.counted:
        terminalreporter.section("timers under faults")
        for line in counts.table():
            terminalreporter.write_line(line)
