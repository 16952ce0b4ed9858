"""`dayline up` on a PostgreSQL and a Valkey that somebody else runs."""

import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from dayline.kernel.ops.settings import Settings

from .installation import (
    Call,
    Installation,
    command,
    dayline,
    free_port,
    is_refused,
    reachable_folder,
)


@pytest.fixture
def home() -> Iterator[Path]:
    with reachable_folder() as folder:
        yield folder / "home"


def test_it_uses_the_servers_of_the_settings(fresh_settings: Settings, home: Path) -> None:
    addresses: dict[str, object] = {
        "database_url": fresh_settings.database_url,
        "redis_url": fresh_settings.redis_url,
    }
    with Installation(home, settings=addresses) as installation:
        installation.start("--owner", "olena@example.org")
        commands = [command(process) for process in installation.descendants()]
        assert not any("postgres" in line or "valkey" in line for line in commands)
        assert "/setup#token=" in installation.output
        assert installation.end(signal.SIGINT) == 0


def test_a_valkey_that_does_not_answer(fresh_settings: Settings, home: Path) -> None:
    assert fresh_settings.database_url is not None
    addresses = {
        "database_url": fresh_settings.database_url,
        "redis_url": f"redis://:secret@127.0.0.1:{free_port()}/0",
    }
    done = dayline("up", home=home, port=free_port(), **addresses)
    assert is_refused(done, "DAYLINE_REDIS_URL", "Valkey or Redis can’t be reached")
    assert "secret" not in done.stderr


def test_the_operator_makes_links(fresh_settings: Settings, call: Call) -> None:
    database = fresh_settings.database_url
    link = call("owner-link", "--owner", "olena@example.org", database_url=database)
    assert re.fullmatch(r"http://localhost:8080/setup#token=\S+\n", link.stdout)
    unknown = call("reset-link", "sam@example.org", database_url=database)
    assert is_refused(unknown, "no account", "sam@example.org")
    assert is_refused(call("reset-link", "sam", database_url=database), "sam")
    assert is_refused(call("up", "--owner", "sam"), "sam isn’t a valid email")


def test_links_without_an_installation(tmp_path: Path, call: Call) -> None:
    assert is_refused(call("owner-link", home=tmp_path), "isn’t running", str(tmp_path))


def test_migrate_can_be_repeated(fresh_settings: Settings) -> None:
    assert dayline("migrate", database_url=fresh_settings.database_url).returncode == 0
